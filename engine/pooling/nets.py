"""Small nets that differ in their pooling, trained on the digits and tested on moved ones. All float64."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.datasets import Data
from engine.errors import RunError
from engine.pooling.maps import COARSER, KINDS, moved
from engine.trace.progress import report

FILTERS, KERNEL = 16, 5
EPOCHS, BATCH, LEARNING_RATE = 15, 64, 0.02
SIDE_EPOCHS = 3  # of the nets that say to which side a digit was moved


@dataclass(frozen=True)
class Trained:
    """Shares of the test set named rightly, as it is and moved; and of moved digits whose side is said rightly.

    numbers: how many pooling leaves to the layer that decides.
    """

    straight: float
    moved: float
    sides: float
    numbers: int


@dataclass(frozen=True)
class Task:
    """Frames (row, 1, y, x) and the class of each (row,)."""

    frames: Tensor
    labels: Tensor

    def right(self, net: nn.Sequential) -> float:
        """The share of the frames that the net names rightly."""
        with torch.no_grad():
            return int((net(self.frames).argmax(dim=1) == self.labels).sum()) / len(self.labels)


def numbers(name: str, window: int, side: int) -> int:
    """What pooling ``name`` leaves of all maps."""
    wide = {"map": 1, "max": window, "mean": window, "coarse": COARSER * window}.get(name, side)
    return FILTERS * (side // wide) ** 2


def build(name: str, window: int, side: int, classes: int) -> nn.Sequential:
    """conv 16 × 5×5, ReLU, pool ("map": none), linear: (row, 1, side, side) to logits (row, classes)."""
    pools = {
        "map": nn.Identity(),
        "max": nn.MaxPool2d(window),
        "mean": nn.AvgPool2d(window),
        "coarse": nn.MaxPool2d(COARSER * window),
        "global": nn.AdaptiveMaxPool2d(1),
    }
    return nn.Sequential(
        nn.Conv2d(1, FILTERS, KERNEL, padding=KERNEL // 2, dtype=torch.float64),
        nn.ReLU(),
        pools[name],
        nn.Flatten(),
        nn.Linear(numbers(name, window, side), classes, dtype=torch.float64),
    )


def trained(name: str, window: int, frames: Tensor, data: Data, seed: int, by: int) -> Trained:
    """Two nets with pooling ``name``: one says which digit it is, one to which side it was moved.

    The first learns from unmoved digits, the second from each digit twice: ``by`` pixels to the left and to the right.
    RunError when a loss stops being a finite number.
    """
    side, (train, test) = frames.shape[-1], (data.train, data.test)
    which = build(name, window, side, len(data.classes))
    where = build(name, window, side, 2)
    _train(which, Task(frames[train], data.labels[train]), EPOCHS, seed)
    _train(where, _sides(frames[train], by), SIDE_EPOCHS, seed)
    report(KINDS.index(name) + 1, len(KINDS))
    return Trained(
        straight=Task(frames[test], data.labels[test]).right(which),
        moved=Task(moved(frames[test], by), data.labels[test]).right(which),
        sides=_sides(frames[test], by).right(where),
        numbers=numbers(name, window, side),
    )


def _sides(frames: Tensor, by: int) -> Task:
    """Every frame moved to the left, which is class 0, and to the right, class 1."""
    labels = torch.arange(2).repeat_interleave(len(frames))
    return Task(torch.cat([moved(frames, -by), moved(frames, by)]), labels)


def _train(net: nn.Sequential, task: Task, epochs: int, seed: int) -> None:
    """By Adam, from parameters and in an order that the seed gives."""
    torch.manual_seed(seed)
    for layer in net:
        if isinstance(layer, nn.Conv2d | nn.Linear):
            layer.reset_parameters()
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    for _ in range(epochs):
        for rows in torch.split(torch.randperm(len(task.labels)), BATCH):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net(task.frames[rows]), task.labels[rows])
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    if not math.isfinite(loss.item()):
        raise RunError(f"A training with another pooling diverged with seed {seed}: take another seed.")
