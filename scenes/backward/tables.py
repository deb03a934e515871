"""Beside the network: a gradient checked by differences, one step before and after, and the equations of it all."""

from __future__ import annotations

from manim import Dot, VGroup, VMobject

from scenes.parts.arrays.table import Bars, Cell, Column, Table
from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.agreement import side_by_side
from scenes.parts.text.source import num, quote
from scenes.parts.text.typeset import Typeset
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage

PX, AXIS_PX, LABEL_PX = 36, 32, 30
CHECK_FORM, LOSS_FORM = "+.10f", ".7f"
CLASSES_MOST = 4  # in the table of the step
AFTER, LOSS_AFTER = "step/probabilities_after", "step/loss_after"
PITCH = 0.62  # of the step's rows, where there is room
LAYER, NEXT = "(l)", "(l + rule(1))"


class Nudge:
    """The loss at one weight and at the two values to which the check moves it, and the line through those two."""

    def __init__(self, film: NetworkStage, box: Box) -> None:
        self.film, self.place = film, checked(film)[0]
        xs, ys = (film.array(f"check/{name}") for name in ("weight", "loss"))
        self.form = comparable(ys, form=LOSS_FORM)
        ways = "w - epsilon", "w", "w + epsilon"
        across = {float(x): film.math(way, AXIS_PX) for x, way in zip(xs, ways, strict=True)}
        up = dict(
            zip(map(float, ys), film.values("check/loss", range(len(ys)), self.form, AXIS_PX), strict=True)
        )
        side, rim = (xs[-1] - xs[0]) / 6, (float(ys.max() - ys.min()) or 1.0) / 6
        x = Axis(Scale(float(xs[0] - side), float(xs[-1] + side)), ticks=across)
        y = Axis(Scale(float(ys.min()) - rim, float(ys.max()) + rim), film.math("loss(L)", PX), up)
        self.chart = Chart(film.look, box, x, y)
        self.dots: list[Dot] = [self.chart.dot(*point, "loss") for point in zip(xs, ys, strict=True)]
        self.guides = [self.chart.read_off(*point, "loss") for point in zip(xs, ys, strict=True)]
        self.line: VMobject = self.chart.line(xs[[0, -1]], ys[[0, -1]], "gradient")

    def weight(self) -> str:
        """Which weight it is, with its value and the step, in Typst math."""
        value = num(self.film.number("net/check/weight", 1, form=".4f"))
        epsilon = num(self.film.number("net/check/epsilon"))
        return f"w = {weight_name(self.film, self.place)} = {value}, quad epsilon = {epsilon}"

    def slope(self) -> str:
        """The difference of the two losses over their distance, with its numbers, in Typst math."""
        film, last = self.film, self.film.depth
        low, high = (num(film.number("net/check/loss", i, form=self.form)) for i in (0, 2))
        epsilon = num(film.number("net/check/epsilon"))
        found = num(film.number(film.s(film.of(last, "weight_fd")), *self.place, form=".4f"))
        rule = "(loss(L)(w + epsilon) - loss(L)(w - epsilon)) / (rule(2) epsilon)"
        worked = f"({high} - {low}) / (rule(2) times {epsilon})"
        return f"(partial loss(L)) / (partial w) approx {rule} = {worked} = gradient({found})"


def checked(film: NetworkStage) -> list[tuple[int, int]]:
    """The checked weights of the last layer: unit and input, the largest gradient first."""
    units, inputs = (film.array(f"check/{name}").tolist() for name in ("unit", "input"))
    return list(zip(units, inputs, strict=True))


def check_table(film: NetworkStage, box: Box) -> Table:
    """The backward pass beside finite differences, for the weights of the last layer with the largest gradients."""
    places = checked(film)
    exact, measured = (
        [film.number(film.s(film.of(film.depth, name)), *place, form=CHECK_FORM) for place in places]
        for name in ("weight_grad", "weight_fd")
    )
    names = [film.math(weight_name(film, place), PX) for place in places]
    *heads, own = (
        film.words(film.label(key), LABEL_PX, "muted") for key in ("backward", "differences", "weight")
    )
    numbers = side_by_side(film.look, exact, measured, PX, "gradient")
    columns = [Column(names, own, "left"), *map(Column, numbers, heads)]
    return Table(film.look, columns, box)


def weight_name(film: NetworkStage, place: tuple[int, int]) -> str:
    """A weight of the last layer: its name with its unit and its input, in Typst math."""
    series = film.s(film.of(film.depth, "weight"))
    unit, source = (num(film.position(series, *place, axis=axis, first=1)) for axis in range(2))
    return f"W^({film.nth(film.depth)})_({unit}, {source})"


class StepTable:
    """Each class's probability before and after the step, one bar under the other on one scale; below them the loss."""

    def __init__(self, film: NetworkStage, box: Box) -> None:
        before, form, loss_form = (
            film.of(film.depth, "a"),
            film.share_form(AFTER),
            film.net_loss_form(LOSS_AFTER),
        )
        shown = fold(len(film.array(before)), CLASSES_MOST, (film.true_class,))
        count = len(shown.shown) + 1
        gap = None if shown.gap is None else 2 * shown.gap
        rows = Fold(2 * shown.count + 2, tuple(range(2 * count)), gap)
        ends = ("before", before, "loss/value", "muted"), ("after", AFTER, LOSS_AFTER, "activation")
        names: list[Cell] = [None] * (2 * count)
        names[::2] = [*film.named("data/classes", shown.shown), film.words(film.label("loss"), PX)]
        when: list[Cell] = [
            film.words(film.label(key), LABEL_PX, "muted") for _ in range(count) for key, *_ in ends
        ]
        lengths, numbers = list[float | None](), list[Cell]()
        pairs = [
            [
                *film.values(series, shown.shown, form, PX, role),
                film.value(film.s(loss), form=loss_form, px=PX),
            ]
            for _, series, loss, role in ends
        ]
        for k, both in enumerate(zip(*pairs, strict=True)):
            numbers += both
            own = shown.shown[k] if k < len(shown.shown) else None
            lengths += [None if own is None else float(film.array(series)[own]) for _, series, *_ in ends]
        bars = Bars(lengths, [role for _ in range(count) for *_, role in ends])
        columns: list[Column | Bars] = [
            Column(names, align="left"),
            Column(when, align="left"),
            bars,
            Column(numbers),
        ]
        rules = [(2 * k, 0, 3) for k in range(1, count)]
        self.table = Table(film.look, columns, box, rows=rows, rules=rules, pitch=PITCH, up="centre")
        self.first = VGroup(*(cell for row in self.table.rows[::2] for cell in row))
        self.bars = VGroup(*(cell for cell in self.table.cells[2][1::2] if cell is not None))
        self.numbers = [VGroup(*(self.table.cells[c][r] for c in (1, 3))) for r in range(1, 2 * count, 2)]


def equations(film: NetworkStage, box: Box) -> Table:
    """Backpropagation in four lines, for any layer l."""
    out = f"(word({quote(film.label('output'))}))"
    rows = {
        "in_last": f"delta^{out} = activation(p) - loss(y)",
        "in_hidden": f"delta^({LAYER}) = f'(z^({LAYER})) ⊙ (W^({NEXT}))^top delta^({NEXT})",
        "of_weights": f"(partial loss(L)) / (partial W^({LAYER})) = delta^({LAYER}) (a^((l - rule(1))))^top",
        "of_biases": f"(partial loss(L)) / (partial b^({LAYER})) = delta^({LAYER})",
    }
    heads = [film.words(film.label(key), PX, "muted") for key in rows]
    texts: list[Typeset] = [film.math(source, 46) for source in rows.values()]
    columns = [Column(heads, align="left"), Column(texts, align="left", fits=True)]
    return Table(film.look, columns, box, gap=0.6, up="centre", pitch=1.3)
