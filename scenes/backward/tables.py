"""Beside the network: a gradient checked by differences, one step before and after, and the equations of it all."""

from __future__ import annotations

from functools import partial

from scenes.parts.arrays.before_after import BeforeAfter
from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.nudge import Nudge
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.agreement import side_by_side
from scenes.parts.text.source import num, quote
from scenes.stage.comparing import comparable
from scenes.stage.layer_gradients import weight_name
from scenes.stage.network_stage import NetworkStage

PX, AXIS_PX, LABEL_PX, RULE_PX = 36, 32, 30, 46
CHECK_FORM, LOSS_FORM, SLOPE_FORM = "+.10f", ".7f", ".4f"
LAST_MOST, FIRST_MOST = 3, 2  # weights of the last and of the first layer in the check
CLASSES_MOST = 4  # in the table of the step
AFTER, LOSS_AFTER = "step/probabilities_after", "step/loss_after"


def checked(film: NetworkStage, which: str = "") -> list[tuple[int, int]]:
    """The checked weights of the last layer, or of the "first_": unit and input, the largest gradient first."""
    units, inputs = (film.array(f"check/{which}{name}").tolist() for name in ("unit", "input"))
    return list(zip(units, inputs, strict=True))


def nudge_chart(film: NetworkStage, box: Box) -> Nudge:
    """The loss at the first checked weight and at the two values to which the check moves it."""
    xs, ys = (film.array(f"check/{name}") for name in ("weight", "loss"))
    ways = [film.math(way, AXIS_PX) for way in ("w - epsilon", "w", "w + epsilon")]
    losses = film.values("check/loss", range(len(ys)), _loss_form(film), AXIS_PX)
    return Nudge(film.look, box, xs, ys, (ways, losses), film.math("loss(L)", PX))


def _loss_form(film: NetworkStage) -> str:
    return comparable(film.array("check/loss"), form=LOSS_FORM)


def nudged_weight(film: NetworkStage) -> str:
    """Which weight is moved, with its value and the step, in Typst math."""
    value = num(film.number(film.s("check/weight"), 1, form=SLOPE_FORM))
    epsilon = num(film.number(film.s("check/epsilon")))
    return f"w = {weight_name(film, film.depth, *checked(film)[0])} = {value}, quad epsilon = {epsilon}"


def nudged_slope(film: NetworkStage) -> str:
    """The difference of the two losses over their distance, with its numbers, in Typst math."""
    low, high = (num(film.number(film.s("check/loss"), i, form=_loss_form(film))) for i in (0, 2))
    series = film.s(film.of(film.depth, "weight_fd"))
    found, epsilon = (
        film.number(series, *checked(film)[0], form=SLOPE_FORM),
        film.number(film.s("check/epsilon")),
    )
    rule = "(loss(L)(w + epsilon) - loss(L)(w - epsilon)) / (rule(2) epsilon)"
    worked = f"({high} - {low}) / (rule(2) times {num(epsilon)})"
    return f"(partial loss(L)) / (partial w) approx {rule} = {worked} = gradient({num(found)})"


def check_table(film: NetworkStage, box: Box) -> Table:
    """The backward pass beside finite differences, for weights of the last and the first layer with large gradients."""
    places = [(film.depth, *one) for one in checked(film)[:LAST_MOST]]
    places += [(1, *one) for one in checked(film, "first_")[:FIRST_MOST]]
    exact, measured = (
        [film.number(film.s(film.of(layer, name)), *place, form=CHECK_FORM) for layer, *place in places]
        for name in ("weight_grad", "weight_fd")
    )
    names = [film.math(weight_name(film, *one), PX) for one in places]
    heads = [film.words(film.label(key), LABEL_PX, "muted") for key in ("weight", "backward", "differences")]
    numbers = side_by_side(film.look, exact, measured, PX, "gradient")
    columns = [Column(names, heads[0], "left"), *map(Column, numbers, heads[1:])]
    return Table(film.look, columns, box)


def step_table(film: NetworkStage, box: Box) -> BeforeAfter:
    """Each class's probability before and after the step, and below them the loss."""
    ends, form = (film.of(film.depth, "a"), AFTER), film.share_form(AFTER)
    shown = fold(len(film.array(ends[0])), CLASSES_MOST, (film.true_class,))
    names = [*film.named("data/classes", shown.shown), film.words(film.label("loss"), LABEL_PX)]
    when = [partial(film.words, film.label(key), LABEL_PX, "muted") for key in ("before", "after")]
    shares = [(float(film.array(ends[0])[i]), float(film.array(ends[1])[i])) for i in shown.shown]
    before, after = (film.values(end, shown.shown, form, PX) for end in ends)
    both = (
        film.value(film.s(one), form=film.net_loss_form(LOSS_AFTER), px=PX)
        for one in ("loss/value", LOSS_AFTER)
    )
    numbers = [*zip(before, after, strict=True), (next(both), next(both))]
    return BeforeAfter(film.look, names, (when[0], when[1]), shares, numbers, box, shown.gap)


def equations(film: NetworkStage, box: Box) -> Table:
    """Backpropagation in four lines, for any layer ℓ."""
    out, here, after = f"word({quote(film.label('output'))})", "(ℓ)", "(ℓ + rule(1))"
    fed = "quad activation(a^((rule(0)))) = input(x)"
    rows = {
        "in_last": f"delta^({out}) = activation(p) - loss(y)",
        "in_hidden": f"delta^({here}) = f'(z^({here})) ⊙ (W^({after}))^top delta^({after})",
        "of_weights": f"(partial loss(L)) / (partial W^({here})) = delta^({here}) (a^((ℓ - rule(1))))^top {fed}",
        "of_biases": f"(partial loss(L)) / (partial b^({here})) = delta^({here})",
    }
    heads = [film.words(film.label(key), LABEL_PX, "muted") for key in rows]
    texts = [film.math(source, RULE_PX) for source in rows.values()]
    columns = [Column(heads, align="left"), Column(texts, align="left", fits=True)]
    return Table(film.look, columns, box, gap=0.6, up="centre", pitch=1.3)
