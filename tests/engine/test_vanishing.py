"""The vanishing recorder against NumPy alone: forward, backward, norms, training, cures; and wrong input."""

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.data.datasets import load
from engine.errors import InputError, RunError
from engine.recorders import resolve
from engine.trace import Trace
from engine.trace.progress import listening
from engine.vanishing.deep_net import Design, backward, build
from engine.vanishing.recorder import record

Array = NDArray[np.float64]
SMALL: dict[str, Any] = {"data": "iris", "depth": 4, "width": 5, "steps": 20}

FUNCTIONS = {
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky_relu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1, 0.01)),
    "elu": (lambda z: np.where(z > 0, z, np.expm1(z)), lambda z: np.where(z > 0, 1, np.exp(z))),
}


def weights_of(design: Design, widths: list[int], seed: int) -> list[Array]:
    with torch.random.fork_rng(devices=[]):
        net = build(design, widths, seed)
    return [one.weight.detach().double().numpy() for one in net if isinstance(one, torch.nn.Linear)]


def passed(weights: list[Array], biases: list[Array], function: str, x: Array, labels: Array) -> Any:
    """(loss, gradient by W, gradient by b, δ, z) of the mean cross-entropy, by the textbook's formulas."""
    f, slope = FUNCTIONS[function]
    zs, activations = [], [x]
    for k, (weight, bias) in enumerate(zip(weights, biases, strict=True)):
        zs.append(activations[-1] @ weight.T + bias)
        activations.append(f(zs[-1]) if k < len(weights) - 1 else zs[-1])
    e = np.exp(zs[-1] - zs[-1].max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(len(x)), labels]).mean()
    delta = (p - np.eye(p.shape[1])[labels]) / len(x)
    deltas, by_w, by_b = [], [], []
    for k in reversed(range(len(weights))):
        deltas.insert(0, delta)
        by_w.insert(0, delta.T @ activations[k])
        by_b.insert(0, delta.sum(axis=0))
        if k:
            delta = (delta @ weights[k]) * slope(zs[k - 1])
    return loss, by_w, by_b, deltas, zs


@pytest.fixture(scope="module")
def default() -> Trace:
    return record()


@pytest.mark.parametrize("initialisation", ["xavier", "he", "lecun", "normal"])
@pytest.mark.parametrize("function", FUNCTIONS)
def test_backward_pass_and_training_again_in_numpy(function: str, initialisation: str):
    other = "tanh" if function != "tanh" else "sigmoid"
    given = SMALL | {"activations": f"{function}, {other}", "initialisation": initialisation, "seed": 3}
    trace = record(**given, learning_rate=0.02)
    data = load("iris", 3)
    x, labels = data.inputs[data.train].numpy(), data.labels[data.train].numpy()
    weights = weights_of(Design(function, initialisation, False), [4, 5, 5, 5, 5, 3], 3)
    biases = [np.zeros(len(one)) for one in weights]
    loss, by_w, _, deltas, zs = passed(weights, biases, function, x, labels)
    before = [x, *(FUNCTIONS[function][0](z) for z in zs[:-1])]
    spreads = [np.sqrt(a.var(axis=0).mean()) for a in before]
    np.testing.assert_allclose(trace["run1/spread"].values, spreads, rtol=2e-3)
    assert trace["run1/loss_before"].item() == pytest.approx(loss, rel=1e-5)
    norms = [np.linalg.norm(one) for one in by_w]
    np.testing.assert_allclose(trace["run1/gradient_norm"].values, norms, rtol=1e-3)
    np.testing.assert_allclose(
        trace["run1/delta_norm"].values, [np.linalg.norm(one) for one in deltas], rtol=1e-3
    )
    arrived = [np.linalg.norm(one @ weight) for one, weight in zip(deltas[1:], weights[1:], strict=True)]
    np.testing.assert_allclose(trace["run1/arrived_norm"].values, arrived, rtol=1e-6)
    sizes = [np.abs(weight).mean() for weight in weights]
    np.testing.assert_allclose(trace["run1/weight_size"].values, sizes, rtol=1e-12)
    slopes = [FUNCTIONS[function][1](z).mean() for z in zs[:-1]]
    np.testing.assert_allclose(trace["run1/slope_mean"].values, slopes, rtol=1e-3)
    every = np.concatenate([FUNCTIONS[function][1](z).ravel() for z in zs[:-1]])
    rms = np.sqrt((every**2).mean())
    assert trace["run1/slope_rms"].item() == pytest.approx(rms, rel=1e-6)
    assert trace["run1/rest"].item() * rms == pytest.approx(trace["run1/factor"].item(), rel=1e-6)
    assert trace["run1/stretch"].item() == 1
    assert trace["run1/steep_share"].item() == pytest.approx((every == every.max()).mean())
    assert trace["run1/test_right"].item() == round(30 * trace["run1/test_accuracy"].item())
    np.testing.assert_allclose(trace["run1/first_weight"].values, weights[0][0, :3])
    means = [FUNCTIONS[function][0](z).mean() for z in zs[:-1]]
    np.testing.assert_allclose(trace["run1/activation_mean"].values, means, rtol=1e-3, atol=1e-5)
    shrunk = np.linalg.norm(deltas[0]) / np.linalg.norm(deltas[-1])
    assert trace["run1/ratio"].item() == pytest.approx(shrunk, rel=1e-3)
    assert trace["run1/factor"].item() ** 4 == pytest.approx(shrunk, rel=1e-3)
    losses, first = [], weights
    for _ in range(20):
        loss, by_w, by_b, _, _ = passed(weights, biases, function, x, labels)
        losses.append(loss)
        weights = [w - 0.02 * g for w, g in zip(weights, by_w, strict=True)]
        biases = [b - 0.02 * g for b, g in zip(biases, by_b, strict=True)]
    if initialisation != "normal":  # which is too steep for float32 and float64 to stay together
        np.testing.assert_allclose(trace["run1/loss"].values, losses, rtol=2e-3)
        moved = [np.abs(now - then).mean() for now, then in zip(weights, first, strict=True)]
        np.testing.assert_allclose(trace["run1/moved"].values, moved, rtol=2e-3)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_curves_by_closed_form_and_their_slopes_by_differences(function: str):
    trace = record(**SMALL, activations=f"{function},gelu")
    xs, ys, slopes = (trace[f"run1/curve_{key}"].values for key in ("x", "value", "slope"))
    f = FUNCTIONS[function][0]
    np.testing.assert_allclose(ys, f(xs), atol=1e-12)
    away = np.abs(xs) > 1e-3  # of the kinks
    np.testing.assert_allclose(slopes[away], ((f(xs + 1e-6) - f(xs - 1e-6)) / 2e-6)[away], atol=1e-6)
    steepest = trace["run1/steepest"].item()
    assert slopes[steepest] == slopes.max() == trace["run1/slope_max"].item()
    assert function not in ("sigmoid", "tanh") or xs[steepest] == 0


def test_a_gradient_by_z_against_finite_differences():
    """Of the first layer's bias: its gradient is the sum of ∂L/∂z over the rows, which one row makes ∂L/∂z itself."""
    trace = record(**SMALL, activations="sigmoid,tanh")
    data = load("iris", 0)
    x, labels = data.inputs[data.train].numpy(), data.labels[data.train].numpy()
    weights = weights_of(Design("tanh", "xavier", False), [4, 5, 5, 5, 5, 3], 0)
    squares = 0.0
    for row in range(len(x)):
        for unit in range(5):
            sides = []
            for step in (1e-5, -1e-5):
                biases = [np.zeros(len(one)) for one in weights]
                biases[0][unit] = step
                sides.append(passed(weights, biases, "tanh", x[[row]], labels[[row]])[0] / len(x))
            squares += ((sides[0] - sides[1]) / 2e-5) ** 2
    assert trace["run2/delta_norm"][0] == pytest.approx(np.sqrt(squares), rel=1e-3)


def test_a_gradient_against_finite_differences():
    trace = record(**SMALL, activations="sigmoid,tanh")
    data = load("iris", 0)
    x, labels = data.inputs[data.train].numpy(), data.labels[data.train].numpy()
    weights = weights_of(Design("tanh", "xavier", False), [4, 5, 5, 5, 5, 3], 0)
    biases = [np.zeros(len(one)) for one in weights]
    for layer in (0, 4):
        slopes = []
        for index in np.ndindex(weights[layer].shape):
            sides = []
            for step in (1e-5, -1e-5):
                moved = [one.copy() for one in weights]
                moved[layer][index] += step
                sides.append(passed(moved, biases, "tanh", x, labels)[0])
            slopes.append((sides[0] - sides[1]) / 2e-5)
        assert trace["run2/gradient_norm"][layer] == pytest.approx(np.linalg.norm(slopes), rel=1e-3)


def test_the_default_tells_the_story(default: Trace):
    assert default["nets"].item() == 2
    assert (default["weakest"].item(), default["strongest"].item()) == (1, 2)
    assert default["run1/slope_max"].item() == 0.25
    assert default["run1/ideal_ratio"].item() == 0.25**10
    first, last = ([default[f"run{run}/delta_norm"][layer] for run in (1, 2)] for layer in (0, -1))
    assert last[0] == pytest.approx(last[1], rel=0.05)  # both start level
    assert first[1] > 1e4 * first[0]
    assert 0.2 < default["run1/factor"].item() < 0.3
    assert 0.6 < default["run2/factor"].item() < 0.8
    assert default["run1/moved"][0] < 1e-5
    assert min(default["run2/moved"].values) > 1e-3
    assert default["cured"].item() == 4
    assert default["run1/test_accuracy"].item() == default["training/constant_accuracy"].item()
    assert default["run2/test_accuracy"].item() > 0.9
    setups = [
        tuple(default[f"run{run}/{name}"].item() for name in ("activation", "initialisation", "batch_norm"))
        for run in default["cures"].values
    ]
    assert setups == [
        ("sigmoid", "xavier", False),
        ("sigmoid", "he", False),
        ("sigmoid", "xavier", True),
        ("relu", "xavier", False),
        ("relu", "he", False),
    ]


def test_the_factor_is_that_of_slopes_and_weights_measured_apart(default: Trace):
    """√(mean f'²) and what is left of the factor come near what f' and W do in NumPy, layer by layer."""
    data = load("wine", 0)
    x, labels = data.inputs[data.train].numpy(), data.labels[data.train].numpy()
    for run, function in ((1, "sigmoid"), (2, "relu")):
        weights = weights_of(Design(function, "xavier", False), [13, *[24] * 10, 3], 0)
        *_, deltas, _ = passed(weights, [np.zeros(len(one)) for one in weights], function, x, labels)
        norm = np.linalg.norm
        pairs = zip(deltas[1:], weights[1:], strict=True)
        by_w = [norm(delta @ weight) / norm(delta) for delta, weight in pairs]
        assert default[f"run{run}/rest"].item() == pytest.approx(np.exp(np.log(by_w).mean()), rel=0.01)


def test_what_batch_norm_divides_by_again_in_numpy(default: Trace):
    """Its forward pass by hand: z − mean over σ, unit by unit; 1/σ is large where the weights make z small."""
    data = load("wine", 0)
    a = data.inputs[data.train].numpy()
    sizes, spreads = [], [1.0]
    for weight in weights_of(Design("sigmoid", "xavier", True), [13, *[24] * 10, 3], 0)[:-1]:
        z = a @ weight.T
        deviation = np.sqrt(((z - z.mean(axis=0)) ** 2).mean(axis=0) + 1e-5)
        sizes.append(np.sqrt((1 / deviation**2).mean()))
        a = 1 / (1 + np.exp(-(z - z.mean(axis=0)) / deviation))
        spreads.append(np.sqrt(a.var(axis=0).mean()))
    np.testing.assert_allclose(default["run4/spread"].values, spreads, rtol=1e-6)
    stretch, run = np.prod(sizes) ** 0.1, 4
    assert default[f"run{run}/stretch"].item() == pytest.approx(stretch, rel=1e-9)
    known = default[f"run{run}/slope_rms"].item() * stretch * default[f"run{run}/rest"].item()
    assert default[f"run{run}/factor"].item() == pytest.approx(known, rel=1e-9)
    assert default[f"run{run}/steep_share"].item() < 0.01 < 0.4 < default["run2/steep_share"].item() < 0.6


def test_one_answer_for_all_has_at_least_the_loss_of_the_shares(default: Trace):
    """Found by descent over one p for all training examples; the sigmoid net's loss ends there."""
    data = load("wine", 0)
    labels = data.labels[data.train]
    logits = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    for _ in range(500):
        loss = torch.nn.functional.cross_entropy(logits.expand(len(labels), 3), labels)
        (gradient,) = torch.autograd.grad(loss, logits)
        logits = (logits - gradient).detach().requires_grad_()
    held = default["training/constant_loss"].item()
    assert held == pytest.approx(loss.item(), rel=1e-9)
    assert default["run1/loss_last"].item() == pytest.approx(held, rel=1e-5)
    assert (
        default["run1/spread"][-1] < 1e-6 < 0.01 < min(default["run2/spread"][-1], default["run4/spread"][-1])
    )


def test_same_seed_same_bytes_and_the_scale_holds_everything(default: Trace):
    assert record().digest() == default.digest()
    decades = default["scale/decades"].values
    for run in range(1, 6):
        for key, ticks in (
            ("delta_norm", decades),
            ("moved", default["scale/moved"].values),
            ("spread", default["scale/spread"].values),
        ):
            sizes = default[f"run{run}/{key}"].values
            assert ticks[0] <= sizes.min()
            assert sizes.max() <= ticks[-1]
        assert default[f"run{run}/loss"].values.max() <= default["scale/loss"][1]


def test_batch_norm_and_six_activations():
    names = "sigmoid,tanh,relu,leaky_relu,elu,gelu"
    trace = record(**SMALL, activations=names, batch_norm=True)
    assert trace["nets"].item() == 6
    assert [trace[f"run{k}/activation"].item() for k in range(1, 7)] == names.split(",")
    assert len(trace["cures"]) == 4


def test_float32_underflows_to_a_true_zero():
    """NumPy in float64, with the same weights, still has a gradient where float32 has none."""
    trace = record(data="iris", depth=50, width=1, activations="sigmoid,tanh", steps=1)
    data = load("iris", 0)
    x, labels = data.inputs[data.train].numpy(), data.labels[data.train].numpy()
    weights = weights_of(Design("sigmoid", "xavier", False), [4, *[1] * 50, 3], 0)
    *_, deltas, _ = passed(weights, [np.zeros(len(one)) for one in weights], "sigmoid", x, labels)
    exact = np.array([np.linalg.norm(one) for one in deltas])
    norms = trace["run1/delta_norm"].values
    assert norms[0] == 0
    assert 0 < exact[0] < 1e-40  # far below 1.2e-38, from where on float32 loses digits
    assert trace["run1/underflown"].item() == ((norms == 0) & (exact > 0)).sum() > 0
    assert trace["run2/underflown"].item() == 0


def test_zero_weights_pass_nothing_back_and_that_is_no_underflow():
    zeros = record(**SMALL, initialisation="zeros")
    for run in (1, 2):
        assert zeros[f"run{run}/delta_norm"][0] == 0 < zeros[f"run{run}/delta_norm"][-1]
        assert zeros[f"run{run}/ratio"].item() == zeros[f"run{run}/factor"].item() == 0
        assert not zeros[f"run{run}/moved"].values[:2].any()
    assert (zeros["run1/underflown"].item(), zeros["run2/underflown"].item()) == (0, 0)


def test_divergence_is_kept_as_divergence():
    given = SMALL | {"steps": 50, "initialisation": "normal", "activations": "elu,gelu"}
    trace = record(**given, learning_rate=100)
    found = [k for k in range(1, trace["nets"].item() + 1) if trace[f"run{k}/diverged"].item()]
    assert found
    for k in found:
        assert not trace[f"run{k}/moved"].values.any()
        assert len(trace[f"run{k}/loss"]) == trace[f"run{k}/diverged_step"].item()


def test_names_of_activations_may_be_written_as_in_torch():
    trace = record(**SMALL, activations="ReLU, GELU")
    assert [trace[f"run{k}/activation"].item() for k in (1, 2)] == ["relu", "gelu"]


def test_the_loss_axis_belongs_to_the_runs_that_are_drawn():
    """A cure that diverges must not squeeze them."""
    trace = record(**SMALL, activations="tanh,relu", learning_rate=100)
    cured = trace["cured"].item()
    drawn = [1, 2] if trace[f"run{cured}/diverged"].item() else [1, 2, cured]
    compared = [trace[f"run{k}/loss"].values.max() for k in drawn]
    assert trace["scale/loss"][1] == np.ceil(max(compared))
    assert trace["scale/loss_decades"][0] <= max(min(trace["run1/loss"].values), 1e-3)


def test_overflow_in_the_first_pass_says_what_to_do():
    """By a margin: the largest nets of the recorder come so near float32's end that processors differ on it."""
    data, design = load("iris", 0), Design("relu", "normal", False)
    net = build(design, [4, *[64] * 50, 3], 0)
    with torch.no_grad():
        for weight in net.parameters():
            weight.mul_(2)  # 2⁵¹ at the last layer
    with pytest.raises(RunError, match=r"beyond float32.*batch_norm=true"):
        backward(net, design, data)


def test_progress_ends_at_the_total():
    heard: list[tuple[int, int]] = []
    with listening(lambda done, total: heard.append((done, total))):
        record(**SMALL)
    assert heard[-1] == (100, 100)
    assert heard == sorted(heard)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"depth": 1}, "depth is 1: give a whole number at least 2 and at most 50"),
        ({"depth": 51}, "depth is 51"),
        ({"depth": "deep"}, "depth is deep"),
        ({"width": 0}, "width is 0"),
        ({"initialisation": "glorot"}, "initialisation is glorot: give one of xavier, he"),
        ({"data": "mnist"}, "data is mnist"),
        ({"batch_norm": "maybe"}, "batch_norm is maybe: give true or false"),
        ({"steps": 0}, "steps is 0"),
        ({"learning_rate": 0}, "learning_rate is 0"),
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
        ({"seed": -1}, "seed is -1"),
        ({"activations": 3}, "activations is 3: give text"),
    ],
)
def test_what_cannot_be_resolved(given: dict[str, Any], sentence: str):
    with pytest.raises(InputError, match=sentence):
        resolve("vanishing", given)


@pytest.mark.parametrize(
    ("activations", "sentence"),
    [
        ("sigmoid", "give two or more different ones"),
        ("", "give two or more"),
        ("relu,relu", "give two or more different ones"),
        ("sigmod,relu", r"activations has 'sigmod'\. Did you mean sigmoid\?"),
    ],
)
def test_activations_that_cannot_be_compared(activations: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        record(**SMALL, activations=activations)
