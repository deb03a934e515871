"""Two recorded curves, the activation and −log p, and what is read off them."""

from __future__ import annotations

from manim import Animation, VGroup

from scenes.parts.charts.curve import Curve
from scenes.parts.room.box import Box
from scenes.stage.network_stage import NetworkStage

PX = 36
FUNCTIONS = {"relu": '"ReLU"', "leaky_relu": '"LeakyReLU"', "tanh": "tanh", "sigmoid": "sigma"}


def activation_curve(film: NetworkStage, box: Box) -> Curve:
    """The recorded activation on axes z and a."""
    xs, ys = (film.array(f"activation/curve_{axis}") for axis in "xy")
    return Curve(film.look, box, xs, ys, (film.math("z", PX), film.math("a", PX)), "activation")


def loss_curve(film: NetworkStage, box: Box) -> Curve:
    """The recorded −log p on axes p and L."""
    xs, ys = film.array("loss/curve_p"), film.array("loss/curve")
    return Curve(film.look, box, xs, ys, (film.math("p", PX), film.math("loss(L)", PX)), "loss")


def activate(film: NetworkStage, curve: Curve, unit: int) -> VGroup:
    """Play what the activation makes of the z of one unit of the first hidden layer."""
    z, a = (float(film.array(f"layer1/{name}")[unit]) for name in "za")
    below = film.value("layer1/z", unit, form=".2f", px=PX)
    if a == 0:
        beside = film.words(film.label("cut_off"), PX, "activation")
    else:
        beside = film.value("layer1/a", unit, form=".2f", px=PX, colour="activation")
    return curve.read(film, (z, a), below, beside)


def activation_rule(film: NetworkStage) -> list[Animation]:
    """The activation's formula in the band. ReLU's 0 is the recorded output of a unit that is cut off."""
    if film.function == "relu" and float(film.array("layer1/a")[film.weak]) == 0:
        return film.formula("a = max(z, {zero})", zero=film.number("layer1/a", film.weak))
    return film.formula(f"a = {FUNCTIONS[film.function]}(z)")
