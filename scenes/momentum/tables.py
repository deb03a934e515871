"""What stands beside the map: what is on it, steps in numbers, one update taken apart, and a method's rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import LEFT, RIGHT, Line, VGroup, VMobject

from scenes.momentum.stage import DescentStage
from scenes.momentum.words import goal
from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.room.layout import column, fit, row
from scenes.parts.room.legend import legend
from scenes.parts.text.update_rules import RULES
from scenes.stage import style
from scenes.stage.comparing import comparable, in_column

FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
FIRST_STEPS = 4  # rows of the step table before the last one
RULE_PX, NAME_PX = 44, 40
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
    rows: list[tuple[VMobject | None, VMobject]] = [(None, film.words(film.label("parameters")))]
    if len(film.map.contours):
        rows.append((line, film.words(film.label("contour"))))
    if len(film.map.crosses):
        rows.append((film.map.crosses[0].copy(), film.words(film.label("minimum"))))
    rows += [(film.start.copy(), film.words(film.label("start"))), (None, numbers)]
    rows.append((None, film.words(goal(film)["short"])))
    marks, texts = zip(*rows, strict=True)
    columns = [Column(marks, align="centre"), Column(texts, align="left", fits=True)]
    return Table(film.look, columns, box, gap=style.GAP, up="centre")


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
        film.column(
            f"{name}/gradient",
            [(k, axis) for k in shown],
            film.math(f"partial f \\/ partial {one}", 36),
            "gradient",
        )
        for axis, one in enumerate("xy")
    ]
    first = film.column("step", shown, film.head("step"), "muted", "d")
    loss = film.column(f"{name}/loss", shown, film.math("loss(f)", 36), "loss")
    fold = Fold(last + 1, tuple(shown), gap)
    return Table(film.look, [first, *slopes, loss], box, rows=fold, pitch=0.72)


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


def method_panel(film: DescentStage, name: str) -> tuple[VGroup, VGroup, Table, VGroup]:
    """A method's name with its settings, the lines of its rule, its first step in numbers; what its symbols mean."""
    rule, role = RULES[name], film.role(name)
    side = replace(film.side, bottom=film.whole.bottom)
    first = film.array(f"{name}/first")
    head, middle, below = side.rows(0.55, 0.75 * len(rule.lines), 0.55 * (len(first) + 1), gap=0.16)
    fields = {"eta": film.number(f"{name}/lr")}
    fields |= {f"s{i}": film.number(one) for i, one in enumerate(rule.settings.values())}
    signs = ("eta", *rule.settings)
    given = ", quad ".join(f"{sign} = {{{field}}}" for sign, field in zip(signs, fields, strict=True))
    title = row([film.title(name, NAME_PX, "bold"), film.math(given, 34, **fields)], style.WIDE)
    lines = column([film.math(line, RULE_PX) for line in rule.lines], gap=0.3)
    names = [film.math(part, 38, "ink") for part in rule.parts] + [
        film.words(film.label("step"), colour=role)
    ]
    columns = [Column(names[: len(first)], film.head("first"), align="left")]
    for axis, one in enumerate("xy"):
        cells = film.values(f"{name}/first", [(i, axis) for i in range(len(first))], "short")
        columns.append(Column(cells, film.math(one, 36)))
    last = len(first) - 1
    table = Table(film.look, columns, below, rules=((last, 0, 2),) if last > 0 else (), up="centre")
    under = Box(style.LEFT, side.left - style.WIDE, side.bottom, film.room.bottom)
    told = [
        (film.math(one.partition("_")[0], 34), film.words(film.label(f"symbol_{one}"), style.SMALL_PX))
        for one in rule.keeps
    ]
    upper, lower = under.rows(1, 1, gap=style.TIGHT)
    meant = VGroup(legend(told, upper, beside=True))
    if len({film.item(f"{one}/lr") for one in film.array("optimisers")}) > 1:
        meant.add(fit(film.words(film.label("rates_differ"), style.SMALL_PX, "muted"), lower, "left"))
    return fit(title, head, "left"), fit(lines, middle, "left"), table, meant
