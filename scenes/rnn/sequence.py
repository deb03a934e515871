"""The sequence as it goes in: its characters in a row, or its numbers as a curve."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.layout import fit, row
from scenes.parts.scale import Scale
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style


def whole_sequence(stage: RecurrentStage, box: Box) -> VGroup:
    """The sequence as it was given: its characters in a row, the dots last, or its numbers as a curve."""
    if not stage.of_characters:
        return VGroup(series_curve(stage, box))
    tiles = [stage.tile("input", t, box, "input") for t in stage.drawn.shown]
    tiles.append(stage.tile("target", stage.count - 1, box, "input"))
    dots = [stage.words("⋯", colour="muted")] if stage.drawn.gap is not None else []
    at = stage.drawn.gap or 0
    fit(row([*tiles[:at], *dots, *tiles[at:]]), box)
    return VGroup(*tiles, *dots)


def series_curve(stage: RecurrentStage, box: Box) -> Chart:
    """The numbers of the file in their order, with the least and the largest."""
    values = np.append(stage.array("input/raw"), stage.array("target/raw")[-1])
    ends = ["data/largest", "data/least"]
    texts = [stage.value(one, form=stage.raw_form, px=style.NUMBER_MIN_PX, colour="muted") for one in ends]
    name = stage.fitted(stage.number("data/name", form="name"), box.width / 2, style.SMALL_PX, "muted")
    high, low = map(stage.item, ends)
    y = Axis(Scale(low, high), name, dict(zip((high, low), texts, strict=True)))
    chart = Chart(stage.look, box, Axis(Scale(0, len(values) - 1)), y)
    return chart.add(chart.line(range(len(values)), values, "input", style.LINE))
