"""A layer with all its numbers: W x + b = z, and what flows on from one layer to the next."""

from __future__ import annotations

from manim import UP, Arrow, VGroup, VMobject

from scenes.parts.box import Box
from scenes.parts.folding import fold
from scenes.parts.matrix_product import Factor, Product, column, signed
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

ROWS_MOST, COLUMNS_MOST = style.FOLD_LIMIT, 4
ARROW = 1.7


class LayerProduct(Product):
    """The first layer as W x + b = z."""

    def __init__(self, film: NetworkStage, box: Box) -> None:
        units, inputs = film.array("layer1/weight").shape
        rows = fold(int(units), ROWS_MOST, (film.strong, film.weak))
        columns = fold(int(inputs), COLUMNS_MOST)
        parts: list[Factor | str | VMobject] = [
            Factor(f"W^({film.nth(1)})", signed(film, "layer1/weight"), rows, columns),
            "dot",
            Factor("x", column(film, "sample/input", "input"), columns),
            "+",
            Factor(f"b^({film.nth(1)})", column(film, "layer1/bias"), rows),
            "=",
            Factor(f"z^({film.nth(1)})", column(film, "layer1/z", "activation"), rows),
        ]
        super().__init__(film, parts, box)
        self.weight, self.x, self.bias, self.z = self.grids
        self.before = VGroup(self.weight, self.x, self.bias, self.z.frame_only, *self.signs)


class Flow(Product):
    """The first hidden layer's z and a and the last layer's z as columns, with named arrows between them."""

    def __init__(self, film: NetworkStage, box: Box) -> None:
        last = film.depth
        hidden = fold(len(film.array("layer1/z")), ROWS_MOST, (film.strong, film.weak))
        output = fold(len(film.array(film.of(last, "z"))), ROWS_MOST)
        arrows = [Arrow([0, 0, 0], [ARROW, 0, 0], buff=0, color=film.look.muted) for _ in "za"]
        parts: list[Factor | str | VMobject] = [
            Factor(f"z^({film.nth(1)})", column(film, "layer1/z", "activation"), hidden),
            arrows[0],
            Factor(f"a^({film.nth(1)})", column(film, "layer1/a", "activation"), hidden),
            arrows[1],
            Factor(f"z^({film.nth(last)})", column(film, film.of(last, "z"), "activation"), output),
        ]
        super().__init__(film, parts, box)
        self.z, self.a, self.out = self.grids
        names = film.name("activation"), "W, b" if last == len("za") else "⋯"
        self.arrows = []
        for arrow, name in zip(arrows, names, strict=True):
            text = film.words(name, style.LABEL_PX, "muted")
            self.arrows.append(VGroup(arrow, text.next_to(arrow, UP, buff=style.TIGHT)))
