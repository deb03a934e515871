"""What the films about the classifier share: the network on the left, named and filled, and a panel on the right."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import (
    Animation,
    AnimationGroup,
    FadeIn,
    LaggedStart,
    VGroup,
)

from scenes.parts.motion import carry, give_way, leave
from scenes.parts.network import Network
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer

NET_LEFT, NET_RIGHT = -4.8, -1.5  # first and last column
NET_Y, NET_HEIGHT = 0.78, 4.1
COLUMN_LABEL_Y = -1.42
CENTRED = np.array([2.95, 0.0, 0.0])  # from the left place to the middle of the frame
NAME_ROOM = 1.28  # width for a name beside the network
SHARE_CHARS, STEP_CHARS, LOSS_CHARS = 6, 8, 9  # the room for a probability, for two in a caption, for a loss
NAMED_PITCH = 1.05  # columns closer than this show their width without a name
DIM = 0.12  # opacity of wires that are not spoken of


class NetworkStage(Explainer):
    """A film that draws the recorded classifier. Series names start with `prefix`."""

    prefix = ""
    panel: VGroup = VGroup()

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
    def function(self) -> str:
        """The hidden activation's name, as torch has it."""
        return str(self.array("activation").item())

    def share(self, value: float, values: np.ndarray) -> float:
        """|value| as a share of the largest of `values`, for tints."""
        return float(abs(value) / (np.abs(values).max() or 1.0))

    def share_form(self, *after: str) -> str:
        """How probabilities are written: beside each other, and where `after` says so, before and after a step."""
        p, label = self.array(f"layer{self.depth}/a"), int(self.array("sample/label"))
        rival = max((c for c in range(len(p)) if c != label), key=lambda c: float(p[c]))
        pairs = [[p[label], p[rival]], [p[label], 1.0]]
        pairs += [[p[label], self.array(name)[label]] for name in after]
        return comparable(*pairs, form=".3f", most=STEP_CHARS if after else SHARE_CHARS)

    def net_loss_form(self, *after: str) -> str:
        """How the loss is written: told from no loss at all, and from the loss `after` a step."""
        losses = [self.array(name).item() for name in ("loss/value", *after)]
        return comparable(losses, *([0.0, loss] for loss in losses), form=".3f", most=LOSS_CHARS)

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
        self.class_names = VGroup(
            *(self._beside(self.depth, i, "data/classes") for i in self.net.folds[-1].shown)
        )
        self.column_names = VGroup(*(self._column_name(i) for i in range(self.depth + 1)))
        self.names = VGroup(self.feature_names, self.class_names, self.column_names)

    def strong_unit(self) -> int:
        """The first hidden layer's unit with the largest z: the one the film looks at."""
        return int(np.argmax(self.trace[self.of(1, "z")].values))

    def weak_unit(self) -> int:
        """The first hidden layer's unit with the smallest z: for ReLU, one that is cut off if any is."""
        return int(np.argmin(self.trace[self.of(1, "z")].values))

    def _beside(self, layer: int, unit: int, series: str) -> Typeset:
        text = self.fitted(self.name(self.s(series), unit), NAME_ROOM, style.SMALL_PX, "muted")
        centre = self.net.nodes[layer][unit].get_center()
        if layer == 0:
            return text.right_at(centre - np.array([self.net.radius + 0.12, 0, 0]))
        return text.left_at(centre + np.array([self.net.radius + 0.12, 0, 0]))

    def _column_name(self, column: int) -> VGroup:
        """A layer's name above its true width."""
        x = next(iter(self.net.nodes[column].values())).get_center()[0]
        count = self.value(self.s("widths"), column, form="d", px=style.NUMBER_PX)
        if (NET_RIGHT - NET_LEFT) / self.depth < NAMED_PITCH:
            return VGroup(count.centre_at(np.array([x, COLUMN_LABEL_Y, 0])))
        kind = "input" if column == 0 else "output" if column == self.depth else "hidden"
        name = self.words(self.label(f"layer_{kind}"), style.SMALL_PX, "muted")
        name.centre_at(np.array([0, 0, 0]))
        count.left_at(name.strut.get_right() + np.array([0.12, 0, 0]))
        return VGroup(name, count).move_to([x, COLUMN_LABEL_Y, 0])

    # -- values in units -------------------------------------------------------------------------------------------

    def filled(
        self, column: int, unit: int, series: str, role: str, form: str = ".2f"
    ) -> tuple[Typeset, Animation]:
        """A value's label, at its place in a unit, and the animation that tints the unit by its size."""
        values = self.trace[series].values
        label = self.net.put(column, unit, self.value(series, unit, form=form, px=style.NUMBER_MIN_PX))
        node = self.net.nodes[column][unit]
        tint = self.net.dye(node.copy(), role, self.share(values[unit], values))
        return label, node.animate.become(tint)

    def fill_unit(self, column: int, unit: int, series: str, role: str, form: str = ".2f") -> AnimationGroup:
        """Put one value into one unit; a value already there gives way."""
        old = self.net.values.get((column, unit))
        new, tint = self.filled(column, unit, series, role, form)
        if old is not None and old.source == new.source:
            self.net.values[column, unit] = old  # the same text stays; replacing it would only blink
            return AnimationGroup(tint)
        return AnimationGroup(tint, give_way(old, new) if old is not None else FadeIn(new))

    def fill_column(self, column: int, series: str, role: str, form: str = ".2f") -> LaggedStart:
        """Put a series' values into a column's units, tinted by size."""
        units = self.net.folds[column].shown
        return LaggedStart(
            *(self.fill_unit(column, unit, series, role, form) for unit in units), lag_ratio=0.12
        )

    def set_column(self, column: int, series: str, role: str, form: str = ".2f") -> VGroup:
        """The same before the network is shown: units are dyed, and the labels returned to be faded in with it."""
        values, labels = self.trace[series].values, VGroup()
        for unit in self.net.folds[column].shown:
            labels.add(
                self.net.put(column, unit, self.value(series, unit, form=form, px=style.NUMBER_MIN_PX))
            )
            self.net.dye(self.net.nodes[column][unit], role, self.share(values[unit], values))
        return labels

    def copies(self, sources: list[Typeset], targets: list[Typeset]) -> LaggedStart:
        """Each target grows out of its source."""
        pairs = zip(sources, targets, strict=True)
        return LaggedStart(*(carry(a, b) for a, b in pairs), lag_ratio=0.2)

    # -- light -----------------------------------------------------------------------------------------------------

    def light_unit(self, unit: int) -> list[Animation]:
        """Only the wires that end in this unit of the first hidden layer stay bright."""
        return self._light(lambda layer, end: layer == 0 and end == unit)

    def light_all(self) -> list[Animation]:
        """Every wire as bright as its weight."""
        return self._light(lambda layer, end: True)

    def _light(self, bright: Callable[[int, int], bool]) -> list[Animation]:
        out: list[Animation] = []
        for layer, wires in enumerate(self.net.edges):
            target = {key: line.copy() for key, line in wires.items()}
            self.net.paint(target, self.array(f"layer{layer + 1}/weight"))
            for (end, source), line in wires.items():
                goal = target[end, source]
                if not bright(layer, end):
                    goal.set_stroke(opacity=DIM)
                if goal.get_stroke_opacity() != line.get_stroke_opacity():
                    out.append(line.animate.become(goal))
        return out

    def mark_truth(self, label: int) -> list[Animation]:
        """Ring the true class and say that it is the one."""
        name = self.class_names[self.net.folds[-1].shown.index(label)]
        self.truth = self.words(self.label("truth"), style.SMALL_PX, "loss")
        self.truth.left_at(name.strut.get_left() + np.array([0, -self.net.pitch / 2, 0]))
        ring = self.net.nodes[self.depth][label].animate.set_stroke(self.look.loss, width=style.STRONG)
        return [ring, name.animate.set_color(self.look.ink), FadeIn(self.truth)]

    # -- panel -----------------------------------------------------------------------------------------------------

    def clear_panel(self) -> list[Animation]:
        """Animations that take away what stands beside the network; the next beat's panel is set by the scene."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []

    @property
    def cut_off(self) -> bool:
        """Whether some unit of the first hidden layer is cut off by a ReLU."""
        return self.function == "relu" and bool((self.array("layer1/z") <= 0).any())
