"""Recorder of a recurrent net: trained here to predict the next character, then unrolled step by step.

Series (axes): see docs/trace.md.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from engine.errors import InputError
from engine.parameters import (
    SEQUENCE_MAX,
    Cell,
    HiddenSize,
    LongLength,
    RecurrentRate,
    RecurrentSteps,
    Seed,
    Sequence,
)
from engine.progress import report
from engine.recording import Recording, recorder
from engine.series import Series

if TYPE_CHECKING:
    from torch import Tensor

    from engine.recurrent import Learning, NextCharacter, Unrolled

REPORTS = 50
FORGET_BIAS = 1.0  # as Jozefowicz et al. 2015 advise
LONG_RUNS = (("rnn", False), ("lstm", False), ("lstm", True))  # cell, and whether its forget gate starts open


@recorder
def record(
    *,
    seed: Seed = 0,
    sequence: Sequence = "hello",
    cell: Cell = "rnn",
    hidden: HiddenSize = 8,
    steps: RecurrentSteps = 40,
    learning_rate: RecurrentRate = 0.05,
    long: LongLength = 100,
) -> Recording:
    """Train ``cell`` to predict each next character of ``sequence``, then record every step and gradient.

    All float64. Raises InputError for a sequence that cannot be learnt from, RunError when training diverges.
    """
    from engine.recurrent import NextCharacter, train, unroll

    vocabulary = _vocabulary(sequence)
    x, targets = _encoded(sequence, vocabulary)
    net = NextCharacter(cell, len(vocabulary), hidden)
    learning = train(net, x, targets, steps, learning_rate, _progress(steps))
    run = unroll(net, x, targets)
    repeated = "".join(sequence[i % len(sequence)] for i in range(long + 1))
    series = {
        **_sequence_series(sequence, vocabulary, x, targets),
        "cell": Series(cell),
        "hidden": Series(hidden, source="units of the hidden state"),
        **_training_series(learning, steps, learning_rate),
        **_weight_series(net),
        **_step_series(run, vocabulary),
        **_long_series(repeated, vocabulary, hidden, seed),
    }
    return Recording(series, flags={"learned": learning.learned is not None})


def _vocabulary(sequence: str) -> tuple[str, ...]:
    """The different characters in the order in which they come."""
    vocabulary = tuple(dict.fromkeys(sequence))
    if not 2 <= len(sequence) <= SEQUENCE_MAX or len(vocabulary) < 2:
        shown = sequence if len(sequence) <= 20 else f"{sequence[:17]}..."
        raise InputError(
            f"sequence is {shown!r}: give 2 to {SEQUENCE_MAX} characters, at least two different ones."
        )
    if not all(one.isprintable() for one in vocabulary):
        raise InputError(
            "sequence has a character that cannot be shown: give letters, digits, signs or spaces."
        )
    return vocabulary


def _encoded(sequence: str, vocabulary: tuple[str, ...]) -> "tuple[Tensor, Tensor]":
    """One-hot inputs (step, character), all but the last, and targets (step,), all but the first."""
    import torch

    ids = torch.tensor([vocabulary.index(one) for one in sequence])
    x = torch.nn.functional.one_hot(ids[:-1], len(vocabulary)).to(torch.float64)
    return x, ids[1:]


def _progress(steps: int) -> Callable[[int], None]:
    def heard(done: int) -> None:
        if done % max(steps // REPORTS, 1) == 0 or done == steps:
            report(done, steps)

    return heard


def _sequence_series(
    sequence: str, vocabulary: tuple[str, ...], x: "Tensor", targets: "Tensor"
) -> dict[str, Series]:
    return {
        "sequence": Series(sequence),
        "characters": Series(list(sequence), ("position",)),
        "vocabulary": Series(list(vocabulary), ("character",)),
        "count/steps": Series(len(targets), source="one less than the characters"),
        "input": Series(x, ("step", "character"), source="one-hot"),
        "input/id": Series(x.argmax(dim=1), ("step",), source="index in the vocabulary"),
        "input/character": Series(list(sequence[:-1]), ("step",)),
        "target/id": Series(targets, ("step",), source="index in the vocabulary"),
        "target/character": Series(list(sequence[1:]), ("step",)),
    }


def _training_series(learning: "Learning", steps: int, learning_rate: float) -> dict[str, Series]:
    learned = learning.learned
    return {
        "training/loss": Series(learning.losses, ("update",), source="mean cross-entropy before each update"),
        "training/steps": Series(steps),
        "training/learning_rate": Series(learning_rate, source="torch.optim.Adam"),
        "training/learned": Series(learned is not None),
        "training/learned_step": Series(
            -1 if learned is None else learned,
            source="updates until all is predicted and stays so; -1: never",
        ),
    }


def _weight_series(net: "NextCharacter") -> dict[str, Series]:
    own, output = net.weights(), net.output
    return {
        "weight_ih": Series(own["weight_ih"], ("gate unit", "character")),
        "weight_hh": Series(own["weight_hh"], ("gate unit", "unit")),
        "bias_ih": Series(own["bias_ih"], ("gate unit",)),
        "bias_hh": Series(own["bias_hh"], ("gate unit",)),
        "output/weight": Series(output.weight.detach(), ("character", "unit")),
        "output/bias": Series(output.bias.detach(), ("character",)),
        "parameters/recurrent": Series(sum(one.numel() for one in net.recurrent.parameters())),
        "parameters/total": Series(sum(one.numel() for one in net.parameters())),
    }


def _step_series(run: "Unrolled", vocabulary: tuple[str, ...]) -> dict[str, Series]:
    import torch

    predicted = run.logits.argmax(dim=1)
    series = {
        "h": Series(run.hidden, ("step", "unit"), source="torch.nn.RNN, LSTM or GRU"),
        "input_part": Series(run.input_part, ("step", "gate unit"), source="W_ih x + b_ih"),
        "hidden_part": Series(
            run.hidden_part, ("step", "gate unit"), source="W_hh h + b_hh, h of the step before"
        ),
        "logits": Series(run.logits, ("step", "character")),
        "probabilities": Series(
            torch.softmax(run.logits, dim=1), ("step", "character"), source="torch.softmax"
        ),
        "predicted/id": Series(predicted, ("step",), source="argmax of the probabilities"),
        "predicted/character": Series([vocabulary[int(one)] for one in predicted], ("step",)),
        "loss/step": Series(run.losses, ("step",), source="torch.nn.CrossEntropyLoss"),
        "loss/value": Series(run.losses.mean(), source="mean over the steps"),
        "gradient/total": Series(run.total_gradient, ("step", "unit"), source="∂(mean loss)/∂h"),
        "gradient/last": Series(run.last_gradient, ("step", "unit"), source="∂(loss of the last step)/∂h"),
        "gradient/total_norm": Series(run.total_gradient.norm(dim=1), ("step",)),
        "gradient/last_norm": Series(run.last_gradient.norm(dim=1), ("step",)),
    }
    series |= {f"gate/{name}": Series(one, ("step", "unit")) for name, one in run.gates.items()}
    if run.cell is not None:
        series["c"] = Series(run.cell, ("step", "unit"), source="torch.nn.LSTM")
    return series


def _long_series(sequence: str, vocabulary: tuple[str, ...], hidden: int, seed: int) -> dict[str, Series]:
    """∂(loss of the last step)/∂h over a long sequence, for nets as they start, before any training."""
    import torch

    from engine.recurrent import NextCharacter, last_gradients

    x, targets = _encoded(sequence, vocabulary)
    series: dict[str, Series] = {
        "long/length": Series(len(targets)),
        "long/forget_bias": Series(FORGET_BIAS),
        "long/step": Series(list(range(1, len(targets) + 1)), ("long step",)),
        "long/runs": Series(len(LONG_RUNS)),
    }
    for number, (kind, opened) in enumerate(LONG_RUNS, start=1):
        torch.manual_seed(seed)
        net = NextCharacter(kind, len(vocabulary), hidden)
        if opened:
            own = net.weights()  # the gates stand in the order input, forget, new, output
            own["bias_ih"][hidden : 2 * hidden] = FORGET_BIAS
            own["bias_hh"][hidden : 2 * hidden] = 0
        norms = last_gradients(net, x, targets).norm(dim=1)  # (long step,)
        series |= {
            f"long{number}/cell": Series(kind),
            f"long{number}/forget_open": Series(opened),
            f"long{number}/gradient_norm": Series(
                norms, ("long step",), source="‖∂(last loss)/∂h‖, untrained"
            ),
        }
    return series
