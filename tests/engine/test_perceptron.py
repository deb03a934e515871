"""The perceptron recorder against NumPy alone: split, training, forward, backward, differences and step."""

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split

from engine.errors import InputError, RunError
from engine.forward.recorder import record
from engine.nets.classifier import build
from engine.nets.parameter_check import bound_above
from engine.trace import Trace
from engine.trace.progress import listening
from engine.trace.recording import torch_scope

Array = NDArray[np.float64]
Layers = list[tuple[Array, Array]]

FUNCTIONS = {
    "relu": (lambda z: np.maximum(z, 0), lambda z: (z > 0) * 1.0),
    "leaky_relu": (lambda z: np.where(z > 0, z, 0.01 * z), lambda z: np.where(z > 0, 1, 0.01)),
    "tanh": (np.tanh, lambda z: 1 - np.tanh(z) ** 2),
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2),
}


def forward(layers: Layers, activation: str, x: Array) -> tuple[list[Array], list[Array]]:
    """Pre-activations and activations of each layer for rows x; the last activation is softmax."""
    zs, activations, a = [], [], x
    for k, (weight, bias) in enumerate(layers):
        z = a @ weight.T + bias
        if k < len(layers) - 1:
            a = FUNCTIONS[activation][0](z)
        else:
            e = np.exp(z - z.max(axis=1, keepdims=True))
            a = e / e.sum(axis=1, keepdims=True)
        zs.append(z)
        activations.append(a)
    return zs, activations


def backward(
    layers: Layers, activation: str, x: Array, labels: NDArray[np.int64]
) -> tuple[list[Array], Layers]:
    """δ of each layer (row, unit), and the gradients of the mean loss, by the textbook's formulas."""
    zs, activations = forward(layers, activation, x)
    delta = (activations[-1] - np.eye(activations[-1].shape[1])[labels]) / len(x)
    deltas, grads = [], []
    for k in reversed(range(len(layers))):
        deltas.insert(0, delta)
        grads.insert(0, (delta.T @ (activations[k - 1] if k else x), delta.sum(axis=0)))
        if k:
            delta = (delta @ layers[k][0]) * FUNCTIONS[activation][1](zs[k - 1])
    return deltas, grads


def loss(layers: Layers, activation: str, x: Array, labels: NDArray[np.int64]) -> float:
    probabilities = forward(layers, activation, x)[1][-1]
    return float(-np.log(probabilities[np.arange(len(x)), labels]).mean())


def layers_of(trace: Trace, suffix: str = "") -> Layers:
    count = len(trace["widths"]) - 1
    return [
        (trace[f"layer{k}/weight{suffix}"].values, trace[f"layer{k}/bias{suffix}"].values)
        for k in range(1, count + 1)
    ]


def close(trace: Trace, name: str, expected: Array) -> None:
    np.testing.assert_allclose(trace[name].values, expected, rtol=1e-9, atol=1e-12, err_msg=name)


@pytest.fixture(scope="module")
def default() -> Trace:
    return record()


class TestDefault:
    def test_learns_iris(self, default: Trace):
        assert default["training/test_accuracy"].item() >= 0.95
        assert default["widths"].values.tolist() == [4, 6, 3]
        assert default["parameters/total"].item() == 51
        assert default["parameters/weights"].values.tolist() == [24, 18]
        assert default["parameters/biases"].values.tolist() == [6, 3]
        assert default["data/classes"].values.tolist() == ["setosa", "versicolor", "virginica"]
        assert default["data/units"].values.tolist() == ["cm"] * 4

    def test_its_flower_is_a_good_example(self, default: Trace):
        label = default["sample/label"].item()
        assert default["sample/split"].item() == "test"
        assert default["sample/prediction"].item() == label
        assert 0.7 < default["layer2/a"][label] < 0.9
        assert 1 <= default["layer1/cut_off"].item() <= 5
        assert default["layer1/cut_off"].item() == (default["layer1/z"].values <= 0).sum()
        assert default["step/loss_after"].item() < default["loss/value"].item()

    def test_training_again_in_numpy_gives_the_same_net(self, default: Trace):
        iris = load_iris()
        rows = np.arange(150)
        train, test = train_test_split(rows, test_size=0.2, stratify=iris.target, random_state=0)
        train = np.sort(train)
        mean, std = iris.data[train].mean(axis=0), iris.data[train].std(axis=0)
        close(default, "data/mean", mean)
        close(default, "data/std", std)
        means = [iris.data[train][iris.target[train] == one].mean(axis=0) for one in range(3)]
        close(default, "data/class_mean", np.array(means))
        assert default["data/tick"].values.tolist() == list(range(int((mean + std).max()) + 1))
        inputs = (iris.data - mean) / std
        close(default, "sample/input", inputs[54])
        with torch_scope(0):
            net = build([4, 6, 3], "relu")
        layers = [(net[k].weight.detach().numpy(), net[k].bias.detach().numpy()) for k in (0, 2)]
        losses = []
        start = layers
        for _ in range(300):
            losses.append(loss(layers, "relu", inputs[train], iris.target[train]))
            _, grads = backward(layers, "relu", inputs[train], iris.target[train])
            layers = [(w - 0.1 * dw, b - 0.1 * db) for (w, b), (dw, db) in zip(layers, grads, strict=True)]
        close(default, "training/loss", np.array(losses))
        for k, (weight, bias) in enumerate(layers, start=1):
            close(default, f"layer{k}/weight", weight)
            close(default, f"layer{k}/bias", bias)
        for then, name in ((start, "before"), (layers, "after")):
            shares = forward(then, "relu", inputs[train])[1][-1][np.arange(len(train)), iris.target[train]]
            close(default, f"training/p_{name}", shares)
        close(
            default, "training/loss_after", np.array(loss(layers, "relu", inputs[train], iris.target[train]))
        )
        close(default, "training/loss_after", -np.log(default["training/p_after"].values).mean())
        for rows, name in ((train, "train"), (test, "test")):
            right = (forward(layers, "relu", inputs[rows])[1][-1].argmax(axis=1) == iris.target[rows]).sum()
            assert default[f"training/{name}_correct"].item() == right
            assert default[f"training/{name}_accuracy"].item() == right / len(rows)
            assert default[f"data/{name}_count"].item() == len(rows)

    def test_curves(self, default: Trace):
        x = default["activation/curve_x"].values
        assert len(x) == 121
        assert x[0] <= min(-3, default["layer1/z"].values.min())
        assert x[-1] >= max(3, default["layer1/z"].values.max())
        close(default, "activation/curve_y", np.maximum(x, 0))
        close(default, "activation/curve_slope", (x > 0) * 1.0)
        close(default, "loss/curve", -np.log(default["loss/curve_p"].values))

    def test_the_ticks_are_the_whole_numbers_of_the_curves(self, default: Trace):
        assert default["activation/tick"].values.tolist() == [-3, -2, -1, 0, 1, 2, 3]
        assert default["loss/tick"].values.tolist() == [0, 1, 2, 3, 4]
        assert default["softmax/tick"].values.tolist() == [0, 5, 10]
        far = record(learning_rate=10, epochs=5, sample=60)
        along = {
            "activation/tick": far["activation/curve_x"].values,
            "loss/tick": far["loss/curve"].values,
            "softmax/tick": np.array([0, far["softmax/exp_sum"].item()]),
        }
        for name, values in along.items():
            ticks = far[name].values
            assert 2 <= len(ticks) <= 7
            assert 0 in ticks
            step = np.diff(ticks)[0]
            first, last = np.ceil(values.min() / step), np.floor(values.max() / step)
            close(far, name, step * np.arange(first, last + 1))

    def test_the_curve_of_the_loss_reaches_down_to_an_unlikely_truth(self):
        trace = record(learning_rate=10, epochs=5, sample=60)
        own = trace["layer2/a"][trace["sample/label"].item()]
        others = np.concatenate([trace[f"training/p_{one}"].values for one in ("before", "after")])
        assert 0 < own < 0.01
        assert own in trace["loss/curve_p"].values
        assert trace["loss/curve_p"][0] == others[others > 0].min() < own
        close(trace, "loss/curve", -np.log(trace["loss/curve_p"].values))

    def test_the_way_from_the_loss_through_softmax_is_the_chain_rule(self, default: Trace):
        p, label = default["layer2/a"].values, default["sample/label"].item()
        close(default, "loss/slope", -1 / p[label])
        close(default, "softmax/slope", p[label] * (np.eye(3)[label] - p))
        close(default, "layer2/delta", default["loss/slope"].item() * default["softmax/slope"].values)

    def test_the_check_moves_the_weight_with_the_largest_gradient(self, default: Trace):
        grad, step = default["layer2/weight_grad"].values, default["check/epsilon"].item()
        places = list(zip(default["check/unit"].values, default["check/input"].values, strict=True))
        assert len(set(places)) == 5
        assert [abs(grad[place]) for place in places] == sorted(np.abs(grad).ravel(), reverse=True)[:5]
        first = default["layer1/weight_grad"].values
        own = list(zip(default["check/first_unit"].values, default["check/first_input"].values, strict=True))
        assert [abs(first[place]) for place in own] == sorted(np.abs(first).ravel(), reverse=True)[:5]
        assert default["check/passes"].item() == 2 * default["parameters/total"].item()
        x, label = default["sample/input"].values[None], np.array([default["sample/label"].item()])
        close(default, "check/weight", default["layer2/weight"][places[0]] + step * np.array([-1, 0, 1]))
        losses = []
        for weight in default["check/weight"].values:
            moved = [(w.copy(), b) for w, b in layers_of(default)]
            moved[1][0][places[0]] = weight
            losses.append(loss(moved, "relu", x, label))
        close(default, "check/loss", np.array(losses))
        slope = (losses[2] - losses[0]) / (2 * step)
        assert losses[1] == pytest.approx(default["loss/value"].item(), rel=1e-12)
        assert default["layer2/weight_fd"][places[0]] == pytest.approx(slope, rel=1e-9)

    def test_nodes_are_the_modules_in_order(self, default: Trace):
        assert [(node.id, node.operation, node.inputs) for node in default.nodes] == [
            ("input", "input", ()),
            ("layer1", "Linear", ("input",)),
            ("activation1", "ReLU", ("layer1",)),
            ("layer2", "Linear", ("activation1",)),
            ("target", "input", ()),
            ("loss", "CrossEntropyLoss", ("layer2", "target")),
        ]
        assert default.node("layer1").output_shape == (6,)

    def test_every_gradient_against_own_differences(self, default: Trace):
        x, label = default["sample/input"].values[None], np.array([default["sample/label"].item()])
        step = 1e-5
        for k in (1, 2):
            for part in (0, 1):
                name = ("weight", "bias")[part]
                for index in np.ndindex(default[f"layer{k}/{name}"].shape):
                    sides = []
                    for sign in (1, -1):
                        moved = [(w.copy(), b.copy()) for w, b in layers_of(default)]
                        moved[k - 1][part][index] += sign * step
                        sides.append(loss(moved, "relu", x, label))
                    slope = (sides[0] - sides[1]) / (2 * step)
                    assert default[f"layer{k}/{name}_grad"][index] == pytest.approx(slope, rel=1e-6, abs=1e-9)


CASES = [
    {},
    {"activation": "tanh", "widths": (5, 4)},
    {"activation": "sigmoid", "learning_rate": 0.5},
    {"activation": "leaky_relu", "widths": (8, 7, 6, 5)},
    {"data": "wine", "widths": (1,), "seed": 3},
    {"data": "breast_cancer", "widths": (16, 8), "sample": 568, "epochs": 50},
    {"data": "digits", "widths": (20,), "sample": 0, "epochs": 30},
]


@pytest.mark.parametrize("given", CASES, ids=str)
def test_numpy_again(given: dict):
    trace = record(**given)
    activation = trace["activation"].item()
    layers, count = layers_of(trace), len(trace["widths"]) - 1
    x, label = trace["sample/input"].values[None], np.array([trace["sample/label"].item()])
    zs, activations = forward(layers, activation, x)
    deltas, grads = backward(layers, activation, x, label)
    rate = trace["step/learning_rate"].item()
    for k in range(1, count + 1):
        weight, bias = layers[k - 1]
        entering = activations[k - 2][0] if k > 1 else x[0]
        close(trace, f"layer{k}/input", entering)
        close(trace, f"layer{k}/product", weight * entering)
        partial = np.hstack([np.cumsum(weight * entering, axis=1), zs[k - 1].T])
        close(trace, f"layer{k}/partial", partial)
        close(trace, f"layer{k}/z", zs[k - 1][0])
        close(trace, f"layer{k}/a", activations[k - 1][0])
        close(trace, f"layer{k}/delta", deltas[k - 1][0])
        close(trace, f"layer{k}/weight_grad", grads[k - 1][0])
        close(trace, f"layer{k}/bias_grad", grads[k - 1][1])
        close(trace, f"layer{k}/weight_after", weight - rate * grads[k - 1][0])
        close(trace, f"layer{k}/bias_after", bias - rate * grads[k - 1][1])
        close(trace, f"layer{k}/weight_change", -rate * grads[k - 1][0])
        if k < count:
            following = layers[k][0]
            close(trace, f"layer{k}/slope", FUNCTIONS[activation][1](zs[k - 1][0]))
            close(trace, f"layer{k}/upstream_product", following.T * deltas[k][0])
            close(trace, f"layer{k}/upstream", following.T @ deltas[k][0])
            close(
                trace, f"layer{k}/delta", trace[f"layer{k}/upstream"].values * trace[f"layer{k}/slope"].values
            )
            assert (f"layer{k}/cut_off" in trace) == (activation == "relu")
    close(trace, "softmax/exp", np.exp(zs[-1][0]))
    close(trace, "softmax/exp_sum", np.exp(zs[-1][0]).sum())
    close(trace, "softmax/score_sum", zs[-1][0].sum())
    close(trace, "softmax/sum", np.array(1.0))
    close(trace, "loss/each", -np.log(activations[-1][0]))
    close(trace, "loss/value", np.array(loss(layers, activation, x, label)))
    close(trace, "loss/target", np.eye(trace["widths"][-1])[label[0]])
    after = layers_of(trace, "_after")
    close(trace, "step/loss_after", np.array(loss(after, activation, x, label)))
    close(trace, "step/probabilities_after", forward(after, activation, x)[1][-1][0])
    for k, given_out in enumerate(forward(after, activation, x)[1], start=1):
        close(trace, f"layer{k}/a_after", given_out[0])
    assert trace["layer1/strongest"].item() == zs[0][0].argmax()
    assert trace["layer1/weakest"].item() == zs[0][0].argmin()
    assert trace["path/unit"].item() == np.abs(deltas[-2][0]).argmax()
    pairs = [
        (f"layer{k}/{one}_fd", f"layer{k}/{one}_grad")
        for k in range(1, count + 1)
        for one in ("weight", "bias")
    ]
    grads = np.concatenate([trace[grad].values.ravel() for _, grad in pairs])
    assert trace["step/moved"].item() == (grads != 0).sum()
    assert trace["step/still"].item() == (grads == 0).sum()
    distance = max(float(np.abs(trace[a].values - trace[b].values).max()) for a, b in pairs)
    assert distance < trace["check/difference_bound"].item() <= max(1e-9, 10 * distance)
    assert distance < 1e-5


def test_a_probability_of_next_to_nothing_has_no_slope_of_its_log():
    """1 / p would be no number to read: the film has words for that."""
    given = {"learning_rate": 8.0, "epochs": 2, "widths": (16,), "data": "digits"}
    traces = [record(**given, sample=row) for row in (0, 70)]
    for trace in traces:
        own = trace["layer2/a"][trace["sample/label"].item()]
        assert ("loss/slope" in trace) == ("softmax/slope" in trace) == (own >= 1e-12)
    assert any("loss/slope" not in trace for trace in traces)


def test_same_seed_same_bytes_and_another_seed_another_net(default: Trace):
    assert record().digest() == default.digest()
    assert record(seed=1)["layer1/weight"] != default["layer1/weight"]


def test_constant_features_are_divided_by_one():
    trace = record(data="digits", epochs=1, sample=0)
    assert trace["data/std"][0] == 1
    assert trace["sample/input"][0] == 0
    assert trace["data/units"].values.tolist() == [""] * 64


@pytest.mark.parametrize(
    ("given", "kind", "sentence"),
    [
        ({"widths": ()}, InputError, "widths is empty: give 1 to 4 hidden layers of 1 to 64 units"),
        ({"widths": (0,)}, InputError, "widths is 0"),
        ({"widths": (65,)}, InputError, "widths is 65"),
        ({"widths": (2, 2, 2, 2, 2)}, InputError, "widths is 2,2,2,2,2"),
        ({"sample": 150}, InputError, "sample is 150: iris has rows 0 to 149"),
        ({"sample": -1}, InputError, "sample is -1: give a whole number at least 0"),
        ({"data": "mnist"}, InputError, "data is mnist: give one of iris, wine, breast_cancer, digits"),
        ({"epochs": 1.5}, InputError, "epochs is 1.5"),
        (
            {"learning_rate": 100, "widths": (64, 64)},
            RunError,
            "at a learning rate of 100: take a smaller learning_rate",
        ),
    ],
)
def test_what_cannot_be_recorded(given: dict, kind: type[Exception], sentence: str):
    with pytest.raises(kind, match=sentence):
        record(**given)


def test_progress_is_reported_and_the_listener_is_gone_afterwards():
    heard: list[tuple[int, int]] = []
    with listening(lambda done, total: heard.append((done, total))):
        record(epochs=100)
    record(epochs=100)
    assert heard[-1] == (100, 100)
    assert len(heard) == 50


def test_torch_is_left_as_it_was():
    torch.manual_seed(5)
    before = torch.get_rng_state().clone(), torch.get_num_threads(), torch.get_default_dtype()
    record(epochs=5)
    with torch.inference_mode(), pytest.raises(RunError):
        record(learning_rate=100, widths=(64, 64), epochs=50)
    assert torch.equal(torch.get_rng_state(), before[0])
    assert (torch.get_num_threads(), torch.get_default_dtype()) == before[1:]


@pytest.mark.parametrize(
    ("distance", "bound"),
    [(0.0, 1e-9), (3e-10, 1e-9), (3e-8, 1e-7), (1e-6, 1e-5), (1.0, 10.0), (25.0, 100.0)],
)
def test_a_distance_is_told_by_a_power_of_ten_above_it(distance: float, bound: float):
    assert bound_above(distance) == pytest.approx(bound, rel=1e-12)
    assert distance < bound_above(distance)
