"""From a scene's name to files: plan, record, render, check. Imports of torch and manim are inside functions."""

__version__ = "0.1.0"
