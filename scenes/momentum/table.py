"""Small tables beside the map: the start, steps in numbers, one update taken apart, how many steps it took."""

from __future__ import annotations

import numpy as np

from scenes.momentum.words import outcome
from scenes.parts.box import Box
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
START_PX, RESULT_PX = 46, 56
COLUMN_CHARS = 12  # the room for a number in a column
PLAIN_MIN, PLAIN_MAX = 0.1, 1000.0  # sizes that two decimals show
UPDATE = ("momentum/gradient", "momentum/carried", "momentum/velocity", "momentum/move")
SYMBOLS = (("nabla f", "gradient"), ("beta v", "activation"), ("v", "ink"), ("-eta v", "positive"))


def start_table(film: Stage, box: Box) -> Table:
    """x, y and the loss where every run starts."""
    names = [film.math(f"{symbol} =", START_PX) for symbol in ("x", "y", "loss(f)")]
    values = [film.value("start", axis, form=start_form(film, axis), px=START_PX) for axis in (0, 1)]
    loss = film.value("sgd/loss", 0, px=START_PX, colour="loss")
    columns = [Column(names, film.head("start")), Column([*values, loss], align="left")]
    return Table(film.look, columns, box, gap=style.GAP, up="centre", pitch=0.9)


def start_form(film: Stage, axis: int) -> str:
    """How the start is written along an axis: told from the numbers at that axis of the map."""
    start, ticks = film.array("start")[axis], film.array(f"axis/{'xy'[axis]}")
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else np.inf
    return comparable(start, fine=FINE * step)


def step_table(film: Stage, name: str, count: int, box: Box) -> Table:
    """Step, x, y and loss of an optimiser's first steps."""
    positions, losses = film.array(f"{name}/position")[:count], film.array(f"{name}/loss")[:count]
    columns = [Column(film.values("step", range(count), role="muted"), film.head("step"))]
    for axis, symbol in enumerate("xy"):
        places = [(k, axis) for k in range(count)]
        cells = film.values(f"{name}/position", places, column_form(positions[:, axis]))
        columns.append(Column(cells, film.math(symbol, 36)))
    cells = film.values(f"{name}/loss", range(count), column_form(losses), role="loss")
    return Table(film.look, [*columns, Column(cells, film.math("loss(f)", 36))], box, pitch=0.62)


def velocity_table(film: Stage, update: int, box: Box) -> Table:
    """One momentum update by axis: gradient, plus what is carried, gives the velocity and the step."""
    columns = [Column([film.math(symbol, 38, role) for symbol, role in SYMBOLS])]
    for axis, name in enumerate("xy"):
        form = column_form(np.array([film.array(series)[update, axis] for series in UPDATE]))
        cells = [
            film.value(series, update, axis, form=form, px=style.TABLE_PX, colour=role)
            for series, (_, role) in zip(UPDATE, SYMBOLS, strict=True)
        ]
        columns.append(Column(cells, film.math(name, 36)))
    return Table(film.look, columns, box, rules=((2, 0, 2),))


def column_form(values: np.ndarray) -> str:
    """Two decimals where they say something and fit, else three significant digits; more where numbers are near."""
    largest = float(np.abs(values).max())
    form = ".2f" if largest == 0 or PLAIN_MIN <= largest < PLAIN_MAX else "short"
    return comparable(values, form=form, most=COLUMN_CHARS)


def outcome_table(film: Stage, names: tuple[str, ...], box: Box) -> Table:
    """What came of each of these runs, below its name."""
    cells: list[Typeset] = []
    for name in names:
        cells.append(title(film, name, "positive" if name == "momentum" else "muted"))
        cells.append(film.fitted(outcome(film, name, "short"), box.width, RESULT_PX))
    return Table(film.look, [Column(cells, align="left")], box, pitch=0.8, up="centre")


def title(film: Stage, name: str, role: str, weight: str = "regular", px: float = style.LABEL_PX) -> Typeset:
    """An optimiser's name."""
    index = list(film.array("optimisers")).index(name)
    return film.words(film.name("optimisers", index), px, role, weight)
