"""Tables beside the network: a sample's features, and the recap."""

from __future__ import annotations

import numpy as np

from scenes.forward.curves import FUNCTIONS
from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.charts.standardising import Standardising
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX, LARGE = 36, 42
PITCH = 1.0  # from one row to the next, where there is room
REACH = 1.1  # of a line of measurements: beyond the largest


def features(film: NetworkStage, box: Box) -> tuple[Table, Standardising]:
    """The shown features as measured and standardised, and between them lines with mean and spread of the training."""
    rows = film.net.folds[0]
    shown = list(rows.shown)
    columns: list[Column | Bars] = [
        Column(film.named("data/features", shown), film.head("column_feature"), "left"),
        Column([film.words(film.measured(i), PX) for i in shown], film.head("column_raw")),
        Bars([None] * len(shown)),
        Column(film.values("sample/input", shown, ".2f", PX, "input"), film.head("column_scaled")),
    ]
    table = Table(film.look, columns, box, rows=rows, pitch=PITCH, gap=style.WIDE)
    names = "sample/raw", "data/mean", "data/std", "sample/input"
    raw, mean, std, scaled = (film.array(name)[shown] for name in names)
    least, most = np.minimum(np.minimum(raw, mean - std), 0), REACH * np.maximum(raw, mean + std)
    if len(set(film.array("data/units")[shown])) == 1 and film.array("data/units")[0]:  # one scale for all
        least, most = np.full_like(least, least.min()), np.full_like(most, most.max())
    rooms = [table.box(row, 2) for row in range(len(shown))]
    spans = list(zip(map(float, least), map(float, most), strict=True))
    return table, Standardising(film, rooms, raw, mean, std, scaled, spans)


def affine(film: NetworkStage, layer: int, fed: str = "") -> str:
    """z = W a + b of a layer in Typst math; `fed` is another name for what it is fed."""
    nth = film.nth(layer)
    return f"z^({nth}) = W^({nth}) {fed or f'a^({film.nth(layer - 1)})'} + b^({nth})"


def recap(film: NetworkStage, box: Box) -> Table:
    """The whole pass as lines of mathematics: input, layers, probabilities; and the count of the test part."""
    last, function = film.depth, FUNCTIONS[film.function]
    rows = [("step_input", film.math("input(x) = (m - mu) / sigma", LARGE))]
    for n in range(1, last):
        z = affine(film, n, "x" if n == 1 else "")
        sum_of = z.partition(" = ")[2]
        rows.append(("step_hidden", film.math(f"a^({film.nth(n)}) = {function}({sum_of})", LARGE)))
    rows.append(("step_output", film.math(affine(film, last), LARGE)))
    rows.append(("step_softmax", film.math(f'p = "softmax"(z^({film.nth(last)}))', LARGE)))
    right, count = (film.number(name, form="d") for name in ("training/test_correct", "data/test_count"))
    rows.append(("step_test", film.words(film.join(right, " / ", count), LARGE)))
    return film.lines(rows, box)
