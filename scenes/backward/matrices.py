"""Gradients as matrices: a hidden layer's δ out of the next one's, and weight gradients as an outer product."""

from __future__ import annotations

from collections.abc import Iterable

from scenes.parts.box import Box
from scenes.parts.folding import fold
from scenes.parts.matrix_product import Factor, Product, column, signed
from scenes.parts.pairs import Margin, Pairs
from scenes.parts.typeset import Typeset
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
        own = {name: film.of(layer, name) for name in ("upstream", "slope", "delta")}
        weight = signed(film, film.of(after, "weight"), transposed=True)
        parts = [
            Factor(f"W^({film.nth(after)} top)", weight, rows, columns),
            "dot",
            Factor(f"delta^({film.nth(after)})", column(film, film.of(after, "delta"), "gradient"), columns),
            "=",
            Factor("W^top delta", column(film, own["upstream"], "gradient"), rows),
            "⊙",
            Factor(f"f'(z^({film.nth(layer)}))", column(film, own["slope"], "activation"), rows),
            "=",
            Factor(f"delta^({film.nth(layer)})", column(film, own["delta"], "gradient"), rows),
        ]
        super().__init__(film, parts, box)
        self.weight, self.delta_after, self.upstream, self.slope, self.delta = self.grids


def outer_product(film: NetworkStage, layer: int, box: Box) -> Pairs:
    """∂L/∂W of weight layer `layer`: every δ of the layer times everything that it is fed."""
    series, delta, fed = (film.of(layer, name) for name in ("weight_grad", "delta", "input"))
    values = film.array(series)
    keep = (film.true_class,) if layer == film.depth else ()
    units, inputs = fold(values.shape[0], CELLS_MOST, keep), fold(values.shape[1], CELLS_MOST)

    def numbers(series: str, places: Iterable[tuple[int, ...]], role: str) -> list[Typeset]:
        form = comparable(film.array(series), form=".3f", every=False, most=CELL_CHARS)
        return film.values(series, places, form, PX, role)

    return Pairs(
        film.look,
        lambda *pair: (numbers(series, [pair], "ink")[0], share(values[pair], values)),
        Margin(
            units,
            numbers(delta, [(i,) for i in units.shown], "gradient"),
            film.math(f"delta^({film.nth(layer)})", PX),
        ),
        Margin(
            inputs,
            numbers(fed, [(i,) for i in inputs.shown], "activation"),
            film.math(fed_name(film, layer), PX),
        ),
        box,
    )


def fed_name(film: NetworkStage, layer: int) -> str:
    """What weight layer `layer` is fed, as a row, in Typst math."""
    return f"(a^({film.nth(layer - 1)}))^top" if layer > 1 else "x^top"
