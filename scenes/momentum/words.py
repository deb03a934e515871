"""What may be said of a run on a loss surface: no zig-zag where nothing flips, no arrival where nothing arrives."""

from __future__ import annotations

import numpy as np

from scenes.parts.charts import outcome as outcomes
from scenes.parts.charts.outcome import arrived
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

OFTEN = 3  # so many changes of sign are called a zig-zag
FEW_STEPS = 2  # a run that leaves before so many steps shows no pattern


def outcome(film: Stage, name: str, kind: str) -> Shown:
    """What came of a run, `kind` short or say; last losses can be compared with those of all runs."""
    return outcomes.outcome(film, name, kind, (*map(str, film.array("optimisers")), "smaller"))


def still(film: Stage) -> bool:
    """Whether there is no slope at the start, so that nothing moves."""
    return not film.array("sgd/gradient")[0].any()


def motionless(film: Stage) -> bool:
    """Whether no optimiser leaves the start."""
    return all(outcomes.rests(film, name) for name in film.array("optimisers"))


def flips(film: Stage, name: str) -> dict[str, str]:
    """The axis along which the gradient changes its sign most often, how often, and in how many steps."""
    axis = int(np.argmax(film.array(f"{name}/flips")))
    within, count = film.integer(f"{name}/flips_within"), film.integer(f"{name}/flips", axis)
    return {"axis": "xy"[axis], "within": within, "flips": count}


def zigzag(film: Stage) -> str:
    """Plain SGD's variant: "" for a zig-zag, `once`, `smooth`, `short` or `still`."""
    if still(film):
        return "still"
    if film.item("sgd/flips_within") < FEW_STEPS:
        return "short"
    return {0: "smooth", 1: "once"}.get(int(film.array("sgd/flips").max()), "")


def at_smaller_rate(film: Stage) -> dict[str, str]:
    """What the smaller rate does to the zig-zag, what came of it beside SGD's own, and the best rate of all."""
    if film.array("smaller/flips").any():
        changes = film.label("some_flips", **flips(film, "smaller"))
    else:
        changes = film.label("no_flips" if zigzag(film) else "no_zigzag")
    later = film.item("smaller/reached") > film.item("sgd/reached")
    if later and arrived(film, "smaller", "sgd"):
        ends = film.label("slower", step=film.integer("smaller/reached"))
    else:
        ends = outcome(film, "smaller", "say")
    tried = {"count": film.integer("rates/count"), "steps": fewest_steps(film)}
    best = film.label("tried_best" if tried["steps"] else "tried_none", **tried)
    return {"changes": changes, "outcome": ends, "tried": best}


def fewest_steps(film: Stage) -> Shown:
    """How many steps plain SGD takes at the best of its rates; "" where it arrives at none."""
    best = film.item("rates/best")
    return film.integer("rates/reached", best) if best >= 0 else film.join()


def answers(film: Stage) -> dict[str, str]:
    """What plain SGD takes at the best of its rates, and what momentum takes."""
    fewest = fewest_steps(film)
    if fewest and arrived(film, "momentum"):
        faster = film.item("momentum/reached") < film.array("rates/reached")[film.item("rates/best")]
        steps = film.integer("momentum/reached")
        carried = film.label("carried_faster" if faster else "carried_slower", steps=steps)
    else:
        both = {name: outcome(film, name, "short") for name in ("sgd", "momentum")}
        carried = film.label("result_mixed", **both)
    return {"plain": film.label("plain_best" if fewest else "plain_none", steps=fewest), "carried": carried}


def same_rate(film: Stage) -> str:
    """Whether only momentum was added to plain SGD."""
    if film.item("momentum/lr") == film.item("sgd/lr"):
        return film.label("same_rate")
    return film.label("other_rate", lr=film.number("momentum/lr"))


def gathering(film: Stage) -> str:
    """Momentum's variant: "" where one slope keeps flipping and the other agrees, or what else there is."""
    if still(film):
        return "still"
    if film.item("momentum/flips_within") < FEW_STEPS:
        return "short"
    fewest, most = sorted(map(int, film.array("momentum/flips")))
    if most == 0:
        return "agree"
    if fewest > 0:
        return "swing"
    return "" if most >= OFTEN else "turn"


def over_the_bump(film: Stage) -> str:
    """The shallow minimum's variant: "" when momentum gets over the bump, `returns`, or `both_stay`."""
    flags = film.trace.flags
    if flags["bump/momentum/escapes"]:
        return ""
    return "returns" if flags["bump/momentum/passes"] else "both_stay"


def rates(film: Stage) -> str:
    """Whether every optimiser had the same learning rate."""
    used = {film.item(f"{name}/lr") for name in film.array("optimisers")}
    return film.label("rates_same" if len(used) == 1 else "rates_differ")
