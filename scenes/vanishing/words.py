"""What may be said of a run of deep nets: no "fades" where nothing fades, no "learns" of a divergence."""

from __future__ import annotations

from scenes.parts.typeset import Typeset
from scenes.stage import style
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


def percent(stage: DeepStage, run: int) -> str:
    """The accuracy on the test set."""
    return stage.number(stage.of(run, "test_accuracy"), form=stage.accuracy_form)


def diverged(stage: DeepStage, run: int) -> bool:
    """Whether a run's training left the finite numbers."""
    return bool(stage.array(stage.of(run, "diverged")))


def outcome(stage: DeepStage, run: int, px: float) -> Typeset:
    """What a run's training came to: its accuracy, or that it diverged."""
    if diverged(stage, run):
        return stage.words(stage.label("diverged"), style.SMALL_PX, "loss")
    return stage.value(stage.of(run, "test_accuracy"), form=stage.accuracy_form, px=px)


def learnt(stage: DeepStage, run: int) -> str:
    """A sentence on a run's training: it diverged, is no better than one constant answer, or learnt."""
    who = stage.activation(run)
    if diverged(stage, run):
        step = stage.number(stage.of(run, "diverged_step"), form="d")
        return stage.label("says_diverged", who=who, step=step)
    accuracy = percent(stage, run)
    if stage.item(stage.of(run, "test_accuracy")) <= stage.item("training/constant_accuracy"):
        chance = stage.number("training/constant_accuracy", form=stage.accuracy_form)
        return stage.label("says_constant", who=who, accuracy=accuracy, chance=chance)
    return stage.label("says_learnt", who=who, accuracy=accuracy)


def cured(stage: DeepStage, run: int, key: str) -> str:
    """What came of a cure: the label `key` with its accuracy, or the step at which it diverged."""
    if diverged(stage, run):
        return stage.label("cure_diverged", step=stage.number(stage.of(run, "diverged_step"), form="d"))
    return stage.label(key, accuracy=percent(stage, run))
