"""A small convolutional net trained on scikit-learn's digits, all float64."""

import math
from copy import deepcopy
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.datasets import Data, load
from engine.errors import RunError
from engine.trace.progress import report

SIDE = 8
HIGH = 16  # a digit's pixels are whole numbers from 0 to 16
FILTERS, KERNEL = 8, 5
EPOCHS, BATCH, LEARNING_RATE = 20, 32, 0.01


@dataclass(frozen=True)
class Learned:
    """The trained net. before: the first layer's weights (filter, ky, kx) as drawn. losses: (epoch,) means.

    frozen_correct: test rows that the same net names rightly when its kernels stay as they were drawn.
    """

    net: nn.Sequential
    data: Data
    before: Tensor
    losses: Tensor
    train_correct: int
    test_correct: int
    frozen_correct: int

    @property
    def weight(self) -> Tensor:
        """The first layer's weights (filter, ky, kx)."""
        return first(self.net).weight.detach()[:, 0]

    @property
    def bias(self) -> Tensor:
        """The first layer's bias (filter,)."""
        bias = first(self.net).bias
        assert bias is not None
        return bias.detach()

    def test_row(self, wanted: int) -> int:
        """``wanted`` when it is a row of the test set, else the next one that is (after the last, the first)."""
        later = self.data.test[self.data.test >= wanted]
        return int(later[0] if len(later) else self.data.test[0])


def build() -> nn.Sequential:
    """conv 8 × 5×5, ReLU, the largest of each map, linear: (row, 1, 8, 8) to logits (row, 10)."""
    # Drawn in float64 too: what float32 rounds otherwise on another processor, twenty epochs make visible.
    return nn.Sequential(
        nn.Conv2d(1, FILTERS, KERNEL, padding=KERNEL // 2, dtype=torch.float64),  # (row, 8, 8, 8)
        nn.ReLU(),
        nn.AdaptiveMaxPool2d(1),  # (row, 8, 1, 1)
        nn.Flatten(),  # (row, 8)
        nn.Linear(FILTERS, 10, dtype=torch.float64),
    )


def first(net: nn.Sequential) -> nn.Conv2d:
    """The first layer of ``net``."""
    layer = net[0]
    assert isinstance(layer, nn.Conv2d)
    return layer


def last(net: nn.Sequential) -> nn.Linear:
    """The layer that makes scores of the largest values."""
    layer = net[-1]
    assert isinstance(layer, nn.Linear)
    return layer


def learn(seed: int) -> Learned:
    """Train a net on the digits' training rows by Adam, and once more with its kernels left as they were drawn.

    RunError when the loss stops being a finite number.
    """
    data = load("digits", seed)
    net = build()
    frozen = deepcopy(net)
    before = first(net).weight.detach().clone()[:, 0]
    first(frozen).requires_grad_(False)
    losses = [_train(one, data, seed, number) for number, one in enumerate((net, frozen))]
    right, still_right = (_right(one, data) for one in (net, frozen))
    return Learned(
        net=net,
        data=data,
        before=before,
        losses=torch.tensor(losses[0], dtype=torch.float64),
        train_correct=int(right[data.train].sum()),
        test_correct=int(right[data.test].sum()),
        frozen_correct=int(still_right[data.test].sum()),
    )


def _inputs(data: Data) -> torch.Tensor:
    return (data.raw / HIGH).reshape(-1, 1, SIDE, SIDE)  # (row, 1, y, x)


def _right(net: nn.Sequential, data: Data) -> torch.Tensor:
    """Which rows a net names rightly (row,)."""
    with torch.no_grad():
        return torch.as_tensor(net(_inputs(data)).argmax(dim=1) == data.labels)


def _train(net: nn.Sequential, data: Data, seed: int, number: int) -> list[float]:
    """Mean losses of each epoch; `number` is that of the training, from 0."""
    inputs = _inputs(data)
    optimizer = torch.optim.Adam((one for one in net.parameters() if one.requires_grad), lr=LEARNING_RATE)
    losses: list[float] = []
    for epoch in range(EPOCHS):
        total = 0.0
        for rows in torch.split(data.train[torch.randperm(len(data.train))], BATCH):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(inputs[rows]), data.labels[rows])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            total += loss.item() * len(rows)
        losses.append(total / len(data.train))
        if not math.isfinite(losses[-1]):
            raise RunError(f"The training of the digits' net diverged with seed {seed}: take another seed.")
        report(number * EPOCHS + epoch + 1, 2 * EPOCHS)
    return losses
