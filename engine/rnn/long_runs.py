"""How much gradient reaches the first of many steps: an RNN, an LSTM as it comes, and one whose gates start open.

All float64, untrained. An LSTM's gradient is that of its cell state c. torch's own LSTM does not show how h comes from
c, so its step is written out here; a test compares it with torch.nn.LSTM.
"""

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.rnn.next_value import Task
from engine.rnn.recurrent import GATES, Predictor, step_losses
from engine.trace.scales import decades
from engine.trace.series import Series

# Of each run the cell, and whether its gates start from the given biases.
RUNS = (("rnn", False), ("lstm", False), ("lstm", True))


@dataclass(frozen=True)
class LongRun:
    """norms (step,) of ∂(last loss)/∂state; of an LSTM what its gates, c and h are, each (step, unit)."""

    norms: Tensor
    values: dict[str, Tensor]


def long_series(
    task: Task, hidden: int, seed: int, forget_bias: float, input_bias: float
) -> dict[str, Series]:
    """The three runs over the long sequence, and one step of the last one taken apart."""
    count = len(task.long_targets)
    series: dict[str, Series] = {
        "long/length": Series(count),
        "long/forget_bias": Series(forget_bias),
        "long/input_bias": Series(input_bias),
        "long/step": Series(list(range(1, count + 1)), ("long step",)),
        "long/runs": Series(len(RUNS)),
    }
    sizes: list[float] = []
    for number, (kind, opened) in enumerate(RUNS, start=1):
        torch.manual_seed(seed)
        net = Predictor(kind, task.size, hidden)
        if opened:
            _start_gates(net, hidden, forget_bias, input_bias)
        run = long_run(net, task.long_x, task.long_targets)
        sizes += run.norms.tolist()
        state = "c" if kind == "lstm" else "h"
        series |= {
            f"long{number}/cell": Series(kind),
            f"long{number}/open": Series(opened, source="gates started from the given biases"),
            f"long{number}/gradient_norm": Series(
                run.norms, ("long step",), source=f"‖∂(last loss)/∂{state}‖, untrained"
            ),
            f"long{number}/per_step": Series(
                _per_step(run.norms), source="(first / last norm) ^ (1 / (steps − 1))"
            ),
        }
        if run.values:
            series[f"long{number}/forget_mean"] = Series(
                run.values["forget"].mean(), source="of the forget gate, over steps and units"
            )
    before = {"before": run.values["c"][-2]}
    parts = {name: one[-1] for name, one in run.values.items()} | before
    series |= {
        f"long/last/{name}": Series(one, ("unit",), source="last run, last step")
        for name, one in parts.items()
    }
    return series | {"long/decades": Series(decades(sizes), ("tick",))}


def _start_gates(net: Predictor, hidden: int, forget_bias: float, input_bias: float) -> None:
    own = net.weights()  # torch adds both biases
    for gate, bias in (("input", input_bias), ("forget", forget_bias)):
        place = GATES["lstm"].index(gate) * hidden
        own["bias_ih"][place : place + hidden] = bias
        own["bias_hh"][place : place + hidden] = 0


def _per_step(norms: Tensor) -> float:
    """By how much the norm changes a step back, as a geometric mean; 0 where float64 has underflown."""
    first, last = float(norms[0]), float(norms[-1])
    return (first / last) ** (1 / (len(norms) - 1)) if first > 0 and last > 0 else 0.0


def long_run(net: Predictor, x: Tensor, targets: Tensor) -> LongRun:
    """The net over x (step, size), and the gradient of the last step's loss on its way back."""
    states: list[Tensor] = []  # h of an RNN, c of an LSTM
    kept: dict[str, list[Tensor]] = (
        {name: [] for name in (*GATES["lstm"], "c", "h")} if net.kind == "lstm" else {}
    )
    h = c = torch.zeros(net.recurrent.hidden_size, dtype=torch.float64)
    own = dict(net.recurrent.named_parameters())
    for row in x:
        both = nn.functional.linear(row, own["weight_ih_l0"], own["bias_ih_l0"])  # (gate · unit,)
        both = both + nn.functional.linear(h, own["weight_hh_l0"], own["bias_hh_l0"])
        if net.kind == "rnn":
            h = torch.tanh(both)
            states.append(h)
            continue
        i, f, g, o = both.chunk(4)
        i, f, g, o = i.sigmoid(), f.sigmoid(), g.tanh(), o.sigmoid()
        c = f * c + i * g
        h = o * c.tanh()
        states.append(c)
        for name, one in zip(kept, (i, f, g, o, c, h), strict=True):
            kept[name].append(one.detach())
    loss = step_losses(net.output(h)[None], targets[-1:])[0]
    norms = torch.stack(torch.autograd.grad(loss, states)).norm(dim=1)
    return LongRun(norms, {name: torch.stack(one) for name, one in kept.items()})
