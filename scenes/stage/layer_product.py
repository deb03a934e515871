"""A layer of the classifier with all its numbers: W x + b = z."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.arrays import meeting
from scenes.parts.arrays.matrix_product import Factor, Product, column, signed
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

COLUMNS_MOST = 6


class LayerProduct(Product):
    """W times what a layer is fed, plus b, is z; between W and x there is room for a row that stands up."""

    def __init__(self, film: NetworkStage, layer: int, box: Box) -> None:
        units, inputs = film.array(film.of(layer, "weight")).shape
        kept = (film.strong, film.weak) if layer == 1 else (film.true_class,)
        rows, columns = fold(int(units), style.FOLD_LIMIT, kept), fold(int(inputs), COLUMNS_MOST)
        nth, role = film.nth(layer), "input" if layer == 1 else "activation"
        fed = "x" if layer == 1 else f"a^({film.nth(layer - 1)})"
        parts: list[Factor | str | float] = [
            Factor(f"W^({nth})", signed(film, film.of(layer, "weight")), rows, columns),
            meeting.ROOM,
            Factor(fed, column(film, film.of(layer, "input"), role), columns),
            "+",
            Factor(f"b^({nth})", column(film, film.of(layer, "bias")), rows),
            "=",
            Factor(f"z^({nth})", column(film, film.of(layer, "z"), "activation"), rows),
        ]
        super().__init__(film, parts, box)
        self.weight, self.x, self.bias, self.z = self.grids
        self.before = VGroup(self.weight, self.x, self.bias, self.z.frame_only, *self.signs)
