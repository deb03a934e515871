"""Two recorded curves, the activation and −log p, and how a value is read off them."""

from __future__ import annotations

from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, VGroup, VMobject

from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.scale import Scale
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX = 36
NUMBER_ROOM = 0.9, 0.4  # for what is read off, at the left of a chart and below it
BELOW = 0.16  # of an activation's axis z, as a share of what is above it: room for numbers
FUNCTIONS = {"relu": '"ReLU"', "leaky_relu": '"LeakyReLU"', "tanh": "tanh", "sigmoid": "sigma"}


def activation_chart(film: NetworkStage, box: Box) -> tuple[Chart, VMobject]:
    """The recorded activation on axes z and a."""
    xs, ys = (film.array(f"activation/curve_{axis}") for axis in "xy")
    low, high = float(ys.min()), float(ys.max())
    x = Axis(Scale(float(xs.min()), float(xs.max())), film.math("z", PX), crosses=0.0)
    y = Axis(Scale(min(low, -BELOW * high), high), film.math("a", PX), crosses=0.0)
    chart = Chart(film.look, box, x, y)
    return chart, chart.line(xs, ys, "activation")


def loss_chart(film: NetworkStage, box: Box) -> tuple[Chart, VMobject]:
    """The recorded −log p on axes p and L."""
    xs, ys = film.array("loss/curve_p"), film.array("loss/curve")
    x, y = Scale(0.0, 1.0), Scale(0.0, float(ys.max()))
    room = box.without(left=NUMBER_ROOM[0], bottom=NUMBER_ROOM[1])
    chart = Chart(film.look, room, Axis(x, film.math("p", PX)), Axis(y, film.math("loss(L)", PX)))
    return chart, chart.line(xs, ys, "loss")


def read_off(
    film: NetworkStage, chart: Chart, point: tuple[float, float], texts: tuple[Typeset, Typeset], role: str
) -> VGroup:
    """Play a point's x on its axis, up to the curve, across to y; `texts` are its two numbers, or a word for y = 0."""
    (x, y), (below, beside) = point, texts
    foot = chart.dot(x, 0, role)
    below.next_to(foot, DOWN if y >= 0 else UP, buff=style.TIGHT)
    film.play(FadeIn(foot, scale=2), FadeIn(below), run_time=style.QUICK_S)
    if y == 0:
        film.play(FadeIn(beside.next_to(foot, UP)), run_time=style.QUICK_S)
        return VGroup(foot, below, beside)
    up, across, dot = chart.read_off(x, y, role)
    beside.next_to(across.get_end(), LEFT if x > 0 else RIGHT, buff=style.TIGHT)
    film.play(Create(up), foot.animate.move_to(dot), run_time=style.MOVE_S)
    film.play(Create(across), FadeIn(beside), run_time=style.MOVE_S)
    return VGroup(foot, below, up, across, beside)


def activate(film: NetworkStage, chart: Chart, unit: int) -> VGroup:
    """Play what the activation makes of the z of one unit of the first hidden layer."""
    z, a = (float(film.array(f"layer1/{name}")[unit]) for name in "za")
    below = film.value("layer1/z", unit, form=".2f", px=PX)
    if a == 0:
        beside = film.words(film.label("cut_off"), PX, "activation")
    else:
        beside = film.value("layer1/a", unit, form=".2f", px=PX, colour="activation")
    return read_off(film, chart, (z, a), (below, beside), "activation")


def activation_rule(film: NetworkStage) -> list[Animation]:
    """The activation's formula in the band. ReLU's 0 is the recorded output of a unit that is cut off."""
    if film.function == "relu" and float(film.array("layer1/a")[film.weak]) == 0:
        return film.formula("a = max(z, {zero})", zero=film.number("layer1/a", film.weak))
    return film.formula(f"a = {FUNCTIONS[film.function]}(z)")
