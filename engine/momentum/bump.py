"""SGD and momentum along one valley with a shallow minimum before the deep one."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from engine.momentum.descent import Descent, descend, make
from engine.momentum.descent_series import velocity_series
from engine.momentum.rates import BETAS
from engine.momentum.surface_map import round_numbers
from engine.momentum.surfaces import SURFACES, Surface, surface
from engine.trace.series import Series

PROFILE_POINTS = 241
BUMP_STEPS = 120
MARGIN = 0.2  # of the profile, beyond the run that is furthest out


def bump_series(values: Mapping[str, Any]) -> tuple[dict[str, Series], dict[str, bool]]:
    """SGD and momentum along the valley of the surface `bump`, y = 0: who gets over the bump, and stays beyond.

    values: the recorder's hyperparameters.  The profile reaches as far as the runs do.
    """
    import torch

    named, chosen = SURFACES["bump"], surface("bump", "")
    runs = {
        name: descend(chosen, named.start, make(name, values, named.lr), BUMP_STEPS)
        for name in ("sgd", "momentum")
    }
    places = [position[0] for run in runs.values() for position in run.positions]
    right = max(named.view[0][1], *places)
    x = torch.linspace(min(places) - MARGIN, right, PROFILE_POINTS, dtype=torch.float64)
    profile = chosen(x, torch.zeros_like(x))  # (point,)
    between = (x > -3) & (x < 0)
    top = float(x[between][profile[between].argmax()])
    too_little, short = _too_little(chosen, values, top)
    series = {
        "bump/x": Series(x, ("point",)),
        "bump/profile": Series(profile, ("point",), source="f(x, y) at y = 0"),
        "bump/lr": Series(named.lr),
        "axis/bump_x": Series(round_numbers(float(x[0]), right), ("tick",)),
        "axis/bump_y": Series(round_numbers(0.0, float(profile.max()), 4), ("tick",)),
        "bump/too_little": Series(
            too_little, source="the largest β tried below this one that stays before the bump; −1 for none"
        ),
        "bump/top": Series(top, source="where the profile is highest between the two minima"),
    }
    flags = {}
    for name, run in (runs | {"less": short}).items():
        series[f"bump/{name}/position"] = Series(run.positions, ("step", "axis"))
        series[f"bump/{name}/loss"] = Series(run.losses, ("step",))
        series[f"bump/{name}/end"] = Series(run.losses[-1], source="loss after the last update")
        if name not in runs:
            continue
        flags[f"bump/{name}/escapes"] = run.positions[-1][0] > top
        flags[f"bump/{name}/passes"] = max(position[0] for position in run.positions) > top
    parts = velocity_series("along", runs["momentum"], values["momentum"], named.lr)
    downhill, kept, move = (parts[f"along/{key}"].values[:, 0] for key in ("downhill", "kept", "move"))
    uphill = _uphill(downhill, move)
    series |= {
        "bump/uphill": Series(
            uphill, source="momentum's update that climbs most against its gradient; −1 for none"
        ),
        "bump/downhill": Series(downhill[max(uphill, 0)], source="−lr · gradient along x in that update"),
        "bump/kept": Series(kept[max(uphill, 0)], source="−lr · momentum · velocity before it, along x"),
    }
    return series, flags


def _too_little(chosen: Surface, values: Mapping[str, Any], top: float) -> tuple[float, Descent]:
    """The largest β below the run's own that stays before the bump, and its run; −1 and the start for none."""
    named = SURFACES["bump"]
    for beta in sorted((one for one in BETAS if 0 < one < values["momentum"]), reverse=True):
        other = make("momentum", {**values, "momentum": beta}, named.lr)
        run = descend(chosen, named.start, other, BUMP_STEPS)
        if max(position[0] for position in run.positions) <= top:
            return beta, run
    return -1.0, descend(chosen, named.start, make("momentum", values, named.lr), 0)


def _uphill(downhill: np.ndarray, move: np.ndarray) -> int:
    """Before the way first turns: the update that climbs the most against its gradient."""
    turns = np.flatnonzero(move <= 0)
    back = downhill[: int(turns[0]) if len(turns) else len(move)]
    return int(np.argmin(back)) if len(back) and back.min() < 0 else -1
