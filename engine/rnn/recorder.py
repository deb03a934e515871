"""Recorder of a recurrent net: trained here to predict what comes next, then unrolled step by step.

Series (axes): see docs/trace.md.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING

from engine.parameters import Seed
from engine.rnn.given import with_numbers
from engine.rnn.parameters import (
    Cell,
    Column,
    ForgetBias,
    HiddenSize,
    InputBias,
    LongLength,
    NumberFile,
    RecurrentRate,
    RecurrentSteps,
    Sequence,
)
from engine.trace.progress import report
from engine.trace.recording import Recording, recorder
from engine.trace.scales import decades
from engine.trace.series import Series

if TYPE_CHECKING:
    from torch import Tensor

    from engine.rnn.next_value import Task
    from engine.rnn.recurrent import Learning, Predictor, Unrolled

REPORTS = 50


@recorder("rnn", settle=with_numbers)
def record(
    *,
    seed: Seed = 0,
    sequence: Sequence = None,
    series: NumberFile = None,
    column: Column = "",
    cell: Cell = "rnn",
    hidden: HiddenSize = 8,
    steps: RecurrentSteps = 50,
    learning_rate: RecurrentRate = 0.02,
    long: LongLength = 100,
    forget_bias: ForgetBias = 4.0,
    input_bias: InputBias = -4.0,
) -> Recording:
    """Train ``cell`` to predict what comes next in ``sequence`` or ``series``; record every step and gradient.

    All float64. Raises InputError for what cannot be learnt from, RunError when training diverges. with_numbers
    has read the file before: ``series`` arrives as {name: numbers}, and ``sequence`` as a text if there is none.
    """
    from engine.rnn.long_runs import long_series
    from engine.rnn.next_value import characters, numbers
    from engine.rnn.recurrent import Predictor, last_gradients, train, unroll

    task = numbers(series, long) if isinstance(series, dict) else characters(sequence or "", long)
    net = Predictor(cell, task.size, hidden)
    start = last_gradients(net, task.x, task.targets)
    learning = train(net, task.x, task.targets, steps, learning_rate, task.reached, _progress(steps))
    run = unroll(net, task.x, task.targets)
    recorded = {
        **task.series,
        "count/steps": Series(len(task.targets), source="one less than the sequence is long"),
        "count/input": Series(task.size, source="numbers that go in at a step"),
        "step": Series(list(range(1, len(task.targets) + 1)), ("step",)),
        "cell": Series(cell),
        "hidden": Series(hidden, source="units of the hidden state"),
        "unit": Series(list(range(1, hidden + 1)), ("unit",)),
        **_training_series(learning, steps, learning_rate),
        **_snapshot_series(task, learning),
        **_weight_series(net),
        **_step_series(run),
        **task.described(run.outputs),
        **_gradient_series(run, start),
        **_same_series(task, run),
        **long_series(task, hidden, seed, forget_bias, input_bias),
    }
    return Recording(recorded, flags={"learned": learning.learned is not None})


def _progress(steps: int) -> Callable[[int], None]:
    def heard(done: int) -> None:
        if done % max(steps // REPORTS, 1) == 0 or done == steps:
            report(done, steps)

    return heard


def _training_series(learning: "Learning", steps: int, learning_rate: float) -> dict[str, Series]:
    learned = learning.learned
    return {
        "training/loss": Series(
            learning.losses, ("update",), source="mean over the steps before each update"
        ),
        "training/steps": Series(steps),
        "training/learning_rate": Series(learning_rate, source="torch.optim.Adam"),
        "training/learned": Series(learned is not None),
        "training/learned_step": Series(
            -1 if learned is None else learned,
            source="updates until the goal is reached and stays so; -1: never",
        ),
    }


def _snapshot_series(task: "Task", learning: "Learning") -> dict[str, Series]:
    """What the net gave out, and the mean loss, before, during and after its training."""
    from engine.rnn.recurrent import step_losses

    told = [task.described(outputs) for outputs in learning.kept.values()]
    series = {
        "snapshot/update": Series(list(learning.kept), ("snapshot",), source="updates made until then"),
        "snapshot/loss": Series(
            [step_losses(one, task.targets).mean().item() for one in learning.kept.values()],
            ("snapshot",),
            source="mean over the steps",
        ),
    }
    for name in ("predicted/id", "predicted/character", "predicted/right", "prediction/raw"):
        if name in told[0]:
            values = [one[name].values.tolist() for one in told]
            axes = ("snapshot", *told[0][name].axes)
            series[f"snapshot/{name}"] = Series(values, axes, source=told[0][name].source)
    return series


def _weight_series(net: "Predictor") -> dict[str, Series]:
    own, output = net.weights(), net.output
    return {
        "weight_ih": Series(own["weight_ih"], ("gate unit", "input")),
        "weight_hh": Series(own["weight_hh"], ("gate unit", "unit")),
        "bias_ih": Series(own["bias_ih"], ("gate unit",)),
        "bias_hh": Series(own["bias_hh"], ("gate unit",)),
        "output/weight": Series(output.weight.detach(), ("output", "unit")),
        "output/bias": Series(output.bias.detach(), ("output",)),
        "parameters/recurrent": Series(sum(one.numel() for one in net.recurrent.parameters())),
        "parameters/output": Series(sum(one.numel() for one in output.parameters())),
        "parameters/total": Series(sum(one.numel() for one in net.parameters())),
        "count/gates": Series(
            len(own["bias_ih"]) // output.in_features, source="sets of weights in the cell"
        ),
    }


def _step_series(run: "Unrolled") -> dict[str, Series]:
    series = {
        "h": Series(run.hidden, ("step", "unit"), source="torch.nn.RNN, LSTM or GRU"),
        "h/start": Series(
            [0.0] * len(run.hidden[0]), ("unit",), source="torch's state before the first step"
        ),
        "input_part": Series(run.input_part, ("step", "gate unit"), source="W_ih x + b_ih"),
        "hidden_part": Series(
            run.hidden_part, ("step", "gate unit"), source="W_hh h + b_hh, h of the step before"
        ),
        "loss/step": Series(run.losses, ("step",), source="torch.nn.CrossEntropyLoss or MSELoss"),
        "loss/value": Series(run.losses.mean(), source="mean over the steps"),
    }
    series |= {f"gate/{name}": Series(one, ("step", "unit")) for name, one in run.gates.items()}
    if len(run.gates) == 1:  # an RNN, whose parts are added up before its tanh
        both = run.input_part + run.hidden_part
        series["pre_activation"] = Series(both, ("step", "gate unit"), source="input_part + hidden_part")
    if run.cell is not None:
        series["c"] = Series(run.cell, ("step", "unit"), source="torch.nn.LSTM")
    return series


def _gradient_series(run: "Unrolled", before: tuple["Tensor", "Tensor", "Tensor"]) -> dict[str, Series]:
    last, start = (one.norm(dim=1) for one in (run.last_gradient, before[1]))  # (step,)
    return {
        "gradient/total": Series(run.total_gradient, ("step", "unit"), source="∂(mean loss)/∂h"),
        "gradient/last": Series(run.last_gradient, ("step", "unit"), source="∂(loss of the last step)/∂h"),
        "gradient/total_norm": Series(run.total_gradient.norm(dim=1), ("step",)),
        "gradient/last_norm": Series(last, ("step",)),
        "gradient/start_norm": Series(start, ("step",), source="gradient/last_norm before any training"),
        "gradient/start_loss": Series(before[0], source="of the last step, before any training"),
        "gradient/part_norm": Series(
            before[2].flatten(1).norm(dim=1),
            ("step",),
            source="‖∂(last loss)/∂W_ih‖ through each step's copy alone, before any training",
        ),
        "gradient/decades": Series(decades(start.tolist()), ("tick",)),
        "gradient/factor": Series(
            [a / b if b else 0.0 for a, b in pairwise(start.tolist())],
            ("way",),
            source="gradient/start_norm of a step, over that of the next one",
        ),
    }


def _same_series(task: "Task", run: "Unrolled") -> dict[str, Series]:
    """How far apart the states are after two steps that read the same character; 0 when there are none."""
    pair = task.series["same/pair"].values
    apart = float((run.hidden[pair[0]] - run.hidden[pair[1]]).norm()) if len(pair) else 0.0
    most = 2 * run.hidden.shape[1] ** 0.5
    return {
        "same/distance": Series(apart, source="‖h − h‖ of the two steps of same/pair"),
        "same/most": Series(most, source="‖h − h‖ if every unit went from −1 to 1"),
    }
