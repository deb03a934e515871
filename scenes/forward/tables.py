"""Tables beside the network: a sample's features, one unit's sum, the way from scores to probabilities, the recap."""

from __future__ import annotations

import numpy as np
from manim import Rectangle

from scenes.forward.curves import FUNCTIONS
from scenes.parts.arrays.matrix_product import signed
from scenes.parts.arrays.softmax_table import SoftmaxTable
from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.arrays.weighted_sum import Terms, WeightedSum
from scenes.parts.charts.standardising import Standardising
from scenes.parts.nets.network import RADIUS_MAX
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX = 36
PITCH = 1.0  # from one row to the next, where there is room
TERMS_MOST = 6
REACH = 1.1  # of a line of measurements: beyond the largest
LARGE = 1000  # a sum of exponentials from here on is written with a power of ten


def features(film: NetworkStage, box: Box) -> tuple[Table, Standardising]:
    """The shown features as measured and standardised, and between them lines with mean and spread of the training."""
    rows = film.net.folds[0]
    shown = list(rows.shown)
    columns: list[Column | Bars] = [
        Column(film.named("data/features", shown), film.head("column_feature"), "left"),
        Column([film.words(film.measured(i), PX) for i in shown], film.head("column_raw")),
        Bars([None] * len(shown)),
        Column(film.values("sample/input", shown, ".2f", PX, "input"), film.head("column_scaled")),
    ]
    table = Table(film.look, columns, box, rows=rows, pitch=PITCH, gap=style.WIDE)
    names = "sample/raw", "data/mean", "data/std", "sample/input"
    raw, mean, std, scaled = (film.array(name)[shown] for name in names)
    least, most = np.minimum(np.minimum(raw, mean - std), 0), REACH * np.maximum(raw, mean + std)
    if len(set(film.array("data/units")[shown])) == 1 and film.array("data/units")[0]:  # one scale for all
        least, most = np.full_like(least, least.min()), np.full_like(most, most.max())
    rooms = [table.box(row, 2) for row in range(len(shown))]
    spans = list(zip(map(float, least), map(float, most), strict=True))
    return table, Standardising(film, rooms, raw, mean, std, scaled, spans)


def weighted_sum(film: NetworkStage, unit: int, box: Box) -> WeightedSum:
    """The z of one unit of the first hidden layer, term by term."""
    terms = fold(len(film.array("sample/input")), TERMS_MOST)
    return WeightedSum(
        film.look,
        box,
        Terms(
            terms,
            film.named("data/features", terms.shown),
            [signed(film, "layer1/weight")(unit, i) for i in terms.shown],
            film.values("sample/input", terms.shown, ".2f", PX, "input"),
            film.values("layer1/product", [(unit, i) for i in terms.shown], "+.2f", PX),
        ),
        (film.math("w_(j i)", PX), film.math("x_i", PX), film.math("w_(j i) x_i", PX)),
        (
            film.words(film.join(film.label("bias"), " b"), style.LABEL_PX),
            film.value("layer1/bias", unit, form="+.2f", px=PX),
        ),
        (film.math("z_j", PX), film.value("layer1/z", unit, form=".2f", px=PX, colour="activation")),
        film.array("layer1/partial")[unit],
    )


def softmax_table(film: NetworkStage, box: Box) -> SoftmaxTable:
    """The output layer's scores, their exponentials and their shares of the sum, with room for its units."""
    classes, p = film.net.folds[-1], film.of(film.depth, "a")
    form = "short" if film.item("softmax/exp_sum") >= LARGE else ".2f"
    room = 2 * RADIUS_MAX + style.TIGHT + max(one.width for one in film.class_names)
    names = [Rectangle(width=room, height=0.1, stroke_width=0) for _ in classes.shown]
    texts = (
        film.values(film.of(film.depth, "z"), classes.shown, ".2f", PX),
        film.values("softmax/exp", classes.shown, form, PX),
        film.values(p, classes.shown, film.share_form(), PX, "activation"),
    )
    heads = film.math("z", PX), film.math("e^z", PX), film.math("p", PX)
    sums = (
        film.head("sum"),
        film.value("softmax/exp_sum", form=form, px=PX),
        film.value("softmax/sum", px=PX),
    )
    shares = [float(film.array(p)[c]) for c in classes.shown]
    return SoftmaxTable(film.look, box, classes, names, texts, heads, sums, shares)


def affine(film: NetworkStage, layer: int, fed: str = "") -> str:
    """z = W a + b of a layer in Typst math; `fed` is another name for what it is fed."""
    nth = film.nth(layer)
    return f"z^({nth}) = W^({nth}) {fed or f'a^({film.nth(layer - 1)})'} + b^({nth})"


def recap(film: NetworkStage, box: Box) -> Table:
    """The whole pass as lines of mathematics: the input, each layer, the probabilities, the loss."""
    last, function = film.depth, FUNCTIONS[film.function]
    rows = [("step_input", film.math(f"a^({film.nth(0)}) = input(x)"))]
    for n in range(1, last + 1):
        z, nth = affine(film, n), film.nth(n)
        hidden = f"{z}, quad a^({nth}) = {function}(z^({nth}))"
        rows.append(("step_output", film.math(z)) if n == last else ("step_hidden", film.math(hidden)))
    p = film.number(film.of(last, "a"), film.true_class, form=film.truth_form())
    rows.append(("step_softmax", film.math(f'p = "softmax"(z^({film.nth(last)})), quad p_y = {{p}}', p=p)))
    loss = film.number("loss/value", form=film.net_loss_form())
    rows.append(("step_loss", film.math("loss(L) = -log p_y = loss({l})", l=loss)))
    return film.lines(rows, box)
