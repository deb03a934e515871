"""What every film stands on: the base class, captions, provenance, and the look with all its constants."""
