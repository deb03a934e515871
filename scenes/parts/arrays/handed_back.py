"""A part of a map on the way back: what arrives at its windows, what the cells get of it, what a ReLU lets through."""

from __future__ import annotations

from typing import Any

from manim import Animation, FadeIn, LaggedStart, VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.plates import Plates
from scenes.parts.arrays.tiles import Tiles
from scenes.parts.room.box import Box
from scenes.parts.room.motion import give_way, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage.stage import Stage


class HandedBack(VGroup):
    """`series` in its windows of `side` cells, `arriving` on each; its gradient is `gradient`, and behind the ReLU
    `gradient`_response. `options` are those of the tiles.
    """

    def __init__(
        self,
        film: Stage,
        series: str,
        box: Box,
        head: Typeset,
        side: int,
        gradient: str,
        arriving: str,
        **options: Any,
    ) -> None:
        self.grid = Tiles(film, series, box, head, **options)
        windows = self.grid.windows(side, "muted")
        self._arriving = Plates(film, windows, arriving, "gradient")
        options |= {"form": "short"}
        box = self.grid.box
        given = Tiles(film, series, box, shown=gradient, **options)
        through = Tiles(film, series, box, shown=f"{gradient}_response", zeros=True, **options)
        self._given: dict[Place, VGroup] = {}
        self._stopped: dict[Place, Typeset] = {}
        for at in given.numbers:
            self._given[at] = VGroup(given.cell(at), given.frame(at, role="gradient"))
            if not given.above[at]:
                self._stopped[at] = through.numbers[at]
        super().__init__(self.grid, windows, self._arriving)

    def hand(self) -> list[Animation]:
        """Animations in which what arrives goes to the cells that get it."""
        self.remove(self._arriving)
        self.add(*self._given.values())
        cells = [LaggedStart(*map(FadeIn, self._given.values()), lag_ratio=0.2)] if self._given else []
        return [leave(self._arriving), *cells]

    def stop(self) -> list[Animation]:
        """Animations in which cells that are not above zero get nothing: the ReLU before them lets nothing through."""
        out: list[Animation] = []
        for at, zero in self._stopped.items():
            self.remove(self._given[at])
            self.add(zero)
            out.append(give_way(self._given[at], zero))
        return out
