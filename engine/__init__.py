"""Runs deep-learning computations in torch and writes down what happened. Never imports manim."""

__version__ = "0.1.0"
