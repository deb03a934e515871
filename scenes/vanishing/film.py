"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from engine.trace import Trace
from scenes.vanishing import CARD
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.learning_beats import LearningBeats

RUN_SERIES = (
    "activation",
    "initialisation",
    "batch_norm",
    "curve_x",
    "curve_slope",
    "slope_min",
    "slope_max",
    "slope_mean_all",
    "z_quantile",
    "slope_quantile",
    "gradient_norm",
    "ideal_norm",
    "ideal_ratio",
    "ratio",
    "ratio_defined",
    "underflown",
    "loss",
    "diverged",
    "diverged_step",
    "test_accuracy",
)


class Vanishing(GradientBeats, LearningBeats):
    """See scenes/vanishing/text.toml for what each beat says."""

    card = CARD
    reads = (
        "data/name",
        "widths",
        "depth",
        "width",
        "layer",
        "parameters/total",
        "nets",
        "weakest",
        "strongest",
        "cures",
        "scale/decades",
        "scale/loss",
        "scale/loss_decades",
        "scale/zero",
        "scale/smallest",
        "scale/step",
        "training/steps",
        "training/learning_rate",
        "training/constant_accuracy",
    )

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series named above and those of every run that is drawn."""
        runs = max(int(trace["nets"].values), *(int(run) for run in trace["cures"].values))
        return (*cls.reads, *(f"run{run}/{name}" for run in range(1, runs + 1) for name in RUN_SERIES))

    def prepare(self) -> None:
        """The strips are the same objects in every beat."""
        self.build_nets()
