"""A hidden layer's δ: the next layer's δ through the transposed weights, times the activation's slope."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.folding import fold
from scenes.parts.matrix import NumberGrid
from scenes.parts.matrix_product import ROWS_MAX, column, grid, line_up, signed
from scenes.stage.network_stage import NetworkStage

COLUMNS_MAX = 3
PITCH, GAP = 0.55, 0.15


class DeltaProduct(VGroup):
    """Wᵀ δ ⊙ f'(z) = δ of hidden layer `layer` (1-based); `keep` are units whose rows are always drawn."""

    def __init__(self, stage: NetworkStage, layer: int, keep: tuple[int, ...]) -> None:
        super().__init__()
        after = layer + 1
        outputs, units = (int(n) for n in stage.array(f"layer{after}/weight").shape)
        self.rows, columns = fold(units, ROWS_MAX, keep), fold(outputs, COLUMNS_MAX)

        weight = signed(stage, stage.of(after, "weight"), transposed=True)
        self.weight = grid(stage, weight, self.rows, columns, f"W^(({after}) top)", PITCH)
        next_delta = column(stage, stage.of(after, "delta"), "gradient")
        self.delta_after = grid(stage, next_delta, columns, None, f"delta^(({after}))", PITCH)
        self.upstream = grid(
            stage,
            column(stage, stage.of(layer, "upstream"), "gradient"),
            self.rows,
            None,
            "W^top delta",
            PITCH,
        )
        slope = column(stage, stage.of(layer, "slope"), "activation")
        self.slope = grid(stage, slope, self.rows, None, f"f'(z^(({layer})))", PITCH)
        delta = column(stage, stage.of(layer, "delta"), "gradient")
        self.delta = grid(stage, delta, self.rows, None, f"delta^(({layer}))", PITCH)
        left: list[NumberGrid | str] = [self.weight, "dot", self.delta_after, "=", self.upstream]
        parts = [*left, "⊙", self.slope, "=", self.delta]
        self.signs = line_up(stage, parts, GAP)
        self.add(self.weight, self.delta_after, self.upstream, self.slope, self.delta, self.signs)
