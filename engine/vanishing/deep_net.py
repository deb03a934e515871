"""Deep nets that differ in one thing: built from the same seed, measured in one backward pass, and trained.

Numbers are float64, so that another processor gives the same film; a gradient that is too small for float32, the
precision in which such nets are usually trained, is 0 here as it would be there.
"""

import copy
import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from engine.data.datasets import Data
from engine.errors import RunError
from engine.nets.hooks import ModuleCall, watching
from engine.nets.layers import slope

ACTIVATIONS: dict[str, Callable[[], nn.Module]] = {
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
    "relu": nn.ReLU,
    "leaky_relu": nn.LeakyReLU,
    "elu": nn.ELU,
    "gelu": nn.GELU,
}
INITIALISATIONS: dict[str, Callable[[Tensor], object]] = {
    "xavier": nn.init.xavier_normal_,  # N(0, 2 / (inputs + units))
    "he": lambda weight: nn.init.kaiming_normal_(weight, nonlinearity="relu"),  # N(0, 2 / inputs)
    "lecun": lambda weight: nn.init.normal_(weight, std=weight.shape[1] ** -0.5),  # N(0, 1 / inputs)
    "normal": nn.init.normal_,  # N(0, 1)
    "zeros": nn.init.zeros_,
}
QUANTILES = 60
SAMPLE = 3  # first weights that are kept to be looked at
NORM_EPS = 1e-5  # torch's own: what batch norm adds to a variance
LEAST_SPREAD = 1e-9  # of the size of activations: smaller differences between examples come near the rounding


@dataclass(frozen=True)
class Design:
    """What distinguishes one deep net from another."""

    activation: str
    initialisation: str
    batch_norm: bool


@dataclass(frozen=True)
class Backward:
    """One forward and backward pass of the whole training set, before any step.

    By weight layer (layer,): gradient_norm = ‖∂L/∂W‖, delta_norm = ‖∂L/∂z‖ over all rows and units; weight_size =
    mean |W|.
    By hidden layer (hidden,): arrived_norm = ‖∂L/∂a‖, what comes back through the next layer's W; mean and standard
    deviation of a, mean of f'(z).  slope_rms: √(mean f'(z)²) over all.
    steep_share: of all f'(z), how many are the largest one.  stretch: 1/σ of batch norm, as stretch_of says.
    first_weight (rank,): where the first row of the first layer's W begins.
    z_quantile (quantile,): evenly spread over all hidden z; slope_quantile: f' there.
    spread (place,): how far activations differ between examples, of the input and every hidden layer (spread_of).
    Where float32 gives a norm of 0, so does this.  underflown: weight layers of which only float32 makes ‖∂L/∂z‖ 0.
    """

    loss: float
    gradient_norm: Tensor
    delta_norm: Tensor
    arrived_norm: Tensor
    weight_size: Tensor
    activation_mean: Tensor
    activation_std: Tensor
    slope_mean: Tensor
    slope_rms: float
    steep_share: float
    stretch: float
    first_weight: Tensor
    z_quantile: Tensor
    slope_quantile: Tensor
    spread: Tensor
    underflown: int


@dataclass(frozen=True)
class Learning:
    """losses before each step (step,), shorter when the training diverged at step ``diverged`` (else None).

    moved (layer,): mean |change| of a weight from the first step to the last, 0 where float32 cannot hold it; all 0
    when the training diverged.
    """

    losses: Tensor
    moved: Tensor
    diverged: int | None
    train_accuracy: float
    test_accuracy: float
    test_right: int


def build(design: Design, widths: list[int], seed: int) -> nn.Sequential:
    """The net of ``widths`` [features, *hidden, classes]; the same seed draws the same numbers for every design."""
    torch.manual_seed(seed)
    modules: list[nn.Module] = []
    for number, (inputs, units) in enumerate(itertools.pairwise(widths), start=1):
        linear = nn.Linear(inputs, units, dtype=torch.float64)
        with torch.no_grad():
            INITIALISATIONS[design.initialisation](linear.weight)
            nn.init.zeros_(linear.bias)
        modules.append(linear)
        if number < len(widths) - 1:
            if design.batch_norm:
                modules.append(nn.BatchNorm1d(units, eps=NORM_EPS, dtype=torch.float64))
            modules.append(ACTIVATIONS[design.activation]())
    return nn.Sequential(*modules)


def backward(net: nn.Sequential, design: Design, data: Data) -> Backward:
    """Measure ``net`` as it is. RunError when its numbers leave float32 upwards."""
    inputs, labels = data.inputs[data.train], data.labels[data.train]
    with watching(dict(net.named_children())) as calls:
        loss = nn.functional.cross_entropy(net(inputs), labels)
    exact = _norms(calls, loss)
    single = copy.deepcopy(net).float()
    with watching(dict(single.named_children())) as narrow_calls:
        narrow_loss = nn.functional.cross_entropy(single(inputs.float()), labels)
    narrow = _norms(narrow_calls, narrow_loss)
    norms = torch.where(narrow == 0, 0.0, exact)
    if not bool(torch.isfinite(torch.cat([narrow, norms, loss.detach()[None]])).all()):
        raise RunError(
            f"The numbers of {design.activation} with initialisation {design.initialisation} grow beyond float32 "
            "in one pass: take a smaller depth or width, another initialisation, or batch_norm=true."
        )
    weights, hidden = _weights(net), _hidden(calls)
    by_w, by_z, by_a = torch.split(norms, [len(weights), len(weights), len(hidden)])
    z = torch.stack([call.inputs[0].detach() for call in hidden])  # (hidden, row, unit)
    a = torch.stack([call.output.detach() for call in hidden])  # (hidden, row, unit)
    slopes = slope(hidden[0].module, z)
    ordered = z.flatten().sort().values
    places = ((torch.arange(QUANTILES, dtype=torch.float64) + 0.5) / QUANTILES * len(ordered)).long()
    return Backward(
        loss=loss.item(),
        gradient_norm=by_w,
        delta_norm=by_z,
        arrived_norm=by_a,
        weight_size=torch.stack([one.abs().mean() for one in weights]),
        activation_mean=a.mean(dim=(1, 2)),
        activation_std=a.std(dim=(1, 2), correction=0),
        slope_mean=slopes.mean(dim=(1, 2)),
        slope_rms=slopes.square().mean().sqrt().item(),
        steep_share=(slopes == slopes.max()).double().mean().item(),
        stretch=stretch_of([call for call in calls if isinstance(call.module, nn.BatchNorm1d)]),
        first_weight=weights[0][0, :SAMPLE],
        z_quantile=ordered[places],
        slope_quantile=slope(hidden[0].module, ordered[places]),
        spread=spread_of([inputs, *a]),
        underflown=int(((by_z == 0) & (exact[len(weights) : 2 * len(weights)] > 0)).sum()),
    )


def _norms(calls: list[ModuleCall], loss: Tensor) -> Tensor:
    """‖∂L/∂W‖ and then ‖∂L/∂z‖ of every weight layer, then ‖∂L/∂a‖ of every hidden one (2 · layer + hidden,)."""
    linears = [call for call in calls if isinstance(call.module, nn.Linear)]
    weights = [call.module.weight for call in calls if isinstance(call.module, nn.Linear)]
    outputs = [call.output for call in (*linears, *_hidden(calls))]
    grads = torch.autograd.grad(loss, [*weights, *outputs])
    return torch.stack([grad.double().norm() for grad in grads])  # float64: squares must not underflow again


def _hidden(calls: list[ModuleCall]) -> list[ModuleCall]:
    """The activations among what a net called."""
    return [call for call in calls if not isinstance(call.module, nn.Linear | nn.BatchNorm1d)]


def train(
    net: nn.Sequential, data: Data, steps: int, learning_rate: float, progress: Callable[[int], None]
) -> Learning:
    """Train ``net`` in place by torch.optim.SGD on the whole training set; stops when the loss is no finite number."""
    inputs, labels = data.inputs[data.train], data.labels[data.train]
    optimizer = torch.optim.SGD(net.parameters(), lr=learning_rate)
    first = _weights(net)
    losses: list[float] = []
    diverged = None
    for step in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(inputs), labels)
        if not math.isfinite(loss.item()):
            diverged = step
            break
        losses.append(loss.item())
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        progress(step + 1)
    net.eval()
    moved = torch.stack([(now - then).abs().mean() for now, then in zip(_weights(net), first, strict=True)])
    if diverged is not None:
        moved = torch.zeros_like(moved)
    test_labels = data.labels[data.test]
    right = _right(net, data.inputs[data.test], test_labels)
    return Learning(
        losses=torch.tensor(losses, dtype=torch.float64),
        moved=torch.where(moved.float() == 0, 0.0, moved),
        diverged=diverged,
        train_accuracy=_right(net, inputs, labels) / len(labels),
        test_accuracy=right / len(test_labels),
        test_right=right,
    )


def spread_of(activations: list[Tensor]) -> Tensor:
    """How far activations (row, unit) differ between examples, of each place (place,).

    The standard deviation over the rows, as root mean square over the units; 0 where it is hardly more than rounding.
    """
    out = []
    for a in activations:
        spread = (a - a.mean(dim=0)).square().mean().sqrt()
        out.append(torch.where(spread > LEAST_SPREAD * a.square().mean().sqrt(), spread, 0.0))
    return torch.stack(out)


def stretch_of(calls: list[ModuleCall]) -> float:
    """By how much these batch norms stretch differences: 1/σ of what goes in; 1 where there are none.

    A layer's is the root mean square over its units, that of all the geometric mean over the layers.
    """
    layers = []
    for call in calls:
        variance = call.inputs[0].detach().var(dim=0, correction=0)  # (unit,)
        layers.append((1 / (variance + NORM_EPS)).mean().sqrt().log())
    return torch.stack(layers).mean().exp().item() if layers else 1.0


def _weights(net: nn.Sequential) -> list[Tensor]:
    """A copy of every layer's weights as they are now."""
    return [module.weight.detach().clone() for module in net if isinstance(module, nn.Linear)]


def _right(net: nn.Sequential, inputs: Tensor, labels: Tensor) -> int:
    """How many are classified rightly; a row whose logits are no finite numbers is not."""
    with torch.no_grad():
        logits = net(inputs)  # (row, class)
    right = (logits.argmax(dim=1) == labels) & torch.isfinite(logits).all(dim=1)
    return int(right.sum())
