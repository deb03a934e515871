"""A table of shares: a name for each row, then for every measurement its per cents and its bars, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from manim import Animation, VGroup

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

SHARE_PX = 36
TITLE = (0.5, 5)  # of a box: the title, and the table
DIMMED = 0.3  # opacity of the bars of rows that are not spoken of


class Shares(Table):
    """`heads` are series with a share for each name, and what stands above their numbers; `more` columns come before.
    A `title` stands above the table.

    A bar of the full width is the whole, or the largest of all shares where one is larger. `named` is the table before
    the first measurement, `measured` holds the numbers and bars of each, with the head.
    """

    def __init__(
        self,
        film: Stage,
        names: Sequence[Typeset],
        heads: Mapping[str, Typeset],
        box: Box,
        more: Sequence[Column] = (),
        title: Typeset | None = None,
    ) -> None:
        columns: list[Column | Bars] = [Column(names, align="left"), *more]
        most = max(1.0, *(float(film.array(series).max()) for series in heads))
        for series, head in heads.items():
            columns.append(Column(film.values(series, range(len(names)), ".0%", SHARE_PX), head))
            columns.append(Bars([float(value) / most for value in film.array(series)]))
        above, below = box.rows(*TITLE) if title is not None else (box, box)
        super().__init__(film.look, columns, below, up="centre", gap=style.WIDE)
        if title is not None:
            self.frame.add(title.centre_at(above.centre))
        first, heads_before = 1 + len(more), sum(one.head is not None for one in more)
        self.named = VGroup(*self.heads[:heads_before], *map(self.column, range(first)))
        self.measured = [
            VGroup(head, self.column(first + 2 * i), self.column(first + 2 * i + 1))
            for i, head in enumerate(self.heads[heads_before:])
        ]

    def light(self, *lit: int) -> list[Animation]:
        """Animations that leave these rows in full colour: in the others texts are muted and bars dimmed."""
        look = self.look
        return [
            part.animate.set_fill(look.ink if number in lit else look.muted)
            if isinstance(part, Typeset)
            else part.animate.set_fill(opacity=1.0 if number in lit else DIMMED)
            for number, row in enumerate(self.rows)
            for part in row
        ]
