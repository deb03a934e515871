"""The series of recorder momentum."""

from engine.declared.rule import Declaration, Each, row
from engine.formula.declared import operations_fit
from engine.formula.grammar import LENGTH_MAX
from engine.trace import Trace

SURFACES = ("ravine", "rosenbrock", "beale", "himmelblau", "saddle", "bump")
# Each optimiser and what torch keeps for it.
STATES = {
    "sgd": (),
    "momentum": ("momentum_buffer",),
    "nesterov": ("momentum_buffer",),
    "adagrad": ("sum",),
    "rmsprop": ("square_avg",),
    "adam": ("exp_avg", "exp_avg_sq"),
    "adamw": ("exp_avg", "exp_avg_sq"),
}
# What the first update of each is made of, besides the update itself.
FIRST_PARTS = {
    "nesterov": ("gradient", "carried"),
    "adagrad": ("gradient", "root"),
    "rmsprop": ("gradient", "root"),
    "adam": ("mean", "square", "corrected", "corrected_square"),
    "adamw": ("corrected", "root", "decay"),
}
EXTRA = ("smaller", "plain", "heavy")  # runs besides those of `optimisers`
OPTIMISER = Each("o", of="optimisers")
UPDATES_MAX = 2000
GRID = (161, 121)  # points of the map along x and y
PROFILE_POINTS = 241
LEVELS_MAX, MINIMA_MAX, TICKS_MAX, RATES_MAX = 14, 8, 20, 16


def paced(trace: Trace) -> bool:
    """Whether Adagrad and RMSprop both run, and there is a slope at the start."""
    runs = trace.series["optimisers"].values.tolist()
    return {"adagrad", "rmsprop"} <= set(runs) and bool(trace.series["rmsprop/gradient"].values[0].any())


ROWS = (
    row("surface/name", "text", choices=(*SURFACES, "own")),
    row("surface/formula", "text", longest=LENGTH_MAX),
    row("surface/node_value", "float", "node"),
    row("surface/x", "float", f"x={GRID[0]}", rising=True),
    row("surface/y", "float", f"y={GRID[1]}", rising=True),
    row("surface/z", "float", f"y={GRID[1]}, x={GRID[0]}"),
    row("surface/defined", "bool", f"y={GRID[1]}, x={GRID[0]}"),
    row("surface/levels", "float", "level", shortest=0, most=LEVELS_MAX, rising=True),
    row("surface/minima", "float", "minimum, axis=2", shortest=0, most=MINIMA_MAX),
    row("start", "float", "axis=2"),
    row("optimisers", "text", "optimiser=runs", choices=tuple(STATES)),
    row("momentum", "float", low=0, high=1),
    row("momentum/limit", "float", low=1),
    row("tolerance", "float", low=0),
    row("steps", "int", low=10, high=UPDATES_MAX),
    row("floor", "float"),
    row("{o}/position {o}/gradient", "float", "step=u_{o}+1, axis=2", each=OPTIMISER),
    row("{o}/loss {o}/gap", "float", "step=u_{o}+1", each=OPTIMISER),
    *(
        one
        for name in EXTRA
        for one in (
            row(f"{name}/position", "float", f"step=u_{name}+1, axis=2"),
            row(f"{name}/loss", "float", f"step=u_{name}+1"),
            row(f"{name}/lr", "float", low=0),
            row(f"{name}/updates", "int", high=UPDATES_MAX, equals=f"u_{name}"),
            row(f"{name}/reached {name}/diverged_at", "int", low=-1, high=UPDATES_MAX),
        )
    ),
    row("plain/gap", "float", "step=u_plain+1"),
    row("heavy/beta alpha beta1 beta2", "float", low=0, high=1),
    row("weight_decay", "float", low=0),
    row("rates/lr", "float", "rate=rates", most=RATES_MAX, low=0, rising=True),
    row("rates/reached", "int", "rate=rates", low=-1, high=UPDATES_MAX),
    row("rates/best", "int", low=-1, high=RATES_MAX),
    row("rates/count", "int", equals="rates"),
    row("rates/updates", "int", high=UPDATES_MAX),
    row("axis/rate", "float", "tick=ticks_rate", shortest=0, most=TICKS_MAX, low=0),
    row("axis/rate_reached", "float", "tick=ticks_rate_reached", shortest=0, most=TICKS_MAX, low=0),
    row("betas/beta", "float", "beta=betas", most=RATES_MAX, low=0, high=1, rising=True),
    row("betas/reached", "int", "beta=betas", low=-1, high=UPDATES_MAX),
    row("betas/best", "int", low=-1, high=RATES_MAX),
    row("betas/count", "int", equals="betas"),
    row("axis/beta", "float", "tick=ticks_beta", shortest=0, most=TICKS_MAX, low=0),
    row("axis/beta_reached", "float", "tick=ticks_beta_reached", shortest=0, most=TICKS_MAX, low=0),
    *(
        row(
            f"{name}/first",
            "float",
            f"part=parts_{name}, axis=2",
            shortest=0,
            most=len(FIRST_PARTS[name]) + 1,
            when=lambda trace, name=name: name in trace.series["optimisers"].values.tolist(),
        )
        for name in FIRST_PARTS
    ),
    row(
        "rmsprop/shown",
        "int",
        "place=squares",
        most=3,
        high=UPDATES_MAX,
        rising=True,
        when=lambda trace: "rmsprop" in trace.series["optimisers"].values.tolist(),
    ),
    row(
        "rmsprop/sum",
        "float",
        "place=squares, axis=2",
        low=0,
        when=lambda trace: "rmsprop" in trace.series["optimisers"].values.tolist(),
    ),
    row(
        "adagrad/pace rmsprop/pace", "float", "place=squares, axis=2", low=0, when=lambda trace: paced(trace)
    ),
    row("curvature/ratio curvature/limit", "float", low=0),
    row("curvature/steep", "int", low=-1, high=1),
    row("limit/position", "float", "step=bounces, axis=2", shortest=0, most=UPDATES_MAX),
    row("momentum/agree momentum/oppose", "int", "place=2", low=-1, high=UPDATES_MAX),
    row("{o}/lr", "float", low=0, each=OPTIMISER),
    row("{o}/turns", "int", "axis=2", high=UPDATES_MAX, each=OPTIMISER),
    row("{o}/updates", "int", high=UPDATES_MAX, equals="u_{o}", each=OPTIMISER),
    row("{o}/reached {o}/diverged_at", "int", low=-1, high=UPDATES_MAX, each=OPTIMISER),
    *(
        row(
            f"{name}/state/{state}",
            "float",
            f"update=v_{name}, axis=2",
            when=lambda trace, name=name: name in trace.series["optimisers"].values.tolist(),
        )
        for name, states in STATES.items()
        for state in states
    ),
    row("momentum/downhill momentum/kept momentum/move", "float", "update=v_momentum, axis=2"),
    row("step", "int", "step=longest", high=UPDATES_MAX, rising=True),
    row("axis/x", "float", "tick=ticks_x", shortest=0, most=TICKS_MAX),
    row("axis/y", "float", "tick=ticks_y", shortest=0, most=TICKS_MAX),
    row("axis/step", "float", "tick=ticks_step", shortest=0, most=TICKS_MAX),
    row("axis/loss", "float", "tick=ticks_loss", most=TICKS_MAX),
    row("axis/gap", "float", "tick=ticks_gap", most=TICKS_MAX, low=1e-308),
    row("momentum/apart", "int", high=UPDATES_MAX),
    row("axis/move_x", "float", "tick=ticks_move_x", shortest=0, most=TICKS_MAX, rising=True),
    row("axis/move_y", "float", "tick=ticks_move_y", shortest=0, most=TICKS_MAX, rising=True),
    row("sgd/flips smaller/flips momentum/flips", "int", "axis=2", high=UPDATES_MAX),
    row("sgd/flips_within smaller/flips_within momentum/flips_within", "int", high=UPDATES_MAX),
    row("bump/x", "float", f"point={PROFILE_POINTS}", rising=True),
    row("bump/profile", "float", f"point={PROFILE_POINTS}"),
    row("bump/lr", "float", low=0),
    row("bump/too_little", "float", low=-1, high=1),
    row("axis/bump_x", "float", "tick=ticks_bump_x", shortest=0, most=TICKS_MAX),
    row("axis/bump_y", "float", "tick=ticks_bump_y", shortest=0, most=TICKS_MAX),
    row("bump/top", "float"),
    row("bump/downhill bump/kept", "float"),
    row("bump/uphill", "int", low=-1, high=UPDATES_MAX),
    *(
        one
        for name in ("sgd", "momentum", "less")
        for one in (
            row(f"bump/{name}/position", "float", f"step=b_{name}, axis=2"),
            row(f"bump/{name}/loss", "float", f"step=b_{name}"),
            row(f"bump/{name}/end", "float"),
        )
    ),
)
FLAGS = {
    "{o}/diverged": bool,
    "{o}/undefined": bool,
    "{o}/carried_past": bool,
    **{f"{name}/{what}": bool for name in EXTRA for what in ("diverged", "undefined")},
    "sgd/always_flips": bool,
    "heavy/overshoots": bool,
    "heavy/usual": bool,
    "rmsprop/beside": bool,
    "floor_known": bool,
    "falling": bool,
    **{f"bump/{name}/{what}": bool for name in ("sgd", "momentum") for what in ("escapes", "passes")},
}


def runs_fit(trace: Trace) -> str | None:
    """SGD and momentum come first, every other optimiser once; the steps are those of the longest run."""
    names = trace.series["optimisers"].values.tolist()
    if names[:2] != ["sgd", "momentum"] or len(set(names)) != len(names):
        return "its optimisers are not sgd, momentum and others, each once"
    longest = max(int(trace.series[f"{name}/updates"].values) for name in names)
    counted = trace.series["step"].values.tolist()
    if counted != list(range(len(counted))) or len(counted) <= max(longest, 1):
        return "step does not count the updates of its longest run"
    return None


def places_fit(trace: Trace) -> str | None:
    """What names a step of a run names one that there is; all runs begin at one place of the map."""
    start = trace.series["start"].values.tolist()
    for axis, place in zip("xy", start, strict=True):
        low, high = trace.series[f"surface/{axis}"].values[[0, -1]].tolist()
        if not low <= place <= high:
            return "start is not on its map"
    runs = [*trace.series["optimisers"].values.tolist(), *EXTRA]
    for name in runs:
        if trace.series[f"{name}/position"].values[0].tolist() != start:
            return f"{name}/position does not begin at start"
    for name in runs:
        updates = int(trace.series[f"{name}/updates"].values)
        for what, last in (("reached", updates), ("diverged_at", updates + 1)):
            if int(trace.series[f"{name}/{what}"].values) > last:
                return f"{name}/{what} is after the end of the run"
        for state in STATES.get(name, ()):  # the update that left the surface has a state and no loss
            if not updates <= len(trace.series[f"{name}/state/{state}"].values) <= updates + 1:
                return f"{name}/state/{state} has another length than the run"
    return None


def rates_fit(trace: Trace) -> str | None:
    """What plain SGD and momentum ran at is among what was tried, and the best is the first to arrive soonest."""
    tried = trace.series["rates/lr"].values.tolist()
    if any(float(trace.series[f"{name}/lr"].values) not in tried for name in ("sgd", "smaller", "plain")):
        return "rates/lr lacks a rate that plain SGD ran at"
    tried = trace.series["betas/beta"].values.tolist()
    if any(float(trace.series[name].values) not in tried for name in ("momentum", "heavy/beta")):
        return "betas/beta lacks one that momentum ran with"
    for key in ("rate", "beta"):
        reached = trace.series[f"{key}s/reached"].values
        arrived = reached[reached >= 0].tolist()
        best = int(trace.series[f"{key}s/best"].values)
        if best != (reached.tolist().index(min(arrived)) if arrived else -1):
            return f"{key}s/best is not the {key} that arrives first"
    return None


def bounce_fits(trace: Trace) -> str | None:
    """Where there is a rate from which steps no longer shrink, there is a run at it, from the start."""
    limit, places = float(trace.series["curvature/limit"].values), trace.series["limit/position"].values
    begins = len(places) > 0 and places[0].tolist() == trace.series["start"].values.tolist()
    return None if begins == (limit > 0) else "limit/position is no run from start at curvature/limit"


def apart_fits(trace: Trace) -> str | None:
    """The updates that are taken apart are some of their runs."""
    if int(trace.series["momentum/apart"].values) > max(int(trace.series["momentum/updates"].values) - 1, 0):
        return "momentum/apart is no update of its run"
    if int(trace.series["bump/uphill"].values) >= len(trace.series["bump/momentum/position"].values):
        return "bump/uphill is no update of its run"
    updates = len(trace.series["momentum/move"].values)
    for name in ("momentum/agree", "momentum/oppose"):
        update, axis = trace.series[name].values.tolist()
        if not (update == axis == -1 or (0 <= update < updates and axis in (0, 1))):
            return f"{name} is no update of its run"
    return None


def parts_fit(trace: Trace) -> str | None:
    """The first update of each optimiser has all of its parts, or none where it left the surface."""
    for name, parts in FIRST_PARTS.items():
        if name in trace.series["optimisers"].values.tolist():
            rows = len(trace.series[f"{name}/first"].values)
            if rows not in (0, len(parts) + 1):
                return f"{name}/first has another number of parts than its rule"
        if name == "rmsprop" and name in trace.series["optimisers"].values.tolist():
            last = trace.series["rmsprop/shown"].values.max(initial=-1)
            if last >= len(trace.series["rmsprop/state/square_avg"].values):
                return "rmsprop/shown is no update of its run"
    return None


def formula_fits(trace: Trace) -> str | None:
    """The nodes are those of one formula, a value for each."""
    problem = operations_fit(trace.nodes)
    if problem is None and len(trace.nodes) != len(trace.series["surface/node_value"].values):
        problem = "its nodes are not those of its series"
    return problem


DECLARED = Declaration(
    ROWS,
    FLAGS,
    (runs_fit, places_fit, rates_fit, bounce_fits, apart_fits, parts_fit, formula_fits),
    flags_each=OPTIMISER,
    nodes=True,
    params={"momentum": "momentum", "steps": "steps", "tolerance": "tolerance"},
)
