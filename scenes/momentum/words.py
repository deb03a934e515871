"""What may be said of a run on a loss surface: no zig-zag where nothing flips, no arrival where nothing arrives."""

from __future__ import annotations

import numpy as np

from scenes.parts.charts import outcome as outcomes
from scenes.parts.charts.outcome import arrived
from scenes.parts.charts.sweep import best_tried
from scenes.parts.text.step_sizes import curving, steeper
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

FEW_STEPS = 2  # a run that leaves before so many steps shows no pattern
GATHERING = ("nesterov", "adam", "adamw")  # gradients
SCALING = ("adagrad", "rmsprop", "adam", "adamw")  # each axis by itself


def outcome(film: Stage, name: str, kind: str) -> Shown:
    """What came of a run, `kind` short or say; last losses can be compared with those of all runs."""
    return outcomes.outcome(film, name, kind, (*map(str, film.array("optimisers")), "smaller", "heavy"))


def still(film: Stage) -> bool:
    """Whether there is no slope at the start, so that nothing moves."""
    return not film.array("sgd/gradient")[0].any()


def flips(film: Stage, name: str) -> dict[str, str]:
    """The axis along which the gradient changes its sign most often, how often, and in how many steps."""
    axis = int(np.argmax(film.array(f"{name}/flips")))
    within, count = film.integer(f"{name}/flips_within"), film.integer(f"{name}/flips", axis)
    return {"axis": "xy"[axis], "within": within, "flips": count}


def zigzag(film: Stage) -> str:
    """Plain descent's variant: "" for a zig-zag, `once`, `smooth`, `short` or `still`."""
    if still(film):
        return "still"
    if film.item("sgd/flips_within") < FEW_STEPS:
        return "short"
    flips = int(film.array("sgd/flips").max())
    always = "each" if film.trace.flags["sgd/always_flips"] else ""
    return {0: "smooth", 1: "once"}.get(flips, always)


def at_smaller_rate(film: Stage) -> dict[str, str]:
    """What the smaller rate does to the zig-zag, what came of it beside the first rate's, and the best rate of all."""
    before = "no_zigzag" if zigzag(film) in ("", "each") else "no_flips"
    some = film.array("smaller/flips").any()
    changes = film.label("some_flips", **flips(film, "smaller")) if some else film.label(before)
    later = film.item("smaller/reached") > film.item("sgd/reached")
    slower = later and arrived(film, "smaller", "sgd")
    step = film.integer("smaller/reached")
    ends = film.label("slower", step=step) if slower else outcome(film, "smaller", "say")
    return {"changes": changes, "outcome": ends, "tried": best_tried(film, "rate", "lr")} | curving(film)


def more_carried(film: Stage) -> Shown:
    """What came of the run with a larger β: whether it went past the minimum before it arrived."""
    beta = film.number("heavy/beta")
    if arrived(film, "heavy") and film.trace.flags["heavy/overshoots"]:
        label = "heavy_usual" if film.trace.flags["heavy/usual"] else "heavy_past"
        return film.label(label, beta=beta, step=film.integer("heavy/reached"))
    return film.label("heavy", beta=beta, outcome=outcome(film, "heavy", "short"))


def answers(film: Stage) -> dict[str, str]:
    """What plain descent takes at the best of its rates, and what momentum takes."""
    told: dict[str, str] = {"plain": best_tried(film, "rate", "lr")}
    if film.item("rates/best") >= 0:
        told["plain"] = film.label("plain_best", steps=film.integer("plain/reached"))
    if film.item("rates/best") >= 0 and arrived(film, "momentum"):
        faster = film.item("momentum/reached") < film.item("plain/reached")
        steps = film.integer("momentum/reached")
        return told | {"carried": film.label("carried_faster" if faster else "carried_slower", steps=steps)}
    return told | {"carried": film.label("carried_open", momentum=outcome(film, "momentum", "short"))}


def on_its_way(film: Stage, name: str) -> Shown:
    """What an optimiser's path does: beside another one, past the minimum, or how often its slope changes its sign."""
    flags, turns = film.trace.flags, film.array(f"{name}/turns")
    if film.item(f"{name}/updates") < FEW_STEPS:
        return film.label("path_short")
    if name == "rmsprop" and flags["rmsprop/beside"]:
        return film.label("path_beside")
    if name in GATHERING and flags[f"{name}/carried_past"] and film.item(f"{name}/reached") >= 0:
        return film.label("path_past")
    if turns.any():
        axis = int(np.argmax(turns))
        label = "path_once" if turns[axis] == 1 else "path_turns"
        return film.label(label, axis="xy"[axis], turns=film.integer(f"{name}/turns", axis))
    if name in SCALING and film.item("curvature/ratio") > 0 and zigzag(film) in ("", "each"):
        return film.label("path_axes")
    return film.label("path_smooth", axis="xy"[steeper(film, name)])


def scaling(film: Stage) -> list[str]:
    """The optimisers that ran and scale each axis; none where nothing moves."""
    return [] if still(film) else [name for name in film.array("optimisers").tolist() if name in SCALING]


def taken_apart(film: Stage) -> tuple[str, dict[str, str]]:
    """The variant of the update that is taken apart, and the axes along which its parts agree and are opposed."""
    k = film.item("momentum/apart")
    if still(film) or not k:
        return ("still" if still(film) else "first"), {}
    signs = np.sign(film.array("momentum/downhill")[k] * film.array("momentum/kept")[k])  # (axis,)
    if not {-1, 1} <= set(signs):
        return "alike", {}
    same = int(np.argmax(signs))
    return "", {"same": "xy"[same], "other": "yx"[same]}


def same_rate(film: Stage) -> str:
    """Whether only momentum was added to plain descent."""
    same = film.item("momentum/lr") == film.item("sgd/lr")
    return film.label("same_rate") if same else film.label("other_rate", lr=film.number("momentum/lr"))


def gathering(film: Stage) -> str:
    """Momentum's variant: "" where its shares once agree and once do not, or which of that there is."""
    if still(film):
        return "still"
    if film.item("momentum/flips_within") < FEW_STEPS:
        return "short"
    agree, oppose = (film.array(f"momentum/{key}")[0] >= 0 for key in ("agree", "oppose"))
    return {(True, True): "", (True, False): "agree", (False, True): "oppose"}.get((agree, oppose), "none")


def over_the_bump(film: Stage) -> str:
    """The shallow minimum's variant: "" when momentum gets over the bump, `returns`, or `both_stay`."""
    over, there = (film.trace.flags[f"bump/momentum/{key}"] for key in ("escapes", "passes"))
    return "" if over else "returns" if there else "both_stay"


def no_promise(film: Stage) -> Shown:
    """That it need not go like this: with which smaller β it does not."""
    beta, some = film.number("bump/too_little"), film.item("bump/too_little") >= 0
    return film.label("too_little", beta=beta) if some else film.label("no_promise")
