"""What the films about the classifier share: the network on the left, named and filled, and a panel on the right."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import AnimationGroup, FadeIn, LaggedStart, ReplacementTransform, VGroup

from scenes import style
from scenes.explainer import Explainer
from scenes.parts.network import Network
from scenes.parts.typeset import Typeset

NET_LEFT, NET_RIGHT = -4.8, -1.5  # first and last column
NET_Y, NET_HEIGHT = 0.78, 4.1
COLUMN_LABEL_Y = -1.42
PANEL_LEFT, PANEL_RIGHT = 0.45, 6.5
PANEL_X = (PANEL_LEFT + PANEL_RIGHT) / 2
PANEL_TOP = 2.55
CENTRED = np.array([2.95, 0.0, 0.0])  # from the left place to the middle of the frame
ROWS = 0.62


class NetworkStage(Explainer):
    """A film that draws the recorded classifier. Series names start with `prefix`."""

    prefix = ""

    def s(self, name: str) -> str:
        """The full name of one of the classifier's series."""
        return self.prefix + name

    def array(self, name: str) -> np.ndarray:
        """The values of one of the classifier's series."""
        return self.trace[self.s(name)].values

    def of(self, layer: int, name: str) -> str:
        """The name of a series of weight layer `layer` (1-based), such as of(1, "weight")."""
        return self.s(f"layer{layer}/{name}")

    @property
    def depth(self) -> int:
        """The number of weight layers."""
        return len(self.array("widths")) - 1

    @property
    def activation(self) -> str:
        """The hidden activation's name, as torch has it."""
        return str(self.array("activation").item())

    def share(self, value: float, values: np.ndarray) -> float:
        """|value| as a share of the largest of `values`, for tints."""
        return float(abs(value) / (np.abs(values).max() or 1.0))

    def build_network(self) -> None:
        """Make the network with its names; nothing is shown yet."""
        weights = [self.trace[self.of(layer, "weight")].values for layer in range(1, self.depth + 1)]
        xs = np.linspace(NET_LEFT, NET_RIGHT, self.depth + 1)
        label = int(self.array("sample/label").item())
        keep: list[tuple[int, ...]] = [() for _ in range(self.depth + 1)]
        keep[1] = tuple(dict.fromkeys((self.strong_unit(), self.weak_unit())))
        keep[-1] = (label,)
        self.net = Network(self.look, weights, list(xs), NET_Y, NET_HEIGHT, keep)
        self.feature_names = VGroup(*(self._beside(0, i, "data/features") for i in self.net.folds[0].shown))
        self.class_names = VGroup(*(self._beside(self.depth, i, "data/classes") for i in self.net.folds[-1].shown))
        self.column_names = VGroup(*(self._column_name(i) for i in range(self.depth + 1)))
        self.names = VGroup(self.feature_names, self.class_names, self.column_names)

    def strong_unit(self) -> int:
        """The first hidden layer's unit with the largest z: the one the film looks at."""
        return int(np.argmax(self.trace[self.of(1, "z")].values))

    def weak_unit(self) -> int:
        """The first hidden layer's unit with the smallest z: for ReLU, one that is cut off if any is."""
        return int(np.argmin(self.trace[self.of(1, "z")].values))

    def _beside(self, layer: int, unit: int, series: str) -> Typeset:
        text = self.words(self.name(self.s(series), unit), style.SMALL_PX, "muted")
        room = 1.28
        if text.width > room:
            text.scale(room / text.width)
        centre = self.net.nodes[layer][unit].get_center()
        if layer == 0:
            return text.right_at(centre - np.array([self.net.radius + 0.12, 0, 0]))
        return text.left_at(centre + np.array([self.net.radius + 0.12, 0, 0]))

    def _column_name(self, column: int) -> VGroup:
        """A layer's name above its true width."""
        kind = "input" if column == 0 else "output" if column == self.depth else "hidden"
        name = self.words(self.label(f"layer_{kind}"), style.SMALL_PX, "muted")
        count = self.value(self.s("widths"), column, form="d", px=style.NUMBER_PX)
        x = next(iter(self.net.nodes[column].values())).get_center()[0]
        name.centre_at(np.array([0, 0, 0]))
        count.left_at(name.strut.get_right() + np.array([0.12, 0, 0]))
        return VGroup(name, count).move_to([x, COLUMN_LABEL_Y, 0])

    def fill_column(self, column: int, series: str, role: str, form: str = ".2f", **options: Any) -> AnimationGroup:
        """Put a series' values into a column's units, tinted by size."""
        animations = [self.fill_unit(column, unit, series, role, form) for unit in self.net.folds[column].shown]
        return LaggedStart(*animations, lag_ratio=0.12, **options)

    def fill_unit(self, column: int, unit: int, series: str, role: str, form: str = ".2f") -> AnimationGroup:
        """Put one value into one unit; a value already there turns into the new one."""
        values = self.trace[series].values
        old = self.net.values.get((column, unit))
        new = self.net.put(column, unit, self.value(series, unit, form=form, px=style.NUMBER_MIN_PX))
        node = self.net.nodes[column][unit]
        tint = self.net.dye(node.copy(), role, self.share(values[unit], values))
        change = ReplacementTransform(old, new) if old is not None else FadeIn(new)
        return AnimationGroup(node.animate.become(tint), change)

    def set_column(self, column: int, series: str, role: str, form: str = ".2f") -> VGroup:
        """The same as `fill_column`, at once: the labels, already placed, and the units dyed."""
        values = self.trace[series].values
        labels = VGroup()
        for unit in self.net.folds[column].shown:
            labels.add(self.net.put(column, unit, self.value(series, unit, form=form, px=style.NUMBER_MIN_PX)))
            self.net.dye(self.net.nodes[column][unit], role, self.share(values[unit], values))
        return labels

    def show_network_at_once(self) -> VGroup:
        """The network with its names, to be faded in."""
        return VGroup(self.net, self.names)
