"""What came of a run that goes down a loss: whether it arrived, when, or what became of it instead.

A run NAME is recorded as `NAME/loss` (step,), `NAME/position` (step, axis), `NAME/updates`, `NAME/diverged_at` and
`NAME/reached`, the step from which on it counts as arrived (−1: never), with flags `NAME/diverged` and
`NAME/undefined`: it ended where the loss has no value. The flag `floor_known` says that the loss's minimum is known.
"""

from __future__ import annotations

from collections.abc import Iterable

from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

LOSS_CHARS = 10  # the room for a loss


def outcome(film: Stage, name: str, kind: str, among: Iterable[str]) -> Shown:
    """The film's label `<kind>_…` for what came of a run, filled with its own numbers.

    `undefined` where there was no value, `diverged`, `there` where it starts at the bottom, `reached`, `lowest` (no
    bottom is known: the lowest loss that any run met), or else `open` with the last loss, told from those `among` runs.
    """
    flags = film.trace.flags
    if flags[f"{name}/diverged"]:
        how = "undefined" if flags[f"{name}/undefined"] else "diverged"
        return film.label(f"{kind}_{how}", step=film.integer(f"{name}/diverged_at"))
    how = arrival(film, name)
    if how != "open":
        return film.label(f"{kind}_{how}", step=film.integer(f"{name}/reached"))
    ends = [
        _last_loss(film, one)
        for one in among
        if not flags[f"{one}/diverged"] and arrival(film, one) == "open"
    ]
    form = comparable(ends, form="short", most=LOSS_CHARS)
    return film.label(
        f"{kind}_open", loss=film.number(f"{name}/loss", film.item(f"{name}/updates"), form=form)
    )


def goal(film: Stage) -> tuple[Shown, Shown]:
    """What counts as arrived, as a sentence and in short, from `tolerance` and `floor`: labels `goal…`, `arrival…`.

    Of the loss itself, or of how far it is above the bottom, or above the lowest loss seen; nothing where the runs are
    still falling at their ends (flag `falling`).
    """
    if film.trace.flags["falling"]:
        return film.label("goal_none"), film.label("arrival_none")
    exact, known, within = film.item("floor") == 0, film.trace.flags["floor_known"], film.number("tolerance")
    say = film.label("goal" if exact else "goal_bottom" if known else "goal_above", tolerance=within)
    return say, film.label("arrival" if exact else "arrival_above", tolerance=within)


def arrival(film: Stage, name: str) -> str:
    """How a run that did not diverge ends: `there`, `reached`, `lowest` or `open`."""
    reached, updates = film.item(f"{name}/reached"), film.item(f"{name}/updates")
    known = film.trace.flags["floor_known"]
    still_falling = not known and reached >= updates - 1
    if reached < 0 or (still_falling and reached > 0):
        return "open"
    if reached == 0:
        return "there" if known or rests(film, name) else "open"
    return "reached" if known else "lowest"


def arrived(film: Stage, *names: str) -> bool:
    """Whether all these runs count as arrived at a known bottom."""
    flags = film.trace.flags
    return all(not flags[f"{name}/diverged"] and arrival(film, name) == "reached" for name in names)


def rests(film: Stage, name: str) -> bool:
    """Whether a run never leaves its start."""
    places = film.array(f"{name}/position")
    return bool((places == places[0]).all())


def _last_loss(film: Stage, name: str) -> float:
    return float(film.array(f"{name}/loss")[film.item(f"{name}/updates")])
