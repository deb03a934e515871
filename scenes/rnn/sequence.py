"""The sequence as it goes in: numbers as a curve, a character as its one-hot vector."""

from __future__ import annotations

import numpy as np
from manim import Animation, VGroup

from scenes.parts.folding import fold
from scenes.parts.log_plot import mark_y
from scenes.parts.place import at
from scenes.parts.plot import Plot
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import beside, comparable

CENTRE, WIDTH, HEIGHT = (0.4, 1.85), 10.6, 1.2
LABEL_ROOM = 1.25  # for the numbers at the left; longer ones take it from the curve
VECTOR_MAX = 7
FINE = 0.05  # of a difference: what rounding may move what is subtracted


class SeriesCurve(VGroup):
    """The numbers of the file in their order."""

    def __init__(self, stage: RecurrentStage) -> None:
        super().__init__()
        values = np.append(stage.array("input/raw"), stage.array("target/raw")[-1])
        low, high = stage.item("data/least"), stage.item("data/largest")
        ends = {
            end: stage.value(series, form=stage.raw_form, px=style.NUMBER_MIN_PX)
            for end, series in ((high, "data/largest"), (low, "data/least"))
        }
        more = max(0.0, max(label.width for label in ends.values()) - LABEL_ROOM)
        centre, width = (CENTRE[0] + more / 2, CENTRE[1]), WIDTH - more
        plot = Plot(stage.look, (0.0, float(len(values) - 1)), (low, high), centre, width, HEIGHT)
        name = stage.fitted(stage.number("data/name", form="name"), 4.0, style.SMALL_PX, "muted")
        name.left_at(plot.axes.y_axis.get_end() + at(0.15, 0.2))
        curve = plot.curve(np.arange(len(values), dtype=float), values, "input", style.LINE)
        self.add(plot, mark_y(plot, 0.0, ends), name, curve)


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
    return stage.formula(f"input({{c}}) quad arrow.r quad input(x_1) = ({', '.join(cells)})", 38, **fields)
