"""The recorded classifier on its way back: δ in its units, and a layer's gradients as a table with its biases."""

from __future__ import annotations

from manim import AnimationGroup, FadeIn, LaggedStart, Line, VGroup

from scenes.parts.arrays.pairs import Pairs
from scenes.parts.room.legend import legend
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

    def show_outer(self, layer: int, signs: dict[int, str]) -> Pairs:
        """The table of a layer's gradients with what is multiplied along its sides; its cells are still empty."""
        outer = outer_product(self, layer, self.side)
        nth = self.nth(layer)
        source = f"(partial loss(L)) / (partial W^({nth})) = delta^({nth}) {fed_name(self, layer)}"
        filled = [self.delta_column(layer)]
        filled += [self.fill_column(layer - 1, self.of(layer - 1, "a"), "activation")] if layer > 1 else []
        gone = (*self.clear_panel(), *self.formula(source, BAND_PX), *filled, *self.sign(signs))
        self.play(*gone, run_time=style.MOVE_S)
        fed = [text for source, text in outer.across.items() if source != max(outer.across)]
        self.play(FadeIn(*outer.down.values(), *fed, outer.names), run_time=style.MOVE_S)
        self.panel = outer
        return outer

    def show_biases(self, outer: Pairs, layer: int) -> None:
        """The last column: under a 1, δ itself."""
        biases, nth = max(outer.across), self.nth(layer)
        source = f"(partial loss(L)) / (partial W^({nth})) = delta^({nth}) {fed_name(self, layer)}"
        bias = f"(partial loss(L)) / (partial b^({nth})) = delta^({nth})"
        self.play(
            *self.formula(f"{source}, quad {bias}", BAND_PX),
            FadeIn(outer.across[biases]),
            run_time=style.QUICK_S,
        )
        own = (outer.pair(unit, biases) for unit in outer.down)
        self.play(LaggedStart(*own, lag_ratio=0.2), run_time=style.MOVE_S)

    def change_key(self, grows: str, shrinks: str, thick: str) -> VGroup:
        """What hue and width of a wire say of a weight's change, in the words of these labels."""
        looks = (
            (grows, "positive", style.EDGE_MAX / 2),
            (shrinks, "negative", style.EDGE_MAX / 2),
            (thick, "muted", style.EDGE_MAX),
        )
        lines = [
            Line([0, 0, 0], [style.WIDE, 0, 0], color=self.look.colour(c), stroke_width=w)
            for _, c, w in looks
        ]
        names = [self.words(self.label(key), style.LABEL_PX) for key, *_ in looks]
        return legend(zip(lines, names, strict=True), self.room, "centre", beside=True)
