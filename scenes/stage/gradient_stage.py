"""The recorded classifier on its way back: δ in its units, and a layer's gradients as a table with its biases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, LaggedStart, Line, VGroup, VMobject, there_and_back

from scenes.parts.arrays.pairs import Pairs
from scenes.parts.nets.change_marks import change_marks, dotted, mark
from scenes.parts.room.legend import legend
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.layer_gradients import fed_name, outer_product
from scenes.stage.part_stage import PartStage

BAND_PX = 38  # of formulas about whole layers


class GradientStage(PartStage):
    """A film that goes back through the classifier."""

    def held(self, layer: int, letter: str = "a") -> str:
        """What a layer's units hold, in Typst math: x, a, δ, or the probabilities p."""
        if letter == "a" and layer in (0, self.depth):
            return "input(x)" if layer == 0 else "activation(p)"
        role = "gradient" if letter == "delta" else "activation"
        return f"{role}({letter}^({self.nth(layer)}))"

    def delta_column(self, column: int) -> AnimationGroup:
        """A layer's δ into its units."""
        return self.fill_column(column, self.of(column, "delta"), "gradient")

    def show_outer(self, layer: int, signs: dict[int, str], *moves: Animation) -> Pairs:
        """The table of a layer's gradients with what is multiplied along its sides; its cells are still empty.

        There is no panel yet. moves: what happens as it comes. The first layer's units hold δ already.
        """
        outer = outer_product(self, layer, self.side)
        changes = [*moves, *self.sign(signs)]
        if layer > 1:  # the units change with what is said of them
            below = self.fill_column(layer - 1, self.of(layer - 1, "a"), "activation")
            changes += [below, self.delta_column(layer)]
        down, across = outer.names
        fed = [text for source, text in outer.across.items() if source != max(outer.across)]
        self.play(*changes, FadeIn(*fed, across), run_time=style.MOVE_S)
        self.play(FadeIn(*outer.down.values(), down), run_time=style.QUICK_S)
        self.panel = outer
        return outer

    def outer_rule(self, layer: int) -> str:
        """The gradient of a layer's weights as an outer product, in Typst math."""
        nth = self.nth(layer)
        return f"(partial loss(L)) / (partial W^({nth})) = delta^({nth}) {fed_name(self, layer)}"

    def show_biases(self, outer: Pairs, layer: int) -> None:
        """The last column: under a 1, δ itself."""
        biases, nth = max(outer.across), self.nth(layer)
        bias = f"(partial loss(L)) / (partial b^({nth})) = delta^({nth})"
        self.play(
            *self.formula(f"{self.outer_rule(layer)}, quad {bias}", BAND_PX),
            FadeIn(outer.across[biases]),
            run_time=style.QUICK_S,
        )
        own = (outer.pair(unit, biases) for unit in outer.down)
        self.play(LaggedStart(*own, lag_ratio=0.2), run_time=style.MOVE_S)

    def mute_zeros(self, outer: Pairs, layer: int) -> list[Animation]:
        """Gradients that are exactly 0 turn grey; those of biases before they are shown."""
        biases, cells = max(outer.across), list[Typeset]()
        weights, own = (self.array(self.of(layer, one)) for one in ("weight_grad", "bias_grad"))
        for (unit, source), (_, text) in outer.pairs.items():
            if source == biases and own[unit] == 0:
                text.set_color(self.look.muted)
            elif source != biases and weights[unit, source] == 0:
                cells.append(text)
        return self.silence((), cells)

    def lights(self) -> list[list[Animation]]:
        """What each of the equations of backpropagation is about, as light on the network: the output's δ, that of the
        layers before it, weights, biases. Where the gradient is 0 there is none; wires by the size of theirs."""
        wires = list[VMobject]()
        for n, lines in enumerate(self.net.edges, start=1):
            glows = {key: line.copy() for key, line in lines.items()}
            self.net.paint(glows, self.array(self.of(n, "weight_grad")), "gradient")
            wires += glows.values()
        hidden = [glow for n in range(1, self.depth) for glow in self._rings(n)]
        ends, back = self._rings(self.depth), [self.pulse_back(n) for n in range(1, self.depth)]
        return [
            self._glow(ends),
            [*back, *self._glow(hidden)],
            self._glow(wires),
            self._glow([*hidden, *ends]),
        ]

    def pulse_back(self, layer: int) -> Animation:
        """A pulse back over the wires from column `layer`; units whose δ is 0 send none."""
        delta = self.array(self.of(layer + 1, "delta"))
        live = {unit for unit, _ in self.net.edges[layer] if delta[unit]}
        return self.net.flash(layer, "gradient", True, live) if live else FadeIn(VGroup())

    def _rings(self, layer: int) -> list[VMobject]:
        """The rings of a layer's units as light, but for those whose δ is 0."""
        delta, out = self.array(self.of(layer, "delta")), list[VMobject]()
        for unit, node in self.net.nodes[layer].items():
            out.append(node.copy().set_fill(opacity=0))
            out[-1].set_stroke(self.look.gradient, width=style.EDGE_MAX, opacity=float(delta[unit] != 0))
        return out

    def glow(self, unit: int, source: int) -> VGroup:
        """Light on one wire of the last layer, which stays; nothing where that is folded away."""
        wires = [line.copy() for key, line in self.net.edges[-1].items() if key == (unit, source)]
        return VGroup(*wires).set_stroke(self.look.ink, width=style.EDGE_MAX, opacity=1)

    def _glow(self, lines: Sequence[VMobject]) -> list[Animation]:
        """Light on wires and rings, which goes out again."""
        glows = [one.copy().set_z_index(1) for one in lines]
        return [FadeIn(glow, rate_func=there_and_back, remover=True) for glow in glows]

    # -- what wires say --------------------------------------------------------------------------------------------

    def change_marks(self) -> VGroup:
        """Which way the weights go in the step, as marks on the wires that change most; those that stay are dotted."""
        return change_marks(self.net, self._changes)

    @property
    def _changes(self) -> list[np.ndarray]:
        return [self.array(self.of(n, "weight_change")) for n in range(1, self.depth + 1)]

    def sign_key(self) -> VGroup:
        """What the two hues of wires mean."""
        return self._key({name: self._line(name) for name in ("positive", "negative")})

    def change_key(self) -> VGroup:
        """What marks and width of a wire say of a weight's change."""
        both = VGroup(mark(self.look, True), mark(self.look, False)).arrange(buff=style.TIGHT)
        marks: dict[str, VMobject] = {"largest": both, "thick": self._line("gradient")}
        if any((one == 0).any() for one in self._changes):
            marks["stays"] = dotted(self.look, self._line("muted"))
        return self._key(marks)

    def _line(self, role: str) -> Line:
        colour = self.look.colour(role)
        return Line([0, 0, 0], [style.WIDE, 0, 0], color=colour, stroke_width=style.EDGE_MAX)

    def _key(self, marks: Mapping[str, VMobject]) -> VGroup:
        """Marks with the words of their labels, beside each other, on top of the room."""
        names = [self.words(self.label(key), style.LABEL_PX) for key in marks]
        return legend(zip(marks.values(), names, strict=True), self.room, "centre", beside=True)
