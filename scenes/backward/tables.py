"""Tables beside the network: the output's δ, gradients checked by differences, and one step before and after."""

from __future__ import annotations

import numpy as np

from scenes.parts.box import Box
from scenes.parts.folding import Fold, fold
from scenes.parts.source import escape, num
from scenes.parts.table import Bars, Column, Table
from scenes.parts.typeset import Typeset
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage
from scenes.stage.provenance import readings_of

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
    gradient = film.array(film.of(last, "delta"))[film.true_class]
    signed = comparable([0.0, gradient], form="+.3f", most=DELTA_CHARS)
    minus, equals = ([film.words(sign, PX, "muted") for _ in rows.shown] for sign in "−=")
    p = film.values(film.of(last, "a"), rows.shown, film.share_form(), PX, "activation")
    columns = [
        Column(film.named("data/classes", rows.shown), align="left"),
        Column(p, film.math("p", PX)),
        Column(minus),
        Column(film.values("loss/target", rows.shown, "d", PX, "loss"), film.math("y", PX)),
        Column(equals),
        Column(
            film.values(film.of(last, "delta"), rows.shown, signed, PX, "gradient"),
            film.math(f"delta^({film.nth(last)})", PX),
        ),
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
    pairs = list(zip(exact, measured, strict=True))
    columns = [
        Column(names, film.head("weight"), "left"),
        Column([_digits(film, a, b) for a, b in pairs], film.head("autograd")),
        Column([_digits(film, b, a) for a, b in pairs], film.head("differences")),
    ]
    return Table(film.look, columns, box)


def _weight(film: NetworkStage, layer: int, place: tuple[int, ...]) -> str:
    """A weight's name with its unit and its input, in Typst math."""
    series = film.s(film.of(layer, "weight"))
    unit, source = (num(film.position(series, *place, axis=axis, first=1)) for axis in range(2))
    return f"W^({film.nth(layer)})_({unit} {source})"


def _digits(film: NetworkStage, text: str, other: str) -> Typeset:
    """`text` with the digits it shares with `other` in the gradient's colour, the rest muted."""
    same = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), len(text))
    rest = f"#muted[{escape(text[same:])}]" if same < len(text) else ""
    return Typeset(f"#gradient[{escape(text[:same])}]{rest}", film.look, PX, readings=readings_of(text))


def step_table(film: NetworkStage, box: Box) -> Table:
    """Each class's probability as a bar and a number, before and after the step; below them the loss."""
    before = film.of(film.depth, "a")
    shown = fold(len(film.array(before)), CLASSES_MOST, (film.true_class,))
    rows = Fold(shown.count + 1, (*shown.shown, shown.count), shown.gap)
    columns: list[Column | Bars] = [
        Column([*film.named("data/classes", shown.shown), film.words(film.label("loss"), PX)], align="left")
    ]
    ends = (("before", before, "loss/value", "muted"), ("after", AFTER, LOSS_AFTER, "activation"))
    for key, series, loss, role in ends:
        p = film.array(series)
        number = film.value(
            film.s(loss),
            form=film.net_loss_form(LOSS_AFTER),
            px=PX,
            colour="loss" if key == "after" else role,
        )
        shares = film.values(series, shown.shown, film.share_form(AFTER), PX, role)
        columns += [
            Bars([*(float(p[c]) for c in shown.shown), None], role, film.head(key)),
            Column([*shares, number]),
        ]
    rule = (len(shown.shown), 0, len(columns) - 1)
    return Table(film.look, columns, box, rows=rows, rules=[rule], pitch=PITCH)
