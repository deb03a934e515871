"""Layers, their training and what is watched while they run: shared by the films about networks."""
