"""Rooms of the frame: who stands where, and how what stands there comes and goes."""
