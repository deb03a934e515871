"""Small tables beside the map: the start, steps in numbers, one update taken apart, how many steps it took."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Line, VGroup

from scenes.momentum.words import outcome
from scenes.parts.place import ROW_PX, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer

LEFT_X, RIGHT_X, TOP_Y = 2.45, 6.4, 2.3
FINE = 0.1  # of the step between two numbers of an axis: what rounding may move the start
COLUMN_CHARS = 12  # the room for a number in a column
COLUMN_GAP, COLUMNS_LEFT = 0.28, 1.85
PLAIN_MIN, PLAIN_MAX = 0.1, 1000.0  # sizes that two decimals show


def start_rows(film: Explainer) -> list[VGroup]:
    """x, y and the loss where every run starts."""
    rows = []
    cells = (("x", "start", (0,), "ink"), ("y", "start", (1,), "ink"), ("loss(f)", "sgd/loss", (0,), "loss"))
    for i, (symbol, series, index, role) in enumerate(cells):
        y = TOP_Y - 0.75 - 0.62 * i
        name = film.math(f"{symbol} =", 38).right_at(at(LEFT_X + 1.6, y))
        form = "auto" if role == "loss" else start_form(film, i)
        value = film.value(series, *index, form=form, px=38, colour=role)
        rows.append(VGroup(name, value.left_at(at(LEFT_X + 1.8, y))))
    head = film.words(film.label("start"), style.LABEL_PX, "muted").left_at(at(LEFT_X + 0.7, TOP_Y))
    return [VGroup(head), *rows]


def start_form(film: Explainer, axis: int) -> str:
    """How the start is written along an axis: told from the numbers at that axis of the map."""
    start, ticks = film.trace["start"].values[axis], film.trace[f"axis/{'xy'[axis]}"].values
    step = float(np.diff(ticks).min()) if len(ticks) > 1 else np.inf
    return comparable(start, fine=FINE * step)


class StepTable(VGroup):
    """Step, x, y and loss of an optimiser's first steps; `rows` come one after another."""

    XS = (2.75, 3.95, 5.15, 6.4)

    def __init__(self, film: Explainer, name: str, count: int) -> None:
        super().__init__()
        heads = [
            film.words(film.label("step"), style.SMALL_PX, "muted"),
            film.math("x", 36),
            film.math("y", 36),
            film.math("loss(f)", 36),
        ]
        self.heads = VGroup(*(head.right_at(at(x, TOP_Y)) for head, x in zip(heads, self.XS, strict=True)))
        columns = [
            *film.trace[f"{name}/position"].values[:count].T,
            film.trace[f"{name}/loss"].values[:count],
        ]
        self.forms = [column_form(column) for column in columns]
        self.rows = [self._row(film, name, k) for k in range(count)]
        self._spread()
        self.add(self.heads, *self.rows)

    def _spread(self) -> None:
        """Long numbers need more than the columns' usual places: then each takes what it needs, from the right."""
        lines = [self.heads, *self.rows]
        widths = [max(line[i].width for line in lines) for i in range(len(self.XS))]
        steps = [b - a for a, b in pairwise(self.XS)]
        if all(width + COLUMN_GAP <= step for width, step in zip(widths[1:], steps, strict=True)):
            return
        need = sum(widths) + COLUMN_GAP * len(steps)
        scale = min(1.0, (self.XS[-1] - COLUMNS_LEFT - COLUMN_GAP * len(steps)) / sum(widths))
        scale = max(scale, style.NUMBER_MIN_PX / ROW_PX) if need else 1.0
        x = self.XS[-1]
        for i in reversed(range(len(widths))):
            for line in lines:
                cell = line[i].scale(scale) if line is not self.heads else line[i]
                cell.shift([x - cell.get_right()[0], 0, 0])
            x -= widths[i] * scale + COLUMN_GAP

    def _row(self, film: Explainer, name: str, k: int) -> VGroup:
        y = TOP_Y - 0.6 - 0.54 * k
        cells = [film.value("step", k, px=ROW_PX, colour="muted")]
        for axis, role in ((0, "ink"), (1, "ink")):
            cells.append(
                film.value(f"{name}/position", k, axis, form=self.forms[axis], px=ROW_PX, colour=role)
            )
        cells.append(film.value(f"{name}/loss", k, form=self.forms[2], px=ROW_PX, colour="loss"))
        return VGroup(*(cell.right_at(at(x, y)) for cell, x in zip(cells, self.XS, strict=True)))


class VelocityTable(VGroup):
    """One momentum update by axis: gradient, plus what is carried, gives the velocity and the step."""

    XS = (3.75, 5.1, 6.4)
    TOP_Y, PITCH = 0.5, 0.44
    SERIES = ("momentum/gradient", "momentum/carried", "momentum/velocity", "momentum/move")

    def __init__(self, film: Explainer, update: int) -> None:
        super().__init__()
        columns = np.array([film.trace[series].values[update] for series in self.SERIES])  # (row, axis)
        self.forms = [column_form(column) for column in columns.T]
        self.heads = VGroup(
            *(
                film.math(axis, 36).right_at(at(x, self.TOP_Y))
                for axis, x in zip("xy", self.XS[1:], strict=True)
            )
        )
        self.gradient = self._row(film, update, 0, "nabla f", "gradient")
        self.carried = self._row(film, update, 1, "beta v", "activation")
        rule_y = self.TOP_Y - 2.5 * self.PITCH
        self.rule = Line(
            at(LEFT_X, rule_y), at(RIGHT_X, rule_y), color=film.look.muted, stroke_width=style.LINE
        )
        self.velocity = self._row(film, update, 2, "v", "ink")
        self.move = self._row(film, update, 3, "-eta v", "positive")
        self.add(self.heads, self.gradient, self.carried, self.rule, self.velocity, self.move)

    def _row(self, film: Explainer, update: int, place: int, symbol: str, role: str) -> VGroup:
        y = self.TOP_Y - self.PITCH * (place + 1)
        cells: list[Typeset] = [film.math(symbol, 38, role).right_at(at(self.XS[0], y))]
        for axis, x in enumerate(self.XS[1:]):
            form = self.forms[axis]
            value = film.value(self.SERIES[place], update, axis, form=form, px=ROW_PX, colour=role)
            cells.append(value.right_at(at(x, y)))
        return VGroup(*cells)


def column_form(values: np.ndarray) -> str:
    """Two decimals where they say something and fit, else three significant digits; more where numbers are near."""
    largest = float(np.abs(values).max())
    form = ".2f" if largest == 0 or PLAIN_MIN <= largest < PLAIN_MAX else "short"
    return comparable(values, form=form, most=COLUMN_CHARS)


def outcome_rows(film: Explainer, names: tuple[str, ...]) -> list[VGroup]:
    """A name and what came of its run, one under the other."""
    rows = []
    for i, name in enumerate(names):
        y = TOP_Y - 0.85 - 1.25 * i
        index = list(film.trace["optimisers"].values).index(name)
        role = "positive" if name == "momentum" else "muted"
        head = film.words(film.name("optimisers", index), style.LABEL_PX, role).left_at(at(LEFT_X + 0.4, y))
        rows.append(VGroup(head, outcome_words(film, name, 40).left_at(at(LEFT_X + 0.4, y - 0.52))))
    return rows


def outcome_words(film: Explainer, name: str, px: float = ROW_PX) -> Typeset:
    """What came of a run in a few words: steps to the tolerance, its last loss, or where it diverged."""
    return film.words(outcome(film, name, "short"), px)
