"""From a scene's name to files: plan, record, render, check. Only functions import torch or manim."""
