"""Numbers on tiles: an array cell by cell, with the size or the sign of a value as the tile's tint."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Self

import numpy as np
from manim import Animation, Line, Rectangle, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow
from scenes.stage.provenance import format_value
from scenes.stage.style import Look

GAP = 0.04  # between two tiles
EDGE = 0.3  # share of a role around the tile of the smallest value that is not zero
CELL_MOST = 0.75  # the height of a cell, at most
LARGEST_PX = 40
PLAIN_MAX = 1e7  # from here on numbers are written with a power of ten
LEAST_HEIGHT = 0.22  # of a cell whose number can be read
STRIKE = 0.7  # of a cell: how long the line is that strikes it out
ROOM, TIGHT = 0.1, 0.04  # a number keeps so much free in its tile: large, and as small as it may be
Place = tuple[int, int]


class Cells(VGroup):
    """Tiles for an array of `shape` (rows, columns), with numbers that `need` so many units; None: without numbers.

    `into` puts the grid into a box; after that cells are drawn, by their places (row, column).
    """

    box: Box  # what the grid takes
    pitch: tuple[float, float]  # of its cells, across and down
    number_px: float  # em size of its numbers; 0 where they could not be read

    def __init__(self, look: Look, shape: Place, need: float | None = None) -> None:
        super().__init__()
        self.look, self.need, self.shape, (self.rows, self.columns) = look, need, shape, shape
        self.tiles: dict[Place, Rectangle] = {}
        self.numbers: dict[Place, Typeset] = {}

    def wanted(self, height: float, most: float = CELL_MOST) -> float:
        """The width that it takes in full height: of square cells, or of cells as wide as the numbers."""
        return self.columns * max(min(most, height / self.rows), room_for(self.need or 0.0))

    def into(self, box: Box, most: float = CELL_MOST, up: float = 0.5, beside: Cells | None = None) -> Self:
        """As large as the box allows, its cells at most so high; at the share `up` (0..1) of what is left.

        Its cells have room for the numbers of a grid `beside` it, too.
        """
        need = max(self.need or 0.0, beside.need or 0.0 if beside is not None else 0.0)
        self.pitch = pitch_for(self.shape, need, box.width, box.height, most)
        self.number_px = 0.0 if self.need is None else px_for(self.need, self.pitch)
        self.box = box.inner(self.columns * self.pitch[0], self.rows * self.pitch[1], up=up)
        return self

    def like(self, other: Cells) -> Self:
        """Where another grid of this shape stands, in cells and numbers as large."""
        self.box, self.pitch, self.number_px = other.box, other.pitch, other.number_px
        return self

    # -- places ----------------------------------------------------------------------------------------------------

    def place(self, row: float, column: float) -> np.ndarray:
        """The centre of a cell."""
        return self.box.at((column + 0.5) / self.columns, 1 - (row + 0.5) / self.rows)

    def places(self) -> Iterator[Place]:
        """Every cell, row by row."""
        return ((row, column) for row in range(self.rows) for column in range(self.columns))

    def step(self, rows: float, columns: float) -> np.ndarray:
        """The way from one cell to the one `rows` below and `columns` to the right."""
        return self.place(rows, columns) - self.place(0, 0)

    # -- what is drawn ---------------------------------------------------------------------------------------------

    def tile(self, place: Place, role: str = "muted", share: float = 0.0) -> Rectangle:
        """A tile with `share` (0..1) of a role in it and around it."""
        look = self.look
        tile = Rectangle(width=self.pitch[0] - GAP, height=self.pitch[1] - GAP)
        tile.set_fill(style.blend(look.surface, look.colour(role), style.FILL_MAX * share), opacity=1)
        edge = style.blend(look.surface, look.colour(role), EDGE + (1 - EDGE) * share if share else 0.0)
        return self._keep(place, tile.set_stroke(edge, style.HAIRLINE))

    def outline(self, place: Place) -> Rectangle:
        """A tile without a value of its own."""
        return self._keep(place, self._outline(place))

    def _outline(self, place: Place) -> Rectangle:
        tile = Rectangle(width=self.pitch[0] - GAP - 0.02, height=self.pitch[1] - GAP - 0.02)
        tile.set_stroke(self.look.muted, style.HAIRLINE, opacity=0.55)
        return tile.move_to(self.place(*place))

    def outlines(self) -> VGroup:
        """An outline for every cell that is still to come; none of them belongs to the grid."""
        return VGroup(*map(self._outline, self.places()))

    def _keep(self, place: Place, tile: Rectangle) -> Rectangle:
        self.tiles[place] = tile.move_to(self.place(*place))
        self.add(tile)
        return tile

    def put(self, place: Place, number: Typeset) -> Typeset:
        """A number into its cell."""
        self.numbers[place] = number.centre_at(self.place(*place))
        self.add(number)
        return number

    def cell(self, place: Place) -> VGroup:
        """A tile with its number, if it has one."""
        kept = (self.tiles.get(place), self.numbers.get(place))
        return VGroup(*(part for part in kept if part is not None))

    def by_row(self) -> list[VGroup]:
        """The cells of each row."""
        rows = range(self.rows)
        return [VGroup(*(self.cell((row, column)) for column in range(self.columns))) for row in rows]

    def all(self) -> VGroup:
        """Every cell that there is by now."""
        return VGroup(*map(self.cell, self.tiles))

    def take(self, places: Iterable[Place]) -> VGroup:
        """Cells that do not belong to the grid from now on."""
        gone = VGroup()
        for place in places:
            gone.add(self.cell(place))
            self.remove(*gone[-1])
            self.tiles.pop(place, None)
            self.numbers.pop(place, None)
        return gone

    def frame(self, place: Place, size: Place = (1, 1), role: str = "activation") -> Rectangle:
        """A frame around `size` cells from `place` on, down and to the right."""
        middle = self.place(place[0] + (size[0] - 1) / 2, place[1] + (size[1] - 1) / 2)
        box = Rectangle(width=size[1] * self.pitch[0], height=size[0] * self.pitch[1])
        return box.set_stroke(self.look.colour(role), style.STRONG).move_to(middle)

    def strike(self, places: Iterable[Place]) -> VGroup:
        """A line through each of these cells: they play no part."""
        lines = VGroup()
        for place in places:
            centre, half = self.place(*place), np.array([*self.pitch, 0.0]) * STRIKE / 2
            lines.add(Line(centre - half, centre + half, color=self.look.muted, stroke_width=style.LINE))
        return allow(lines, "text-over-line", "what is struck out is meant to be seen")

    def window(self, place: Place, kernel: Place, dilation: int, role: str = "activation") -> VGroup:
        """What a kernel covers from `place` on: one frame, or a frame for each cell of a spread one."""
        if dilation == 1:
            return VGroup(self.frame(place, kernel, role))
        taps = ((place[0] + dilation * i, place[1] + dilation * j) for i, j in np.ndindex(*kernel))
        return VGroup(*(self.frame(tap, role=role) for tap in taps))

    # -- how grids change ------------------------------------------------------------------------------------------

    def turn_into(self, other: Cells) -> list[Animation]:
        """Animations that give the tiles and numbers of `other`, a grid of this shape; what is the same stays, and so
        does what `other` has no cell for.
        """
        out: list[Animation] = []
        for place in [one for one in self.tiles if one in other.tiles]:
            out.append(self.tiles[place].animate.become(other.tiles[place]))
            old, new = self.numbers.get(place), other.numbers.get(place)
            if old is not None and new is not None and old.source == new.source and old.em_px == new.em_px:
                continue
            out += [leave(old)] if old is not None else []
            out += [arrive(self.put(place, new))] if new is not None else []
        return out

    def adopt(self, other: Cells, shift: Place = (0, 0)) -> list[Animation]:
        """Animations that bring the cells of another grid here, `shift` further down and right; what has no room
        leaves.
        """
        wide, high = ((new - GAP) / (old - GAP) for new, old in zip(self.pitch, other.pitch, strict=True))
        out: list[Animation] = []
        for old in list(other.tiles):
            new = (old[0] + shift[0], old[1] + shift[1])
            tile, number = other.tiles[old], other.numbers.get(old)
            other.take([old])
            if not (0 <= new[0] < self.rows and 0 <= new[1] < self.columns):
                out.append(leave(tile, *([] if number is None else [number])))
                continue
            self.tiles[new] = tile
            self.add(tile)
            out.append(tile.animate.stretch(wide, 0).stretch(high, 1).move_to(self.place(*new)))
            if number is not None and self.number_px:
                self.numbers[new] = number
                self.add(number)
                way, scale = self.place(*new) - other.place(*old), self.number_px / other.number_px
                number.em_px = self.number_px
                out.append(number.animate.shift(way).scale(scale))
            elif number is not None:
                out.append(leave(number))
        return out


def shape_of(values: np.ndarray) -> Place:
    """Rows and columns of an array."""
    return int(values.shape[0]), int(values.shape[1])


def number_form(values: np.ndarray, fine: float = math.inf) -> str:
    """The format in which all of `values` can be read and compared: whole numbers as they are, others with few
    decimals, unless they are so near each other that it takes more. Rounding moves none by more than `fine`.
    """
    size = float(np.abs(values).max(initial=0.0))
    form = "auto" if size >= PLAIN_MAX else ".2f" if size < 10 else ".1f" if size < 100 else ".0f"
    if np.array_equal(values, np.rint(values)) and size < PLAIN_MAX:
        return ".0f"
    return comparable(values, form=form, every=False, fine=fine)


def widest(values: Iterable[float], form: str, look: Look, px: float = style.NUMBER_MIN_PX) -> float:
    """The width, in units, of the widest of `values` as a text."""
    texts = {format_value(value, form) for value in values}
    longest = max((len(text) for text in texts), default=0)
    return max((words(text, look, px).width for text in texts if len(text) == longest), default=0.0)


def pitch_for(
    shape: Place, need: float, width: float, height: float, most: float = CELL_MOST
) -> tuple[float, float]:
    """The pitch (x, y) of a grid in a box: square, or wider than high where numbers `need` the room."""
    rows, columns = shape
    y = min(most, height / rows)
    x = max(min(y, width / columns), min(room_for(need), width / columns))
    return x, min(y, x)


def room_for(need: float) -> float:
    """The width of a cell for numbers that `need` so many units."""
    return need + GAP + TIGHT


def px_for(need: float, pitch: tuple[float, float]) -> float:
    """The em size of numbers that `need` so many units at the smallest size; 0 where they do not fit a cell."""
    if need > pitch[0] - GAP or pitch[1] < LEAST_HEIGHT:
        return 0.0
    growth = min((pitch[0] - ROOM - GAP) / need if need else 2.0, pitch[1] / LEAST_HEIGHT)
    return float(min(style.NUMBER_MIN_PX * max(growth, 1.0), LARGEST_PX))
