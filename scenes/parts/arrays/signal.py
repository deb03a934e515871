"""A window over a row of cells, and below it a row of what its stops make: a convolution in one dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from manim import Animation, FadeIn, LaggedStart, Line, VGroup, linear

from scenes.parts.arrays.cells import Cells
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.declare import allow

TINT = 0.6  # share of a tint, where a tile has no value
ABOVE, BELOW, APART = 1.0, 1.0, 0.8  # shares of the height: the rows' and that between them
NAMED = 0.6  # room for each of the names
DROP = 0.8  # of a cell: where a line begins below the middle of its window


class Signal(VGroup):
    """`row` of `count` cells, `window` over `kernel` of them, `stops`: a line and a cell for each of `lefts`.

    `names` stand above the row and below the cells of the stops.
    """

    def __init__(
        self, names: tuple[Typeset, Typeset], box: Box, count: int, kernel: int, lefts: Sequence[int]
    ) -> None:
        super().__init__()
        self.names, look, outer = VGroup(*names), names[0].look, box
        box = outer.without(top=NAMED, bottom=NAMED)
        above, below = box.rows(ABOVE, BELOW, gap=APART * box.height / (ABOVE + BELOW + APART))
        cells = Cells(look, (1, count)).into(above, up=1)
        self.row = VGroup(*(cells.tile(place, "input", TINT) for place in cells.places()))
        self.window = cells.frame((0, lefts[0]), (1, kernel))
        allow(self.window, "text-over-line", "the window walks along the row", moving=True)
        middles = [cells.place(0, left + (kernel - 1) / 2) for left in lefts]
        self.way = middles[-1] - middles[0]
        # An output stands below the middle of its window, in a cell as large as those of the row.
        outputs = Cells(look, (1, len(lefts))).into(below, most=cells.pitch[1], up=0)
        outputs.pitch = cells.pitch
        self.stops = VGroup()
        for number, middle in enumerate(middles):
            tile = outputs.tile((0, number), "activation", TINT).set_x(middle[0])
            line = Line(middle + cells.step(DROP, 0), tile.get_top(), stroke_width=style.HAIRLINE)
            self.stops.add(VGroup(line.set_color(look.muted), tile))
        fit(names[0], replace(outer, left=cells.box.left), "left", "top")
        self._foot = replace(outer, left=middles[0][0] - cells.pitch[0] / 2)
        self.below(names[1])
        self.add(self.names, self.row, self.window, self.stops)

    def below(self, name: Typeset) -> Typeset:
        """A text where the second name stands."""
        return fit(name, self._foot, "left", "bottom")

    def run(self) -> list[Animation]:
        """The window goes to its last place, at an even speed, and the stops appear as it passes."""
        walk = self.window.animate(rate_func=linear).shift(self.way)
        shown = LaggedStart(*map(FadeIn, self.stops), lag_ratio=1.0, rate_func=linear)
        return [walk, shown]
