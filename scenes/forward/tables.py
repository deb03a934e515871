"""Tables beside the network: a sample's features, one unit's sum, the way from scores to probabilities, the recap."""

from __future__ import annotations

import numpy as np
from manim import LEFT, Animation, VGroup

from scenes.forward.curves import FUNCTIONS
from scenes.parts.box import Box
from scenes.parts.folding import Fold, fold
from scenes.parts.matrix_product import signed
from scenes.parts.table import Bars, Cell, Column, Table
from scenes.parts.typeset import Typeset
from scenes.parts.waterfall import Waterfall
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


class WeightedSum(VGroup):
    """One unit's z, term by term, and beside it the running sum as bars: `steps` are terms and bias, `last` is z."""

    def __init__(self, film: NetworkStage, unit: int, box: Box) -> None:
        super().__init__()
        terms = fold(len(film.array("sample/input")), TERMS_MOST)
        rows = Fold(terms.count + 2, (*terms.shown, terms.count, terms.count + 1), terms.gap)
        left, right = box.columns(1.75, 1, gap=style.GAP)
        self.total = film.value("layer1/z", unit, form=".2f", px=PX, colour="activation")
        columns = _sum_columns(film, unit, terms.shown, self.total)
        rule = (len(terms.shown) + 1, 0, len(columns) - 1)
        self.table = Table(film.look, columns, left, rows=rows, rules=[rule], gap=style.GAP)
        partial = film.array("layer1/partial")[unit]
        reached = list(terms.shown)  # by each bar: the last of its terms
        if terms.gap is not None:
            reached.insert(terms.gap, terms.shown[terms.gap] - 1)
        levels = [0.0, *map(float, partial[reached]), float(partial[-1])]
        ys = [self.table.y(slot) for slot in range(rows.slots)]
        self.bars = Waterfall(film.look, np.array(levels), ys, right.left, right.right)
        lines: list[VGroup] = list(self.table.rows)
        if rows.gap is not None:
            lines.insert(rows.gap, self.table.ellipsis)
        whole = self.bars.bar(0, float(film.array("layer1/z")[unit]), ys[-1], "activation")
        self.steps, self.last = lines[:-1], VGroup(lines[-1], whole, self.table.rules)
        self.frame = VGroup(self.table.heads, self.bars.axis)
        self.add(*self.steps, self.last, self.bars, self.table.heads)


def _sum_columns(film: NetworkStage, unit: int, terms: tuple[int, ...], total: Typeset) -> list[Column]:
    """weight × input = product, the bias and the sum below the products."""
    none: list[Cell] = [None, None]
    places = [(unit, i) for i in terms]
    weights = [signed(film, "layer1/weight")(*place) for place in places]
    inputs = film.values("sample/input", terms, ".2f", PX, "input")
    products = film.values("layer1/product", places, "+.2f", PX)
    bias = film.value("layer1/bias", unit, form="+.2f", px=PX)
    ends = [film.words(film.join(film.label("bias"), " b"), style.LABEL_PX), film.math("z_j", PX)]
    times, equals = ([film.words(sign, PX, "muted") for _ in terms] for sign in "×=")
    w, x, product = (film.math(name, PX) for name in ("w_(j i)", "x_i", "w_(j i) x_i"))
    return [
        Column([*film.named("data/features", terms), *ends], align="left"),
        Column([*weights, *none], w),
        Column([*times, *none]),
        Column([*inputs, *none], x),
        Column([*equals, *none]),
        Column([*products, bias, total], product),
    ]


class SoftmaxTable(Table):
    """Scores to probabilities: a row for each class and one for the sums. Its bars show e^z first, the largest as long
    as there is room, and are squeezed to shares of their sum then."""

    def __init__(self, film: NetworkStage, box: Box) -> None:
        classes, last = film.net.folds[-1], film.depth
        rows = Fold(classes.count + 1, (*classes.shown, classes.count), classes.gap)
        form = "short" if film.item("softmax/exp_sum") >= LARGE else ".2f"
        self.names = film.named("data/classes", classes.shown)
        self.scores = film.values(film.of(last, "z"), classes.shown, ".2f", PX)
        self.exps = film.values("softmax/exp", classes.shown, form, PX)
        self.shares = film.values(film.of(last, "a"), classes.shown, film.share_form(), PX, "activation")
        self.total = film.value("softmax/exp_sum", form=form, px=PX)
        self.one = film.value("softmax/sum", px=PX)
        p = film.array(film.of(last, "a"))
        columns: list[Column | Bars] = [
            Column([*self.names, film.head("sum")], align="left"),
            Column([*self.scores, None], film.math("z", PX)),
            Column([*self.exps, self.total], film.math("e^z", PX)),
            Bars([*(float(p[c]) for c in classes.shown), None]),
            Column([*self.shares, self.one], film.math("p", PX)),
        ]
        rules = [(len(classes.shown), column, column) for column in (2, 4)]
        super().__init__(film.look, columns, box, rows=rows, rules=rules, pitch=PITCH)
        self.bars, self.most = self.column(3), float(p.max())
        self.bars.stretch(1 / self.most, 0, about_edge=LEFT)
        self.sum_name = self.cells[0][-1]

    def squeezed(self) -> Animation:
        """The bars become shares of their sum."""
        shorter: Animation = self.bars.animate.stretch(self.most, 0, about_edge=LEFT)
        return shorter


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
