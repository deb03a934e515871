"""Numbers one below the other, large, each over the words that say what it counts."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style


def facts(told: Sequence[tuple[Typeset, Typeset]], box: Box) -> list[VMobject]:
    """Each number with its words, in rows of `box`."""
    rows = box.rows(*(1 for _ in told))
    return [fit(column(one, style.TIGHT, "centre"), row) for one, row in zip(told, rows, strict=True)]
