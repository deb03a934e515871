"""Tables beside the network: the output's δ, gradients checked by differences, and one step before and after."""

from __future__ import annotations

import numpy as np

from scenes.parts.agreement import side_by_side
from scenes.parts.box import Box
from scenes.parts.folding import Fold, fold
from scenes.parts.source import num
from scenes.parts.table import Bars, Column, Table
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage

PX = 36
PITCH = 1.0  # from one row to the next, where there is room
DELTA_CHARS = 8  # the room for a δ
CHECKED = 5  # weights in the check
CHECK_FORM = "+.10f"
CLASSES_MOST = 4  # in the table of the step
AFTER, LOSS_AFTER = "step/probabilities_after", "step/loss_after"


def delta_table(film: NetworkStage, box: Box) -> Table:
    """The output's δ: probability minus target, class by class."""
    rows, last = film.net.folds[-1], film.depth
    shown, delta = rows.shown, film.of(last, "delta")
    form = comparable([0.0, film.array(delta)[film.true_class]], form="+.3f", most=DELTA_CHARS)
    p, y, name = (film.math(one, PX) for one in ("p", "y", f"delta^({film.nth(last)})"))
    columns = [
        Column(film.named("data/classes", shown), align="left"),
        film.column(film.of(last, "a"), shown, p, "activation", film.share_form(), PX),
        film.signs("−", len(shown), PX),
        film.column("loss/target", shown, y, "loss", "d", PX),
        film.signs("=", len(shown), PX),
        film.column(delta, shown, name, "gradient", form, PX),
    ]
    return Table(film.look, columns, box, rows=rows, pitch=1.2 * PITCH, up="centre")


def check_table(film: NetworkStage, box: Box) -> Table:
    """Autograd beside finite differences, for the weights of the last layer with the largest gradients."""
    layer = film.depth
    gradient = film.array(film.of(layer, "weight_grad"))
    order = np.argsort(-np.abs(gradient), axis=None, kind="stable")[:CHECKED]
    places = [tuple(int(i) for i in np.unravel_index(int(flat), gradient.shape)) for flat in order]
    names = [film.math(_weight(film, layer, place), PX) for place in places]
    exact, measured = (
        [film.number(film.s(film.of(layer, name)), *place, form=CHECK_FORM) for place in places]
        for name in ("weight_grad", "weight_fd")
    )
    heads = map(film.head, ("autograd", "differences"))
    numbers = side_by_side(film.look, exact, measured, PX, "gradient")
    columns = [Column(names, film.head("weight"), "left"), *map(Column, numbers, heads)]
    return Table(film.look, columns, box)


def _weight(film: NetworkStage, layer: int, place: tuple[int, ...]) -> str:
    """A weight's name with its unit and its input, in Typst math."""
    series = film.s(film.of(layer, "weight"))
    unit, source = (num(film.position(series, *place, axis=axis, first=1)) for axis in range(2))
    return f"W^({film.nth(layer)})_({unit} {source})"


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
