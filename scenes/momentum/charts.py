"""The charts beside the map: steps by setting, and what makes up momentum's steps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import FadeIn, VGroup

from scenes.momentum.stage import DescentStage
from scenes.parts.charts.chart import Axis
from scenes.parts.charts.scale import Scale
from scenes.parts.charts.setting_chart import SettingChart
from scenes.parts.charts.sum_bars import SumBars
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.adding import adding_up

BARS = 12  # of momentum's first steps are shown part by part
BEYOND, PAD = (
    1.08,
    0.06,
)  # the highest number of steps; room beside the settings, as a share of what they span
HEADROOM = 1.5  # above the highest bar: for a sum that is written out
SHARES = {"momentum/kept": "activation", "momentum/downhill": "gradient"}


def setting_chart(film: DescentStage, key: str, what: str, sign: str, role: str, box: Box) -> SettingChart:
    """How many steps a run takes at each of the settings that were tried."""
    tried, reached = film.array(f"{key}s/{what}"), film.array(f"{key}s/reached")
    low, high = float(tried[0]), float(tried[-1])
    pad = PAD * (high - low)
    ticks = film.ticks(f"axis/{key}_reached")
    x = Axis(Scale(low - pad, high + pad), film.math(sign, 38), film.ticks(f"axis/{key}", least=low - pad))
    top = BEYOND * max(float(reached.max()), 1.0, *ticks)
    y = Axis(Scale(0.0, top), film.words(film.label("tried"), colour="muted"), ticks)
    return SettingChart(film.look, box, x, y, tried, np.where(reached < 0, np.nan, reached), role)


def notes(film: DescentStage, chart: SettingChart, key: str, told: Sequence[int]) -> VGroup:
    """The steps at the settings that are spoken of, the first of them ringed, and a word on one that never arrived."""
    reached = film.array(f"{key}s/reached")
    texts: dict[int, Typeset] = {
        i: film.value(f"{key}s/reached", i, px=style.LABEL_PX) for i in told if reached[i] >= 0
    }
    if (reached < 0).any():
        text = film.label("never", steps=film.integer("rates/updates"))
        texts[int(np.argmin(reached))] = film.words(text, style.SMALL_PX, "muted")
    placed = VGroup(*(chart.note(i, text) for i, text in texts.items()))
    return placed.add(chart.ring(told[0], "ink")) if reached[told[0]] >= 0 else placed


def step_bars(film: DescentStage, axis: int, box: Box) -> SumBars:
    """Of momentum's first steps along one axis: what is carried and what the gradient gives, and the step itself."""
    name = "xy"[axis]
    parts = [(film.array(one)[:BARS, axis], role) for one, role in SHARES.items()]
    ends = film.array(f"axis/move_{name}")
    levels = np.cumsum([values for values, _ in parts], axis=0)
    highest = max(float(ends.max(initial=0.0)), float(levels.max(initial=0.0)))
    scale = Scale(float(ends.min(initial=0.0)), HEADROOM * highest)
    up = Axis(scale, film.words(film.label(f"along_{name}"), colour="muted"), film.ticks(f"axis/move_{name}"))
    count = len(parts[0][0])
    numbers = film.values("step", range(1, count + 1), "d", style.NUMBER_MIN_PX, "muted")
    return SumBars(film.look, box, parts, "positive", film.head("step"), up, numbers)


def point_out(film: DescentStage, charts: Sequence[SumBars], key: str) -> None:
    """One step of one chart stays bright, and its sum is written out; then all are as they were."""
    update, axis = (int(one) for one in film.array(f"momentum/{key}"))
    chart = charts[axis]
    series = [*SHARES, "momentum/move"]
    carried, gradient, step = (float(film.array(one)[update, axis]) for one in series)
    form, exact = adding_up((carried, gradient), step)
    fields = {
        name: film.number(one, update, axis, form=form) for name, one in zip("abc", series, strict=True)
    }
    sign = "+ gradient(({b}))" if gradient < 0 else "+ gradient({b})"
    source = f"activation({{a}}) {sign} {'=' if exact else 'approx'} positive({{c}})"
    sum_ = fit(film.math(source, 44, **fields), chart.box, "right", "top")
    dimmed = [each for one in charts for each in one.spotlight(update if one is chart else -1)]
    film.play(*dimmed, FadeIn(sum_), run_time=style.MOVE_S)
    film.panel.add(sum_)
