"""What stands beside the map: what is on it, steps in numbers, and one update taken apart."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, Line, VMobject

from scenes.momentum.stage import DescentStage
from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.outcome import goal
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.stage import style
from scenes.stage.comparing import comparable, in_column
from scenes.stage.provenance import Shown

FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
TOLD_PX, LAST = 36, "digits:2"
FIRST_STEPS = 4  # rows of the step table before the last one
# Series, symbol and colour of what makes one step of momentum.
PARTS = (
    ("momentum/downhill", "-eta nabla f", "gradient"),
    ("momentum/kept", "-eta beta v_(k - rule(1))", "activation"),
    ("momentum/move", "-eta v_k", "positive"),
)


def on_the_map(film: DescentStage, box: Box) -> Table:
    """A row for the parameters, contour lines, minimum, start and goal: the mark on the map, and what it is."""
    start = {f"v{axis}": film.number("start", axis, form=start_form(film, axis)) for axis in range(2)}
    numbers = film.math(
        "x = {v0}, quad y = {v1}, quad loss(f = {loss})", 40, **start, loss=film.number("sgd/loss", 0)
    )
    line = Line(0.3 * LEFT, 0.3 * RIGHT, color=film.look.muted, stroke_width=style.STRONG)
    rows: list[tuple[VMobject | None, VMobject]] = [(None, _told(film, film.label("parameters")))]
    if len(film.map.contours):
        rows.append((line, _told(film, film.label("contour"))))
    if len(film.map.crosses):
        rows.append((film.map.crosses[0].copy(), _told(film, film.label("minimum"))))
    rows += [(film.start.copy(), _told(film, film.label("start"))), (None, numbers)]
    rows.append((None, _told(film, goal(film)[1])))
    marks, texts = zip(*rows, strict=True)
    columns = [Column(marks, align="centre"), Column(texts, align="left", fits=True)]
    return Table(film.look, columns, box, gap=style.GAP, up="centre")


def _told(film: DescentStage, text: Shown) -> VMobject:
    return film.words(text, TOLD_PX)


def start_form(film: DescentStage, axis: int) -> str:
    """How the start is written along an axis: told from the numbers at that axis of the map."""
    ticks = film.array(f"axis/{'xy'[axis]}")
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else np.inf
    return comparable(film.array("start")[axis], fine=FINE * step)


def step_table(film: DescentStage, name: str, box: Box) -> Table:
    """Step, gradient and loss of a run's first steps, and of the one at which it has arrived, or its last one."""
    reached, updates = film.item(f"{name}/reached"), film.item(f"{name}/updates")
    last = reached if reached >= 0 else updates
    shown = sorted({*range(min(FIRST_STEPS, updates + 1)), last})
    gap = len(shown) - 1 if last > FIRST_STEPS else None
    slopes = [
        _compared(
            film, f"{name}/gradient", [(k, axis) for k in shown], f"partial f \\/ partial {one}", "gradient"
        )
        for axis, one in enumerate("xy")
    ]
    first = film.column("step", shown, film.head("step"), "muted", "d")
    loss = _compared(film, f"{name}/loss", [(k,) for k in shown], "loss(f)", "loss")
    fold = Fold(last + 1, tuple(shown), gap)
    return Table(film.look, [first, *slopes, loss], box, rows=fold, pitch=0.72)


def _compared(film: DescentStage, series: str, places: list[tuple[int, ...]], head: str, role: str) -> Column:
    """Written so that the first ones can be compared; the last one, far smaller as a rule, has digits of its own."""
    first = in_column([film.array(series)[place] for place in places[:FIRST_STEPS]])
    cells = film.values(series, places[:FIRST_STEPS], first, role=role)
    return Column([*cells, *film.values(series, places[FIRST_STEPS:], LAST, role=role)], film.math(head, 36))


def update_table(film: DescentStage, k: int, box: Box) -> Table:
    """The step of update `k` by axis: the gradient's share plus what is kept is the whole; rows as the arrows."""
    columns = [Column([film.math(symbol, 38, role) for _, symbol, role in PARTS], align="left")]
    for axis, name in enumerate("xy"):
        form = in_column([film.array(series)[k, axis] for series, _, _ in PARTS])
        cells = [
            film.value(series, k, axis, form=form, px=style.TABLE_PX, colour=role)
            for series, _, role in PARTS
        ]
        columns.append(Column(cells, film.math(name, 36)))
    return Table(film.look, columns, box, rules=((2, 0, 2),), up="centre")
