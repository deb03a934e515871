"""What may be said of a run of deep nets: no "fades" where nothing fades, no "falls" of a loss that stays flat."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.text.layer_factors import LayerFactors
from scenes.stage.provenance import Shown
from scenes.vanishing.stage import DeepStage

FADED = 1e-2  # a first layer with less than this share of the last one's gradient is said to fade
GROWN = 1e2  # and with more than this share, to grow
FLAT = 0.9  # a loss that keeps more than this share is said to stay flat
SAME = 1e-3  # examples that keep less than this share of their differences are said to look alike
MORE = 10  # times the weakest net's differences: much more
NEAR = 1e-2  # as a share: a loss so near to that of one answer for all is said to lie on it


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


def passed_told(stage: DeepStage, run: int, last: str, first: str) -> Shown:
    """A sentence on what becomes of a run's gradient from the last layer to the first."""
    key = "way_down" if stage.item(stage.of(run, "ratio")) < 1 else "way_up"
    return stage.label(key, who=stage.activation(run), last=last, first=first)


def fate(stage: DeepStage, run: int) -> str:
    """What became of a run's loss: "diverged", "flat" or "falls"."""
    if stage.diverged(run):
        return "diverged"
    last, first = stage.item(stage.of(run, "loss_last")), stage.array(stage.of(run, "loss"))[0]
    return "flat" if last > FLAT * first else "falls"


def loss_told(stage: DeepStage, run: int) -> str:
    """A sentence on what became of a run's loss."""
    return _told(stage, run, f"says_{fate(stage, run)}", stage.activation(run))


def scores_told(stage: DeepStage) -> Shown:
    """A sentence on what the weakest and the strongest net score; on the one that did not diverge, if one did."""
    learnt = [run for run in (stage.weak, stage.strong) if not stage.diverged(run)]
    if len(learnt) == 2:
        one, other = map(stage.percent, learnt)
        return stage.label("says_scores", accuracy=one, other=other)
    run = (learnt or [stage.weak])[0]
    fields = {} if run not in learnt else {"accuracy": stage.percent(run)}
    return _told(stage, run, "says_learnt", stage.activation(run), **fields)


def _told(stage: DeepStage, run: int, key: str, who: str, **fields: str) -> Shown:
    """The label `key`, unless the run diverged, which is said instead."""
    if stage.diverged(run):
        return stage.label("says_diverged", who=who, step=stage.diverged_step(run))
    return stage.label(key, who=who, **fields)


def cured(stage: DeepStage, run: int, before: int, key: str, **fields: str) -> Shown:
    """What came of a change: the label `key` and the accuracy, "even" and "still" where it is that of before."""
    ends = {(stage.diverged(one), stage.item(stage.of(one, "test_accuracy"))) for one in (run, before)}
    same = len(ends) == 1 and not stage.diverged(run)
    if stage.diverged(run):
        come = stage.label("comes_diverged", step=stage.diverged_step(run))
    else:
        come = stage.label("comes_same" if same else "comes", accuracy=stage.percent(run))
    return stage.label(key, come=come, use=stage.label("yet" if same else "so"), **fields)


def factor_told(stage: DeepStage, run: int, factors: LayerFactors) -> Shown:
    """A sentence on what a layer of a run makes of the gradient, or that none is left."""
    key = "says_factor" if stage.item(stage.of(run, "factor")) > 0 else "says_nothing"
    return stage.label(key, factor=factors.factor(run))


def cures_told(stage: DeepStage, runs: Sequence[int], factors: LayerFactors) -> dict[int, Shown]:
    """A sentence for each run of the cures but the first, by what was changed."""
    weak, other, *normed, strong, both = runs
    first = [abs(stage.array(stage.of(run, "first_weight"))).sum() for run in (weak, other)]
    size = "larger" if first[1] > first[0] else "other"
    told = {other: cured(stage, other, weak, f"cure_{size}", init=stage.change(other))}
    for run in normed:
        told[run] = cured(stage, run, weak, "cure_norm", factor=factors.factor(run))
    back = "back" if normed else "strong"  # from the batch norm of the run before
    told[strong] = cured(stage, strong, weak, f"cure_{back}", who=stage.activation(strong))
    init, factor = stage.change(both), factors.factor(both)
    told[both] = cured(stage, both, strong, "cure_both", init=init, factor=factor)
    return told


def alike(stage: DeepStage, run: int) -> bool:
    """Whether the examples hardly differ any more in the last hidden layer of the untrained net."""
    spread = stage.array(stage.of(run, "spread"))
    return bool(spread[-1] <= SAME * spread[0])


def left_over(stage: DeepStage, run: int) -> Shown:
    """How far the examples still differ in the last hidden layer."""
    return stage.number(stage.of(run, "spread"), -1, form=stage.form_of("spread", -1, runs=stage.closing))


def spread_told(stage: DeepStage) -> Shown:
    """A sentence on how far the examples still differ in the weakest net's last hidden layer, and what that means."""
    run = stage.weak
    key = "says_alike" if alike(stage, run) else "says_apart"
    return stage.label(key, who=stage.activation(run), spread=left_over(stage, run))


def left_told(stage: DeepStage) -> Shown:
    """A sentence on how far they differ in the strongest net's, and in the cured one's."""
    least, *others = (stage.array(stage.of(run, "spread"))[-1] for run in stage.ends)
    key = "both_more" if min(others) > MORE * least else "both_left"
    return stage.label(key, who=stage.ends[stage.strong], cure=stage.ends[stage.cured])


def moved_told(stage: DeepStage) -> Shown:
    """A sentence on how large the weakest net's first weights are, and how far its training moved them."""
    sizes = {
        key: stage.number(stage.of(stage.weak, key), 0, form=stage.form_of(key, 0, runs=stage.closing))
        for key in ("weight_size", "moved")
    }
    key = "says_size" if stage.diverged(stage.weak) else "says_moved"
    layer = stage.number("layer", 0, form="d")
    return stage.label(key, layer=layer, size=sizes["weight_size"], moved=sizes["moved"])


def end_told(stage: DeepStage, run: int = 0) -> Shown:
    """A sentence on what became of a run's loss, and why where the pictures show it; of the weakest."""
    run = run or stage.weak
    how = fate(stage, run)
    if how == "flat" and alike(stage, run):
        last, held = stage.item(stage.of(run, "loss_last")), stage.item("training/constant_loss")
        how = _held(stage, run) if abs(last - held) < NEAR * held else "flat"
    first = stage.number("layer", 0, form="d")
    return _told(stage, run, f"end_{how}", stage.closing[run], layer=first)


def _held(stage: DeepStage, run: int) -> str:
    """Why a loss stays where one answer for all has it: W never moved; little gets through both ways; or not said."""
    if stage.array(stage.of(run, "moved"))[0] == 0:
        return "stuck"
    return "held" if stage.item(stage.of(run, "ratio")) < FADED else "stays"


def ends_told(stage: DeepStage) -> Shown:
    """The same of the strongest net, and of the cured one in the same words where both fell."""
    if {fate(stage, run) for run in (stage.strong, stage.cured)} != {"falls"}:
        return end_told(stage, stage.strong)
    who, cure = stage.activation(stage.strong), stage.change(stage.cured)
    return stage.label("both_fall", who=who, cure=cure, layer=stage.number("layer", 0, form="d"))
