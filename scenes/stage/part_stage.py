"""The classifier with the layers in play alone: wide apart, the true class ringed, what a layer holds below it."""

from __future__ import annotations

from collections.abc import Mapping

from manim import Animation

from scenes.parts.nets.network import Network
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage, share

NET_ROOM, LAYER_ROOM, NET_MOST = (
    4.1,
    1.1,
    6.0,
)  # width for two layers with names, for each further one, at most
TRUTH_ROOM = 0.55  # of it, for what says which class is the true one
SIGN_ROOM, SIGN_PX = 0.55, 34  # below the layers, for what they hold


class PartStage(NetworkStage):
    """A film that goes through the classifier layer by layer."""

    def prepare(self) -> None:
        """No layer says yet what it holds."""
        super().prepare()
        self._signs: dict[int, Typeset] = {}

    def show_layers(self, first: int, last: int, signs: Mapping[int, str]) -> list[Animation]:
        """The layers from `first` to `last` at the left, with what they hold (Typst math); the rest is the panel's."""
        room, width = self.room, min(NET_ROOM + LAYER_ROOM * max(last - first - 1, 0), NET_MOST)
        self.side = room.without(left=width + style.WIDE)
        box = room.without(right=room.width - width + TRUTH_ROOM * (last == self.depth), bottom=SIGN_ROOM)
        moves = self.move_network(box, named=False, part=(first, last))
        goal = self.net.copy().place(self._inside(box, named=False), (first, last))
        return [*moves, *self.sign(signs, goal)]

    def sign(self, signs: Mapping[int, str], net: Network | None = None) -> list[Animation]:
        """Say below each of these layers what it holds now, and nothing below the others."""
        old, self._signs, out = self._signs, {}, list[Animation]()
        for layer, source in signs.items():
            text = self.math(source, SIGN_PX)
            text.centre_at(self._foot(net or self.net, layer) - [0, SIGN_ROOM * 0.6, 0])
            stays = net is None and layer in old and old[layer].source == text.source
            self._signs[layer] = old.pop(layer) if stays else text
            out += [] if stays else [arrive(text)]
        return [*out, leave(*old.values())] if old else out

    def filled(
        self, column: int, unit: int, series: str, role: str, form: str = ".2f"
    ) -> tuple[Typeset, Animation]:
        """The true class keeps its ring, whatever is put into it."""
        label, tint = super().filled(column, unit, series, role, form)
        if (column, unit) != (self.depth, self.true_class) or not len(self.truth):
            return label, tint
        node, values = self.net.nodes[column][unit], self.array(series)
        goal = self.net.dye(node.copy(), role, share(values[unit], values))
        return label, node.animate.become(goal.set_stroke(self.look.loss, width=style.STRONG))

    def mark_truth(self, role: str = "loss", below: bool = False) -> list[Animation]:
        """What says which class is the true one stands on the line of its name."""
        return super().mark_truth(role, below)
