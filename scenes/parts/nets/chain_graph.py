"""The chain rule on a graph of a few quantities of a trace: their values, local derivatives, and gradients."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from manim import Animation, AnimationGroup, Create, FadeIn, LaggedStart, VGroup

from scenes.parts.nets.graph import (
    GROW_MAX,
    LEAF_HEIGHT,
    OP_RADIUS,
    OP_ROOM,
    SIDE_GAP,
    SYMBOL_ROOM,
    TEXT_PX,
    Face,
    Layout,
    OperationGraph,
    Wire,
)
from scenes.parts.room.box import Box
from scenes.parts.room.layout import spread
from scenes.parts.room.motion import leave
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.stage import Stage

GAP, GAP_MOST, LINE = 0.15, 1.6, 0.2  # between two columns, and between a gradient and the next node's name
BESIDE = 0.55  # from an operation of a column to the dots for those that are left out
BELOW = 0.3  # from a leaf to the middle of a text below it
ASIDE = 0.22  # from the wire that leaves a node to the middle of a gradient that stands beside it
ROOM = {
    False: OP_ROOM,
    True: LEAF_HEIGHT + 2 * BELOW,
}  # the height that a node takes, by whether it is a leaf
READ_S = 0.8  # for products on wires
APART = 0.62  # along a wire: where its local derivative stands clear of those of others from the same node

Products: TypeAlias = Mapping[tuple[int, int], Typeset]
NONE: Products = MappingProxyType({})


@dataclass(frozen=True)
class At:
    """One number of the trace, as it is written."""

    series: str
    index: tuple[int, ...] = ()
    form: str = ".3f"


@dataclass(frozen=True)
class Quantity:
    """A node: its name (Typst math), its value, the gradient that arrives, and what stands inside an operation."""

    name: str
    value: At | None = None
    gradient: At | None = None
    symbol: str = ""
    role: str = "muted"
    slope: str = ""  # the name of its gradient (Typst math)
    aside: bool = False  # an operation's gradient stands along the wire that leaves it, not under it


class ChainGraph(OperationGraph):
    """`nodes`: sources before targets, the result last; what nothing goes into is a leaf.

    `wires` gives the local derivative on each (source, target), None where none is written. Before the node `gap` of a
    column others are left out: dots stand there.
    """

    def __init__(
        self,
        film: Stage,
        nodes: Sequence[Quantity],
        wires: Mapping[tuple[int, int], At | None],
        box: Box,
        gap: int | None = None,
    ) -> None:
        self.film = film
        drawn = {Wire(*ends, slot): self._number(at) for slot, (ends, at) in enumerate(wires.items())}
        named = [self._named(node) for node in nodes]
        gradients = [self._number(node.gradient, node.slope) for node in nodes]
        self.aside = {i for i, node in enumerate(nodes) if node.aside}
        faces = {}
        for i, (name, gradient) in enumerate(zip(named, gradients, strict=True)):
            into = [_width(text) for wire, text in drawn.items() if wire.target == i]
            wide = _width(gradient)
            if not into:
                faces[i] = Face.of_leaf(name.width, wide)
            elif i in self.aside:
                face = Face.of_operation(name.width, max(into))
                faces[i] = Face(face.left, max(face.right, OP_RADIUS + 2 * SIDE_GAP + wide))
            else:
                faces[i] = Face.of_operation(max(name.width, wide), max(into))
        layout = _lay_out(_layers(drawn, len(nodes)), faces, list(drawn), box)

        def symbol(i: int) -> Typeset:
            if faces[i].leaf:
                return named[i]
            text = film.math(nodes[i].symbol, TEXT_PX)
            return text.scale(min(1.0, SYMBOL_ROOM / float(np.hypot(text.width, text.height))))

        super().__init__(film.look, layout, faces, symbol, lambda i: nodes[i].role)
        self.dots = VGroup() if gap is None else VGroup(self._dots(gap))
        for i, face in faces.items():
            if not face.leaf:
                self.value(i, named[i].scale(layout.scale))
        self.differentiate(
            {wire: text.scale(layout.scale) for wire, text in drawn.items() if text is not None},
            {i: text.scale(layout.scale) for i, text in enumerate(gradients) if text is not None},
        )

    def _dots(self, gap: int) -> Typeset:
        """Between two nodes; clear of the texts that stand above and below operations."""
        middle = (self.layout.places[gap - 1] + self.layout.places[gap]) / 2
        aside = 0.0 if self.faces[gap].leaf else BESIDE * self.layout.scale
        return words("⋮", self.look, style.LABEL_PX, "muted").centre_at(middle - np.array([aside, 0, 0]))

    def _number(self, at: At | None, name: str = "") -> Typeset | None:
        if at is None:
            return None
        value = self.film.number(self.film.s(at.series), *at.index, form=at.form)
        if not name:
            return self.film.words(value, TEXT_PX, "gradient")
        return self.film.math(f"gradient({name} = {{v}})", TEXT_PX, v=value)

    def _named(self, node: Quantity) -> Typeset:
        if node.value is None:
            return self.film.math(node.name, TEXT_PX)
        at = node.value
        return self.film.math(
            f"{node.name} = {{v}}",
            TEXT_PX,
            v=self.film.number(self.film.s(at.series), *at.index, form=at.form),
        )

    def _arrival(self, i: int, label: Typeset) -> np.ndarray:
        """Along the wire that leaves the node, on the side to which that does not turn, or under it."""
        if i not in self.aside:
            return super()._arrival(i, label)
        ends = [self.layout.places[wire.target][1] for wire in self.wires if wire.source == i]
        falls = bool(ends) and ends[0] < self.layout.places[i][1] - LINE
        s = self.layout.scale
        return np.array([(OP_RADIUS + SIDE_GAP / 2) * s, (ASIDE if falls else -ASIDE) * s, 0])

    def _shares(self, wire: Wire) -> list[float]:
        """Where wires part from one node, near the other end; else where every graph has it."""
        if len([one for one in self.wires if one.source == wire.source]) == 1:
            return super()._shares(wire)
        return sorted(np.linspace(0.1, 0.9, 33), key=lambda share: abs(share - APART))

    # -- what it plays ---------------------------------------------------------------------------------------------

    def grow(self, column_s: float = style.MOVE_S, *first: Animation) -> VGroup:
        """From the leaves to the result, with the values, in so many seconds a column; all that is seen then.

        first: what else happens as the leaves come.
        """
        leaves, *layers = _layers(self.wires, len(self.faces))
        come = LaggedStart(*map(self.appear, leaves), lag_ratio=0.2, run_time=column_s)
        also = [AnimationGroup(*first, run_time=style.MOVE_S)] if first else []
        self.film.play(*also, come)
        for layer in layers:
            wires = [Create(self.wires[wire]) for i in layer for wire in self.into(i)]
            values = [FadeIn(self.values[i]) for i in layer if i in self.values]
            self.film.play(*wires, *map(self.appear, layer), *values, run_time=column_s)
        if len(self.dots):
            self.film.play(FadeIn(self.dots), run_time=style.QUICK_S)
        return VGroup(self, *self.values.values(), self.dots)

    def local(self, *targets: int, sources: Collection[int] | None = None) -> None:
        """The local derivatives on the wires into these nodes; of `sources` only, where some are named."""
        into = [wire for i in targets for wire in self.into(i) if sources is None or wire.source in sources]
        chips = [self.chips[wire] for wire in into if wire in self.chips]
        if chips:
            self.film.play(FadeIn(*chips), run_time=style.QUICK_S)

    def pass_back(self, *targets: int, products: Products = NONE) -> None:
        """What arrived at these nodes, times the local derivatives, goes on to what they take.

        products: what that makes on a wire (its two nodes), one after the other, to be read before it arrives.
        """
        wires = [wire for i in targets for wire in self.into(i)]
        ready = dict.fromkeys(wire.source for wire in wires if wire.source in self.gradients)
        if ready:
            made = {
                wire: self.beside(wire, products[wire.source, wire.target])
                for wire in wires
                if (wire.source, wire.target) in products
            }
            for wire, product in made.items():
                self.film.play(*self.multiply([wire]), FadeIn(product), run_time=style.MOVE_S)
            if made:
                self.film.hold(READ_S)
            if rest := [wire for wire in wires if wire not in made]:
                self.film.play(*self.multiply(rest), run_time=style.MOVE_S)
            gone = [leave(*made.values())] if made else []
            self.film.play(*gone, *map(self.arrive, ready), run_time=style.QUICK_S)

    def back(self) -> VGroup:
        """From the result to the leaves, column by column; all that is seen then."""
        layers = _layers(self.wires, len(self.faces))[1:]
        self.local(*(i for layer in layers for i in layer))
        for layer in reversed(layers):
            self.pass_back(*layer)
        return self.seen()

    def seen(self) -> VGroup:
        """All that stands in the graph after its gradients have arrived."""
        return VGroup(self, *self.values.values(), *self.chips.values(), *self.gradients.values(), self.dots)

    def below(self, i: int, text: Typeset) -> Typeset:
        """Place a text below a leaf, ending where it ends."""
        pill = self.bodies[i]
        return text.right_at(
            np.array([pill.get_right()[0], pill.get_bottom()[1] - BELOW * self.layout.scale, 0])
        )


def _layers(wires: Iterable[Wire], count: int) -> list[list[int]]:
    """The nodes in columns, from the leaves to the result: what takes something stands right of it."""
    rank = [0] * count
    for wire in sorted(wires, key=lambda one: one.target):
        rank[wire.target] = max(rank[wire.target], rank[wire.source] + 1)
    return [[i for i in range(count) if rank[i] == step] for step in range(max(rank) + 1)]


def _lay_out(layers: list[list[int]], faces: dict[int, Face], wires: list[Wire], box: Box) -> Layout:
    """Columns over the whole width; the nodes of a column from its top, in their order."""
    lefts, rights = (
        [max(getattr(faces[i], side) for i in layer) for layer in layers] for side in ("left", "right")
    )
    need = sum(lefts) + sum(rights)
    high = max(len(layer) * (max(ROOM[faces[i].leaf] for i in layer) + LINE) for layer in layers)
    scale = min(GROW_MAX, (box.width - GAP * (len(layers) - 1)) / need, box.height / high)
    starts, _ = spread([scale * (a + b) for a, b in zip(lefts, rights, strict=True)], box.width, GAP_MOST)
    places: dict[int, np.ndarray] = {}
    for start, left, layer in zip(starts, lefts, layers, strict=True):
        for row, i in enumerate(layer):
            places[i] = np.array(
                [box.left + start + scale * left, box.at(0, 1 - (row + 0.5) / len(layer))[1], 0.0]
            )
    return Layout(places, {wire: [places[wire.source], places[wire.target]] for wire in wires}, scale)


def _width(text: Typeset | None) -> float:
    return 0.0 if text is None else float(text.width)
