"""Gradients as matrices: a hidden layer's δ out of the next one's, and weight gradients as an outer product."""

from __future__ import annotations

import numpy as np

from scenes.parts.arrays.matrix_product import Factor, Product, column, signed
from scenes.parts.arrays.pairs import Margin, Pairs
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage, share

ROWS_MOST, COLUMNS_MOST = style.FOLD_LIMIT, 3
CELLS_MOST = 6  # rows and columns of a weight gradient
PX = 34
CELL_CHARS = 7  # the room for a number


class DeltaProduct(Product):
    """Wᵀ δ ⊙ f'(z) = δ of hidden layer `layer` (1-based)."""

    def __init__(self, film: NetworkStage, layer: int, box: Box) -> None:
        after, keep = layer + 1, (film.strong, film.weak) if layer == 1 else ()
        outputs, units = film.array(film.of(after, "weight")).shape
        rows, columns = fold(int(units), ROWS_MOST, keep), fold(int(outputs), COLUMNS_MOST)
        weight = signed(film, film.of(after, "weight"), transposed=True)
        slope = column(film, film.of(layer, "slope"), "activation")
        delta_after, upstream, delta = (
            column(film, film.of(*one), "gradient", film.delta_form)
            for one in ((after, "delta"), (layer, "upstream"), (layer, "delta"))
        )
        parts = [
            Factor(f"W^({film.nth(after)} top)", weight, rows, columns),
            "dot",
            Factor(f"delta^({film.nth(after)})", delta_after, columns),
            "=",
            Factor("W^top delta", upstream, rows),
            "⊙",
            Factor(f"f'(z^({film.nth(layer)}))", slope, rows),
            "=",
            Factor(f"delta^({film.nth(layer)})", delta, rows),
        ]
        super().__init__(film, parts, box)
        self.weight, self.delta_after, self.upstream, self.slope, self.delta = self.grids


def outer_product(film: NetworkStage, layer: int, box: Box) -> Pairs:
    """∂L/∂W of weight layer `layer`, every δ of the layer times everything that it is fed; ∂L/∂b in the last column."""
    delta, fed, weights, biases = (
        film.of(layer, one) for one in ("delta", "input", "weight_grad", "bias_grad")
    )
    grads = np.column_stack([film.array(weights), film.array(biases)])
    keep = (film.true_class,) if layer == film.depth else ()
    units, inputs = fold(grads.shape[0], CELLS_MOST, keep), fold(grads.shape[1] - 1, CELLS_MOST)
    across = Fold(inputs.count + 1, (*inputs.shown, inputs.count), inputs.gap)
    form = comparable(grads, form=".3f", every=False, most=CELL_CHARS)

    def cell(unit: int, source: int) -> tuple[Typeset, float]:
        series, place = (biases, (unit,)) if source == inputs.count else (weights, (unit, source))
        return film.values(series, [place], form, PX)[0], share(grads[unit, source], grads)

    left = film.values(delta, units.shown, film.delta_form, PX, "gradient")
    above = [*film.values(fed, inputs.shown, ".3f", PX, "activation"), film.math("b", PX)]
    names = film.math(f"delta^({film.nth(layer)})", PX), film.math(fed_name(film, layer), PX)
    return Pairs(film.look, cell, Margin(units, left, names[0]), Margin(across, above, names[1]), box)


def fed_name(film: NetworkStage, layer: int) -> str:
    """What weight layer `layer` is fed, as a row, in Typst math."""
    return f"(a^({film.nth(layer - 1)}))^top" if layer > 1 else "x^top"
