"""Two recorded curves, the activation and −log p, and what is read off them."""

from __future__ import annotations

import numpy as np
from manim import Animation, ReplacementTransform, VGroup, VMobject

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.curve import NEAR, Curve, clear_of
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX = 36
UNSURE, EVEN, SURE = 0.25, 0.5, 0.9  # probabilities of the true class
MORE, END = 1.1, 1.04  # of the axes: than the largest loss of a training example, and than p = 1
MOST = 7  # numbers on an axis: as many as are recorded
FUNCTIONS = {"relu": '"ReLU"', "leaky_relu": '"LeakyReLU"', "tanh": "tanh", "sigmoid": "sigma"}
STRAIGHT = "relu", "leaky_relu"  # positive numbers pass unchanged, to be seen: both axes have one unit


def activation_curve(film: NetworkStage, box: Box) -> Curve:
    """The recorded activation on axes z and a."""
    xs, ys = (film.array(f"activation/curve_{axis}") for axis in "xy")
    own = [float(film.array(f"layer1/{name}")[film.strong]) for name in "za"]
    across, up = (
        clear_of(film.ticks("activation/tick", form="d", most=MOST), *one)
        for one in zip(own, (xs, ys), strict=True)
    )
    names = film.math("z", PX), film.math("a", PX)
    return Curve(film.look, box, xs, ys, names, "activation", (across, up), equal=film.function in STRAIGHT)


def loss_curve(film: NetworkStage, box: Box) -> Curve:
    """The recorded −log p on axes p and L; the curve goes on where p is smaller still."""
    xs, ys = film.array("loss/curve_p"), film.array("loss/curve")
    p = float(film.array(film.of(film.depth, "a"))[film.true_class])
    across = {at: text for at, text in _ends(film).items() if abs(at - p) > NEAR}
    up = clear_of(film.ticks("loss/tick", form="d", most=MOST), float(film.item("loss/value")), ys)
    names = film.math("p", PX), film.math("loss(L)", PX)
    return Curve(film.look, box, xs, ys, names, "loss", (across, up), onward=True)


def training_chart(film: NetworkStage, box: Box) -> tuple[Chart, np.ndarray, np.ndarray]:
    """Axes p and L, and the part of the recorded −log p that the training examples need."""
    xs, ys = film.array("loss/curve_p"), film.array("loss/curve")
    least = min(float(film.array(f"training/p_{one}").min()) for one in ("before", "after"))
    first = max(int(np.searchsorted(xs, least, "right")) - 1, 0)
    xs, ys = xs[first:], ys[first:]
    top = MORE * (float(ys.max()) or 1.0)
    ticks = {at: text for at, text in film.ticks("loss/tick", form="d", most=MOST).items() if 0 < at < top}
    across = Axis(Scale(0.0, END), film.math("p", PX), _ends(film), crosses=0.0)
    up = Axis(Scale(0.0, top), film.math("loss(L)", PX), ticks, crosses=0.0)
    return Chart(film.look, box, across, up), xs, ys


def rescale(old: Curve, new: Chart, line: VMobject) -> list[Animation]:
    """The part of the curve that `line` needs, axes and names go to where another chart has them; the rest changes."""
    (*ends,), (*goals,) = old.frame, new.frame
    beyond, cut = old.curve.copy(), len(old.curve.points) - len(line.points)
    beyond.set_points(old.curve.points[:cut])
    old.curve.remove(*old.curve.submobjects).set_points(old.curve.points[cut:])
    pairs = [(old.curve, line), *((ends[at], goals[at]) for at in (0, 1, -2, -1))]
    moved = [ReplacementTransform(*pair) for pair in pairs]
    return [*moved, leave(beyond, *ends[2:-2]), arrive(*goals[2:-2])]


def _ends(film: NetworkStage) -> dict[float, Typeset]:
    """The numbers of an axis of probabilities."""
    ends = enumerate(("rule(0)", "rule(1)"))
    return {float(at): film.math(one, style.NUMBER_PX, "muted") for at, one in ends}


def activate(film: NetworkStage, curve: Curve, unit: int) -> VGroup:
    """Play what the activation makes of the z of one unit of the first hidden layer."""
    z, a = (float(film.array(f"layer1/{name}")[unit]) for name in "za")
    below = film.value("layer1/z", unit, form=".2f", px=PX)
    beside = film.value("layer1/a", unit, form=".2f", px=PX, colour="activation")
    return curve.read(film, (z, a), below, nothing(film) if a == 0 else beside)


def nothing(film: NetworkStage) -> Typeset:
    """What units give whose z is not positive: the recorded a of one of them."""
    return film.math("a = {zero}", PX, "activation", zero=film.number("layer1/a", film.weak))


def activation_rule(film: NetworkStage) -> list[Animation]:
    """The activation's formula in the band. ReLU's 0 is the recorded output of a unit that is cut off."""
    if film.function == "relu" and float(film.array("layer1/a")[film.weak]) == 0:
        return film.formula("a = max(z, {zero})", zero=film.number("layer1/a", film.weak))
    return film.formula(f"a = {FUNCTIONS[film.function]}(z)")


def two_layers(film: NetworkStage) -> tuple[list[Animation], list[VMobject]]:
    """What the second layer makes of x without the activation before it, in the band: animations that show it, and the
    parts that are still unseen beside it: the product multiplied out, and the names of its factors as one layer."""
    v, c, w, b = (f"{letter}^({film.nth(n)})" for n in (2, 1) for letter in "Wb")
    factors = ((f"{v} {w}", "W"), (f"{v} {b} + {c}", "b"))
    first, second = (f"loss(underbrace(muted({product}), {name}))" for product, name in factors)
    shown = film.formula(f"{v} ({w} x + {b}) + {c} muted(= {first} x + {second})", 52)
    _, _, *grown = film.in_band  # a shape for each colour, so far
    return shown, [part.set_fill(film.look.ink, 0) for part in grown]


def contrast(film: NetworkStage) -> int:
    """Where on the curve of −log p a probability lies that is far from this run's: a small one, or else a large one."""
    p = float(film.array(film.of(film.depth, "a"))[film.true_class])
    return int(np.abs(film.array("loss/curve_p") - (UNSURE if p > EVEN else SURE)).argmin())
