"""A layer of the classifier with all its numbers, W x + b = z, of which one row at a time can be worked out."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from manim import Animation, FadeIn, FadeOut, LaggedStart, Restore, VGroup

from scenes.parts.arrays import meeting
from scenes.parts.arrays.matrix_product import Factor, Product, column, signed
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.source import num
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.network_stage import NetworkStage

COLUMNS_MOST = 6
LONG, LONG_MOST = 10.0, 4  # weights with more digits, of which fewer columns can be read
SUM_ROOM = 1.1  # right of x, for the products and their sum
PX = 32
SEEN_S = 1.0  # for products, before they are added


class LayerProduct(Product):
    """W times what a layer is fed, plus b, is z; at either side of x there is room for a row that is worked out."""

    def __init__(self, film: NetworkStage, layer: int, box: Box) -> None:
        self.film, self.layer = film, layer
        weights = film.array(film.of(layer, "weight"))
        wide = np.abs(weights).max() >= LONG
        rows, columns = (
            film.net.folds[layer],
            fold(int(weights.shape[1]), LONG_MOST if wide else COLUMNS_MOST),
        )
        nth, role = film.nth(layer), "input" if layer == 1 else "activation"
        fed = "x" if layer == 1 else f"a^({film.nth(layer - 1)})"
        size = " times ".join(num(film.number(film.s("widths"), at, form="d")) for at in (layer, layer - 1))
        parts: list[Factor | str | float] = [
            Factor(f"W^({nth}) wide muted({size})", signed(film, film.of(layer, "weight")), rows, columns),
            meeting.ROOM,
            Factor(fed, column(film, film.of(layer, "input"), role), columns),
            SUM_ROOM,
            "+",
            Factor(f"b^({nth})", column(film, film.of(layer, "bias")), rows),
            "=",
            Factor(f"z^({nth})", column(film, film.of(layer, "z"), "activation"), rows),
        ]  # fmt: skip
        super().__init__(film, parts, box)
        self.weight, self.x, self.bias, self.z = self.grids
        self.before = VGroup(self.weight, self.x, self.bias, self.z.frame_only, *self.signs)
        self.off: set[int] = set()
        for cell in (*self.weight.cells.values(), *self.bias.cells.values()):
            cell.save_state()  # in its own colour

    def switch_off(self, inputs: Iterable[int]) -> None:
        """What these inputs are multiplied by is grey from now on, and so are they; they have no products."""
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

    def work(self, unit: int) -> None:
        """Play one row: it stands up beside x, the products come, and become a sum, to which the bias is added."""
        film = self.film
        row, up = meeting.stand_up(self.weight, unit, self.x)
        film.play(up, run_time=style.SLOW_S)
        x = (self.x.brackets.get_right()[0] + self.signs[0].get_left()[0]) / 2
        series = film.of(self.layer, "product")
        shown = [at for at in self.x.rows.shown if at not in self.off]
        products = VGroup(*film.values(series, [(unit, at) for at in shown], "+.2f", PX))
        for at, product in zip(shown, products, strict=True):
            product.centre_at(np.array([x, self.x.place(at, 0)[1], 0]))
            allow(product, "text-over-text", "the products run together into their sum", moving=True)
        if len(products):  # an input of 0 has none
            film.play(LaggedStart(*map(FadeIn, products), lag_ratio=0.3), run_time=style.SLOW_S)
            film.hold(SEEN_S)
        total = self._sum(unit).centre_at(np.array([x, self.bias.place(unit, 0)[1], 0]))
        gone = [FadeOut(one, target_position=total, rate_func=leave(one).rate_func) for one in products]
        film.play(*gone, leave(row), arrive(total), run_time=style.SLOW_S)
        result = FadeIn(self.z.cells[unit, 0], shift=0.2 * np.array([1.0, 0, 0]))
        film.play(result, run_time=style.MOVE_S)
        film.hold(SEEN_S)
        film.play(FadeOut(total), run_time=style.QUICK_S)

    def closed(self) -> list[Animation]:
        """Its parts come together: no more row stands up."""
        half = (meeting.ROOM + SUM_ROOM) / 2
        after = [self.bias, self.z, *self.signs]
        ways = [(self.weight, half), (self.x, half - meeting.ROOM), *((one, -half) for one in after)]
        return [one.animate.shift(np.array([way, 0, 0])) for one, way in ways]

    def rest(self, unit: int) -> list[Typeset]:
        """The z of the other units."""
        return [cell for (at, _), cell in self.z.cells.items() if at != unit]

    def _sum(self, unit: int) -> Typeset:
        """The sum of all products of a row."""
        last = self.film.array(self.film.of(self.layer, "partial")).shape[1] - 2
        partial = self.film.s(self.film.of(self.layer, "partial"))
        return self.film.value(partial, unit, last, form=".2f", px=PX)

    def _grey(self, cell: Typeset) -> Animation:
        grey: Animation = cell.animate.set_color(self.film.look.muted)
        return grey
