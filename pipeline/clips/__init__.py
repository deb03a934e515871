"""Clips for slides: every beat drawn once without loss, then written in the formats asked for."""
