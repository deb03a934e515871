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
    """norms (step,) of ∂(last loss)/∂state; of an LSTM what its gates, c and h are, each (step, unit).

    alone (step,): the norms that there would be of an LSTM if the gradient came back along c only: the product of
    forget gates, times the gradient at the last step.
    """

    norms: Tensor
    values: dict[str, Tensor]
    alone: Tensor


def long_series(
    task: Task, hidden: int, seed: int, forget_bias: float, input_bias: float
) -> dict[str, Series]:
    """The three runs over the long sequence, and of the LSTMs the last step, taken apart."""
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
            f"long{number}/left": Series(
                run.norms[0] / run.norms[-1] if run.norms[-1] > 0 else 0.0, source="first / last norm"
            ),
            f"long{number}/per_step": Series(
                _per_step(run.norms), source="(first / last norm) ^ (1 / (steps − 1))"
            ),
        }
        if run.values:
            if not opened:
                kept = run.values["forget"].log().mean(dim=0)  # (unit,)
                series["long/unit"] = Series(
                    kept.argmax(), source="index of the unit whose forget gate keeps most (run 2)"
                )
            series |= {f"long{number}/{name}": one for name, one in _taken_apart(net, hidden, run).items()}
    return series | {"long/decades": Series(decades(sizes), ("tick",))}


def _taken_apart(net: Predictor, hidden: int, run: LongRun) -> dict[str, Series]:
    """An LSTM: its forget gate, the gradient along c alone, its gates' biases, and everything in its last step."""
    own, values = net.weights(), run.values
    both = (own["bias_ih"] + own["bias_hh"]).reshape(-1, hidden)  # (gate, unit)
    bias = {name: both[GATES["lstm"].index(name)] for name in ("forget", "input")}
    last = {name: one[-1] for name, one in values.items()}
    last |= {"before": values["c"][-2], "h_before": values["h"][-2]}
    return {
        "forget_mean": Series(values["forget"].mean(), source="of the forget gate, over steps and units"),
        "along_c": Series(
            _per_step(run.alone), source="per_step, had the gradient come back by forget gates alone"
        ),
        **{f"bias/{name}": Series(one, ("unit",), source="b_ih + b_hh") for name, one in bias.items()},
        **{f"last/{name}": Series(one, ("unit",), source="last step") for name, one in last.items()},
    }


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
    gradients = torch.autograd.grad(loss, states)
    values = {name: torch.stack(one) for name, one in kept.items()}
    norms = torch.stack(gradients).norm(dim=1)
    return LongRun(norms, values, _by_forget_gates(gradients[-1], values["forget"]) if values else norms)


def _by_forget_gates(last: Tensor, forget: Tensor) -> Tensor:
    """Norms (step,) of a gradient at the last step (unit,) that only forget gates (step, unit) multiply, going back."""
    found = [last]
    for gate in forget[1:].flip(0):
        found.append(found[-1] * gate)
    norms: Tensor = torch.stack(found[::-1]).norm(dim=1)
    return norms
