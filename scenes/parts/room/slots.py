"""A row of places, one for each item that is drawn, and one for the ellipsis where items are left out."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.text.typeset import words
from scenes.stage import style
from scenes.stage.style import Look


class Slots:
    """`row` divided among the items of `fold`; `slots[item]` is the place of one."""

    def __init__(self, row: Box, fold: Fold) -> None:
        self.row, self.fold = row, fold
        self._places = row.columns(*[1.0] * fold.slots, gap=0)

    def __getitem__(self, item: int) -> Box:
        return self._places[self.fold.slot(item)]

    @property
    def gap(self) -> Box | None:
        """The place of the ellipsis."""
        return None if self.fold.gap is None else self._places[self.fold.gap]

    def ellipsis(self, look: Look) -> VGroup:
        """⋯ where items are left out; nothing where none are."""
        if self.gap is None:
            return VGroup()
        return VGroup(words("⋯", look, style.FORMULA_PX, "muted").centre_at(self.gap.centre))
