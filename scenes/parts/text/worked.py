"""Formulas that are worked out: first their letters, then under each term the number that it is in this run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from manim import Animation, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.room.motion import give_way
from scenes.stage import style
from scenes.stage.explainer import Explainer

# Typst math, and terms (source, field): the field's number stands under the term, or after "=" where there is none.
Line: TypeAlias = Sequence[str | tuple[str, str]]
PX, GROW = 46, 1.25  # em size, and how much more there may be


def letters(line: Line) -> str:
    """The formula without numbers, as Typst math."""
    return " ".join(part if isinstance(part, str) else part[0] for part in line)


def with_numbers_under(line: Line) -> str:
    """The formula with a place for every number."""
    return " ".join(part if isinstance(part, str) else _worked(*part) for part in line)


def _worked(term: str, field: str) -> str:
    return f"underbrace({term}, {{{field}}})" if term else f"= {{{field}}}"


class Worked:
    """Lines in a box, from its left, as large as fits: `letters` come first, `numbers` in their places."""

    def __init__(
        self,
        film: Explainer,
        lines: Sequence[Line],
        fields: Mapping[str, str],
        box: Box,
        gap: float = style.GAP,
    ) -> None:
        def written(px: float) -> VGroup:
            return column([film.math(with_numbers_under(line), px, **fields) for line in lines], gap)

        tried = written(PX)
        px = PX * min(box.width / tried.width, box.height / tried.height, GROW)
        self.numbers = fit(written(px), box, "left")
        self.letters = VGroup(*(film.math(letters(line), px, **fields) for line in lines))
        for plain, worked in zip(self.letters, self.numbers, strict=True):
            plain.left_at(worked.strut.get_left())

    def work_out(self) -> list[Animation]:
        """Animations that put the numbers under their terms."""
        return [give_way(*pair) for pair in zip(self.letters, self.numbers, strict=True)]
