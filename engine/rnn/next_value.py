"""What a recurrent net is to learn: the next character of a text, or the next number of a series. All float64."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor

from engine.errors import InputError
from engine.rnn.parameters import SEQUENCE_MAX, SEQUENCE_MIN
from engine.text.echo import echo
from engine.text.signs import belongs_to_the_sign_before
from engine.trace.series import Series


@dataclass(frozen=True)
class Task:
    """x (step, size), targets (step,), the goal of the training, and the series that say what is learned.

    long_x and long_targets are the same for the sequence repeated to a given length.
    ``described(outputs)`` are the series of what the net gives out (step, size).
    """

    size: int
    x: Tensor
    targets: Tensor
    long_x: Tensor
    long_targets: Tensor
    reached: Callable[[Tensor], bool]
    described: Callable[[Tensor], dict[str, Series]]
    series: dict[str, Series]


def characters(sequence: str, long: int) -> Task:
    """Predict each next character. Raises InputError for a sequence that cannot be learnt from."""
    vocabulary = _vocabulary(sequence)
    ids = torch.tensor([vocabulary.index(one) for one in sequence])  # (position,)
    ids_long = ids.repeat(long // len(ids) + 2)[: long + 1]
    targets = ids[1:]
    x = _one_hot(ids[:-1], len(vocabulary))
    told = _by_the_last(ids)
    hits = [one == after for one, after in zip(told, targets.tolist(), strict=True)]
    return Task(
        size=len(vocabulary),
        x=x,
        targets=targets,
        long_x=_one_hot(ids_long[:-1], len(vocabulary)),
        long_targets=ids_long[1:],
        reached=lambda logits: bool((logits.argmax(dim=1) == targets).all()),
        described=lambda logits: _character_outputs(logits, targets, vocabulary),
        series={
            "kind": Series("characters"),
            "sequence": Series(sequence),
            "vocabulary": Series(list(vocabulary), ("character",)),
            "count/vocabulary": Series(len(vocabulary), source="different characters"),
            "input": Series(x, ("step", "character"), source="one-hot"),
            "input/id": Series(ids[:-1], ("step",), source="index in the vocabulary"),
            "input/character": Series(list(sequence[:-1]), ("step",)),
            "target/id": Series(targets, ("step",), source="index in the vocabulary"),
            "target/character": Series(list(sequence[1:]), ("step",)),
            "same/pair": Series(_same_input(ids), ("place",), source="same character, another one next"),
            "table/character": Series(
                [vocabulary[one] for one in told],
                ("step",),
                source="the commonest character after each character",
            ),
            "table/hit": Series(hits, ("step",), source="whether table/character is the target"),
            "table/right": Series(sum(hits), source="how many of table/hit"),
        },
    )


def numbers(named: Mapping[str, tuple[float, ...]], long: int) -> Task:
    """Predict each next number of the one named series, standardised; the goal is to beat repeating the last one."""
    ((name, values),) = named.items()
    raw = torch.tensor(values, dtype=torch.float64)  # (position,)
    mean, std = raw.mean(), raw.std(correction=0)
    z = (raw - mean) / std
    z_long = z.repeat(long // len(z) + 2)[: long + 1]
    targets = z[1:]
    repeating = (z[1:] - z[:-1]).square().mean()
    return Task(
        size=1,
        x=z[:-1, None],
        targets=targets,
        long_x=z_long[:-1, None],
        long_targets=z_long[1:],
        reached=lambda outputs: bool((outputs[:, 0] - targets).square().mean() < repeating),
        described=lambda outputs: _number_outputs(outputs[:, 0], mean, std),
        series={
            "kind": Series("numbers"),
            "data/name": Series(name, source="the column of the CSV file"),
            "data/mean": Series(mean),
            "data/std": Series(std, source="population standard deviation"),
            "data/least": Series(raw.min()),
            "data/largest": Series(raw.max()),
            "count/numbers": Series(len(raw)),
            "input": Series(z[:-1, None], ("step", "number"), source="(raw − mean) / std"),
            "input/raw": Series(raw[:-1], ("step",), source="as in the file"),
            "target": Series(targets, ("step",), source="standardised"),
            "target/raw": Series(raw[1:], ("step",), source="as in the file"),
            "loss/repeating": Series(repeating, source="mean squared error of repeating the last number"),
            "same/pair": Series(torch.zeros(0, dtype=torch.int64), ("place",)),
        },
    )


def _vocabulary(sequence: str) -> tuple[str, ...]:
    """The different characters in the order in which they come."""
    vocabulary = tuple(dict.fromkeys(sequence))
    if not SEQUENCE_MIN <= len(sequence) <= SEQUENCE_MAX or len(vocabulary) < 2:
        shown = echo(sequence, 20)
        raise InputError(
            f"sequence is '{shown}': give {SEQUENCE_MIN} to {SEQUENCE_MAX} characters, at least two different ones."
        )
    if not all(one.isprintable() for one in vocabulary):
        raise InputError(
            "sequence has a character that cannot be shown: give letters, digits, signs or spaces."
        )
    for before, one in pairwise(sequence):
        if belongs_to_the_sign_before(one):
            raise InputError(
                f"sequence has {echo(before + one)}, one sign on screen but two characters in Unicode: leave "
                f"U+{ord(one):04X} out, or take a sign that is one character."
            )
    return vocabulary


def _one_hot(ids: Tensor, size: int) -> Tensor:
    """One-hot rows (step, character)."""
    return torch.nn.functional.one_hot(ids, size).to(torch.float64)


def _same_input(ids: Tensor) -> Tensor:
    """The first two steps that read the same character and have another one next: only memory tells them apart."""
    for late in range(1, len(ids) - 1):
        for early in range(late):
            if ids[early] == ids[late] and ids[early + 1] != ids[late + 1]:
                return torch.tensor([early, late])
    return torch.zeros(0, dtype=torch.int64)


def _by_the_last(ids: Tensor) -> list[int]:
    """What a table that knows the last character only predicts at each step, at its best."""
    pairs = list(pairwise(ids.tolist()))
    best: dict[int, tuple[int, int]] = {}
    for (one, after), times in Counter(pairs).items():
        best[one] = max(best.get(one, (0, 0)), (times, -after))  # of equals the one that comes first
    return [-best[one][1] for one, _ in pairs]


def _character_outputs(logits: Tensor, targets: Tensor, vocabulary: tuple[str, ...]) -> dict[str, Series]:
    predicted = logits.argmax(dim=1)  # (step,)
    return {
        "logits": Series(logits, ("step", "character")),
        "probabilities": Series(torch.softmax(logits, dim=1), ("step", "character"), source="torch.softmax"),
        "predicted/id": Series(predicted, ("step",), source="argmax of the probabilities"),
        "predicted/character": Series([vocabulary[int(one)] for one in predicted], ("step",)),
        "predicted/right": Series((predicted == targets).sum(), source="steps predicted rightly"),
    }


def _number_outputs(outputs: Tensor, mean: Tensor, std: Tensor) -> dict[str, Series]:
    return {
        "prediction": Series(outputs, ("step",), source="torch.nn.Linear, standardised"),
        "prediction/raw": Series(outputs * std + mean, ("step",), source="prediction · std + mean"),
    }
