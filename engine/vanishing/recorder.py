"""Recorder of vanishing gradients: the same deep net with different activations, measured backward and trained.

Series (axes): see docs/trace.md.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.data.given import with_data
from engine.errors import InputError, nearest
from engine.parameters import Data, Label, Seed
from engine.text.echo import echo
from engine.trace.progress import report
from engine.trace.recording import Recording, recorder
from engine.trace.series import Series
from engine.vanishing.deep_series import ratio_of, reach_of, run_series, scale_series, setting
from engine.vanishing.parameters import (
    Activations,
    BatchNorm,
    DeepRate,
    DeepSteps,
    DeepWidth,
    Depth,
    Initialisation,
)

if TYPE_CHECKING:
    from engine.vanishing.deep_net import Backward, Design, Learning

KNOWN = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
REPORTS_PER_RUN = 20


@recorder("vanishing", settle=with_data)
def record(
    *,
    seed: Seed = 0,
    data: Data = "wine",
    label: Label = "",
    depth: Depth = 10,
    width: DeepWidth = 24,
    activations: Activations = "sigmoid,relu",
    initialisation: Initialisation = "xavier",
    batch_norm: BatchNorm = False,
    steps: DeepSteps = 300,
    learning_rate: DeepRate = 0.05,
) -> Recording:
    """Run one net for each activation, then the cures of the one whose gradient vanishes most.

    All float64; a gradient that float32 cannot hold is 0 (engine.vanishing.deep_net). Raises InputError for
    ``activations`` that cannot be read, RunError when a pass overflows.
    """
    from engine.data.datasets import load
    from engine.vanishing.deep_net import Backward, Design, Learning, backward, build, train

    names = _activations(activations)
    loaded = load(data, seed, label)
    widths = [len(loaded.features), *[width] * depth, len(loaded.classes)]
    designs = [Design(name, initialisation, batch_norm) for name in names]
    measured: list[Backward] = [backward(build(one, widths, seed), one, loaded) for one in designs]
    weak, strong = _extremes(measured)
    order = _cures(designs[weak], designs[strong])
    for design in order:
        if design not in designs:
            designs.append(design)
            measured.append(backward(build(design, widths, seed), design, loaded))
    learned: list[Learning] = []
    for number, design in enumerate(designs):
        net = build(design, widths, seed)
        learned.append(train(net, loaded, steps, learning_rate, _progress(number, len(designs), steps)))
    weights = sum(one.numel() for one in build(designs[0], widths, seed).parameters())
    series = {
        **setting(loaded, widths, weights, steps, learning_rate),
        "nets": Series(len(names), source="runs 1 to nets are the compared ones"),
        "weakest": Series(weak + 1, source="the compared run with the smallest ratio of norms"),
        "strongest": Series(strong + 1, source="the compared run with the largest ratio of norms"),
        "cures": Series([designs.index(one) + 1 for one in order], ("cure",), source="number of the run"),
    }
    reach = reach_of(measured)
    for number, (design, passed, training) in enumerate(
        zip(designs, measured, learned, strict=True), start=1
    ):
        own = run_series(design, passed, training, reach, depth)
        series |= {f"run{number}/{name}": one for name, one in own.items()}
    cured = _cured(designs, learned, designs[weak])
    series["cured"] = Series(cured + 1, source="the weakest net's cure with the best test accuracy")
    sizes, moves, spreads = (
        [series[f"run{n}/{key}"] for n in range(1, len(designs) + 1)]
        for key in ("delta_norm", "moved", "spread")
    )
    drawn = [*learned[: len(names)], *([learned[cured]] if learned[cured].diverged is None else [])]
    if (
        not batch_norm
    ):  # with it a layer has more factors than slopes and weights, and the product is not drawn
        sizes.append(series[f"run{weak + 1}/ideal_norm"])
    return Recording(series | scale_series(sizes, moves, spreads, drawn))


def _activations(text: str) -> tuple[str, ...]:
    names = tuple(name for name in (part.strip().lower() for part in text.split(",")) if name)
    for name in names:
        if name not in KNOWN:
            raise InputError(f"activations has '{echo(name)}'. {nearest(name, KNOWN)}")
    if len(set(names)) != len(names) or len(names) < 2:
        raise InputError(
            f"activations is '{echo(text)}': give two or more different ones of {', '.join(KNOWN)}."
        )
    return names


def _extremes(measured: "list[Backward]") -> tuple[int, int]:
    """Which net's gradient fades most on its way to the first layer, and which other one's least."""
    shares = [ratio_of(one.delta_norm) or 0.0 for one in measured]
    weak = shares.index(min(shares))
    strong = max((n for n in range(len(shares)) if n != weak), key=lambda n: shares[n])
    return weak, strong


def _cures(weak: "Design", strong: "Design") -> "list[Design]":
    """The weak net, with other first weights, with batch norm; then the strong one, and it with those weights."""
    from dataclasses import replace

    other = "xavier" if weak.initialisation == "he" else "he"
    wanted = [
        weak,
        replace(weak, initialisation=other),
        replace(weak, batch_norm=True),
        strong,
        replace(strong, initialisation=other),
    ]
    return list(dict.fromkeys(wanted))


def _cured(designs: "list[Design]", learned: "list[Learning]", weak: "Design") -> int:
    """Which cure of the weak net did best; one that diverged did worst."""
    own = [n for n, one in enumerate(designs) if one.activation == weak.activation and one != weak]
    return max(own, key=lambda n: (learned[n].diverged is None, learned[n].test_accuracy))


def _progress(number: int, runs: int, steps: int) -> Callable[[int], None]:
    def heard(done: int) -> None:
        if done % max(steps // REPORTS_PER_RUN, 1) == 0 or done == steps:
            report(number * steps + done, runs * steps)

    return heard
