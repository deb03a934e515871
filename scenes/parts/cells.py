"""Numbers on tiles: an array cell by cell, with the size or the sign of a value as the tile's tint."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
from manim import Animation, Rectangle, VGroup

from scenes.parts.motion import arrive, leave
from scenes.parts.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import format_value
from scenes.stage.style import Look

GAP = 0.04  # between two tiles
EDGE = 0.3  # share of a role around the tile of the smallest value that is not zero
LARGEST_PX = 34
PLAIN_MAX = 1e7  # from here on numbers are written with a power of ten
LEAST_HEIGHT = 0.22  # of a cell whose number can be read
ROOM, TIGHT = 0.1, 0.04  # a number keeps so much free in its tile: large, and as small as it may be
Place = tuple[int, int]


class Cells(VGroup):
    """Tiles for an array of `shape` (rows, columns), of `pitch` (x, y) units around `centre`, for numbers."""

    def __init__(
        self, look: Look, shape: Place, pitch: tuple[float, float], centre: tuple[float, float]
    ) -> None:
        super().__init__()
        self.look, (self.rows, self.columns) = look, shape
        self.pitch, self.centre = pitch, centre
        self.number_px = style.NUMBER_MIN_PX * 1.0  # em size of its numbers; 0 where they could not be read
        self.tiles: dict[Place, Rectangle] = {}
        self.numbers: dict[Place, Typeset] = {}

    @property
    def size(self) -> tuple[float, float]:
        """Width and height, in units."""
        return self.columns * self.pitch[0], self.rows * self.pitch[1]

    @property
    def top(self) -> float:
        """Height of the upper edge."""
        return self.centre[1] + self.size[1] / 2

    def place(self, row: float, column: float) -> np.ndarray:
        """The centre of a cell."""
        x = self.centre[0] + (column - (self.columns - 1) / 2) * self.pitch[0]
        y = self.centre[1] + ((self.rows - 1) / 2 - row) * self.pitch[1]
        return np.array([x, y, 0.0])

    def places(self) -> Iterator[Place]:
        """Every cell, row by row."""
        return ((row, column) for row in range(self.rows) for column in range(self.columns))

    def tile(self, row: int, column: int, role: str = "muted", share: float = 0.0) -> Rectangle:
        """A tile with `share` (0..1) of a role in it and around it, put into the grid."""
        look = self.look
        tile = Rectangle(width=self.pitch[0] - GAP, height=self.pitch[1] - GAP)
        tile.set_fill(style.blend(look.surface, look.colour(role), style.FILL_MAX * share), opacity=1)
        edge = style.blend(look.surface, look.colour(role), EDGE + (1 - EDGE) * share if share else 0.0)
        self.tiles[row, column] = tile.set_stroke(edge, style.HAIRLINE).move_to(self.place(row, column))
        self.add(tile)
        return tile

    def hollow(self, row: int, column: int) -> Rectangle:
        """A tile without a value of its own: an outline only."""
        tile = Rectangle(width=self.pitch[0] - GAP - 0.02, height=self.pitch[1] - GAP - 0.02)
        tile.set_stroke(self.look.muted, style.HAIRLINE, opacity=0.55).move_to(self.place(row, column))
        self.tiles[row, column] = tile
        self.add(tile)
        return tile

    def put(self, row: int, column: int, number: Typeset) -> Typeset:
        """A number into its cell."""
        self.numbers[row, column] = number.centre_at(self.place(row, column))
        self.add(number)
        return number

    def cell(self, row: int, column: int) -> VGroup:
        """A tile with its number, if it has one."""
        kept = (self.tiles.get((row, column)), self.numbers.get((row, column)))
        return VGroup(*(part for part in kept if part is not None))

    def frame(
        self, row: int, column: int, rows: int = 1, columns: int = 1, role: str = "activation"
    ) -> Rectangle:
        """A frame around `rows` by `columns` cells from (`row`, `column`) on."""
        middle = self.place(row + (rows - 1) / 2, column + (columns - 1) / 2)
        box = Rectangle(width=columns * self.pitch[0], height=rows * self.pitch[1])
        return box.set_stroke(self.look.colour(role), style.STRONG).move_to(middle)

    def window(self, row: int, column: int, kernel: tuple[int, int], dilation: int) -> VGroup:
        """What a kernel covers from (`row`, `column`) on: one frame, or a frame for each cell of a spread one."""
        if dilation == 1:
            return VGroup(self.frame(row, column, *kernel))
        taps = (
            (row + dilation * i, column + dilation * j) for i in range(kernel[0]) for j in range(kernel[1])
        )
        return VGroup(*(self.frame(*tap) for tap in taps))

    def step(self, rows: float, columns: float) -> np.ndarray:
        """The way from one cell to the one `rows` below and `columns` to the right."""
        return np.array([columns * self.pitch[0], -rows * self.pitch[1], 0.0])

    def turn_into(self, other: Cells) -> list[Animation]:
        """Animations that give the tiles and numbers of `other`, a grid of this shape; what is the same stays."""
        out: list[Animation] = []
        for place, tile in self.tiles.items():
            out.append(tile.animate.become(other.tiles[place]))
            old, new = self.numbers.get(place), other.numbers.get(place)
            if old is not None and new is not None and old.source == new.source and old.em_px == new.em_px:
                continue
            out += [leave(old)] if old is not None else []
            out += [arrive(self.put(*place, new))] if new is not None else []
        return out

    def adopt(
        self, other: Cells, size: Place, here: Place = (0, 0), there: Place = (0, 0)
    ) -> list[Animation]:
        """Animations that bring `size` cells of another grid from `there` to `here`; numbers without room leave."""
        wide, high = ((new - GAP) / (old - GAP) for new, old in zip(self.pitch, other.pitch, strict=True))
        out: list[Animation] = []
        for row, column in np.ndindex(*size):
            new, old = (row + here[0], column + here[1]), (row + there[0], column + there[1])
            tile, number = other.tiles.pop(old), other.numbers.pop(old, None)
            self.tiles[new] = tile
            out.append(tile.animate.stretch(wide, 0).stretch(high, 1).move_to(self.place(*new)))
            if number is not None and self.number_px:
                self.numbers[new] = number
                way = self.place(*new) - other.place(*old)
                out.append(number.animate.shift(way).scale(self.number_px / other.number_px))
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
    shape: Place, need: float, width: float, height: float, most: float = 0.56
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


def spread_out(widths: Mapping[str, float], left: float, right: float) -> dict[str, float]:
    """The centres of columns of these `widths` with equal spaces between `left` and `right`."""
    space = (right - left - sum(widths.values())) / (len(widths) + 1)
    centres, x = {}, left
    for name, width in widths.items():
        centres[name] = x + space + width / 2
        x += space + width
    return centres
