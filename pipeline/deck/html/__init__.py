"""A deck as a web page that works offline: one folder, or one file that holds its films."""

from pipeline.deck.html.convert import check_place, write_html

__all__ = ["check_place", "write_html"]
