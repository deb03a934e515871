"""A multilayer perceptron for classification and its training by full-batch gradient descent."""

import itertools
import math
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.datasets import Data
from engine.errors import runaway
from engine.trace.progress import report

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "relu": nn.ReLU,
    "tanh": nn.Tanh,
    "sigmoid": nn.Sigmoid,
    "leaky_relu": nn.LeakyReLU,
}
KINKED = frozenset({"relu", "leaky_relu"})  # not differentiable at z = 0
REPORTS_PER_TRAINING = 50


@dataclass(frozen=True)
class Training:
    """What training left: loss before each update, shape (epoch,), and rows classified rightly."""

    losses: Tensor
    train_correct: int
    test_correct: int


def build(widths: Sequence[int], activation: str) -> nn.Sequential:
    """Modules layer1, activation1, layer2, …, float64, with torch's own first weights from the current seed.

    widths: [features, *hidden, classes].  The last layer gives logits; softmax belongs to the loss.
    """
    modules: OrderedDict[str, nn.Module] = OrderedDict()
    for layer, (inputs, units) in enumerate(itertools.pairwise(widths), start=1):
        modules[f"layer{layer}"] = nn.Linear(inputs, units, dtype=torch.float64)
        if layer < len(widths) - 1:
            modules[f"activation{layer}"] = ACTIVATIONS[activation]()
    return nn.Sequential(modules)


def linears(net: nn.Sequential) -> list[nn.Linear]:
    """The weight layers in order."""
    return [module for module in net if isinstance(module, nn.Linear)]


def train(net: nn.Sequential, data: Data, epochs: int, learning_rate: float) -> Training:
    """Train ``net`` in place with torch.optim.SGD on the whole training set at every epoch.

    Raises RunError when the loss stops being a finite number.
    """
    inputs, labels = data.inputs[data.train], data.labels[data.train]
    optimizer = torch.optim.SGD(net.parameters(), lr=learning_rate)
    losses: list[float] = []
    for epoch in range(epochs):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(inputs), labels)
        losses.append(loss.item())
        if not math.isfinite(losses[-1]):
            raise runaway(f"The training diverged in epoch {epoch + 1}", learning_rate)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        if (epoch + 1) % max(epochs // REPORTS_PER_TRAINING, 1) == 0:
            report(epoch + 1, epochs)
    optimizer.zero_grad()
    return Training(
        losses=torch.tensor(losses, dtype=torch.float64),
        train_correct=_correct(net, inputs, labels, learning_rate),
        test_correct=_correct(net, data.inputs[data.test], data.labels[data.test], learning_rate),
    )


def _correct(net: nn.Sequential, inputs: Tensor, labels: Tensor, learning_rate: float) -> int:
    with torch.no_grad():
        logits = net(inputs)  # (row, class)
    if not bool(torch.isfinite(logits).all()):
        raise runaway("The training diverged in its last epoch", learning_rate)
    return int((logits.argmax(dim=1) == labels).sum())
