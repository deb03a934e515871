"""What the first steps of a run are made of, along both axes, as bars; and single steps whose sum is written out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Animation, FadeIn, LaggedStart, VGroup

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.markers import marker
from scenes.parts.charts.scale import Scale
from scenes.parts.charts.sum_bars import SumBars
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.legend import legend
from scenes.parts.room.motion import in_step
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.adding import adding_up
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

SUM_ROOM = 0.24  # above the name of a chart: so that a sum can be written out beside it
SUM_PX = 42
HEAD = 0.1  # of what the bars span, left free beyond them


class StepShares:
    """Two charts below each other, and above them what the bars are. `panel` is all of it.

    shares: the series of two parts (update, axis) and their roles; `total`: those of their sum. Reads `step` and
    `axis/move_x`, `axis/move_y`; labels `step`, `along_x`, `along_y`, `scales` (that they differ) and `share_{role}`
    for each role. `count` is how many steps are shown, at most `most`.
    """

    def __init__(
        self, film: Stage, box: Box, shares: Mapping[str, str], total: tuple[str, str], most: int
    ) -> None:
        self.film, self.roles = film, {**shares, total[0]: total[1]}
        self.count = min(most, len(film.array(total[0])))
        above, *boxes = box.rows(0.12, 0.9, 1.1, gap=style.TIGHT)
        self.names = [film.words(film.label(f"along_{axis}"), colour="muted") for axis in "xy"]
        charts = [self._chart(axis, one, shares, total[1]) for axis, one in enumerate(boxes)]
        start = max(chart.box.left for chart in charts)  # the bars of a step stand below each other
        boxes = [one.without(left=start - chart.box.left) for one, chart in zip(boxes, charts, strict=True)]
        self.charts = [self._chart(axis, one, shares, total[1]) for axis, one in enumerate(boxes)]
        meant = [
            (marker(1, film.look, role), film.words(film.label(f"share_{role}"), colour=role))
            for role in self.roles.values()
        ]
        scales = film.words(film.label("scales"), style.SMALL_PX, "muted")
        colours = legend(meant, above.without(right=scales.width + style.WIDE), beside=True)
        scales.move_to([above.right - scales.width / 2, colours.get_center()[1], 0])
        self.legend = VGroup(colours, scales)
        self.frame = VGroup(*(chart.frame for chart in self.charts))
        self.panel = VGroup(self.legend, *(VGroup(chart.frame, chart.steps) for chart in self.charts))

    def _chart(self, axis: int, box: Box, shares: Mapping[str, str], total: str) -> SumBars:
        film, name = self.film, "xy"[axis]
        parts = [(film.array(one)[: self.count, axis], role) for one, role in shares.items()]
        ends = film.array(f"axis/move_{name}")
        levels = np.cumsum([values for values, _ in parts], axis=0)
        low, high = (float(end([0.0, *ends, *levels.flat])) for end in (min, max))
        beyond = HEAD * (high - low)  # a bar that ends with its axis looks cut off
        low, high = low - beyond * (low < 0), high + beyond * (high > 0)
        up = Axis(Scale(low, high), self.names[axis], film.ticks(f"axis/move_{name}"))
        numbers = film.values("step", range(1, self.count + 1), "d", style.NUMBER_MIN_PX, "muted")
        return SumBars(film.look, box.without(top=SUM_ROOM), parts, total, film.head("step"), up, numbers)

    def building(self, step: int) -> list[Animation]:
        """Animations in which the bars of one step appear part after part, along both axes at once."""
        return [LaggedStart(*map(FadeIn, chart.steps[step]), lag_ratio=1.0) for chart in self.charts]

    def growing(self, first: int = 0) -> list[Animation]:
        """Animations in which the bars appear step by step, from this one on."""
        return [one for chart in self.charts for one in in_step(chart.steps[first:])]

    def point_out(self, update: int, axis: int) -> list[Animation]:
        """Animations that dim all but one step of one chart, and write its sum out."""
        dimmed = [
            each
            for i, chart in enumerate(self.charts)
            for each in chart.spotlight(update if i == axis else -1)
        ]
        return [*dimmed, FadeIn(self._sum(update, axis))]

    def all_bright(self) -> list[Animation]:
        """Animations after which no step is singled out."""
        return [each for chart in self.charts for each in chart.spotlight(None)]

    def said(self, update: int, axis: int) -> tuple[dict[str, Shown], bool]:
        """The parts and their sum, by role, in as many digits as add up; and whether these do."""
        first, second, total = (float(self.film.array(one)[update, axis]) for one in self.roles)
        form, exact = adding_up((first, second), total)
        told = {role: self.film.number(one, update, axis, form=form) for one, role in self.roles.items()}
        return told, exact

    def _sum(self, update: int, axis: int) -> Typeset:
        """The parts and their sum, or what is nearly that."""
        told, exact = self.said(update, axis)
        terms = {f"t{i}": text for i, text in enumerate(told.values())}
        roles = list(self.roles.values())
        second = float(self.film.array(list(self.roles)[1])[update, axis])
        added = f"{roles[1]}(({{t1}}))" if second < 0 else f"{roles[1]}({{t1}})"
        terms["k"] = self.film.integer("step", update + 1)
        source = f"muted(k = {{k}}:) quad {roles[0]}({{t0}}) + {added} {'=' if exact else 'approx'} {roles[2]}({{t2}})"
        chart = self.charts[axis]
        left = self.names[axis].get_right()[0] + style.TIGHT
        over = Box(left, chart.outer.right, chart.box.top, chart.outer.top + SUM_ROOM)
        sum_ = fit(self.film.math(source, SUM_PX, **terms), over, "right")
        self.panel.add(sum_)
        return sum_
