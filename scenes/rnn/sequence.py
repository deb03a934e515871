"""The sequence as it goes in: numbers as a curve, a character as its one-hot vector."""

from __future__ import annotations

import numpy as np
from manim import Animation, VGroup

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.folding import fold
from scenes.parts.layout import fit, row
from scenes.parts.scale import Scale
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import beside, comparable

VECTOR_MAX = 7
FINE = 0.05  # of a difference: what rounding may move what is subtracted


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


def input_formula(stage: RecurrentStage) -> list[Animation]:
    """How the first step's input becomes numbers, in the formula band."""
    if not stage.of_characters:
        first, mean = float(stage.array("input/raw")[0]), stage.item("data/mean")
        form = comparable([first, mean], form="short", fine=FINE * abs(first - mean))
        fields = {
            "raw": stage.number("input/raw", 0, form=form),
            "mean": stage.number("data/mean", form=form),
            "std": stage.number("data/std", form=beside(form, stage.item("data/std"))),
            "x": stage.number("input", 0, 0, form="short"),
        }
        return stage.formula("input(x_1) = ({raw} - {mean}) / {std} = {x}", 38, **fields)
    size = stage.array("input").shape[1]
    places = fold(size, VECTOR_MAX, (int(stage.array("input/id")[0]),))
    fields = {f"v{place}": stage.number("input", 0, place, form="d") for place in places.shown}
    cells = [f"{{v{place}}}" for place in places.shown]
    if places.gap is not None:
        cells.insert(places.gap, "dots.c")
    fields["c"] = stage.number("input/character", 0, form="character")
    return stage.formula(f"input({{c}}) quad arrow.r quad input(x_1) = ({', '.join(cells)})", **fields)
