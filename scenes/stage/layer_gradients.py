"""Gradients of the recorded classifier as matrices: δ of a hidden layer, and weight gradients as an outer product."""

from __future__ import annotations

import numpy as np

from scenes.parts.arrays.matrix_product import Factor, Product, column, signed
from scenes.parts.arrays.pairs import Margin, Pairs
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.expression import factor
from scenes.parts.text.source import num
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage, share

ROWS_MOST, COLUMNS_MOST = style.FOLD_LIMIT, 3
CELLS_MOST = 6  # rows and columns of a weight gradient
PX, SIGN_PX = 34, 48
CELL_CHARS = 7  # the room for a number
FED = ".4f"  # what a weight is fed, where it is multiplied


def _gradient(film: NetworkStage, layer: int, name: str, rows: Fold) -> Factor:
    """A column of gradients of a layer: its δ, or what came back to its outputs."""
    nth = film.nth(layer)
    sign = f"delta^({nth})" if name == "delta" else rf"partial loss(L) \/ partial a^({nth})"
    return Factor(sign, column(film, film.of(layer, name), "gradient", film.delta_form), rows)


class _UnitRows(Product):
    """A product with a row for each unit of hidden layer `layer`."""

    def __init__(self, film: NetworkStage, layer: int, box: Box, unit: int) -> None:
        keep = (film.strong, film.weak) if layer == 1 else ()
        self.film, self.layer, self.nth = film, layer, film.nth(layer)
        self.units = fold(int(film.array("widths")[layer]), ROWS_MOST, tuple(dict.fromkeys((*keep, unit))))
        super().__init__(film, self.parts(), box)

    def parts(self) -> list[Factor | Typeset]:
        """Grids and the signs between them."""
        raise NotImplementedError

    def mark(self, sign: str) -> Typeset:
        """A sign between two grids, large enough to be seen."""
        return self.film.math(sign, SIGN_PX)


class BackProduct(_UnitRows):
    """Wᵀ δ = ∂L/∂a of hidden layer `layer` (1-based): what comes back to its outputs."""

    def parts(self) -> list[Factor | Typeset]:
        """Wᵀ, δ of the next layer, and what they make."""
        film, after = self.film, self.layer + 1
        classes = fold(int(film.array("widths")[after]), COLUMNS_MOST)
        weight = signed(film, film.of(after, "weight"), transposed=True, form=".3f")
        whole = Factor(f"(W^({film.nth(after)}))^top", weight, self.units, classes)
        made = _gradient(film, self.layer, "upstream", self.units)
        return [whole, self.mark("dot"), _gradient(film, after, "delta", classes), self.mark("="), made]


class SlopeProduct(_UnitRows):
    """f'(z) ⊙ ∂L/∂a = δ of hidden layer `layer`, with the z that f' is taken at."""

    def parts(self) -> list[Factor | Typeset]:
        """z, f'(z), what came back, and what they make."""
        z, slope = (column(self.film, self.film.of(self.layer, one), "activation") for one in ("z", "slope"))
        first = Factor(f"z^({self.nth})", z, self.units)
        second = Factor(f"f'(z^({self.nth}))", slope, self.units)
        came, made = (_gradient(self.film, self.layer, one, self.units) for one in ("upstream", "delta"))
        return [first, self.mark("arrow.r"), second, self.mark("⊙"), came, self.mark("="), made]


def outer_product(film: NetworkStage, layer: int, box: Box) -> Pairs:
    """∂L/∂W of weight layer `layer`, every δ of the layer times everything that it is fed; ∂L/∂b in the last column,
    under the 1 that a bias is fed. What is multiplied has a digit more than the products."""
    delta, fed, weights, biases = (
        film.of(layer, one) for one in ("delta", "input", "weight_grad", "bias_grad")
    )
    grads = np.column_stack([film.array(weights), film.array(biases)])
    keep = (film.true_class,) if layer == film.depth else ()
    units, inputs = fold(grads.shape[0], CELLS_MOST, keep), fold(grads.shape[1] - 1, CELLS_MOST)
    across = Fold(inputs.count + 1, (*inputs.shown, inputs.count), inputs.gap)
    factors, form = _forms(film, layer)

    def cell(unit: int, source: int) -> tuple[Typeset, float]:
        series, place = (biases, (unit,)) if source == inputs.count else (weights, (unit, source))
        return film.values(series, [place], form, PX)[0], share(grads[unit, source], grads)

    left = film.values(delta, units.shown, factors, PX, "gradient")
    role = "activation" if layer > 1 else "input"
    above = [*film.values(fed, inputs.shown, FED, PX, role), film.math("rule(1)", PX)]
    names = film.math(f"delta^({film.nth(layer)})", PX), film.math(fed_name(film, layer), PX)
    return Pairs(film.look, cell, Margin(units, left, names[0]), Margin(across, above, names[1]), box)


def _forms(film: NetworkStage, layer: int) -> tuple[str, str]:
    """How δ of a layer is written where it is multiplied, and how the products are."""
    delta, weights, biases = (
        film.array(film.of(layer, one)) for one in ("delta", "weight_grad", "bias_grad")
    )
    products = comparable(np.column_stack([weights, biases]), form=".3f", every=False, most=CELL_CHARS)
    return comparable(delta, form=".4f", every=False, most=CELL_CHARS + 1), products


def cell_product(film: NetworkStage, layer: int, unit: int, source: int) -> str:
    """The gradient of a weight as δ at its end times what it is fed, in the numbers of `outer_product`; Typst math."""
    delta, product = _forms(film, layer)
    parts = {"delta": ((unit,), delta), "input": ((source,), FED), "weight_grad": ((unit, source), product)}
    shown = {
        name: film.number(film.s(film.of(layer, name)), *at, form=form) for name, (at, form) in parts.items()
    }
    factors = f"gradient({factor(shown['delta'])}) times activation({factor(shown['input'])})"
    weight = weight_name(film, layer, unit, source)
    return f"(partial loss(L)) / (partial {weight}) = {factors} = gradient({num(shown['weight_grad'])})"


def weight_name(film: NetworkStage, layer: int, unit: int, source: int) -> str:
    """A weight of a layer with its unit and its input, in Typst math."""
    series = film.s(film.of(layer, "weight"))
    ends = (num(film.position(series, unit, source, axis=axis, first=1)) for axis in range(2))
    return f"W^({film.nth(layer)})_({', '.join(ends)})"


def fed_name(film: NetworkStage, layer: int) -> str:
    """What weight layer `layer` is fed, as a row, in Typst math."""
    return f"(a^({film.nth(layer - 1)}))^top" if layer > 1 else "x^top"
