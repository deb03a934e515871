"""How the numbers of a recorded tensor spread, and below that the least, the mean (or the norm) and the largest."""

from __future__ import annotations

from manim import Line, VGroup

from scenes.parts.arrays.tensor_view import spread_bars
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

FOOT = 0.72  # the height of two lines of statistics
CHARS = 10  # of a statistic


class TensorStatistics:
    """Reads `{family}/min` and so on (family `forward` or `gradient`), and draws in a box.

    `heads` stay while one tensor after the other is shown; `numbers` are those of one. Needs the labels `min`, `mean`,
    `norm` and `max`.
    """

    def __init__(self, film: Stage, box: Box, family: str) -> None:
        self.film, self.box, self.family = film, box, family
        names = ("min", "norm" if family == "gradient" else "mean", "max")
        room = Box(box.left, box.right, box.bottom, box.bottom + FOOT).columns(1, 1, 1, gap=0.1)
        lines = (one.rows(1, 1, gap=0.06) for one in room)
        self._told = list(zip(names, lines, ("left", "centre", "right"), strict=True))

    def heads(self) -> VGroup:
        """The line that numbers are spread along, and what the numbers below it are."""
        y = self.box.bottom + FOOT + style.TIGHT
        line = Line([self.box.left, y, 0], [self.box.right, y, 0], color=self.film.look.muted)
        heads = (
            fit(self.film.words(self.film.label(name), style.SMALL_PX, "muted"), upper, side)
            for name, (upper, _), side in self._told
        )
        return VGroup(line.set_stroke(width=style.LINE), *heads)

    def numbers(self, tensor: int, role: str, few: bool) -> VGroup:
        """How often numbers come between the least and the largest, if there are more than a few; the statistics."""
        out, film = VGroup(), self.film
        counts = film.array(f"{self.family}/histogram")[tensor]
        if not few and counts.sum() > 1:
            out.add(spread_bars(film.look, counts, self.box.without(bottom=FOOT + style.TIGHT), role))
        series = [film.s(f"{self.family}/{name}") for name, _, _ in self._told]
        values = [float(film.trace[name].values[tensor]) for name in series]
        form = comparable(values, form="short", most=CHARS)
        for name, (_, (_, lower), side) in zip(series, self._told, strict=True):
            out.add(fit(film.value(name, tensor, form=form, px=style.NUMBER_PX), lower, side))
        return out
