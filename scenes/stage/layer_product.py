"""A layer of the classifier with all its numbers, W x + b = z, of which one row can be worked out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from manim import RIGHT, Animation, FadeIn, LaggedStart, Restore, VGroup, VMobject

from scenes.parts.arrays import meeting
from scenes.parts.arrays.matrix_product import Factor, Product, column, signed
from scenes.parts.nets.network import PITCH_MAX
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.motion import leave
from scenes.parts.text.source import num
from scenes.parts.text.sums import signed_terms
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.closing import FORMS, adding, checkable, printed, same
from scenes.stage.network_stage import NetworkStage
from scenes.stage.provenance import APART, Shown

COLUMNS_MOST = 6
LONG, LONG_MOST = 10.0, 4  # weights with more digits, of which fewer columns can be read
PRODUCTS, DIGIT = 1.2, 0.12  # room for them right of x, and for each decimal more
ASIDE, SIGN = 0.1, 0.5  # from its middle to a product, and back to the sign before it
KEPT = 0.2  # of the room between W and x, in the end
PX, FORMULA_PX = 32, 40
SEEN_S, SUM_S = 1.0, 1.3  # for products, before they are added; and for their sum


class LayerProduct(Product):
    """W times what a layer is fed, plus b, is z; at either side of x there is room for the row that is worked out: that
    of `unit`, one of `units`, with digits that a viewer can check if any can. Its rows are no farther apart than units
    of the network that stand in `beside`."""

    def __init__(self, film: NetworkStage, layer: int, box: Box, units: Sequence[int]) -> None:
        self.film, self.layer = film, layer
        weights = film.array(film.of(layer, "weight"))
        wide = np.abs(weights).max() >= LONG
        rows, columns = (
            film.net.folds[layer],
            fold(int(weights.shape[1]), LONG_MOST if wide else COLUMNS_MOST),
        )
        self.unit, form, self.form, self.adds = units[0], ".2f", ".2f", False
        if columns.gap is None:
            self.unit, form, _ = checkable(film, layer, units)
            self.form, self.adds = adding(film, layer, self.unit)
        self.more = DIGIT * (int(self.form[1]) - int(FORMS[0][1]))
        nth, role = film.nth(layer), "input" if layer == 1 else "activation"
        fed = "x" if layer == 1 else f"a^({film.nth(layer - 1)})"
        size = " times ".join(num(film.number(film.s("widths"), at, form="d")) for at in (layer, layer - 1))
        parts: list[Factor | str | float] = [
            Factor(f"W^({nth}) wide muted({size})", signed(film, film.of(layer, "weight"), form=form), rows, columns),
            meeting.ROOM,
            Factor(fed, column(film, film.of(layer, "input"), role, form), columns),
            PRODUCTS + self.more,
            "+",
            Factor(f"b^({nth})", column(film, film.of(layer, "bias")), rows),
            "=",
            Factor(f"z^({nth})", column(film, film.of(layer, "z"), "activation"), rows),
        ]  # fmt: skip
        units_most = max(one.slots for one in film.net.folds[layer - 1 : layer + 1])
        super().__init__(film, parts, box, min(PITCH_MAX, self.beside(box).height / units_most))
        self.weight, self.x, self.bias, self.z = self.grids
        self.before = VGroup(self.weight, self.x, self.bias, self.z.frame_only, *self.signs)
        self.off: set[int] = set()
        for cell in (*self.weight.cells.values(), *self.bias.cells.values()):
            cell.save_state()  # in its own colour

    def switch_off(self, inputs: Iterable[int]) -> None:
        """What these inputs are multiplied by is grey from now on, and so are they; their products are nothing."""
        self.off = {int(one) for one in inputs}
        cells = [cell for (_, at), cell in self.weight.cells.items() if at in self.off]
        for cell in cells + [cell for (at, _), cell in self.x.cells.items() if at in self.off]:
            cell.set_color(self.film.look.muted)

    def only(self, *units: int) -> list[Animation]:
        """The rows of these units have their colours, all others of W and b are grey."""
        cells = [*self.weight.cells.items(), *((at, cell) for at, cell in self.bias.cells.items())]
        bias = set(map(id, self.bias.cells.values()))
        lit = [row in units and (id(cell) in bias or at not in self.off) for (row, at), cell in cells]
        return [Restore(cell) if on else self._grey(cell) for on, (_, cell) in zip(lit, cells, strict=True)]

    def multiply(self, pace: float = 1.0) -> None:
        """Play the row up to its sum: it stands up beside x, the products come, and are added in the formula band.
        `pace` is the share of the usual time that it takes."""
        film, unit, series = self.film, self.unit, self.film.of(self.layer, "product")
        row, up = meeting.stand_up(self.weight, unit, self.x)
        film.play(up, run_time=pace * style.SLOW_S)
        x = (self.x.brackets.get_right()[0] + self.signs[0].get_left()[0]) / 2
        shown = [at for at in self.x.rows.shown if at not in self.off]
        products, signs = VGroup(), VGroup()
        for at in self.x.rows.shown:
            form, role = ("auto", "muted") if at in self.off else (f"+{self.form}", "ink")
            product = film.value(series, unit, at, form=form, px=PX, colour=role)
            products.add(product)
            product.centre_at(np.array([x + ASIDE, self.x.place(at, 0)[1], 0]))
            sign = film.words("=" if at in self.off else "≈", meeting.PX, "muted")
            signs.add(sign.centre_at(product.strut.get_center() - (SIGN + self.more / 2) * RIGHT))
        pairs = (FadeIn(*pair) for pair in zip(signs, products, strict=True))
        film.play(LaggedStart(*pairs, lag_ratio=0.3), run_time=pace * style.SLOW_S)
        film.hold(pace * SEEN_S)
        gap = self.x.rows.gap
        before = None if gap is None else sum(self.x.rows.slot(at) < gap for at in shown)
        terms, fields = signed_terms(film, series, [(unit, at) for at in shown], before, self.form)
        fed = "x" if self.layer == 1 else "a"
        source, short = f"sum_i w_i {fed}_i = {terms} = {{sum}}", {}
        if self.more:  # the bias is added to fewer decimals
            source, short = source + " approx {short}", {"short": self._sum(FORMS[0])}
        self._write(source, self.adds, sum=self._sum(self.form), **short, **fields)
        film.hold(SUM_S)
        self.drawn = VGroup(row, signs, products)

    def add_bias(self, pace: float = 1.0) -> None:
        """What stood up leaves, and the gaps close; then the bias is added to that sum, and z has its first number."""
        film, unit = self.film, self.unit
        bias = film.number(film.of(self.layer, "bias"), unit, form=f"{APART}+.2f")
        z = film.number(film.of(self.layer, "z"), unit, form=".2f")
        total, end = film.array(film.of(self.layer, "partial"))[unit, -2:]
        adds = same(printed(total) + printed(film.array(film.of(self.layer, "bias"))[unit]), end)
        with_it = leave(self.drawn), *self._closed()
        self._write("z = {sum} thick {bias} = {z}", adds, *with_it, sum=self._sum(FORMS[0]), bias=bias, z=z)
        shown = FadeIn(self.z.cells[self.unit, 0], shift=0.2 * np.array([1.0, 0, 0]))
        self.film.play(shown, run_time=pace * style.MOVE_S)
        self.film.hold(pace * SEEN_S)

    def _write(self, source: str, adds: bool, *with_it: Animation, **fields: str) -> None:
        """A sum in the formula band; where its digits do not add up, a word says that they are rounded."""
        show = self.film.formula if adds else self.film.rounded
        self.film.play(*with_it, *show(source, FORMULA_PX, **fields), run_time=style.MOVE_S)

    def _closed(self) -> list[Animation]:
        """Its parts come together: no more row stands up. What is not seen yet goes there at once."""
        between = meeting.ROOM - KEPT
        half = (between + PRODUCTS + self.more) / 2
        ways: list[tuple[VMobject, float]] = [(self.weight, half), (self.x, half - between)]
        ways += [(one, -half) for one in (self.bias, self.z.frame_only, *self.signs)]
        for cells, way in ((self.weight.cells, half), (self.bias.cells, -half)):
            for cell in cells.values():
                cell.saved_state.shift(way * RIGHT)
        for cell in self.z.cells.values():
            cell.shift(-half * RIGHT)
        return [one.animate.shift(way * RIGHT) for one, way in ways]

    @property
    def rest(self) -> list[Typeset]:
        """The z of the other units."""
        return [cell for (at, _), cell in self.z.cells.items() if at != self.unit]

    def _sum(self, form: str) -> Shown:
        """The sum of all products of the row."""
        last = self.film.array(self.film.of(self.layer, "partial")).shape[1] - 2
        return self.film.number(self.film.of(self.layer, "partial"), self.unit, last, form=form)

    def _grey(self, cell: Typeset) -> Animation:
        grey: Animation = cell.animate.set_color(self.film.look.muted)
        return grey
