"""A recurrent net that predicts what comes next: built, trained, and run step by step. All float64."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.func import functional_call

from engine.errors import runaway

CELLS: dict[str, Callable[..., nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
GATES = {"rnn": ("new",), "lstm": ("input", "forget", "new", "output"), "gru": ("reset", "update", "new")}


class Predictor(nn.Module):
    """One recurrent layer of ``hidden`` units and a linear layer back to ``size``: a vocabulary, or 1 for numbers."""

    def __init__(self, cell: str, size: int, hidden: int) -> None:
        super().__init__()
        self.kind = cell
        self.recurrent = CELLS[cell](size, hidden, dtype=torch.float64)
        self.output = nn.Linear(hidden, size, dtype=torch.float64)

    def weights(self) -> dict[str, Tensor]:
        """weight_ih, weight_hh, bias_ih and bias_hh of the cell, without autograd's graph but the same memory."""
        return {name.removesuffix("_l0"): one.detach() for name, one in self.recurrent.named_parameters()}

    def forward(self, x: Tensor) -> Tensor:
        """Logits or predicted numbers (step, size) for x (step, size)."""
        states, _ = self.recurrent(x)  # (step, hidden)
        outputs: Tensor = self.output(states)
        return outputs


@dataclass(frozen=True)
class Learning:
    """losses before each update (update,); ``learned``: updates until the goal is reached and stays so, or None.

    kept: outputs (step, size) before the first and after the last update, and between them where it was learned, or
    half way; by the updates made until then.
    """

    losses: Tensor
    learned: int | None
    kept: dict[int, Tensor]


@dataclass(frozen=True)
class Unrolled:
    """The sequence, step by step. hidden, cell, *_gradient (step, unit); outputs (step, size); losses (step,).

    gates[name] (step, unit) as they are after their sigmoid or tanh. input_part = W_ih x + b_ih and hidden_part =
    W_hh h + b_hh (step, gate · unit). total_gradient = ∂(mean loss)/∂h; last_gradient = ∂(last step's loss)/∂h.
    """

    hidden: Tensor
    cell: Tensor | None
    gates: dict[str, Tensor]
    input_part: Tensor
    hidden_part: Tensor
    outputs: Tensor
    losses: Tensor
    total_gradient: Tensor
    last_gradient: Tensor


def step_losses(outputs: Tensor, targets: Tensor) -> Tensor:
    """The loss of each step (step,): cross-entropy for characters (whole targets), squared error for numbers."""
    if targets.is_floating_point():
        return nn.functional.mse_loss(outputs[:, 0], targets, reduction="none")
    return nn.functional.cross_entropy(outputs, targets, reduction="none")


def train(
    net: Predictor,
    x: Tensor,
    targets: Tensor,
    steps: int,
    learning_rate: float,
    reached: Callable[[Tensor], bool],
    progress: Callable[[int], None],
) -> Learning:
    """Train ``net`` in place by torch.optim.Adam; ``reached(outputs)`` is the goal.

    RunError when the loss stops being a finite number.
    """
    optimizer = torch.optim.Adam(net.parameters(), lr=learning_rate)
    losses: list[float] = []
    learned: int | None = None
    kept: dict[int, Tensor] = {}
    for step in range(steps + 1):
        optimizer.zero_grad()
        outputs = net(x)  # (step, size)
        loss = step_losses(outputs, targets).mean()
        if not math.isfinite(loss.item()):
            raise runaway(f"The training diverged in step {step}", learning_rate)
        if not reached(outputs.detach()):
            learned = None
        elif learned is None:
            learned = step
        if step in (0, steps // 2, steps, learned):
            kept[step] = outputs.detach()
        if step == steps:  # only to see whether the last update reached the goal, or lost it
            break
        losses.append(loss.item())
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        progress(step + 1)
    between = steps // 2 if learned is None else learned
    return Learning(
        torch.tensor(losses, dtype=torch.float64), learned, {k: kept[k] for k in sorted({0, between, steps})}
    )


def unroll(net: Predictor, x: Tensor, targets: Tensor) -> Unrolled:
    """Run x (step, character) one step at a time, keeping every state in autograd's graph."""
    hiddens, cells = _states(net, x)
    outputs = net.output(torch.stack(hiddens))  # (step, size)
    losses = step_losses(outputs, targets)  # (step,)
    total = torch.autograd.grad(losses.mean(), hiddens, retain_graph=True)
    last = torch.autograd.grad(losses[-1], hiddens)
    with torch.no_grad():
        hidden = torch.stack(hiddens)
        before = torch.cat([torch.zeros_like(hidden[:1]), hidden[:-1]])  # (step, unit)
        own = net.weights()
        input_part = nn.functional.linear(x, own["weight_ih"], own["bias_ih"])
        hidden_part = nn.functional.linear(before, own["weight_hh"], own["bias_hh"])
        return Unrolled(
            hidden=hidden.detach(),
            cell=torch.stack(cells).detach() if cells else None,
            gates=_gates(net.kind, input_part, hidden_part),
            input_part=input_part,
            hidden_part=hidden_part,
            outputs=outputs.detach(),
            losses=losses.detach(),
            total_gradient=torch.stack(total),
            last_gradient=torch.stack(last),
        )


def last_gradients(net: Predictor, x: Tensor, targets: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """The last step's loss, ∂(it)/∂h (step, unit), and ∂(it)/∂W_ih of each step's copy (step, gate · unit, size)."""
    copies = [net.weights()["weight_ih"].clone().requires_grad_() for _ in x]
    hiddens, _ = _states(net, x, copies)
    loss = step_losses(net.output(hiddens[-1])[None], targets[-1:])[0]
    found = torch.autograd.grad(loss, [*hiddens, *copies])
    return loss.detach(), torch.stack(found[: len(x)]), torch.stack(found[len(x) :])


def _states(net: Predictor, x: Tensor, copies: Sequence[Tensor] = ()) -> tuple[list[Tensor], list[Tensor]]:
    """h of each step (unit,), and c of each step for an LSTM; `copies` may stand for W_ih, one a step."""
    state = None
    hiddens: list[Tensor] = []
    cells: list[Tensor] = []
    for step, row in enumerate(x):
        own = {"weight_ih_l0": copies[step]} if copies else {}
        _, state = functional_call(net.recurrent, own, (row[None], state))
        hidden = state[0] if net.kind == "lstm" else state  # (1, unit)
        kept = hidden[0].view_as(hidden[0])
        hiddens.append(kept)
        if net.kind == "lstm":
            cells.append(state[1][0])
            state = (kept[None], state[1])
        else:
            state = kept[None]
    return hiddens, cells


def _gates(kind: str, input_part: Tensor, hidden_part: Tensor) -> dict[str, Tensor]:
    """The gates' values (step, unit), in the order in which torch stacks them."""
    names = GATES[kind]
    ins, backs = input_part.chunk(len(names), dim=1), hidden_part.chunk(len(names), dim=1)
    found: dict[str, Tensor] = {}
    for name, a, b in zip(names, ins, backs, strict=True):
        if name != "new":
            found[name] = torch.sigmoid(a + b)
        else:  # a GRU's reset gate holds back what comes from the state
            found[name] = torch.tanh(a + found["reset"] * b if kind == "gru" else a + b)
    return found
