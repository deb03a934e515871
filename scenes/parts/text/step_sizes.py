"""What may be said of the step sizes of methods that divide by the root of gathered squares, and of their axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.stage.comparing import in_column
from scenes.stage.stage import Stage

FORERUNNER = "adagrad"  # whose sum a running mean takes the place of


def by_rate(film: Stage, name: str, axes: Sequence[int] = (0, 1)) -> bool:
    """Whether the first step of a method, the last row of `NAME/first`, is its rate along each of these axes."""
    first = film.array(f"{name}/first")
    return len(first) > 0 and bool(np.allclose(np.abs(first[-1, list(axes)]), film.item(f"{name}/lr")))


def steeper(film: Stage, name: str) -> int:
    """The axis along which a run's gradient is larger at the start."""
    return int(np.argmax(np.abs(film.array(f"{name}/gradient")[0])))


def forgetting(film: Stage, name: str) -> tuple[str, dict[str, str]]:
    """A running mean's variant, and what it tells along the steeper axis after the updates `NAME/shown`.

    "" where η/√s recovers (`NAME/pace`) and the forerunner's falls, on nearly the same path; `apart` where it recovers
    on another one; `alone` where no pace is recorded and the mean itself falls; else `plain`.
    """
    axis = steeper(film, name)
    *_, high, last = (0, *map(int, film.array(f"{name}/shown")))
    squares = film.array(f"{name}/state/square_avg")[:, axis]
    falls = squares[last] < squares[high]
    told = {"axis": "xy"[axis], "low": film.number(f"{name}/state/square_avg", last, axis, form="short")}
    paced = f"{name}/pace" in film.trace.series
    if paced:
        told["pace"] = film.number(
            f"{name}/pace", len(film.array(f"{name}/pace")) - 1, axis, form=pace_form(film, name)
        )
        paces = film.array(f"{FORERUNNER}/pace")[:, axis]
        if falls and film.trace.flags[f"{name}/beside"] and paces[-1] < paces[0]:
            return "", told
    return ("plain" if not falls else "apart" if paced else "alone"), told


def pace_form(film: Stage, name: str) -> str:
    """The form in which the paces of a method and of its forerunner stand side by side: told apart in the latter."""
    return in_column(film.array(f"{FORERUNNER}/pace")[:, steeper(film, name)])


def curving(film: Stage) -> dict[str, str]:
    """How many times as much a surface curves along one axis as along the other: `curvature/ratio`, `…/steep`;
    and the rate from which steps along that axis no longer shrink: `…/limit`.
    """
    steep = max(film.item("curvature/steep"), 0)
    ratio = film.number("curvature/ratio", form="short")
    limit = film.number("curvature/limit", form="short")
    return {"ratio": ratio, "steep": "xy"[steep], "calm": "yx"[steep], "limit": limit}
