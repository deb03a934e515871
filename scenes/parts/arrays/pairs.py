"""A cell for every pair of a row and a column: an outer product, scores of queries and keys, two settings that vary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from manim import LEFT, Animation, AnimationGroup, FadeIn, VGroup

from scenes.parts.arrays.cells import Cells
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.room.motion import carry
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.style import Look

WIDTH_MOST, HEIGHT_MOST = 1.25, 0.95  # of a cell
NAME_ROOM = 0.75  # at the left of the grid, for the name of what stands beside its rows
PAD = 0.12  # a text keeps so much of its cell free


@dataclass
class Margin:
    """What stands along one side of the grid: the items that are shown, a text for each, and what they are called."""

    items: Fold
    texts: Sequence[Typeset]
    name: Typeset


class Pairs(Cells):
    """`cell(row item, column item)` gives a text and the share (0..1) of `role` in its tile.

    `down` and `across` are the texts at the left and above, by item; `pairs` the cells by (row item, column item).
    `dots` stand where items are left out, `names` at the left of what they name: beside the rows, and in the corner.
    """

    def __init__(
        self,
        look: Look,
        cell: Callable[[int, int], tuple[Typeset, float]],
        down: Margin,
        across: Margin,
        box: Box,
        role: str = "gradient",
    ) -> None:
        shape = down.items.slots + 1, across.items.slots + 1
        super().__init__(look, shape)
        room = box.without(left=NAME_ROOM)
        self.pitch = min(WIDTH_MOST, room.width / shape[1]), min(HEIGHT_MOST, room.height / shape[0])
        self.box = room.inner(shape[1] * self.pitch[0], shape[0] * self.pitch[1])
        rows = {item: down.items.slot(item) + 1 for item in down.items.shown}
        columns = {item: across.items.slot(item) + 1 for item in across.items.shown}
        left, above = (zip(one.items.shown, one.texts, strict=True) for one in (down, across))
        self.down = {item: self._write((rows[item], 0), text) for item, text in left}
        self.across = {item: self._write((0, columns[item]), text) for item, text in above}
        self.pairs: dict[tuple[int, int], VGroup] = {}
        for i, row in rows.items():
            for j, column in columns.items():
                text, share = cell(i, j)
                self.pairs[i, j] = VGroup(
                    self.tile((row, column), role, share), self._write((row, column), text)
                )
        self.dots = self._dots(down.items, across.items, rows, columns)
        middle = self.place(shape[0] / 2, 0) + (self.pitch[0] + NAME_ROOM) / 2 * LEFT
        self.names = VGroup(down.name.move_to(middle), self._write((0, 0), across.name))
        self.add(self.dots, self.names)

    def _write(self, place: tuple[int, int], text: Typeset) -> Typeset:
        return self.put(place, text.scale(min(1.0, (self.pitch[0] - PAD) / text.width)))

    def _dots(self, down: Fold, across: Fold, rows: Mapping[int, int], columns: Mapping[int, int]) -> VGroup:
        places = (
            [("⋮", (down.gap + 1, column)) for column in columns.values()] if down.gap is not None else []
        )
        places += [("⋯", (row, across.gap + 1)) for row in rows.values()] if across.gap is not None else []
        signs = (
            words(sign, self.look, style.LABEL_PX, "muted").move_to(self.place(*at)) for sign, at in places
        )
        return VGroup(*signs)

    def pair(self, row: int, column: int) -> Animation:
        """A pair's cell comes out of the text at its left."""
        tile, text = self.pairs[row, column]
        return AnimationGroup(FadeIn(tile), carry(self.down[row], text))
