"""Gradients as matrices: a hidden layer's δ out of the next one's, and weight gradients as an outer product."""

from __future__ import annotations

from manim import UP, VGroup

from scenes.parts.box import Box
from scenes.parts.cells import Cells
from scenes.parts.folding import fold
from scenes.parts.matrix_product import Factor, Product, column, signed
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage, share

ROWS_MOST, COLUMNS_MOST = style.FOLD_LIMIT, 3
TILES_MOST = 6  # rows and columns of a weight gradient
TILE_WIDTH, TILE_HEIGHT, NAME_ROOM = 1.25, 0.95, 0.6
PX = 34
CELL_CHARS = 7  # the room for a number
CELL_PAD = 0.12


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


class OuterProduct(Cells):
    """∂L/∂W of weight layer `layer`: δ at its left, what the layer is fed above it, and `products[unit, input]`."""

    def __init__(self, film: NetworkStage, layer: int, box: Box) -> None:
        series = film.of(layer, "weight_grad")
        values = film.array(series)
        keep = (film.true_class,) if layer == film.depth else ()
        self.units, self.inputs = fold(values.shape[0], TILES_MOST, keep), fold(values.shape[1], TILES_MOST)
        shape = self.units.slots + 1, self.inputs.slots + 1
        room = box.without(top=NAME_ROOM)
        pitch = min(TILE_WIDTH, room.width / shape[1]), min(TILE_HEIGHT, room.height / shape[0])
        super().__init__(film.look, shape)
        self.pitch, self.box = pitch, room.inner(shape[1] * pitch[0], shape[0] * pitch[1])
        down = {unit: self.units.slot(unit) + 1 for unit in self.units.shown}
        across = {source: self.inputs.slot(source) + 1 for source in self.inputs.shown}
        delta, fed = film.of(layer, "delta"), film.of(layer, "input")
        self.delta = {
            i: self.put((row, 0), self._number(film, delta, (i,), "gradient")) for i, row in down.items()
        }
        self.fed = {
            i: self.put((0, col), self._number(film, fed, (i,), "activation")) for i, col in across.items()
        }
        self.products: dict[tuple[int, int], VGroup] = {}
        for unit, row in down.items():
            for source, col in across.items():
                tile = self.tile((row, col), "gradient", share(values[unit, source], values))
                number = self.put((row, col), self._number(film, series, (unit, source), "ink"))
                self.products[unit, source] = VGroup(tile, number)
        ellipses = [("⋮", self.units.gap + 1, col) for col in across.values()] if self.units.gap else []
        ellipses += [("⋯", row, self.inputs.gap + 1) for row in down.values()] if self.inputs.gap else []
        self.dots = VGroup(
            *(
                film.words(sign, style.LABEL_PX, "muted").move_to(self.place(row, col))
                for sign, row, col in ellipses
            )
        )
        names = film.math(f"delta^({film.nth(layer)})", PX), film.math(fed_name(film, layer), PX)
        self.names = VGroup(
            names[0].move_to(self.place(0, 0)),
            names[1].move_to(self.place(0, shape[1] / 2) + (pitch[1] + NAME_ROOM) / 2 * UP),
        )
        self.add(self.dots, self.names)

    def _number(self, film: NetworkStage, series: str, index: tuple[int, ...], role: str) -> Typeset:
        form = comparable(film.array(series), form=".3f", every=False, most=CELL_CHARS)
        label = film.value(film.s(series), *index, form=form, px=PX, colour=role)
        return label.scale(min(1.0, (self.pitch[0] - CELL_PAD) / label.width))


def fed_name(film: NetworkStage, layer: int) -> str:
    """What weight layer `layer` is fed, as a row, in Typst math."""
    return f"(a^({film.nth(layer - 1)}))^top" if layer > 1 else "x^top"
