"""Characters that no font at hand has: Typst draws a box (tofu) for them."""

from __future__ import annotations

from pipeline.inspect.births import birth_of
from pipeline.inspect.problems import Ledger
from pipeline.inspect.stage import Moment, Text, curve_box
from scenes.parts.text.glyphs import missing
from scenes.stage.declare import ATTRIBUTE


class Glyphs:
    """Checks every text once."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def check(self, moment: Moment) -> None:
        """Look for tofu in the texts, and for texts that are not ours."""
        for text in moment.texts:
            self._text(moment, text)
        for mobject in moment.foreign:
            self.ledger.add(
                "foreign-text",
                moment,
                (birth_of(mobject),),
                "Its font, its sizes and the origin of its numbers cannot be checked.",
                boxes=(curve_box(mobject.get_all_points()),),
                allowed=getattr(mobject, ATTRIBUTE, ()),
            )

    def _text(self, moment: Moment, text: Text) -> None:
        lost = missing(text.birth.source)
        if lost:
            codes = ", ".join(f"{c} (U+{ord(c):04X})" for c in lost)
            self.ledger.add(
                "missing-glyph",
                moment,
                (text.birth,),
                f"The font lacks {codes}.",
                boxes=(text.box,),
                allowed=text.allowed,
            )
