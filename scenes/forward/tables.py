"""Tables beside the network: a sample's features, one unit's sum, the way from scores to probabilities, the recap."""

from __future__ import annotations

from scenes.forward.curves import FUNCTIONS
from scenes.parts.box import Box
from scenes.parts.folding import fold
from scenes.parts.matrix_product import signed
from scenes.parts.softmax_table import SoftmaxTable
from scenes.parts.table import Column, Table
from scenes.parts.weighted_sum import Terms, WeightedSum
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX = 36
PITCH = 1.0  # from one row to the next, where there is room
TERMS_MOST = 6
LARGE = 1000  # a sum of exponentials from here on is written with a power of ten


def feature_table(film: NetworkStage, box: Box) -> Table:
    """One sample's features: as measured and standardised."""
    rows = film.net.folds[0]
    measured = [film.words(_measured(film, i), PX) for i in rows.shown]
    scaled = film.values("sample/input", rows.shown, ".2f", PX, "input")
    columns = [
        Column(film.named("data/features", rows.shown), film.head("column_feature"), "left"),
        Column(measured, film.head("column_raw")),
        Column(scaled, film.head("column_scaled")),
    ]
    return Table(film.look, columns, box, rows=rows, pitch=PITCH)


def _measured(film: NetworkStage, feature: int) -> str:
    raw, unit = film.number("sample/raw", feature), film.name("data/units", feature)
    return film.join(raw, " ", unit) if unit else raw


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
    """The output layer's scores, their exponentials and their shares of the sum."""
    classes, p = film.net.folds[-1], film.of(film.depth, "a")
    form = "short" if film.item("softmax/exp_sum") >= LARGE else ".2f"
    texts = (
        film.named("data/classes", classes.shown),
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
    return SoftmaxTable(film.look, box, classes, texts, heads, sums, shares)


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
    p = film.number(film.of(last, "a"), film.true_class, form=film.share_form())
    rows.append(("step_softmax", film.math(f'p = "softmax"(z^({film.nth(last)})), quad p_y = {{p}}', p=p)))
    loss = film.number("loss/value", form=film.net_loss_form())
    rows.append(("step_loss", film.math("loss(L) = -log p_y = loss({l})", l=loss)))
    return film.lines(rows, box)
