"""A weight gradient as an outer product: a heatmap with δ on its left and a above it."""

from __future__ import annotations

from collections.abc import Callable

from manim import Rectangle, VGroup

from scenes.parts.folding import fold
from scenes.parts.place import CENTRE_X, at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.network_stage import NetworkStage
from scenes.stage.style import FILL_MAX, blend

ROWS_MAX, COLUMNS_MAX = 6, 6
CELL_W, CELL_H_MAX, HEIGHT = 0.84, 0.66, 3.2
CENTRE_Y = 0.35
GAP = 0.14
CELL_CHARS = 7  # the room for a number


class OuterProduct(VGroup):
    """∂L/∂W of weight layer `layer`; `cells[unit, input]` are a box and its number."""

    def __init__(self, stage: NetworkStage, layer: int, keep: tuple[int, ...] = ()) -> None:
        super().__init__()
        self.layer = layer
        values = stage.array(f"layer{layer}/weight_grad")
        self.rows = fold(values.shape[0], ROWS_MAX, keep)
        self.columns = fold(values.shape[1], COLUMNS_MAX)
        height = min(CELL_H_MAX, HEIGHT / self.rows.slots)
        left = CENTRE_X + 0.45 - CELL_W * self.columns.slots / 2
        top = CENTRE_Y + height * self.rows.slots / 2

        def centre(row: float, column: float) -> tuple[float, float]:
            return left + CELL_W * (column + 0.5), top - height * (row + 0.5)

        largest = float(abs(values).max()) or 1.0
        self.cells: dict[tuple[int, int], VGroup] = {}
        for unit in self.rows.shown:
            for source in self.columns.shown:
                x, y = centre(self.rows.slot(unit), self.columns.slot(source))
                share = abs(float(values[unit, source])) / largest
                box = Rectangle(width=CELL_W - 0.04, height=height - 0.04, stroke_width=0, fill_opacity=1)
                box.set_fill(blend(stage.look.surface, stage.look.gradient, FILL_MAX * 1.3 * share)).move_to(
                    at(x, y)
                )
                number = self._number(stage, stage.of(layer, "weight_grad"), (unit, source), "ink")
                self.cells[unit, source] = VGroup(box, number.centre_at(at(x, y)).set_z_index(1))
        self.delta = {
            unit: self._number(stage, stage.of(layer, "delta"), (unit,), "gradient").right_at(
                at(left - GAP, centre(self.rows.slot(unit), 0)[1])
            )
            for unit in self.rows.shown
        }
        self.a = {
            source: self._number(stage, stage.of(layer, "input"), (source,), "activation").centre_at(
                at(centre(0, self.columns.slot(source))[0], top + 0.25)
            )
            for source in self.columns.shown
        }
        self.dots = VGroup(*self._dots(stage, centre))
        names = (f"delta^(({layer}))", f"a^(({layer - 1}))" if layer > 1 else "x")
        self.names = VGroup(
            stage.math(names[0], 36).move_to(at(left - 0.45, top + 0.25)),
            stage.math(names[1] + "^top" if layer == 1 else f"(a^(({layer - 1})))^top", 36),
        )
        self.names[1].move_to(at(left + CELL_W * self.columns.slots / 2, top + 0.75))
        self.add(*self.delta.values(), *self.a.values(), self.names, self.dots)
        self.add(*self.cells.values())

    @staticmethod
    def _number(stage: NetworkStage, series: str, index: tuple[int, ...], role: str) -> Typeset:
        form = comparable(stage.trace[series].values, form=".3f", every=False, most=CELL_CHARS)
        label = stage.value(series, *index, form=form, px=style.NUMBER_MIN_PX, colour=role)
        room = CELL_W - 0.08
        return label.scale(room / label.width) if label.width > room else label

    def _dots(
        self, stage: NetworkStage, place: Callable[[float, float], tuple[float, float]]
    ) -> list[Typeset]:
        marks = []
        if self.rows.gap is not None:
            for source in self.columns.shown:
                x, y = place(self.rows.gap, self.columns.slot(source))
                marks.append(stage.words("⋮", style.LABEL_PX, "muted").move_to(at(x, y)))
        if self.columns.gap is not None:
            for unit in self.rows.shown:
                x, y = place(self.rows.slot(unit), self.columns.gap)
                marks.append(stage.words("⋯", style.LABEL_PX, "muted").move_to(at(x, y)))
        return marks
