"""What else is run from the same start: sweeps of rate and β, and three of those runs step by step."""

from collections.abc import Mapping
from typing import Any

from engine.momentum.descent import Descent, descend, make
from engine.momentum.rates import (
    arrivals,
    betas_around,
    heavy_beta,
    rates_around,
    setting_series,
    updates_for,
)
from engine.momentum.surfaces import Surface
from engine.trace.series import Series

ENOUGH = 1.2  # times as many updates as the fastest plain run needs: so that it is seen to stay


def other_settings(
    chosen: Surface,
    at: tuple[float, float],
    values: Mapping[str, Any],
    used: Mapping[str, float],
    goal: tuple[float, float],
) -> tuple[dict[str, Series], dict[str, tuple[float, Descent]]]:
    """The sweeps, and rate and run of `smaller`, `plain` (the fastest plain run) and `heavy` (momentum of a larger β).

    values: the recorder's hyperparameters; used: every optimiser's rate; goal: the smallest loss, and the tolerance.
    """
    plain, rate, beta = used["sgd"], used["momentum"], values["momentum"]
    steps, longer = values["steps"], updates_for(values["steps"])
    slow, heavy = plain * values["smaller"], heavy_beta(beta)
    tried, betas = rates_around(plain, slow), betas_around(beta)
    series = setting_series(
        "rate", "lr", tried, arrivals(chosen, at, [(one, 0.0) for one in tried], longer, goal)
    )
    best = series["rates/best"].values.item()
    fastest, needs = (tried[best], series["rates/reached"].values[best]) if best >= 0 else (plain, 0)
    series |= setting_series(
        "beta", "beta", betas, arrivals(chosen, at, [(rate, one) for one in betas], longer, goal)
    )
    series["rates/updates"] = Series(longer, source="updates that a run at another setting may take")
    series["heavy/beta"] = Series(heavy, source="the β of this run")
    enough = min(longer, max(steps, int(ENOUGH * needs) + 1))
    runs = {
        "smaller": (slow, descend(chosen, at, make("sgd", values, slow), longer)),
        "plain": (fastest, descend(chosen, at, make("sgd", values, fastest), enough)),
        "heavy": (rate, descend(chosen, at, make("momentum", {**values, "momentum": heavy}, rate), longer)),
    }
    return series, runs


def is_kept(key: str) -> bool:
    """Whether a series of one of these runs is shown: no gradients and no states, and the gap of `plain` alone."""
    what = key.partition("/")[2]
    return what in ("position", "loss", "lr", "updates", "reached", "diverged_at") or key == "plain/gap"
