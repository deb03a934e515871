"""A kernel slides over a grid, and what it makes of each window fills a second grid, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from manim import Animation, FadeIn, LaggedStart, linear

from scenes.parts.arrays.cells import Cells, Place
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.walk import Walk
from scenes.stage import style
from scenes.stage.stage import Stage

STOPS = 16  # more stops than these take no more time together
SHORTEST_S = 0.07  # at a stop


class Filling(Walk):
    """A walk over `large`, at whose stops cells of `small` appear; `where` are the tops, lefts … of a `Walk`.

    `hollow` is an outline for every cell that is to come. What stands in a cell already stays as it is.
    """

    small: SeriesCells

    def __init__(self, film: Stage, large: Cells, small: SeriesCells, **where: Any) -> None:
        super().__init__((large, small), **where)
        self.film, self.hollow = film, small.outlines()
        self.mark.set_z_index(1)  # over the cells that are still to come

    def appear(self, places: Iterable[Place]) -> list[Animation]:
        """The cells at these places, but those that are there."""
        return [FadeIn(self.small.draw(place)) for place in places if place not in self.small.tiles]

    def each(self, places: Sequence[Place] = (), seconds: Sequence[float] = (style.QUICK_S,)) -> None:
        """Stop at these places, or at all; the first stops take these seconds, the others as long as the last."""
        places = places or list(self.small.places())
        share = min(1.0, STOPS / len(places))
        for k, place in enumerate(places):
            run_time = max(share * seconds[min(k, len(seconds) - 1)], SHORTEST_S)
            self.film.play(*self.go(place), *self.appear([place]), run_time=run_time)

    def row(self, row: int, seconds: float) -> None:
        """A row in one go: the window walks along, its cells follow it."""
        places = [(row, column) for column in range(self.small.columns)]
        start = [*self.go(places[0]), *self.appear(places[:1])]
        self.film.play(*start, run_time=style.QUICK_S / 2)
        cells = self.appear(places)
        filling = [LaggedStart(*cells, lag_ratio=0.9)] if cells else []
        self.film.play(*self.go(places[-1]), *filling, run_time=seconds, rate_func=linear)
