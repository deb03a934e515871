"""A series of the trace as cells: tiles by the sign or the size of a value, and its numbers where they fit."""

from __future__ import annotations

import math

import numpy as np
from manim import Animation, VGroup

from scenes.parts.arrays.cells import Cells, Place, number_form, shape_of, widest
from scenes.parts.room.motion import arrive
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

STRENGTH = 0.9  # share of the hue in the tile of the largest value


class SeriesCells(Cells):
    """`series` after the indices `index`, its first value in the cell `corner` of a grid of `shape`.

    Tiles take the hue of `role`, or of the value's sign, full at `limit`. `also` are other series whose numbers come
    into its cells. Rounding moves no number by more than `fine`; with `signs` only + and − stand in the tiles, which
    may then be small.
    """

    def __init__(
        self,
        film: Stage,
        series: str,
        *index: int,
        shape: Place | None = None,
        corner: Place = (0, 0),
        role: str = "",
        limit: float = 0.0,
        also: tuple[str, ...] = (),
        fine: float = math.inf,
        signs: bool = False,
    ) -> None:
        self.film, self.series, self.index, self.corner, self.role, self.fine = (
            film, series, index, corner, role, fine
        )  # fmt: skip
        values = self._values(series)
        self.own = shape_of(values)
        self.limit = limit or float(np.abs(values).max())
        self._forms: dict[str, str] = {}
        self.signs = signs
        need = None if signs else max(map(self._widest, (series, *also)))
        super().__init__(film.look, shape or self.own, need)

    def _values(self, series: str) -> np.ndarray:
        values = self.film.array(series)
        return np.asarray(values[self.index] if series == self.series else values)

    def form(self, series: str = "") -> str:
        """How the numbers of a series are written in its cells."""
        series = series or self.series
        if series not in self._forms:
            self._forms[series] = number_form(self._values(series), self.fine)
        return self._forms[series]

    def _widest(self, series: str) -> float:
        return widest(self._values(series).ravel().tolist(), self.form(series), self.film.look)

    def _index(self, place: Place) -> tuple[int, ...]:
        return (*self.index, place[0] - self.corner[0], place[1] - self.corner[1])

    def holds(self, place: Place) -> bool:
        """Whether a value of its own series belongs there; the others are its rim."""
        return all(
            first <= at < first + size for at, first, size in zip(place, self.corner, self.own, strict=True)
        )

    @property
    def rim(self) -> list[Place]:
        """The cells around its own series."""
        return [place for place in self.places() if not self.holds(place)]

    def tint(self, place: Place, series: str = "", *index: int) -> None:
        """The tile of a value: of its own series where it belongs, or of another one at `index`."""
        value = float(self.film.array(series or self.series)[index or self._index(place)])
        share = STRENGTH * min(abs(value) / self.limit, 1.0) if self.limit else 0.0
        self.tile(place, self.role or ("positive" if value >= 0 else "negative"), share)

    def write(self, place: Place, series: str = "", *index: int) -> Typeset | None:
        """The number of a value, chosen as with `tint`, unless it could not be read there."""
        series, index = series or self.series, index or self._index(place)
        if self.signs:
            sign = "−" if float(self.film.array(series)[index]) < 0 else "+"
            return self.put(place, self.film.words(sign, style.NUMBER_MIN_PX))
        if not self.number_px:
            return None
        form, colour = (self.form(series), "ink") if self.film.array(series)[index] else ("d", "muted")
        name = self.film.s(series)
        return self.put(place, self.film.value(name, *index, form=form, px=self.number_px, colour=colour))

    def draw(self, place: Place, series: str = "", *index: int) -> VGroup:
        """Tile and number."""
        self.tint(place, series, *index)
        self.write(place, series, *index)
        return self.cell(place)

    def fill(self) -> SeriesCells:
        """Every value of its own series."""
        for place in self.places():
            if self.holds(place):
                self.draw(place)
        return self

    def lay_in(self, series: str, corner: Place) -> VGroup:
        """Every value of another series, the first one in the cell `corner`."""
        places = np.ndindex(*shape_of(self.film.array(series)))
        return VGroup(*(self.draw((y + corner[0], x + corner[1]), series, y, x) for y, x in places))

    def instead(self, series: str, role: str = "") -> list[Animation]:
        """Animations that show another series, of the same shape, in the cells of its own one."""
        other = SeriesCells(self.film, series, shape=self.shape, corner=self.corner, role=role)
        return self.turn_into(other.like(self).fill())

    def surround(self, series: str) -> VGroup:
        """Outlines around its own series, with the numbers of `series`, which has the shape of the grid."""
        for place in self.rim:
            self.outline(place)
            self.write(place, series, *place)
        return VGroup(*map(self.cell, self.rim))

    def adopt(self, other: Cells, shift: Place = (0, 0)) -> list[Animation]:
        """As with all cells; numbers that had no room before are written."""
        out = super().adopt(other, shift)
        missing = [place for place in self.tiles if self.holds(place) and place not in self.numbers]
        written = [text for text in map(self.write, missing) if text is not None]
        return [*out, *map(arrive, written)]
