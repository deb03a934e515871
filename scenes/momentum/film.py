"""Momentum and its family: torch's own optimisers on one loss surface, step by step."""

from __future__ import annotations

from engine.trace import Trace
from scenes.momentum import CARD
from scenes.momentum.path_beats import PathBeats
from scenes.momentum.result_beats import ResultBeats


class MomentumFilm(PathBeats, ResultBeats):
    """See scenes/momentum/text.toml for what each beat says."""

    card = CARD
    reads = (
        "surface/x",
        "surface/y",
        "surface/z",
        "surface/defined",
        "surface/levels",
        "surface/minima",
        "surface/node_value",
        "optimisers",
        "step",
        "start",
        "tolerance",
        "momentum",
        "axis/x",
        "axis/y",
        "axis/step",
        "axis/gap",
        "axis/loss",
        "momentum/carried",
        "momentum/velocity",
        "momentum/move",
        "sgd/flips",
        "sgd/flips_within",
        "momentum/flips",
        "momentum/flips_within",
        "floor",
        "bump/x",
        "bump/profile",
        "bump/sgd/end",
        "bump/momentum/end",
    )

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series named above and those of every optimiser that ran."""
        keys = ("position", "gradient", "loss", "gap", "lr", "reached", "diverged_at", "updates")
        return (*cls.reads, *(f"{name}/{key}" for name in trace["optimisers"].values for key in keys))
