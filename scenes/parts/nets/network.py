"""A dense network: a circle a unit, a line a weight (hue its sign, width and opacity its size)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice, pairwise
from typing import TypeAlias

import numpy as np
from manim import Animation, Circle, Dot, LaggedStart, Line, ShowPassingFlash, VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold, fold
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import FILL_MAX, Look, blend

Part: TypeAlias = tuple[int, int]  # the first and the last layer of those that are looked at
RADIUS_MAX = 0.33
PITCH_MAX = 0.78
FOLDED = 1e-3  # from a layer to the one folded behind it: no wire is without length
DOT, DOTS = 0.035, (-0.16, 0.0, 0.16)  # of an ellipsis: its radius and where they stand


class Network(VGroup):
    """`weights[l]` has shape (units of layer l+1, units of layer l). Units and wires stand in `box`; `place` moves them
    to another one. Layers of many units are folded; `keep[l]` are always drawn."""

    def __init__(
        self,
        look: Look,
        weights: Sequence[np.ndarray],
        box: Box,
        keep: Sequence[tuple[int, ...]] = (),
        limit: int = style.FOLD_LIMIT,
    ) -> None:
        super().__init__()
        self.look = look
        sizes = [weights[0].shape[1], *(w.shape[0] for w in weights)]
        kept = list(keep) or [()] * len(sizes)
        self.folds: list[Fold] = [fold(n, limit, k) for n, k in zip(sizes, kept, strict=True)]
        self.nodes: list[dict[int, Circle]] = [self._column(layer) for layer in self.folds]
        folded = [layer for layer in self.folds if layer.gap is not None]
        self.gaps = VGroup(*(Dot(radius=DOT, color=look.muted) for _ in folded for _ in DOTS))
        self.edges: list[dict[tuple[int, int], Line]] = [
            {(unit, source): Line() for unit in ends for source in starts}
            for starts, ends in pairwise(self.nodes)
        ]
        for wires, weight in zip(self.edges, weights, strict=True):
            self.paint(wires, weight)
        self.values: dict[tuple[int, int], Typeset] = {}
        self.edge_group = VGroup(*(line for wires in self.edges for line in wires.values()))
        self.node_group = VGroup(*(node for column in self.nodes for node in column.values()))
        self.node_group.set_z_index(1)  # animating a unit must not lift it over its value
        self.add(self.edge_group, self.gaps, self.node_group)
        self.place(box)

    @property
    def radius(self) -> float:
        """Of a unit's circle."""
        return float(next(iter(self.nodes[0].values())).width / 2)

    def _column(self, layer: Fold) -> dict[int, Circle]:
        circle = Circle(RADIUS_MAX, color=self.look.muted, stroke_width=style.LINE)
        circle.set_fill(self.look.surface, opacity=1)
        return {unit: circle.copy() for unit in layer.shown}

    def place(self, box: Box, part: Part | None = None, most: float = PITCH_MAX) -> Network:
        """Stand in `box`: as high as it allows, the first and the last layer of `part` at its sides.

        The other layers fold behind these two; `most` is from one unit to the next, at most.
        """
        first, last = part or (0, len(self.nodes) - 1)
        self.pitch = min(most, box.height / max(layer.slots for layer in self.folds[first : last + 1]))
        radius = min(RADIUS_MAX, self.pitch * 0.46)
        dots = iter(self.gaps)
        width = box.width - 2 * radius
        start, step = (0.0, width / (last - first)) if last > first else (max(width / 2, 0.0), 0.0)
        xs = [
            box.left + radius + start + step * (min(max(layer, first), last) - first) + FOLDED * layer
            for layer in range(len(self.nodes))
        ]
        for layer, column, x in zip(self.folds, self.nodes, xs, strict=True):
            pitch = min(
                self.pitch, box.height / layer.slots
            )  # a layer that is not looked at may need more room
            top = box.centre[1] + pitch * (layer.slots - 1) / 2
            for unit, node in column.items():
                node.scale_to_fit_width(2 * radius).move_to([x, top - pitch * layer.slot(unit), 0])
            if layer.gap is not None:
                for dot, up in zip(islice(dots, len(DOTS)), DOTS, strict=True):
                    dot.move_to([x, top - pitch * layer.gap + up, 0])
        for wires, (starts, ends) in zip(self.edges, pairwise(self.nodes), strict=True):
            for (unit, source), line in wires.items():
                a, b = starts[source].get_center(), ends[unit].get_center()
                along = (b - a) / np.linalg.norm(b - a) * radius
                line.put_start_and_end_on(a + along, b - along)
        return self

    def members(self) -> list[tuple[VMobject, Part]]:
        """Everything that is drawn, with the layers it belongs to."""
        folded = [layer for layer, one in enumerate(self.folds) if one.gap is not None for _ in DOTS]
        return [
            *((node, (layer, layer)) for layer, column in enumerate(self.nodes) for node in column.values()),
            *(
                (wire, (layer, layer + 1))
                for layer, wires in enumerate(self.edges)
                for wire in wires.values()
            ),
            *((dot, (layer, layer)) for dot, layer in zip(self.gaps, folded, strict=True)),
        ]

    def paint(self, wires: dict[tuple[int, int], Line], values: np.ndarray, role: str = "") -> None:
        """Width and opacity by the size of `values[unit, input]`, hue by its sign or by `role`, which shows no 0."""
        largest = float(np.abs(values).max()) or 1.0
        for (unit, source), line in wires.items():
            share = abs(float(values[unit, source])) / largest
            colour = role or ("positive" if values[unit, source] >= 0 else "negative")
            width = style.EDGE_MIN + (style.EDGE_MAX - style.EDGE_MIN) * share
            opacity = 0.0 if role and not share else 0.25 + 0.7 * share
            line.set_stroke(self.look.colour(colour), width=width, opacity=opacity)

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
