"""A formula a person typed: read, run in torch as a graph, and differentiated. Recorder expression."""
