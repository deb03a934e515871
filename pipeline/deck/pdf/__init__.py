"""A deck as a PDF: one page a slide with the clip's last frame, real text, bookmarks, and what is said."""

from pipeline.deck.pdf.write import write

__all__ = ["write"]
