"""A user's own model, recorded: any nn.Module's forward and backward pass, node by node. Recorder model.

``record.record`` is the one function; the model is left exactly as it was.
"""
