"""Small nets that differ in their pooling, trained on the digits and tested on moved ones. All float64."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.datasets import Data
from engine.errors import RunError
from engine.pooling.maps import COARSER
from engine.trace.progress import report

NETS = ("max", "coarse", "global")
FILTERS, KERNEL = 16, 5
EPOCHS, BATCH, LEARNING_RATE = 30, 64, 0.02


@dataclass(frozen=True)
class Trained:
    """Shares of the test set that are named rightly, as it is and moved; and the parameters."""

    straight: float
    moved: float
    parameters: int


def build(name: str, window: int, side: int) -> nn.Sequential:
    """conv 16 × 5×5, ReLU, pool, linear: (row, 1, side, side) to logits (row, 10)."""
    pools = {
        "max": nn.MaxPool2d(window),
        "coarse": nn.MaxPool2d(COARSER * window),
        "global": nn.AdaptiveMaxPool2d(1),
    }
    cells = {"max": (side // window) ** 2, "coarse": (side // (COARSER * window)) ** 2, "global": 1}[name]
    return nn.Sequential(
        nn.Conv2d(1, FILTERS, KERNEL, padding=KERNEL // 2, dtype=torch.float64),
        nn.ReLU(),
        pools[name],
        nn.Flatten(),
        nn.Linear(FILTERS * cells, 10, dtype=torch.float64),
    )


def trained(
    name: str, window: int, frames: Tensor, data: Data, seed: int, move: Callable[[Tensor], Tensor]
) -> Trained:
    """Train the net with pooling ``name`` by Adam on the training rows of ``frames`` (row, 1, y, x).

    RunError when its loss stops being a finite number.
    """
    torch.manual_seed(seed)
    net = build(name, window, frames.shape[-1])
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    done, whole = NETS.index(name) * EPOCHS, len(NETS) * EPOCHS
    for epoch in range(EPOCHS):
        for rows in torch.split(data.train[torch.randperm(len(data.train))], BATCH):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(frames[rows]), data.labels[rows])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        if not math.isfinite(loss.item()):
            raise RunError(f"The training with pooling {name} diverged with seed {seed}: take another seed.")
        report(done + epoch + 1, whole)
    return Trained(
        straight=_right(net, frames[data.test], data.labels[data.test]),
        moved=_right(net, move(frames[data.test]), data.labels[data.test]),
        parameters=sum(one.numel() for one in net.parameters()),
    )


def _right(net: nn.Sequential, inputs: Tensor, labels: Tensor) -> float:
    with torch.no_grad():
        return int((net(inputs).argmax(dim=1) == labels).sum()) / len(labels)
