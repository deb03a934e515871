"""Tables: the start, steps in numbers, one update taken apart, rates and rules of all, and how many steps it took."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.momentum.stage import ROLES, DescentStage
from scenes.momentum.words import outcome
from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.legend import legend
from scenes.parts.text.update_rules import RULES
from scenes.stage import style
from scenes.stage.comparing import comparable, in_column

FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
START_PX = 46
# Series, symbol and colour of what makes one step of momentum.
PARTS = (
    ("momentum/downhill", "-eta nabla f", "gradient"),
    ("momentum/kept", "-eta beta v", "activation"),
    ("momentum/move", "-eta v", "positive"),
)


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
    """Step, gradient and loss of an optimiser's first steps."""
    steps = range(count)
    slopes = [
        film.column(
            f"{name}/gradient",
            [(k, axis) for k in steps],
            film.math(f"partial f \\/ partial {one}", 34),
            role,
        )
        for axis, (one, role) in enumerate((("x", "gradient"), ("y", "gradient")))
    ]
    first = film.column("step", steps, film.head("step"), "muted", "d")
    loss = film.column(f"{name}/loss", steps, film.math("loss(f)", 34), "loss")
    return Table(film.look, [first, *slopes, loss], box, pitch=0.62)


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
    return Table(film.look, columns, box, rules=((2, 0, 2),), up="centre")


def rates_table(film: DescentStage, box: Box) -> Table:
    """Every optimiser in its colour, and its learning rate."""
    names = Column([film.title(name) for name in film.optimisers], align="left")
    rates = Column(
        [film.value(f"{name}/lr", px=style.TABLE_PX) for name in film.optimisers], film.head("rate")
    )
    return Table(film.look, [Column([*map(film.sign, film.optimisers)]), names, rates], box, up="centre")


def rules(film: DescentStage, box: Box) -> Table:
    """Name, update rule and memory of every optimiser."""
    told = [RULES[name] for name in film.optimisers]
    columns = [
        Column([film.title(name, weight="bold") for name in film.optimisers], align="left"),
        Column([film.math(rule.source, 40) for rule in told], align="left", fits=True),
        Column([film.words(film.label(rule.memory)) for rule in told], film.head("remembers"), align="left"),
    ]
    return Table(film.look, columns, box, pitch=0.9)


def symbols(film: DescentStage, box: Box) -> VGroup:
    """What the other symbols of these rules mean, in one line."""
    used = dict.fromkeys(symbol for name in film.optimisers for symbol in RULES[name].symbols)
    return legend([(film.math(one, 34), film.head(f"symbol_{one}")) for one in used], box, beside=True)


def answer_table(film: DescentStage, box: Box) -> Table:
    """Steps to the bottom as bars: SGD at a smaller rate, at its own and at the fastest one tried; and momentum."""
    runs = {name: film.item(f"{name}/reached") for name in ("smaller", "sgd", "momentum")}
    lines = [(film.sgd_at("smaller/lr"), runs["smaller"], outcome(film, "smaller", "short"))]
    lines.append((film.sgd_at("sgd/lr"), runs["sgd"], outcome(film, "sgd", "short")))
    best = film.item("rates/best")
    if best >= 0 and film.array("rates/lr")[best] not in (film.item("smaller/lr"), film.item("sgd/lr")):
        steps = film.label("short_reached", step=film.integer("rates/reached", best))
        lines.append((film.sgd_at("rates/lr", best), film.array("rates/reached")[best], steps))
    lines.append((film.title("momentum"), runs["momentum"], outcome(film, "momentum", "short")))
    names, reached, texts = zip(*lines, strict=True)
    shares = [steps / max(*reached, 1) if steps >= 0 else None for steps in reached]
    roles = [ROLES["sgd"]] * (len(lines) - 1) + [ROLES["momentum"]]
    counted = Column([film.words(text) for text in texts])
    return Table(
        film.look, [Column(names, align="left"), Bars(shares, roles), counted], box, up="centre", pitch=1.0
    )
