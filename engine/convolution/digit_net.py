"""A small convolutional net trained on scikit-learn's digits, all float64."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.datasets import Data, load
from engine.errors import RunError
from engine.trace.progress import report

SIDE = 8
HIGH = 16  # a digit's pixels are whole numbers from 0 to 16
FILTERS, KERNEL = 8, 3
EPOCHS, BATCH, LEARNING_RATE = 12, 32, 0.005


@dataclass(frozen=True)
class Learned:
    """The trained net. before: the first layer's weights (filter, ky, kx) as drawn. losses: (epoch,) means."""

    net: nn.Sequential
    data: Data
    before: Tensor
    losses: Tensor
    train_correct: int
    test_correct: int

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
    """conv 8 × 3×3, ReLU, pool, conv 16 × 3×3, ReLU, pool, linear: (row, 1, 8, 8) to logits (row, 10)."""
    # Drawn in float64 too: what float32 rounds otherwise on another processor, twelve epochs make visible.
    return nn.Sequential(
        nn.Conv2d(1, FILTERS, KERNEL, padding=KERNEL // 2, dtype=torch.float64),  # (row, 8, 8, 8)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (row, 8, 4, 4)
        nn.Conv2d(FILTERS, 2 * FILTERS, KERNEL, padding=KERNEL // 2, dtype=torch.float64),  # (row, 16, 4, 4)
        nn.ReLU(),
        nn.MaxPool2d(2),  # (row, 16, 2, 2)
        nn.Flatten(),  # (row, 64)
        nn.Linear(2 * FILTERS * (SIDE // 4) ** 2, 10, dtype=torch.float64),
    )


def first(net: nn.Sequential) -> nn.Conv2d:
    """The first layer of ``net``."""
    layer = net[0]
    assert isinstance(layer, nn.Conv2d)
    return layer


def learn(seed: int) -> Learned:
    """Train a net on the digits' training rows by Adam; RunError when its loss stops being a finite number."""
    data = load("digits", seed)
    net = build()
    before = first(net).weight.detach().clone()[:, 0]
    inputs = (data.raw / HIGH).reshape(-1, 1, SIDE, SIDE)
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
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
        report(epoch + 1, EPOCHS)
    with torch.no_grad():
        right = net(inputs).argmax(dim=1) == data.labels  # (row,)
    return Learned(
        net=net,
        data=data,
        before=before,
        losses=torch.tensor(losses, dtype=torch.float64),
        train_correct=int(right[data.train].sum()),
        test_correct=int(right[data.test].sum()),
    )
