"""The recorded classifier on stage: the network with its names, where it stands, and the room it leaves for a panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from manim import Animation, FadeIn, Mobject, Transform, VGroup

from scenes.parts.box import Box
from scenes.parts.layout import row
from scenes.parts.motion import arrive, leave
from scenes.parts.network import RADIUS_MAX, Network
from scenes.parts.source import num
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

NAME_ROOM = 1.28  # width for a name beside the network
CLOSE = (
    1.0  # from one layer to the next where they stand close together; the network is at most this wide then
)
CLOSE_MOST = 3.3
COLUMN_ROOM = 0.4  # below the network, for the layers' names
NAMED_DEPTH = 3  # with more layers, they show their width without a name


class StandingNetwork(Stage):
    """A film with the classifier in it. `side` is the room that the network leaves for a panel."""

    side: Box
    net: Network
    _stood: Network  # as it was when the others were last named
    named_all = True  # whether features and layers are named now, besides the classes

    def of(self, layer: int, name: str) -> str:
        """One of the series of weight layer `layer` (1-based), such as of(1, "weight")."""
        return f"layer{layer}/{name}"

    def nth(self, layer: int) -> str:
        """The number of a layer as it stands in an index, in Typst math; 0 is the input."""
        return f"({num(self.position(self.s('widths'), layer))})"

    @property
    def depth(self) -> int:
        """The number of weight layers."""
        return len(self.array("widths")) - 1

    @property
    def strong(self) -> int:
        """The first hidden layer's unit with the largest z: the one the film looks at."""
        return int(self.item("layer1/strongest"))

    @property
    def weak(self) -> int:
        """The first hidden layer's unit with the smallest z: for ReLU, one that is cut off if any is."""
        return int(self.item("layer1/weakest"))

    @property
    def true_class(self) -> int:
        """The sample's class."""
        return int(self.item("sample/label"))

    def half(self, room: Box, weight: float = 1.1) -> Box:
        """The network's half of a room; the other one is the panel's."""
        box, self.side = room.columns(weight, 1)
        return box

    def corner(self, room: Box) -> Box:
        """Room for the network with its layers close together; the rest is the panel's."""
        width = min(CLOSE * self.depth, CLOSE_MOST) + 2 * RADIUS_MAX + style.TIGHT + NAME_ROOM
        self.side = room.without(left=width + style.GAP)
        return room.without(right=room.width - width)

    def build_network(self, box: Box) -> None:
        """Make the network with its names; nothing is shown yet."""
        weights = [self.array(self.of(layer, "weight")) for layer in range(1, self.depth + 1)]
        keep: list[tuple[int, ...]] = [() for _ in range(self.depth + 1)]
        keep[-1] = (self.true_class,)
        keep[-2] = (int(self.item("path/unit")),)
        keep[1] = tuple(dict.fromkeys((self.strong, self.weak, *keep[1])))
        self.net = Network(self.look, weights, self._inside(box, True), keep)
        self.truth = VGroup()
        ends = [("data/features", 0), ("data/classes", self.depth)]
        self.feature_names, self.class_names = (
            VGroup(*(self._beside(self.net, layer, unit, series) for unit in self.net.folds[layer].shown))
            for series, layer in ends
        )
        self.column_names = VGroup(*(self._column_name(i) for i in range(self.depth + 1)))
        self.names = VGroup(self.feature_names, self.class_names, self.column_names)

    @staticmethod
    def _inside(box: Box, named: bool) -> Box:
        """What the names leave of a box."""
        beside = NAME_ROOM + style.TIGHT
        return box.without(left=beside * named, right=beside, bottom=COLUMN_ROOM * named)

    def _beside(self, net: Network, layer: int, unit: int, series: str) -> Typeset:
        text = self.fitted(self.name(self.s(series), unit), NAME_ROOM, style.SMALL_PX, "muted")
        node = net.nodes[layer][unit]
        if layer == 0:
            return text.right_at(node.get_left() - np.array([style.TIGHT, 0, 0]))
        return text.left_at(node.get_right() + np.array([style.TIGHT, 0, 0]))

    def _column_name(self, column: int) -> VGroup:
        """A layer's name above its true width."""
        count = self.value(self.s("widths"), column, form="d", px=style.NUMBER_PX)
        kind = "input" if column == 0 else "output" if column == self.depth else "hidden"
        name = self.words(self.label(f"layer_{kind}"), style.SMALL_PX, "muted")
        parts = [count] if self.depth > NAMED_DEPTH else [name, count]
        return row(parts, style.TIGHT).shift(self._foot(self.net, column) - [0, COLUMN_ROOM * 0.6, 0])

    @staticmethod
    def _foot(net: Network, layer: int) -> np.ndarray:
        """Below a layer, at the height of the lowest unit of all."""
        x = next(iter(net.nodes[layer].values())).get_center()[0]
        return np.array([x, net.get_bottom()[1], 0])

    def move_network(self, box: Box, named: bool = True) -> list[Animation]:
        """Animations that bring the network and what belongs to it into `box`; not `named`: classes only."""
        goal = self.net.copy().place(self._inside(box, named))
        was = self.net if self.named_all else self._stood
        moves: list[Animation] = [Transform(self.net, goal)]
        for text, layer, unit in self._texts_in():
            way = goal.nodes[layer][unit].get_center() - self.net.nodes[layer][unit].get_center()
            moves.append(text.animate.shift(way))
        for text, place in self._texts_around():
            if named:
                way = place(goal) - place(was)
                moves.append(text.animate.shift(way) if self.named_all else arrive(text.shift(way)))
            elif self.named_all:
                moves.append(leave(text))
        if self.named_all:
            self._stood = self.net.copy()
        self.named_all, self.net.pitch = named, goal.pitch
        return moves

    def _texts_in(self) -> Iterator[tuple[Mobject, int, int]]:
        """Texts that belong to a unit and always stand with it."""
        yield from ((text, *place) for place, text in self.net.values.items())
        for text, unit in zip(self.class_names, self.net.folds[-1].shown, strict=True):
            yield text, self.depth, unit
        if len(self.truth):
            yield self.truth, self.depth, self.true_class

    def _texts_around(self) -> Iterator[tuple[Mobject, Callable[[Network], np.ndarray]]]:
        """The other names, and a point that they stand by."""
        for text, unit in zip(self.feature_names, self.net.folds[0].shown, strict=True):
            yield text, lambda net, unit=unit: net.nodes[0][unit].get_center()  # type: ignore[misc]
        for layer, text in enumerate(self.column_names):
            yield text, lambda net, layer=layer: self._foot(net, layer)  # type: ignore[misc]

    def mark_truth(self) -> list[Animation]:
        """Ring the true class and say that it is the one."""
        name = self.class_names[self.net.folds[-1].shown.index(self.true_class)]
        text = self.words(self.label("truth"), style.SMALL_PX, "loss")
        self.truth = VGroup(text.left_at(name.strut.get_left() + np.array([0, -self.net.pitch / 2, 0])))
        ring = self.net.nodes[self.depth][self.true_class].animate.set_stroke(
            self.look.loss, width=style.STRONG
        )
        return [ring, name.animate.set_color(self.look.ink), FadeIn(self.truth)]
