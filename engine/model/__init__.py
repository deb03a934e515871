"""A user's own model, recorded: any nn.Module's forward and backward pass, node by node. Recorder model.

``record.record`` takes a model that lives in Python, ``recorder.record`` one in a file. The model is left as it was.
"""
