"""A grid grows from another one: each cell stamps the kernel, times its value, onto a canvas, and stamps add up."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Animation, FadeIn, LaggedStart, VMobject

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.walk import Walk
from scenes.parts.room.motion import leave
from scenes.stage import style

STAMP_S = (0.8, 0.6, 0.45, 0.3, 0.2, 0.15)
SINGLE = 8  # after these, the rest of the stamps come all at once


class Stamping:
    """`walk` goes over `canvas`, its larger grid, cell by cell of the smaller one."""

    def __init__(self, canvas: SeriesCells, walk: Walk) -> None:
        self.film, self.canvas, self.walk = canvas.film, canvas, walk

    def run(self, first: VMobject) -> None:
        """One stamp after the other; `first` is what shows the first one's products, and leaves."""
        film, places = self.film, list(self.walk.small.places())
        film.play(*self.walk.enter(), FadeIn(first), run_time=style.MOVE_S)
        for k, place in enumerate(places[:SINGLE]):
            seconds = STAMP_S[min(k, len(STAMP_S) - 1)]
            film.play(*self.walk.go(place), *self._stamp(self.walk.taps(place).values()), run_time=seconds)
            if k == 0:
                film.play(leave(first), run_time=style.QUICK_S)
        rest = [one for place in places[SINGLE:] for one in self._stamp(self.walk.taps(place).values())]
        if rest:
            film.play(*self.walk.go(places[-1]), LaggedStart(*rest, lag_ratio=0.5), run_time=style.SLOW_S)

    def add_up(self) -> None:
        """The sums come into the cells."""
        sums = [text for text in map(self.canvas.write, self.canvas.places()) if text is not None]
        self.film.play(self.walk.end(), *map(FadeIn, sums), run_time=style.MOVE_S)

    def _stamp(self, taps: Iterable[Place]) -> list[Animation]:
        """The cells that this stamp is the first to reach take the tint of their final sum."""
        new = [place for place in taps if place not in self.canvas.tiles]
        for place in new:
            self.canvas.tint(place)
        return [FadeIn(self.canvas.tiles[place]) for place in new]
