"""Numbers on screen that were not read for the text they stand in."""

from __future__ import annotations

import re
from collections.abc import Collection

from pipeline.inspect.births import Birth
from pipeline.inspect.markup import DIGIT, shown_text
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Moment

CUT = "…"  # where a name was too long for its room
LETTER = re.compile(r"[^\W\d_]")


def unexplained(source: str, known: Collection[str]) -> str:
    """What is left of the digits of a text when every known number is taken out; "" when nothing is.

    Of a name that was too long its beginning is known, too; a number may not be cut.
    """
    text = shown_text(source)
    kept = text.removesuffix(CUT)
    if kept != text and LETTER.search(kept) and any(one.startswith(kept) for one in known):
        return ""
    for number in sorted(set(known), key=len, reverse=True):
        if DIGIT.search(number):
            text = re.sub(rf"(?<![\d.]){re.escape(number)}(?!\d|\.\d)", " ", text)
    return " ".join(word for word in text.split() if DIGIT.search(word))


class Numbers:
    """Looks at every text with digits once: each has to be of a value that was read for this very text."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._seen: set[Birth] = set()

    def check(self, moment: Moment) -> None:
        """Report the numbers in a moment's texts that were read for none of them."""
        for text in moment.texts:
            if text.opacity < 0.5 or text.birth in self._seen:
                continue
            self._seen.add(text.birth)
            left = unexplained(text.birth.source, text.birth.numbers)
            if left:
                self.ledger.add(
                    "no-provenance",
                    moment,
                    (text.birth,),
                    f"Nothing says where {left} came from.",
                    boxes=(text.box,),
                    allowed=text.allowed,
                )
