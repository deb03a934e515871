"""Tables beside the network: the output's δ, gradients checked by differences, and one step before and after."""

from __future__ import annotations

import numpy as np
from manim import Dot, VMobject

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.agreement import side_by_side
from scenes.parts.text.source import num
from scenes.parts.text.typeset import Typeset
from scenes.stage.network_stage import NetworkStage

PX, AXIS_PX = 36, 30
PITCH = 1.0  # from one row to the next, where there is room
CHECK_FORM = "+.10f"
WAYS = ("- rule(2) epsilon", "- epsilon", "+ epsilon", "+ rule(2) epsilon")  # from the weight, in the check
CLASSES_MOST = 4  # in the table of the step
AFTER, LOSS_AFTER = "step/probabilities_after", "step/loss_after"


def delta_table(film: NetworkStage, box: Box) -> Table:
    """The output's δ: probability minus target, class by class."""
    rows, last = film.net.folds[-1], film.depth
    shown, delta = rows.shown, film.of(last, "delta")
    p, y, name = (film.math(one, PX) for one in ("p", "y", f"delta^({film.nth(last)})"))
    columns = [
        Column(film.named("data/classes", shown), align="left"),
        film.column(film.of(last, "a"), shown, p, "activation", film.share_form(), PX),
        film.signs("−", len(shown), PX),
        film.column("loss/target", shown, y, "loss", "d", PX),
        film.signs("=", len(shown), PX),
        film.column(delta, shown, name, "gradient", f"+{film.delta_form}", PX),
    ]
    return Table(film.look, columns, box, rows=rows, pitch=1.2 * PITCH, up="centre")


def nudge_chart(film: NetworkStage, box: Box) -> tuple[Chart, list[Dot], VMobject, Typeset]:
    """The loss at the values to which the check moves one weight, a line through them, and the slope they give."""
    xs, ys = (film.array(f"check/{name}") for name in ("weight", "loss"))
    across = {float(x): film.math(f"w {way}", AXIS_PX, "muted") for x, way in zip(xs, WAYS, strict=True)}
    rim = (float(np.ptp(ys)) or 1.0) / 8
    place = _places(film)[0]
    x = Axis(Scale(float(xs[0]), float(xs[-1])), film.math(f"w = {_weight(film, place)}", PX), across)
    reach = Scale(float(ys.min()) - rim, float(ys.max()) + rim)
    y = Axis(reach, film.math("loss(L)", PX), film.ticks("check/loss"))
    chart = Chart(film.look, box, x, y)
    dots = [chart.dot(*point, "loss") for point in zip(xs, ys, strict=True)]
    line = chart.line(xs, ys, "gradient")
    [slope] = film.values(film.of(film.depth, "weight_fd"), [place], "+.4f", PX, "gradient")
    return chart, dots, line, chart.names.place(slope, line)


def _places(film: NetworkStage) -> list[tuple[int, int]]:
    """The checked weights: unit and input, the largest gradient first."""
    units, inputs = (film.array(f"check/{name}").tolist() for name in ("unit", "input"))
    return list(zip(units, inputs, strict=True))


def check_table(film: NetworkStage, box: Box) -> Table:
    """Autograd beside finite differences, for the weights of the last layer with the largest gradients."""
    places = _places(film)
    exact, measured = (
        [film.number(film.s(film.of(film.depth, name)), *place, form=CHECK_FORM) for place in places]
        for name in ("weight_grad", "weight_fd")
    )
    names = [film.math(_weight(film, place), PX) for place in places]
    heads = map(film.head, ("autograd", "differences"))
    numbers = side_by_side(film.look, exact, measured, PX, "gradient")
    columns = [Column(names, film.head("weight"), "left"), *map(Column, numbers, heads)]
    return Table(film.look, columns, box)


def _weight(film: NetworkStage, place: tuple[int, int]) -> str:
    """A weight of the last layer: its name with its unit and its input, in Typst math."""
    series = film.s(film.of(film.depth, "weight"))
    unit, source = (num(film.position(series, *place, axis=axis, first=1)) for axis in range(2))
    return f"W^({film.nth(film.depth)})_({unit}, {source})"


def step_table(film: NetworkStage, box: Box) -> Table:
    """Each class's probability as a bar and a number, before and after the step; below them the loss."""
    before, form = film.of(film.depth, "a"), film.share_form(AFTER)
    shown = fold(len(film.array(before)), CLASSES_MOST, (film.true_class,))
    rows = Fold(shown.count + 1, (*shown.shown, shown.count), shown.gap)
    names = [*film.named("data/classes", shown.shown), film.words(film.label("loss"), PX)]
    columns: list[Column | Bars] = [Column(names, align="left")]
    ends = (
        ("before", before, "muted", "loss/value", "muted"),
        ("after", AFTER, "activation", LOSS_AFTER, "loss"),
    )
    for key, series, role, loss, own in ends:
        below = film.value(film.s(loss), form=film.net_loss_form(LOSS_AFTER), px=PX, colour=own)
        columns += film.shares(series, shown.shown, film.head(key), role, form, [below], PX)
    rule = (len(shown.shown), 0, len(columns) - 1)
    return Table(film.look, columns, box, rows=rows, rules=[rule], pitch=PITCH)
