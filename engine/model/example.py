"""The model that is recorded when nobody brings one: a small convolutional net that has learned handwritten digits."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from engine.convolution.digit_net import HIGH, SIDE
from engine.data.datasets import Data, load
from engine.model.reading import Picture

EPOCHS, BATCH, LEARNING_RATE = 8, 32, 0.01
MAPS = (6, 12)
HIDDEN, CLASSES = 32, 10


class DigitNet(nn.Module):
    """As LeNet: twice a convolution, ReLU and max pooling, then two dense layers. (row, 1, 8, 8) to (row, 10)."""

    def __init__(self) -> None:
        super().__init__()
        # Drawn in float64: what float32 rounds otherwise on another processor, the training makes visible.
        real = torch.float64
        self.conv1 = nn.Conv2d(1, MAPS[0], 3, padding=1, dtype=real)  # (row, 6, 8, 8)
        self.conv2 = nn.Conv2d(*MAPS, 3, padding=1, dtype=real)  # (row, 12, 4, 4)
        self.pool = nn.MaxPool2d(2)
        self.fc1 = nn.Linear(MAPS[1] * (SIDE // 4) ** 2, HIDDEN, dtype=real)
        self.fc2 = nn.Linear(HIDDEN, CLASSES, dtype=real)

    def forward(self, x: Tensor) -> Tensor:
        """Scores of the ten digits."""
        x = self.pool(torch.relu(self.conv1(x)))
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.relu(self.fc1(x.flatten(1)))
        scores: Tensor = self.fc2(x)
        return scores


@dataclass(frozen=True)
class Example:
    """The trained net, the picture that goes in, and what it shows."""

    net: DigitNet
    picture: Picture
    label: int
    names: tuple[str, ...]


def example(seed: int) -> Example:
    """A net trained with ``seed`` on scikit-learn's digits, and the first digit that it was not trained on."""
    data = load("digits", seed)
    net = DigitNet()
    _train(net, _inputs(data), data)
    row = int(data.test[0])
    pixel = data.raw[row].numpy().reshape(SIDE, SIDE, 1).astype(np.int64)
    picture = Picture(
        f"digits {row}", _inputs(data)[row : row + 1].clone(), pixel, 0.0, float(HIGH), SIDE, SIDE
    )
    return Example(net, picture, int(data.labels[row]), data.classes)


def _inputs(data: Data) -> Tensor:
    return (data.raw / HIGH).reshape(-1, 1, SIDE, SIDE)  # (row, 1, y, x)


def _train(net: DigitNet, inputs: Tensor, data: Data) -> None:
    optimizer = torch.optim.Adam(net.parameters(), lr=LEARNING_RATE)
    for _ in range(EPOCHS):
        for rows in torch.split(data.train[torch.randperm(len(data.train))], BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(net(inputs[rows]), data.labels[rows]).backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    optimizer.zero_grad()
