"""The series of recorder vanishing."""

from engine.data.given import data_fits
from engine.declared.rule import Declaration, Each, row
from engine.trace import Trace
from engine.trace.scales import decades

ACTIVATIONS = ("sigmoid", "tanh", "relu", "leaky_relu", "elu", "gelu")
INITIALISATIONS = ("xavier", "he", "lecun", "normal", "zeros")
RUNS = Each("k", last="runs")
LARGEST = 3.5e38  # of float32
LOSS_MAX = 1.8e308
CURVE_POINTS, QUANTILES = 241, 60
Design = tuple[str, str, bool]  # activation, initialisation, batch norm

ROWS = (
    row("data/name", "text"),
    row("data/train_count data/test_count", "int", low=1),
    row("widths", "int", "layer=L+1", low=1, high=1000, equals="w{i}"),
    row("depth", "int", low=2, high=50, equals="L-1"),
    row("width", "int", equals="w1"),
    row("layer", "int", "layer=L", low=1, high=51, rising=True),
    row("place", "int", "place=L", high=50, rising=True),
    row("parameters/total", "int", low=1),
    row("training/steps", "int", low=1, high=2000),
    row("training/learning_rate", "float", low=0),
    row("training/constant_accuracy", "float", low=0, high=1),
    row("training/constant_loss", "float", low=0, high=100),
    row("run{k}/activation", "text", choices=ACTIVATIONS, each=RUNS),
    row("run{k}/initialisation", "text", choices=INITIALISATIONS, each=RUNS),
    row("run{k}/batch_norm run{k}/diverged run{k}/ratio_defined", "bool", each=RUNS),
    row("run{k}/curve_x", "float", f"point={CURVE_POINTS}", rising=True, each=RUNS),
    row("run{k}/curve_value", "float", f"point={CURVE_POINTS}", low=-100, high=100, each=RUNS),
    row("run{k}/steepest", "int", low=0, high=CURVE_POINTS - 1, each=RUNS),
    row("run{k}/curve_slope", "float", f"point={CURVE_POINTS}", low=-10, high=10, each=RUNS),
    row("run{k}/slope_min run{k}/slope_max run{k}/slope_mean_all", "float", low=-10, high=10, each=RUNS),
    row("run{k}/gradient_norm run{k}/delta_norm", "float", "layer=L", low=0, high=LARGEST, each=RUNS),
    row("run{k}/arrived_norm", "float", "hidden=L-1", low=0, high=LARGEST, each=RUNS),
    row("run{k}/weight_size", "float", "layer=L", low=0, high=LARGEST, each=RUNS),
    row("run{k}/ideal run{k}/ideal_norm", "float", "layer=L", low=0, each=RUNS),
    row("run{k}/activation_mean", "float", "hidden=L-1", low=-LARGEST, high=LARGEST, each=RUNS),
    row("run{k}/activation_std", "float", "hidden=L-1", low=0, high=LARGEST, each=RUNS),
    row("run{k}/slope_mean", "float", "hidden=L-1", low=-10, high=10, each=RUNS),
    row("run{k}/slope_rms run{k}/rest run{k}/stretch", "float", low=0, each=RUNS),
    row("run{k}/steep_share", "float", low=0, high=1, each=RUNS),
    row("run{k}/test_right", "int", low=0, each=RUNS),
    row("run{k}/first_weight", "float", "rank=ranks", low=-LARGEST, high=LARGEST, each=RUNS),
    row("run{k}/underflown", "int", high=51, each=RUNS),
    row("run{k}/z_quantile", "float", f"quantile={QUANTILES}", low=-LARGEST, high=LARGEST, each=RUNS),
    row("run{k}/slope_quantile", "float", f"quantile={QUANTILES}", low=-10, high=10, each=RUNS),
    row("run{k}/loss", "float", "step=s{k}", low=0, high=LOSS_MAX, each=RUNS),
    row("run{k}/loss_before run{k}/loss_last", "float", low=0, high=LOSS_MAX, each=RUNS),
    row("run{k}/diverged_step", "int", low=-1, high=2000, each=RUNS),
    row("run{k}/train_accuracy run{k}/test_accuracy", "float", low=0, high=1, each=RUNS),
    row("run{k}/ideal_ratio run{k}/ratio run{k}/factor", "float", low=0, each=RUNS),
    row("run{k}/spread", "float", "place=L", low=0, high=LOSS_MAX, each=RUNS),
    row("run{k}/moved", "float", "layer=L", low=0, high=LOSS_MAX, each=RUNS),
    row("nets", "int", low=2, high=len(ACTIVATIONS)),
    row("weakest strongest cured", "int", low=1, below="runs+1"),
    row("cures", "int", "cure", low=1, below="runs+1"),
    row("scale/decades", "float", "tick=norms", low=1e-308, rising=True),
    row("scale/moved", "float", "tick=moves", low=1e-308, high=LOSS_MAX, rising=True),
    row("scale/spread", "float", "tick=spreads", low=1e-308, high=LOSS_MAX, rising=True),
    row("scale/smallest", "float", low=1e-39, high=1e-37),
    row("scale/loss", "float", "tick=2", low=0, high=LOSS_MAX, rising=True),
    row("scale/loss_decades", "float", "tick=losses", low=1e-308, high=LOSS_MAX, rising=True),
    row("scale/step", "int", "tick=2", rising=True),
)


def runs_fit(trace: Trace) -> str | None:
    """The weakest and the strongest are two of the compared nets, and every run is compared or a cure."""
    nets, weakest, strongest = (int(trace.series[one].values) for one in ("nets", "weakest", "strongest"))
    cures = trace.series["cures"].values.tolist()
    runs = sum(name.endswith("/gradient_norm") for name in trace.series)
    if weakest == strongest or max(weakest, strongest) > nets or nets > runs:
        return "its weakest and strongest nets are not two of the compared ones"
    if len(set(cures)) != len(cures) or not cures or {*range(1, nets + 1), *cures} != set(range(1, runs + 1)):
        return "its runs are not the compared nets and the cures"
    return None


def designs_fit(trace: Trace) -> str | None:
    """The nets have the activations that were asked for, and each cure changes what its place says."""
    wanted = trace.params["resolved"]
    runs = sum(name.endswith("/gradient_norm") for name in trace.series)
    designs: list[Design] = [_design(trace, k) for k in range(1, runs + 1)]
    names = [name.strip().lower() for name in wanted["activations"].split(",") if name.strip()]
    nets = [(name, wanted["initialisation"], wanted["batch_norm"]) for name in names]
    if len(nets) != trace.series["nets"].item() or designs[: len(nets)] != nets:
        return "its nets are not those of its parameters"
    weak, strong = (designs[int(trace.series[one].item()) - 1] for one in ("weakest", "strongest"))
    other = "xavier" if weak[1] == "he" else "he"
    cures = [
        weak,
        (weak[0], other, weak[2]),
        (weak[0], weak[1], True),
        strong,
        (strong[0], other, strong[2]),
    ]
    cured = designs[trace.series["cured"].item() - 1]
    if cured == weak or cured[0] != weak[0]:
        return "what it calls cured is no cure of its weakest net"
    if [designs[k - 1] for k in trace.series["cures"].values.tolist()] != list(dict.fromkeys(cures)):
        return "its cures are not those of its weakest and strongest nets"
    return None


def _design(trace: Trace, run: int) -> Design:
    activation, first, norm = (
        trace.series[f"run{run}/{one}"].item() for one in ("activation", "initialisation", "batch_norm")
    )
    return str(activation), str(first), bool(norm)


PARAMS = {
    "depth": "depth",
    "width": "width",
    "steps": "training/steps",
    "learning_rate": "training/learning_rate",
}


def scales_fit(trace: Trace) -> str | None:
    """The round numbers are those around what was measured."""
    runs = sum(name.endswith("/gradient_norm") for name in trace.series)
    weakest = int(trace.series["weakest"].values)
    shown = [f"run{k}/delta_norm" for k in range(1, runs + 1)]
    shown += [] if trace.params["resolved"]["batch_norm"] else [f"run{weakest}/ideal_norm"]
    norms = [norm for name in shown for norm in trace.series[name].values.tolist()]
    if trace.series["scale/decades"].values.tolist() != decades(norms):
        return "scale/decades are not the powers of ten around its norms"
    moves = [move for k in range(1, runs + 1) for move in trace.series[f"run{k}/moved"].values.tolist()]
    if trace.series["scale/moved"].values.tolist() != decades(moves):
        return "scale/moved are not the powers of ten around its moves"
    spreads = [one for k in range(1, runs + 1) for one in trace.series[f"run{k}/spread"].values.tolist()]
    if trace.series["scale/spread"].values.tolist() != decades(spreads):
        return "scale/spread are not the powers of ten around its spreads"
    nets = [*range(1, int(trace.series["nets"].values) + 1)]
    cured = int(trace.series["cured"].values)
    nets += [] if trace.series[f"run{cured}/diverged"].item() else [cured]
    losses = [loss for k in nets for loss in trace.series[f"run{k}/loss"].values.tolist()]
    if max(losses) > trace.series["scale/loss"].values[-1]:
        return "scale/loss does not hold its losses"
    if max(losses) > trace.series["scale/loss_decades"].values[-1]:
        return "scale/loss_decades does not hold its losses"
    longest = max(len(trace.series[f"run{k}/loss"].values) for k in nets)
    if trace.series["scale/step"].values.tolist() != [0, longest]:
        return "scale/step does not hold its steps"
    return None


DECLARED = Declaration(ROWS, relations=(data_fits, runs_fit, designs_fit, scales_fit), params=PARAMS)
