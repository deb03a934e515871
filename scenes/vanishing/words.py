"""What may be said of a run of deep nets: no "fades" where nothing fades, no "learns" of a divergence."""

from __future__ import annotations

from scenes.vanishing.stage import DeepStage

FADED = 1e-2  # a first layer with less than this share of the last one's gradient is said to fade
GROWN = 1e2  # and with more than this share, to grow


def passing(stage: DeepStage) -> str:
    """How the gradient passes back through the compared nets, by what was measured.

    "" when the weakest fades; "underflow", "zeros" or "nothing" when none of it is left in the first layer: too
    small for float32, no weights to pass it on, or no slope; "grows" when the strongest swells; else "mild".
    """
    weak, strong = stage.weak, stage.strong
    if stage.array(stage.of(weak, "gradient_norm"))[0] == 0:
        if stage.item(stage.of(weak, "underflown")) > 0:
            return "underflow"
        return "zeros" if stage.array(stage.of(weak, "initialisation")) == "zeros" else "nothing"
    if stage.item(stage.of(weak, "ratio")) < FADED:
        return ""
    return "grows" if stage.item(stage.of(strong, "ratio")) > GROWN else "mild"


def cured(stage: DeepStage, run: int, key: str) -> str:
    """What came of a cure: the label `key` with its accuracy, or the step at which it diverged."""
    if stage.diverged(run):
        return stage.label("cure_diverged", step=stage.diverged_step(run))
    return stage.label(key, accuracy=stage.percent(run))
