"""A map as tiles in a box, each tinted by its number, which stands in it where there is room."""

from __future__ import annotations

from manim import Rectangle, VGroup

from scenes.parts.box import Box
from scenes.parts.cells import Cells, shape_of
from scenes.parts.layout import fit
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

HEAD = 0.5  # the room of the words above a grid
STRONG = 0.9  # share of its role in a tile without a number, at most


class Grid(Cells):
    """The array `series` (y, x), below its `head`; `share` of a tint is of `largest`, by default its own largest."""

    def __init__(
        self,
        film: Stage,
        series: str,
        box: Box,
        head: Typeset,
        *,
        role: str = "activation",
        form: str = "",
        largest: float = 0.0,
        strong: bool = True,
    ) -> None:
        values = film.array(series)
        super().__init__(film.look, shape_of(values))
        self.into(box.without(top=HEAD), most=box.height)
        largest = largest or float(values.max()) or 1.0
        for place in self.places():
            share = min(float(values[place]) / largest, 1.0)
            tile = self.tile(place, role, share)
            if form:
                self.put(place, film.value(series, *place, form=form, px=style.NUMBER_MIN_PX))
            elif strong:  # nothing has to be read on it, and no numbers stand beside it
                tile.set_fill(style.blend(film.look.surface, film.look.colour(role), STRONG * share))
        top = Box(box.left, box.right, self.box.top + style.TIGHT, box.top)
        self.head = fit(head, top, up="bottom")
        self.add(self.head)

    def row(self, number: int) -> VGroup:
        """The tiles and numbers of a row."""
        return VGroup(*(self.cell((number, column)) for column in range(self.columns)))

    def window(self, row: int, column: int, side: int) -> Rectangle:  # type: ignore[override]
        """A frame around the window of `side` cells that becomes the cell (`row`, `column`)."""
        return self.frame((row * side, column * side), (side, side), "ink")
