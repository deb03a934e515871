"""A deck as a web page that works offline: one folder, or one file that holds its films."""

from pipeline.deck.html.convert import write_html

__all__ = ["write_html"]
