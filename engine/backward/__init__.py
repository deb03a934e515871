"""What the film backward shows, recorded: a formula's graph and a net. Recorder backpropagation."""
