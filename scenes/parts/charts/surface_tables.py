"""Tables beside the map of a loss surface: what is on it, and a run's first steps in numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, Line, VMobject

from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.outcome import goal
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.stage import style
from scenes.stage.comparing import comparable, in_column
from scenes.stage.provenance import Shown
from scenes.stage.surface_stage import SurfaceStage

FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
TOLD_PX, SYMBOL_PX, AXIS_PX, LAST = 36, 38, 36, "digits:2"
FIRST_STEPS = 4  # rows of the step table before the last one


def on_the_map(film: SurfaceStage, box: Box) -> Table:
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


def _told(film: SurfaceStage, text: Shown) -> VMobject:
    return film.words(text, TOLD_PX)


def start_form(film: SurfaceStage, axis: int) -> str:
    """How the start is written along an axis: told from the numbers at that axis of the map."""
    ticks = film.array(f"axis/{'xy'[axis]}")
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else np.inf
    return comparable(film.array("start")[axis], fine=FINE * step)


def step_table(film: SurfaceStage, name: str, box: Box) -> Table:
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


def parts_table(film: SurfaceStage, parts: Sequence[tuple[str, str, str]], k: int, box: Box) -> Table:
    """One update by axis: series, symbol and role of what it is made of and, below a rule, of what that adds up to."""
    columns = [Column([film.math(symbol, SYMBOL_PX, role) for _, symbol, role in parts], align="left")]
    for axis, name in enumerate("xy"):
        form = in_column([film.array(series)[k, axis] for series, _, _ in parts])
        made = [(film.s(series), role) for series, _, role in parts]
        cells = [film.value(one, k, axis, form=form, px=style.TABLE_PX, colour=role) for one, role in made]
        columns.append(Column(cells, film.math(name, AXIS_PX)))
    return Table(film.look, columns, box, rules=((len(parts) - 1, 0, 2),), up="centre")


def _compared(film: SurfaceStage, series: str, places: list[tuple[int, ...]], head: str, role: str) -> Column:
    """Written so that the first ones can be compared; the last one, far smaller as a rule, has digits of its own."""
    first = in_column([film.array(series)[place] for place in places[:FIRST_STEPS]])
    cells = film.values(series, places[:FIRST_STEPS], first, role=role)
    return Column([*cells, *film.values(series, places[FIRST_STEPS:], LAST, role=role)], film.math(head, 36))
