"""What may be said of a run of deep nets: no "fades" where nothing fades, no "falls" of a loss that stays flat."""

from __future__ import annotations

from scenes.vanishing.stage import DeepStage

FADED = 1e-2  # a first layer with less than this share of the last one's gradient is said to fade
GROWN = 1e2  # and with more than this share, to grow
FLAT = 0.9  # a loss that keeps more than this share is said to stay flat


def passing(stage: DeepStage) -> str:
    """How the gradient passes back through the compared nets, by what was measured.

    "" when the weakest fades; "underflow", "zeros" or "nothing" when none of it is left in the first layer: too
    small for float32, no weights to pass it on, or no slope; "grows" when the strongest swells; else "mild".
    """
    weak, strong = stage.weak, stage.strong
    if stage.array(stage.of(weak, "delta_norm"))[0] == 0:
        if stage.item(stage.of(weak, "underflown")) > 0:
            return "underflow"
        return "zeros" if stage.array(stage.of(weak, "initialisation")) == "zeros" else "nothing"
    if stage.item(stage.of(weak, "ratio")) < FADED:
        return ""
    return "grows" if stage.item(stage.of(strong, "ratio")) > GROWN else "mild"


def fate(stage: DeepStage, run: int) -> str:
    """What became of a run's loss: "diverged", "flat" or "falls"."""
    if stage.diverged(run):
        return "diverged"
    last, first = stage.item(stage.of(run, "loss_last")), stage.array(stage.of(run, "loss"))[0]
    return "flat" if last > FLAT * first else "falls"


def loss_told(stage: DeepStage, run: int) -> str:
    """A sentence on what became of a run's loss."""
    who, how = stage.activation(run), fate(stage, run)
    if how == "diverged":
        return stage.label("says_diverged", who=who, step=stage.diverged_step(run))
    return stage.label(f"says_{how}", who=who)


def cured(stage: DeepStage, run: int, before: int, key: str) -> str:
    """What came of a cure: the label `key` (or `key`_same, where it changed no score), or the step it diverged at."""
    if stage.diverged(run):
        return stage.label("cure_diverged", step=stage.diverged_step(run))
    scores = [stage.item(stage.of(one, "test_accuracy")) for one in (run, before)]
    same = scores[0] == scores[1] and not stage.diverged(before)
    return stage.label(f"{key}_same" if same else key, accuracy=stage.percent(run))


def moved_told(stage: DeepStage, run: int, who: str) -> tuple[str, str]:
    """Sentences on how far a run's first layer moved, and on what became of its loss then."""
    if stage.diverged(run):
        return stage.label("says_diverged", who=who, step=stage.diverged_step(run)), stage.label(
            "diverged_end"
        )
    series, key = stage.of(run, "moved"), "moved_first" if run == stage.weak else "moved_cured"
    key = key if stage.array(series)[0] > 0 else "moved_none"
    form = stage.form_of("moved", 0, runs=[stage.weak, stage.item("cured")])
    moved = stage.number(series, 0, form=form)
    moves, first, how = stage.array(series), fate(stage, stage.weak), fate(stage, run)
    end = f"end_{how}" if run == stage.weak else f"then_{how}" + "_too" * (first == how)
    if end == "end_flat" and moves[0] > FADED * moves[-1]:
        end = "then_flat"  # for some other reason
    return stage.label(key, who=who, moved=moved), stage.label(end)
