"""A deck as a PowerPoint file: native titles and notes, one embedded clip a beat that plays by itself."""

from pipeline.deck.powerpoint.write import write

__all__ = ["write"]
