"""The activation's curve, and units' z dropped onto it."""

from __future__ import annotations

from manim import Animation, Create, FadeIn, VGroup

from scenes.parts.place import CENTRE_X, at
from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

RULES = {
    "leaky_relu": 'a = "LeakyReLU"(z)',
    "tanh": "a = tanh(z)",
    "sigmoid": "a = sigma(z)",
}


class ActivationPlot:
    """The recorded curve on axes z and a; `group` is what is drawn."""

    def __init__(self, stage: NetworkStage) -> None:
        self.stage = stage
        xs, ys = (stage.array(f"activation/curve_{axis}") for axis in "xy")
        low, high = float(ys.min()), float(ys.max())
        low = min(low, -0.16 * high)
        self.plot = Plot(
            stage.look, (float(xs.min()), float(xs.max())), (low, high), (CENTRE_X - 0.1, 0.6), 5.3, 3.5
        )
        self.plot.name_axes(stage.math("z", 36), stage.math("a", 36))
        self.curve = self.plot.curve(xs, ys, "activation")
        self.group = VGroup(self.plot, self.curve)

    def drop(self, unit: int) -> VGroup:
        """Play one unit of the first hidden layer: z on its axis, up to the curve, across to a."""
        stage, plot = self.stage, self.plot
        z, a = (float(stage.array(f"layer1/{name}")[unit]) for name in ("z", "a"))
        dot = plot.dot(z, 0, "activation")
        below = at(0, -0.3 if a >= 0 else 0.3)
        name = stage.value(stage.of(1, "z"), unit, form=".2f", px=32).move_to(plot.at(z, 0) + below)
        stage.play(FadeIn(dot, scale=2), FadeIn(name), run_time=style.QUICK_S)
        if a == 0:
            result = stage.words(stage.label("cut_off"), style.LABEL_PX, "activation")
            stage.play(FadeIn(result.move_to(plot.at(z, 0) + at(0, 0.4))), run_time=style.QUICK_S)
            return VGroup(dot, name, result)
        up, across = plot.guide((z, 0), (z, a), "activation"), plot.guide((z, a), (0, a), "activation")
        result = stage.value(stage.of(1, "a"), unit, form=".2f", px=34, colour="activation")
        result.move_to(plot.at(0, a) + at(-0.52 if z > 0 else 0.52, 0))
        stage.play(Create(up), dot.animate.move_to(plot.at(z, a)), run_time=style.MOVE_S)
        stage.play(Create(across), FadeIn(result), run_time=style.MOVE_S)
        return VGroup(dot, name, up, across, result)

    def recede(self, parts: VGroup) -> list[Animation]:
        """What `drop` drew steps back: texts in the quiet colour, the rest fainter."""
        texts = [part for part in parts if isinstance(part, Typeset)]
        return [part.animate.set_color(self.stage.look.muted) for part in texts] + [
            part.animate.set_opacity(0.35) for part in parts if part not in texts
        ]


def activation_rule(stage: NetworkStage) -> list[Animation]:
    """The activation's formula in the band. ReLU's 0 is the recorded output of a unit that is cut off."""
    if stage.function != "relu":
        return stage.formula(RULES[stage.function])
    weak = stage.weak_unit()
    if float(stage.array("layer1/a")[weak]) == 0:
        return stage.formula("a = max(z, {zero})", zero=stage.number(stage.of(1, "a"), weak))
    return stage.formula('a = "ReLU"(z)')
