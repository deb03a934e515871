"""Numbers on screen that no provenance row accounts for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipeline.inspect.markup import DIGIT, shown_text
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Moment, Text
from scenes.stage.provenance import Row


def unexplained(source: str, known: Iterable[str]) -> str:
    """What is left of the digits of a text when every known number is taken out; "" when nothing is."""
    text = shown_text(source)
    for number in sorted(set(known), key=len, reverse=True):
        if DIGIT.search(number):
            text = re.sub(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", " ", text)
    return " ".join(word for word in text.split() if DIGIT.search(word))


class Numbers:
    """Remembers every text with digits that was seen, and compares them with the rows when the film is over."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._seen: dict[str, tuple[Moment, Text]] = {}

    def check(self, moment: Moment) -> None:
        """Note the texts of a moment."""
        for text in moment.texts:
            if text.opacity >= 0.5 and DIGIT.search(text.birth.source):
                self._seen.setdefault(text.birth.source, (moment, text))

    def finish(self, rows: Iterable[Row]) -> None:
        """Report the numbers that no row has."""
        known = {row.text for row in rows}
        for source, (moment, text) in self._seen.items():
            left = unexplained(source, known)
            if left:
                self.ledger.add(
                    "no-provenance",
                    moment,
                    (text.birth,),
                    f"No row says where {left} came from.",
                    boxes=(text.box,),
                    allowed=text.allowed,
                )
