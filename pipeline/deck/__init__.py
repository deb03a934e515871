"""Decks of slides: one slide a beat, from scenes or from a lecture, as PPTX, PDF or HTML."""
