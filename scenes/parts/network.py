"""A dense network: a circle a unit, a line a weight (hue its sign, width and opacity its size)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import Animation, Circle, Dot, LaggedStart, Line, ShowPassingFlash, VGroup

from scenes.parts.folding import Fold, fold
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import FILL_MAX, Look, blend

RADIUS_MAX = 0.33
PITCH_MAX = 0.78


class Network(VGroup):
    """`weights[l]` has shape (units of layer l+1, units of layer l). `xs` are the columns' places; the network is
    centred on `y` and at most `height` high. Layers of many units are folded; `keep[l]` are always drawn."""

    def __init__(
        self,
        look: Look,
        weights: Sequence[np.ndarray],
        xs: Sequence[float],
        y: float,
        height: float,
        keep: Sequence[tuple[int, ...]] = (),
        limit: int = style.FOLD_LIMIT,
    ) -> None:
        super().__init__()
        self.look = look
        sizes = [weights[0].shape[1], *(w.shape[0] for w in weights)]
        kept = list(keep) or [()] * len(sizes)
        self.folds: list[Fold] = [fold(n, limit, k) for n, k in zip(sizes, kept, strict=True)]
        pitch = min(PITCH_MAX, height / max(f.slots for f in self.folds))
        self.pitch = pitch
        self.radius = min(RADIUS_MAX, pitch * 0.46)
        self.nodes: list[dict[int, Circle]] = []
        self.gaps = VGroup()
        for layer, x in zip(self.folds, xs, strict=True):
            self.nodes.append(self._column(layer, x, y, pitch))
        self.edges: list[dict[tuple[int, int], Line]] = [
            self._wires(layer, weight) for layer, weight in enumerate(weights)
        ]
        self.values: dict[tuple[int, int], Typeset] = {}
        self.edge_group = VGroup(*(line for wires in self.edges for line in wires.values()))
        self.node_group = VGroup(*(node for column in self.nodes for node in column.values()))
        self.node_group.set_z_index(1)  # animating a unit must not lift it over its value
        self.add(self.edge_group, self.gaps, self.node_group)

    def _column(self, layer: Fold, x: float, y: float, pitch: float) -> dict[int, Circle]:
        top = y + pitch * (layer.slots - 1) / 2
        column = {}
        for unit in layer.shown:
            circle = Circle(self.radius, color=self.look.muted, stroke_width=style.LINE)
            circle.set_fill(self.look.surface, opacity=1)
            column[unit] = circle.move_to([x, top - pitch * layer.slot(unit), 0])
        if layer.gap is not None:
            for step in (-0.16, 0.0, 0.16):
                self.gaps.add(Dot([x, top - pitch * layer.gap + step, 0], 0.035, color=self.look.muted))
        return column

    def _wires(self, layer: int, weight: np.ndarray) -> dict[tuple[int, int], Line]:
        """Lines from column `layer` to the next, keyed (unit, input) like the weight."""
        wires = {}
        for unit, end in self.nodes[layer + 1].items():
            for source, start in self.nodes[layer].items():
                a, b = start.get_center(), end.get_center()
                along = (b - a) / np.linalg.norm(b - a) * self.radius
                wires[unit, source] = Line(a + along, b - along)
        self.paint(wires, weight)
        return wires

    def paint(self, wires: dict[tuple[int, int], Line], values: np.ndarray, role: str = "") -> None:
        """Width and opacity by the size of `values[unit, input]`, hue by its sign or by `role`."""
        largest = float(np.abs(values).max()) or 1.0
        for (unit, source), line in wires.items():
            share = abs(float(values[unit, source])) / largest
            colour = role or ("positive" if values[unit, source] >= 0 else "negative")
            width = style.EDGE_MIN + (style.EDGE_MAX - style.EDGE_MIN) * share
            line.set_stroke(self.look.colour(colour), width=width, opacity=0.25 + 0.7 * share)

    # -- what scenes do with it ----------------------------------------------------------------------------------

    def dye(self, node: Circle, role: str, share: float) -> Circle:
        """Give `node` the role's ring and a fill that grows with `share`."""
        colour = self.look.colour(role)
        node.set_fill(blend(self.look.surface, colour, FILL_MAX * share), opacity=1)
        node.set_stroke(colour if share > 0 else self.look.muted, width=style.LINE + 1.5 * (share > 0))
        return node

    def put(self, layer: int, unit: int, label: Typeset) -> Typeset:
        """Place `label` inside a unit and remember it as the unit's value."""
        width = 2 * self.radius - 0.06
        if label.width > width:
            label.scale(width / label.width)
        label.centre_at(self.nodes[layer][unit].get_center())
        label.set_z_index(2)
        self.values[layer, unit] = label
        return label

    def flash(self, layer: int, role: str, reverse: bool = False, only: set[int] | None = None) -> Animation:
        """One pulse along the wires from column `layer` to the next (or back)."""
        flashes = []
        for (unit, _), line in self.edges[layer].items():
            if only is not None and unit not in only:
                continue
            glow = line.copy().set_stroke(self.look.colour(role), width=style.EDGE_MAX, opacity=1)
            if reverse:
                glow.reverse_points()
            flashes.append(ShowPassingFlash(glow, time_width=0.5, run_time=style.PULSE_S))
        return LaggedStart(*flashes, lag_ratio=0)
