"""The loss of several runs by step, from one start: linear, or logarithmic where one of them rises far."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import VGroup

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.marked_chart import MarkedChart
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

NAME_MOST = 4.0  # units of width
CLEAR = 10.0  # stroke units: around the dashes of the floor, which a loss may lie on for long
STEEP = 30.0  # losses beyond this need a logarithmic axis


class LossChart(MarkedChart):
    """`run{k}/loss` before each step, of the runs in `names`; the name of a run that diverges says when.

    The axes are those of scale/step and scale/loss, or scale/loss_decades. `floor` is a loss that all are held against
    (its series, and its name): a dashed line, empty where it lies outside the axis. `behind`: the names stand in a
    column behind all lines.
    """

    most = 5

    def __init__(
        self, film: RunStage, box: Box, names: Mapping[int, str], floor: tuple[str, str] = ("", ""),
        behind: bool = False,
    ) -> None:  # fmt: skip
        self.film = film
        steep = film.array("scale/loss")[1] > STEEP
        series = "scale/loss_decades" if steep else "scale/loss"
        low, high = film.array(series)[[0, -1]]
        steps = Scale(*film.array("scale/step"))
        x = Axis(steps, film.head("step"), film.ticks("scale/step", form="d"), under=True)
        scale = LogScale(low, high) if steep else Scale(low, high)
        y = Axis(scale, film.math("loss(L)", 36), film.ticks(series, form="decade" if steep else ""))
        texts = {run: self._name(run, name) for run, name in names.items()}
        free = max(float(text.width) for text in texts.values()) + style.GAP if behind else 0.0
        super().__init__(film.look, box.without(right=free), x, y)
        losses = {run: film.array(film.of(run, "loss")) for run in names}
        self.names.keep_off(*(self.line(range(len(one)), one, "loss") for one in losses.values()))
        self.floor = VGroup()
        if floor[0] and low <= (held := float(film.item(floor[0]))) <= high:
            words = film.words(floor[1], style.LABEL_PX)
            self.floor = self.reference([steps.low, steps.high], [held, held], words)
            for dash in self.floor[0]:
                dash.set_stroke(film.look.background, CLEAR, background=True)
        lines = {run: (np.arange(len(one)), one, texts[run]) for run, one in losses.items()}
        self.take(lines, "loss", film.sign)
        if behind:
            self.name_column(self.box.right + style.GAP, self.box.bottom, self.box.top)

    def marked(self, key: int, role: str = "") -> VGroup:
        """A line, and its marks above the floor."""
        line = super().marked(key, role)
        line[1].set_z_index(2)
        return line

    def _name(self, run: int, name: str) -> Typeset:
        film = self.film
        if film.diverged(run):
            name = film.join(name, " · ", film.label("diverged_at", step=film.diverged_step(run)))
        return film.fitted(name, NAME_MOST, style.LABEL_PX, "loss")
