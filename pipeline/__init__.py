"""From a scene's name to files: plan, record, render, check. Only functions import torch or manim."""

__version__ = "0.1.0"
