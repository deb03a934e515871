"""What may be said of a run on a loss surface: no zig-zag where nothing flips, no arrival where nothing arrives."""

from __future__ import annotations

import numpy as np

from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

OFTEN = 3  # so many changes of sign are called a zig-zag
LOSS_CHARS = 10  # the room for a loss
TAKEN_LATEST = 12  # the update that is taken apart is one of so many
FEW_STEPS = 2  # a run that leaves before so many steps shows no pattern


def outcome(film: Stage, name: str, kind: str) -> str:
    """The label `<kind>_…` for what came of a run, filled with its own numbers.

    `undefined` where the surface had no value, `diverged`, `there` where it starts at the bottom, `reached`,
    `lowest` (no known bottom: the lowest loss that any of the runs met), or else `open` with the last loss.
    """
    flags = film.trace.flags
    if flags[f"{name}/diverged"]:
        how = "undefined" if flags[f"{name}/undefined"] else "diverged"
        return film.label(f"{kind}_{how}", step=film.number(f"{name}/diverged_at", form="d"))
    how = arrival(film, name)
    if how == "open":
        last = int(film.trace[f"{name}/updates"].values)
        return film.label(f"{kind}_open", loss=film.number(f"{name}/loss", last, form=last_losses_form(film)))
    return film.label(f"{kind}_{how}", step=film.number(f"{name}/reached", form="d"))


def last_losses_form(film: Stage) -> str:
    """How the last losses of the runs that do not arrive are written, so that they can be compared."""
    open_ = [
        name
        for name in map(str, film.trace["optimisers"].values)
        if not film.trace.flags[f"{name}/diverged"] and arrival(film, name) == "open"
    ]
    losses = [film.trace[f"{name}/loss"].values[int(film.trace[f"{name}/updates"].values)] for name in open_]
    return comparable(losses, form="short", most=LOSS_CHARS)


def arrival(film: Stage, name: str) -> str:
    """How a run that did not diverge ends: `there`, `reached`, `lowest` or `open`."""
    reached, updates = (int(film.trace[f"{name}/{key}"].values) for key in ("reached", "updates"))
    known = bool(film.trace.flags["floor_known"])
    still_falling = not known and reached >= updates - 1
    if reached < 0 or (still_falling and reached > 0):
        return "open"
    if reached == 0:
        return "there" if known or still(film) else "open"
    return "reached" if known else "lowest"


def arrived(film: Stage, *names: str) -> bool:
    """Whether all these runs count as arrived at a known bottom."""
    flags = film.trace.flags
    return all(not flags[f"{name}/diverged"] and arrival(film, name) == "reached" for name in names)


def still(film: Stage) -> bool:
    """Whether there is no slope at the start, so that nothing moves."""
    return not film.trace["sgd/gradient"].values[0].any()


def motionless(film: Stage) -> bool:
    """Whether no optimiser leaves the start."""
    runs = (film.trace[f"{name}/position"].values for name in film.trace["optimisers"].values)
    return all((positions == positions[0]).all() for positions in runs)


def flipping_axis(film: Stage, name: str) -> int:
    """The axis (0 or 1) along which the slope changes its sign most often."""
    return int(np.argmax(film.trace[f"{name}/flips"].values))


def steps_seen(film: Stage, name: str) -> int:
    """In how many steps the sign changes of a run were counted."""
    return int(film.trace[f"{name}/flips_within"].values)


def zigzag(film: Stage) -> str:
    """Plain SGD's variant: "" for a zig-zag, `once`, `smooth`, `short` or `still`."""
    if still(film):
        return "still"
    if steps_seen(film, "sgd") < FEW_STEPS:
        return "short"
    most = int(film.trace["sgd/flips"].values.max())
    return {0: "smooth", 1: "once"}.get(most, "")


def gathering(film: Stage) -> str:
    """Momentum's variant: "" where one slope keeps flipping and the other agrees, or what else there is."""
    if still(film):
        return "still"
    if steps_seen(film, "momentum") < FEW_STEPS:
        return "short"
    fewest, most = sorted(int(count) for count in film.trace["momentum/flips"].values)
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


def taken_apart(film: Stage) -> int:
    """The early update in which gradient and carried velocity differ most in direction, and so are seen best apart.

    Better one in which they agree along one axis and not along the other; 0 where nothing is carried.
    """
    downhill, kept = (film.trace[f"momentum/{key}"].values[:TAKEN_LATEST] for key in ("downhill", "kept"))
    longest = np.maximum(np.linalg.norm(downhill, axis=1), np.linalg.norm(kept, axis=1))
    across = np.abs(downhill[:, 0] * kept[:, 1] - downhill[:, 1] * kept[:, 0])
    open_ = np.divide(across, longest**2, out=np.zeros_like(across), where=longest > 0)
    mixed = (downhill * kept).prod(axis=1) < 0
    return int(np.argmax(np.where(mixed, 1 + open_, open_))) if len(open_) > 1 and kept[1].any() else 0


def rates(film: Stage) -> str:
    """Whether every optimiser had the same learning rate."""
    used = {float(film.trace[f"{name}/lr"].values) for name in film.trace["optimisers"].values}
    return film.label("rates_same" if len(used) == 1 else "rates_differ")
