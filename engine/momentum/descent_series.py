"""Series of one optimiser's run on a surface, and of a momentum update taken apart."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.momentum.descent import Descent
from engine.momentum.surfaces import SURFACES, Surface
from engine.trace.series import Series

SHARES_SHOWN = 8  # the first steps of momentum that are shown part by part
APART_LATEST = 12  # the update of momentum that is taken apart is one of so many
FLIPS_WITHIN = 20  # steps in which sign changes of the slopes are counted


def floor_of(chosen: Surface, runs: Mapping[str, Descent]) -> tuple[float, bool]:
    """The surface's smallest loss and True, or the smallest one of these runs and False where it is not known."""
    named = SURFACES.get(chosen.name)
    if named is not None and named.minimum is not None:
        return named.minimum, True
    return min(min(run.losses) for run in runs.values()), False


def falling(runs: Mapping[str, Descent], tolerance: float) -> bool:
    """Whether the run that went lowest was still on its way down by more than ``tolerance`` a step at its end."""
    lowest = min(runs.values(), key=lambda run: min(run.losses))
    return len(lowest.losses) < 2 or lowest.losses[-2] - lowest.losses[-1] > tolerance


def run_series(name: str, run: Descent, rate: float, floor: float, tolerance: float) -> dict[str, Series]:
    gap = np.array(run.losses) - floor
    series = {
        "position": Series(run.positions, ("step", "axis"), source="before each update"),
        "gradient": Series(run.gradients, ("step", "axis"), source="autograd at the position"),
        "loss": Series(run.losses, ("step",), source="f at the position"),
        "gap": Series(gap, ("step",), source="loss − floor"),
        "lr": Series(rate),
        "updates": Series(len(run.losses) - 1),
        "reached": Series(
            stays_below(gap, tolerance) if run.diverged is None else -1,
            source="first step from which on gap is below tolerance",
        ),
        "diverged_at": Series(-1 if run.diverged is None else run.diverged),
    }
    for state, rows in run.states.items():
        series[f"state/{state}"] = Series(
            rows, ("update", "axis"), source="torch's optimiser state after the update"
        )
    return {f"{name}/{key}": one for key, one in series.items()}


def stays_below(gap: np.ndarray, tolerance: float) -> int:
    """The first step from which on ``gap`` (step,) is below ``tolerance`` to the end; −1 where its last one is not."""
    above = np.flatnonzero(~(gap < tolerance))
    first = int(above[-1]) + 1 if len(above) else 0
    return first if first < len(gap) else -1


def velocity_series(name: str, run: Descent, beta: float, rate: float) -> dict[str, Series]:
    """Each momentum update taken apart: what the gradient alone would do, and what is kept of the velocity before."""
    velocity = np.array(run.states["momentum_buffer"])
    gradient = np.array(run.gradients)[: len(velocity)]
    carried = np.vstack([np.zeros(2), beta * velocity[:-1]])
    parts = {
        "downhill": (-rate * gradient, "−lr · gradient"),
        "kept": (-rate * carried, "−lr · momentum · momentum_buffer after the update before"),
        "move": (-rate * velocity, "−lr · momentum_buffer after the update"),
    }
    return {
        f"{name}/{key}": Series(rows, ("update", "axis"), source=source)
        for key, (rows, source) in parts.items()
    }


def apart_series(series: Mapping[str, Series], updates: int) -> dict[str, Series]:
    """The early update of momentum in which gradient and carried velocity are seen best apart.

    Better one in which they agree along one axis and not along the other.
    """
    latest = min(APART_LATEST, updates)
    downhill, kept = (series[f"momentum/{key}"].values[:latest] for key in ("downhill", "kept"))
    mixed = (downhill * kept).prod(axis=1) < 0
    apart = int(np.argmax(openness(downhill, kept) + mixed)) if kept.any() else 0
    return {"momentum/apart": Series(apart, source="the update that is taken apart")}


def meeting_series(series: Mapping[str, Series], updates: int) -> dict[str, Series]:
    """Where in momentum's early updates both shares point the same way, and where they are opposed: (update, axis).

    The first along the axis whose slope flips least, the second along the one that flips most, best both in one update;
    or else each where it is found, along the other axis if need be. There the update in which the smaller share is
    largest, better one whose hundredths add up. −1, −1 for none.
    """
    latest = min(SHARES_SHOWN, updates)
    downhill, kept = (series[f"momentum/{key}"].values[:latest] for key in ("downhill", "kept"))
    calm = int(np.argmin(series["momentum/flips"].values))
    clear = {
        (sign, axis): _clearness(downhill[:, axis], kept[:, axis], sign)
        for sign in (1, -1)
        for axis in (0, 1)
    }
    agree, oppose = clear[1, calm], clear[-1, 1 - calm]
    if (together := np.where((agree > 0) & (oppose > 0), agree + oppose, 0.0)).any():
        update = int(np.argmax(together))
        places = [(update, calm), (update, 1 - calm)]
    else:
        places = []
        for axes, sign in (((calm, 1 - calm), 1), ((1 - calm, calm), -1)):
            seen = ((int(np.argmax(clear[sign, axis])), axis) for axis in axes if clear[sign, axis].any())
            places.append(next(seen, (-1, -1)))
    source = "update and axis that are shown"
    return {
        f"momentum/{key}": Series(place, ("place",), source=source)
        for key, place in zip(("agree", "oppose"), places, strict=True)
    }


def _clearness(first: np.ndarray, second: np.ndarray, sign: int) -> np.ndarray:
    """How well it is seen in each update that its shares (update,) have a product of this sign; 0 where they do not."""
    both = sign * first * second > 0
    smaller = np.where(both, np.minimum(np.abs(first), np.abs(second)), 0.0)
    off = np.abs(first.round(2) + second.round(2) - (first + second).round(2))
    seen = both & (off < 0.005) & (smaller >= 0.1)
    return np.asarray(smaller / smaller.max(initial=1e-300) + both + seen)


def first_parts(name: str, run: Descent, values: Mapping[str, Any]) -> Series:
    """What makes up an optimiser's first update, as torch's own state tells it, and the update itself.

    nesterov: ∇f, βv. adagrad, rmsprop: ∇f, √s. adam: m, s, m̂, ŝ. adamw: m̂, √ŝ, λθ. Without rows where that update left
    the surface.
    """
    needed = {"nesterov": ("momentum_buffer",), "adagrad": ("sum",), "rmsprop": ("square_avg",)}
    if len(run.positions) < 2 or not run.states.keys() >= {*needed.get(name, ("exp_avg", "exp_avg_sq"))}:
        return Series(np.zeros((0, 2)), ("part", "axis"))
    state = {key: np.array(rows[0]) for key, rows in run.states.items()}
    place, gradient = np.array(run.positions[0]), np.array(run.gradients[0])
    parts: list[np.ndarray]
    if name == "nesterov":
        parts = [gradient, values["momentum"] * state["momentum_buffer"]]
    elif name in ("adagrad", "rmsprop"):
        parts = [gradient, np.sqrt(state["sum" if name == "adagrad" else "square_avg"])]
    else:
        mean, square = state["exp_avg"], state["exp_avg_sq"]
        whole = square / (1 - values["beta2"])
        corrected = mean / (1 - values["beta1"])
        decay = values["weight_decay"] * place
        parts = [mean, square, corrected, whole] if name == "adam" else [corrected, np.sqrt(whole), decay]
    move = np.array(run.positions[1]) - place
    return Series([*parts, move], ("part", "axis"), source="the first update, by torch's state after it")


def square_places(run: Descent, within: int) -> Series:
    """RMSprop's first update, the one after which its larger mean of squares is at its highest, and the last one.

    within: of its first so many updates.
    """
    places: list[int] = []
    if "square_avg" in run.states:  # the square of its first gradient is finite
        squares = np.array(run.states["square_avg"])[:within]  # (update, axis)
        axis = int(np.argmax(squares.max(axis=0)))
        places = sorted({0, int(np.argmax(squares[:, axis])), len(squares) - 1})
    return Series(
        np.array(places, dtype=np.int64), ("place",), source="updates whose mean of squares is shown"
    )


def square_sums(run: Descent, shown: Series) -> Series:
    """What RMSprop's squared gradients add up to in those updates: the sum that Adagrad would divide by."""
    if not len(shown.values):
        return Series(np.zeros((0, 2)), ("place", "axis"), source="no square is finite")
    sums = np.cumsum(np.array(run.gradients) ** 2, axis=0)[shown.values]  # (place, axis)
    return Series(sums, ("place", "axis"), source="sum of the squared gradients up to that update")


def pace_series(runs: Mapping[str, Descent], rates: Mapping[str, float], shown: Series) -> dict[str, Series]:
    """What Adagrad and RMSprop, each on its own path, multiply the gradient with in those updates: lr / (√s + eps)."""
    return {
        f"{name}/pace": Series(
            rates[name] / (np.sqrt(np.array(runs[name].states[state])[shown.values]) + eps),
            ("place", "axis"),
            source="lr / (√s + eps), s torch's optimiser state after the update",
        )
        for name, state, eps in (("adagrad", "sum", 1e-10), ("rmsprop", "square_avg", 1e-8))
    }


def openness(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """How far from one line pairs of ways (pair, axis) are: 1 for equal ones at a right angle, 0 for nothing."""
    longest = np.maximum(np.linalg.norm(first, axis=1), np.linalg.norm(second, axis=1))
    across = np.abs(first[:, 0] * second[:, 1] - first[:, 1] * second[:, 0])
    return np.asarray(np.divide(across, longest**2, out=np.zeros_like(across), where=longest > 0))


def always_flips(run: Descent) -> bool:
    """Whether the slope along one axis changes its sign at every step of a run."""
    changes = sign_changes(np.array(run.gradients))
    return len(changes) > 0 and bool(changes.all(axis=0).any())


def sign_changes(slopes: np.ndarray) -> np.ndarray:
    """Where slopes (step, axis) have another sign than a step before, (step − 1, axis); a slope of 0 has none."""
    signs = np.sign(slopes)
    return np.asarray(signs[1:] * signs[:-1] < 0)


def flip_series(runs: Mapping[str, Descent]) -> dict[str, Series]:
    """How often the slope along each axis changes its sign in a run's first steps."""
    series = {}
    for name, run in runs.items():
        within = min(FLIPS_WITHIN, len(run.losses) - 1)
        slopes = np.array(run.gradients)[: within + 1]  # (step, axis)
        flips = sign_changes(slopes).sum(axis=0)  # (axis,)
        series[f"{name}/flips"] = Series(flips, ("axis",), source="sign changes of the slope, step to step")
        series[f"{name}/flips_within"] = Series(within, source="steps in which sign changes are counted")
    return series
