"""Small tables: the start, steps in numbers, one update taken apart, what came of runs, and the rules of all."""

from __future__ import annotations

import numpy as np

from scenes.momentum.stage import PAIR, DescentStage
from scenes.momentum.words import outcome
from scenes.parts.box import Box
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable, in_column

FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
START_PX, RESULT_PX = 46, 56
# Series, symbol and colour of what makes one step of momentum.
PARTS = (
    ("momentum/downhill", "-eta nabla f", "gradient"),
    ("momentum/kept", "-eta beta v", "activation"),
    ("momentum/move", "-eta v", "positive"),
)
RULES = {
    "sgd": "theta <- theta - eta nabla f",
    "momentum": "v <- beta v + nabla f, quad theta <- theta - eta v",
    "nesterov": "v <- beta v + nabla f, quad theta <- theta - eta (nabla f + beta v)",
    "adagrad": "s <- s + (nabla f)^(rule(2)), quad theta <- theta - eta (nabla f) \\/ (sqrt(s) + epsilon)",
    "rmsprop": "s <- alpha s + (rule(1) - alpha) (nabla f)^(rule(2)), quad "
    "theta <- theta - eta (nabla f) \\/ (sqrt(s) + epsilon)",
    "adam": "theta <- theta - eta hat(m) \\/ (sqrt(hat(s)) + epsilon)",
    "adamw": "theta <- theta - eta (hat(m) \\/ (sqrt(hat(s)) + epsilon) + lambda theta)",
}


def start_table(film: DescentStage, box: Box) -> Table:
    """x, y and the loss where every run starts."""
    rows = [
        film.math(f"{name} = {{v}}", START_PX, v=film.number("start", axis, form=start_form(film, axis)))
        for axis, name in enumerate("xy")
    ]
    rows.append(film.math("loss(f = {v})", START_PX, v=film.number("sgd/loss", 0)))
    return Table(film.look, [Column(rows, film.head("start"), align="left")], box, up="centre", pitch=0.9)


def start_form(film: DescentStage, axis: int) -> str:
    """How the start is written along an axis: told from the numbers at that axis of the map."""
    ticks = film.array(f"axis/{'xy'[axis]}")
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else np.inf
    return comparable(film.array("start")[axis], fine=FINE * step)


def step_table(film: DescentStage, name: str, count: int, box: Box) -> Table:
    """Step, x, y and loss of an optimiser's first steps."""
    steps = range(count)
    columns = [
        film.column("step", steps, film.head("step"), "muted", "auto"),
        *(
            film.column(f"{name}/position", [(k, axis) for k in steps], film.math(symbol, 36))
            for axis, symbol in enumerate("xy")
        ),
        film.column(f"{name}/loss", steps, film.math("loss(f)", 36), "loss"),
    ]
    return Table(film.look, columns, box, pitch=0.62)


def update_table(film: DescentStage, k: int, box: Box) -> Table:
    """The step of update `k` by axis: the gradient's share plus what is kept is the whole; rows as the arrows."""
    columns = [Column([film.math(symbol, 38, role) for _, symbol, role in PARTS])]
    for axis, name in enumerate("xy"):
        form = in_column([film.array(series)[k, axis] for series, _, _ in PARTS])
        cells = [
            film.value(series, k, axis, form=form, px=style.TABLE_PX, colour=role)
            for series, _, role in PARTS
        ]
        columns.append(Column(cells, film.math(name, 36)))
    return Table(film.look, columns, box, rules=((2, 0, 2),))


def outcome_table(film: DescentStage, box: Box) -> Table:
    """What came of SGD and of momentum, each below its name."""
    cells: list[Typeset] = []
    for name in PAIR:
        cells += [film.title(name), film.fitted(outcome(film, name, "short"), box.width, RESULT_PX)]
    return Table(film.look, [Column(cells, align="left")], box, pitch=0.8, up="centre")


def rules(film: DescentStage, box: Box) -> Table:
    """Name, update rule and outcome of every optimiser, from top to bottom."""
    names = film.optimisers
    columns = [
        Column([film.title(name, weight="bold") for name in names], align="left"),
        Column([film.math(RULES[name], 42) for name in names], align="left", fits=True),
        Column([film.words(outcome(film, name, "short"), style.LABEL_PX) for name in names]),
    ]
    return Table(film.look, columns, box, up="centre", pitch=0.95)
