"""What goes in: the series as a curve, where numbers are learned, and how the first step's input becomes numbers."""

from __future__ import annotations

import numpy as np
from manim import Animation

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.folding import fold
from scenes.parts.scale import Scale
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import beside, comparable

VECTOR_MAX = 7  # numbers of a one-hot vector
FINE = 0.05  # of a difference: what rounding may move what is subtracted


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
    """How the first step's input becomes numbers: a one-hot vector, or a number that is standardised."""
    if not stage.of_characters:
        first, mean = float(stage.array("input/raw")[0]), stage.item("data/mean")
        form = comparable([first, mean], form="short", fine=FINE * abs(first - mean))
        fields = {
            "raw": stage.number("input/raw", 0, form=form),
            "mean": stage.number("data/mean", form=form),
            "std": stage.number("data/std", form=beside(form, stage.item("data/std"))),
            "x": stage.number("input", 0, 0, form="short"),
        }
        return stage.formula("input(x_rule(1)) = ({raw} - {mean}) / {std} = {x}", 38, **fields)
    places = fold(stage.array("input").shape[1], VECTOR_MAX, (int(stage.array("input/id")[0]),))
    fields = {f"v{place}": stage.number("input", 0, place, form="d") for place in places.shown}
    cells = [f"{{{field}}}" for field in fields]
    if places.gap is not None:
        cells.insert(places.gap, "dots.c")
    fields["c"] = stage.number("input/character", 0, form="character")
    return stage.formula(
        f"input({{c}}) quad arrow.r quad input(x_rule(1)) = ({', '.join(cells)})", 42, **fields
    )
