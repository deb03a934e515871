"""How bright layers are by a size of theirs, on a logarithmic scale, and the legend of that: swatches and numbers."""

from __future__ import annotations

from collections.abc import Iterable

from manim import Square, VGroup

from scenes.parts.charts.scale import LogScale
from scenes.parts.nets.layer_strip import shine
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

SWATCHES, SIDE = 7, 0.28


class Brightness:
    """Of the series `run{k}/key` of these runs, from the smallest size above 0 to the largest."""

    def __init__(self, film: RunStage, key: str, runs: Iterable[int], role: str) -> None:
        self.film, self.key, self.role = film, key, role
        every = [(size, run, i) for run in runs for i, size in enumerate(self._sizes(run))]
        self.ends = min((one for one in every if one[0] > 0), default=every[0]), max(every)
        lit = [end[0] for end in self.ends if end[0] > 0]
        self.scale = LogScale(min(lit, default=1.0), max(lit, default=1.0))

    def _sizes(self, run: int) -> list[float]:
        sizes: list[float] = self.film.array(self.film.of(run, self.key)).tolist()
        return sizes

    def shares(self, run: int) -> list[float]:
        """How bright (0..1) each layer of a run is."""
        return [self.share(size) for size in self._sizes(run)]

    def share(self, size: float) -> float:
        """How bright any size is; one beyond the ends of the scale as bright as what lies there."""
        return min(self.scale.share(size), 1.0)

    def legend(self, name: Typeset, box: Box, across: str = "right") -> VGroup:
        """Swatches from faint to strong in a box, between the sizes that their ends stand for, after what these are."""
        shares = [k / (SWATCHES - 1) for k in range(SWATCHES)]
        tints = [shine(self.film.look, self.role, share) for share in shares]
        swatches = row([Square(SIDE, stroke_width=0).set_fill(tint, opacity=1) for tint in tints], 0.0)
        least, most = (self._number(run, layer) for _, run, layer in self.ends)
        return fit(row([name, least, swatches, most]), box, across)

    def _number(self, run: int, layer: int) -> Typeset:
        name = self.film.of(run, self.key)
        return self.film.value(name, layer, form="short", px=style.SMALL_PX, colour=self.role)
