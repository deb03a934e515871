"""The recorded classifier on stage: the network with its names, where it stands, and the room it leaves for a panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from manim import Animation, FadeIn, Mobject, Transform, VGroup, VMobject

from engine.data.given import BUILT_IN
from scenes.parts.arrays.matrix_product import Product
from scenes.parts.nets.network import PITCH_MAX, RADIUS_MAX, Network, Part
from scenes.parts.room.box import Box
from scenes.parts.room.layout import row
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.source import num
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

NAME_ROOM = 1.28  # width for a name beside the network
CLOSE = (
    1.0  # from one layer to the next where they stand close together; the network is at most this wide then
)
CLOSE_MOST = 3.3
MARK = 0.4  # room for the number of a unit, between it and a panel
COLUMN_ROOM = 0.4  # below the network, for the layers' names
TRUTH_DROP = 0.36  # from the true class's name to what says that it is
NAMED_DEPTH = 3  # with more layers, they show their width without a name


class StandingNetwork(Stage):
    """A film with the classifier in it. `side` is the room that the network leaves for a panel."""

    side: Box
    net: Network
    part: Part  # the layers that are seen
    name_room, name_px = NAME_ROOM, float(style.SMALL_PX)  # of the names beside the network

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

    @property
    def given_class(self) -> int:
        """The class that the network takes the sample for."""
        return int(self.item("sample/prediction"))

    def name(self, series: str, *index: int) -> Shown:
        """A name from the data; those of a file of one's own stand as they are there: its "ash" may be a tree."""
        own = self.s("data/")
        if series.startswith(own) and self.item("data/name") not in BUILT_IN:
            return self.number(series, *index, form="name")
        return super().name(series, *index)

    def measured(self, feature: int) -> str:
        """A measurement of the sample with its unit."""
        raw, unit = self.number(self.s("sample/raw"), feature), self.name(self.s("data/units"), feature)
        return self.join(raw, " ", unit) if unit else raw

    def half(self, room: Box, weight: float = 1.1) -> Box:
        """The network's half of a room; the other one is the panel's."""
        box, self.side = room.columns(weight, 1)
        return box

    def corner(self, room: Box, part: Part | None = None, close: float = CLOSE) -> Box:
        """Room for the network, or a part of it, with its layers so close together; the rest is the panel's."""
        first, last = part or (0, self.depth)
        named = (style.TIGHT + self.name_room) * (last == self.depth)
        width = min(close * (last - first), CLOSE_MOST) + 2 * RADIUS_MAX + named
        self.side = room.without(left=width + style.GAP)
        return room.without(right=room.width - width)

    def level_corner(self, room: Box, part: Part, close: float = CLOSE) -> Box:
        """The same where its units are to be level with rows of a product in the panel; hidden ones have a mark."""
        return Product.beside(self.corner(room, part, close)).without(right=MARK * (part[1] < self.depth))

    def build_network(self, box: Box) -> None:
        """Make the network with its names; nothing is shown yet."""
        weights = [self.array(self.of(layer, "weight")) for layer in range(1, self.depth + 1)]
        keep: list[tuple[int, ...]] = [() for _ in range(self.depth + 1)]
        keep[-1] = tuple(dict.fromkeys((self.true_class, self.given_class)))
        keep[-2] = (int(self.item("path/unit")),)
        keep[1] = tuple(dict.fromkeys((self.strong, self.weak, *keep[1])))
        self.part = 0, self.depth
        # What is not seen now: how members of the network look, by number, and what texts stood by, by their id.
        self._unseen: dict[int, VMobject] = {}
        self._left: dict[int, np.ndarray] = {}
        self.net = Network(self.look, weights, self._inside(box, True), keep)
        self.truth = VGroup()
        ends = [("data/features", 0), ("data/classes", self.depth)]
        self.feature_names, self.class_names = (
            VGroup(*(self._beside(self.net, layer, unit, series) for unit in self.net.folds[layer].shown))
            for series, layer in ends
        )
        self.column_names = VGroup(*(self._column_name(i) for i in range(self.depth + 1)))
        self.names = VGroup(self.feature_names, self.class_names, self.column_names)

    def _inside(self, box: Box, named: bool) -> Box:
        """What the names of the part that is seen leave of a box."""
        beside, (first, last) = self.name_room + style.TIGHT, self.part
        left, right = beside * (named and first == 0), beside * (last == self.depth)
        return box.without(left=left, right=right, bottom=COLUMN_ROOM * named)

    def _beside(self, net: Network, layer: int, unit: int, series: str) -> Typeset:
        text = self.fitted(self.name(self.s(series), unit), self.name_room, self.name_px, "muted")
        node = net.nodes[layer][unit]
        if layer == 0:
            return text.right_at(node.get_left() - np.array([style.TIGHT, 0, 0]))
        return text.left_at(node.get_right() + np.array([style.TIGHT, 0, 0]))

    def _column_name(self, column: int) -> VGroup:
        """A layer's name above its true width."""
        count = self.value(self.s("widths"), column, form="d", px=max(self.name_px, style.NUMBER_PX))
        kind = "input" if column == 0 else "output" if column == self.depth else "hidden"
        name = self.words(self.label(f"layer_{kind}"), self.name_px, "muted")
        parts = [count] if self.depth > NAMED_DEPTH else [name, count]
        return row(parts, style.TIGHT).shift(self._foot(self.net, column) - [0, COLUMN_ROOM * 0.6, 0])

    @staticmethod
    def _foot(net: Network, layer: int) -> np.ndarray:
        """Below a layer, at the height of the lowest unit of all."""
        x = next(iter(net.nodes[layer].values())).get_center()[0]
        return np.array([x, net.get_bottom()[1], 0])

    def move_network(
        self, box: Box, named: bool = True, part: Part | None = None, pitch: float = PITCH_MAX
    ) -> list[Animation]:
        """Animations that bring the network and what belongs to it into `box`; not `named`: classes only.

        part: the first and the last layer that stay in sight; the others fade as they leave the box. `pitch`: from one
        unit to the next, at most.
        """
        self.part = part or (0, self.depth)
        goal = self.net.copy().place(self._inside(box, named), self.part, pitch)
        for k, ((now, layers), (then, _)) in enumerate(zip(self.net.members(), goal.members(), strict=True)):
            if not self.sees(*layers):
                self._unseen.setdefault(k, now.copy())
                then.set_opacity(0)
            elif k in self._unseen:
                then.match_style(self._unseen.pop(k))
        moves: list[Animation] = [Transform(self.net, goal)]
        for text, layer, always, place in self._texts():
            was, seen = self._left.get(id(text)), self.sees(layer, layer) and (named or always)
            if seen and was is None:
                moves.append(text.animate.shift(place(goal) - place(self.net)))
            elif seen:
                moves.append(arrive(text.shift(place(goal) - self._left.pop(id(text)))))
            elif was is None:
                self._left[id(text)] = place(self.net)
                moves.append(leave(text))
        self.net.pitch = goal.pitch
        return moves

    def sees(self, first: int, last: int) -> bool:
        """Whether these layers are among those in sight."""
        return self.part[0] <= first and last <= self.part[1]

    def _texts(self) -> Iterator[tuple[Mobject, int, bool, Callable[[Network], np.ndarray]]]:
        """Texts with the layer that they stand by, whether they always do, and a point that they keep to."""
        by_unit = [(text, *place, True) for place, text in self.net.values.items()]
        for layer, names in ((0, self.feature_names), (self.depth, self.class_names)):
            units = self.net.folds[layer].shown
            by_unit += [(text, layer, one, layer > 0) for text, one in zip(names, units, strict=True)]
        if len(self.truth):
            by_unit.append((self.truth, self.depth, self.true_class, True))
        for text, layer, unit, always in by_unit:
            yield text, layer, always, lambda net, at=(layer, unit): net.nodes[at[0]][at[1]].get_center()  # type: ignore[misc]
        for layer, text in enumerate(self.column_names):
            yield text, layer, False, lambda net, layer=layer: self._foot(net, layer)  # type: ignore[misc]

    def mark_truth(self, role: str = "loss", below: bool = True) -> list[Animation]:
        """Ring the true class and say that it is the one, below its name or beside it."""
        name = self.class_names[self.net.folds[-1].shown.index(self.true_class)]
        text = self.words(self.label("truth"), self.name_px, role)
        place = name.strut.get_left() - np.array([0, TRUTH_DROP, 0])
        beside = name.strut.get_right() + np.array([style.GAP, 0, 0])
        self.truth = VGroup(text.left_at(place if below else beside))
        ring = self.net.nodes[self.depth][self.true_class].animate.set_stroke(
            self.look.colour(role), width=style.STRONG
        )
        return [ring, name.animate.set_color(self.look.ink), FadeIn(self.truth)]
