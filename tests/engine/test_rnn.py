"""The rnn recorder against NumPy alone: every gate and state, and gradients by differences; and wrong input."""

from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from engine.errors import InputError, RunError
from engine.recorders import resolve
from engine.rnn.recorder import record
from engine.rnn.recurrent import Predictor, train
from engine.trace import Trace
from engine.trace.progress import listening

Array = NDArray[np.float64]
# Monthly airline passengers of 1949 and 1950, in thousands (Box and Jenkins 1976, series G).
PASSENGERS = (112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118)
PASSENGERS += (115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140)
AIRLINE = {"passengers": PASSENGERS}


def sigmoid(z: Array) -> Array:
    return 1 / (1 + np.exp(-z))


def step(
    trace: Trace, x: Array, h: Array, c: Array, moved: Array | float = 0
) -> tuple[Array, Array, dict[str, Array]]:
    """(h, c, gates) after one step, by the formulas of PyTorch's documentation; W_ih may be moved."""
    ins = (trace["weight_ih"].values + moved) @ x + trace["bias_ih"].values
    backs = trace["weight_hh"].values @ h + trace["bias_hh"].values
    kind = trace["cell"].item()
    if kind == "rnn":
        new = np.tanh(ins + backs)
        return new, c, {"new": new}
    if kind == "lstm":
        i, f, g, o = np.split(ins + backs, 4)
        i, f, g, o = sigmoid(i), sigmoid(f), np.tanh(g), sigmoid(o)
        c = f * c + i * g
        return o * np.tanh(c), c, {"input": i, "forget": f, "new": g, "output": o}
    (ir, iz, inew), (hr, hz, hnew) = np.split(ins, 3), np.split(backs, 3)
    r, z = sigmoid(ir + hr), sigmoid(iz + hz)
    new = np.tanh(inew + r * hnew)
    return (1 - z) * new + z * h, c, {"reset": r, "update": z, "new": new}


def losses_after(trace: Trace, start: int, h: Array, c: Array) -> Array:
    """Losses of the steps from ``start`` on, when step ``start`` has left h and c."""
    found = []
    for t in range(start, trace["count/steps"].item()):
        if t > start:
            h, c, _ = step(trace, trace["input"].values[t], h, c)
        outputs = trace["output/weight"].values @ h + trace["output/bias"].values
        if trace["kind"].item() == "numbers":
            found.append((outputs[0] - trace["target"][t]) ** 2)
        else:
            found.append(np.log(np.exp(outputs).sum()) - outputs[trace["target/id"][t]])
    return np.array(found)


# Hangul, spaces, accents, Greek and Chinese.
@pytest.mark.parametrize("sequence", ["안녕하세요", "a b, a b!", "ệệa", "λόγος", "一类又一类"])
def test_what_goes_in_and_what_is_to_come_out(sequence: str):
    trace = record(sequence=sequence, hidden=2, steps=1, long=10)
    assert "".join(trace["input/character"].values) == sequence[:-1]
    assert "".join(trace["target/character"].values) == sequence[1:]
    assert trace["input"].values.sum(axis=1).tolist() == [1.0] * (len(sequence) - 1)


@pytest.mark.parametrize("given", [{"sequence": "hello"}, {"series": AIRLINE}], ids=["hello", "airline"])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_every_state_gate_and_gradient(cell: str, given: dict[str, Any]):
    trace = record(cell=cell, hidden=3, steps=12, long=10, seed=2, **given)
    units = 3
    h, c = np.zeros(units), np.zeros(units)
    count = trace["count/steps"].item()
    for t in range(count):
        np.testing.assert_allclose(
            trace["hidden_part"].values[t],
            trace["weight_hh"].values @ h + trace["bias_hh"].values,
            atol=1e-12,
        )
        h, c, gates = step(trace, trace["input"].values[t], h, c)
        np.testing.assert_allclose(trace["h"].values[t], h, atol=1e-12)
        for name, value in gates.items():
            np.testing.assert_allclose(trace[f"gate/{name}"].values[t], value, atol=1e-12)
        if cell == "lstm":
            np.testing.assert_allclose(trace["c"].values[t], c, atol=1e-12)
        for name, pick in (("total", lambda one: one.sum() / count), ("last", lambda one: one[-1])):
            for unit in range(units):
                nudge = 1e-6 * np.eye(units)[unit]
                up, down = (pick(losses_after(trace, t, h + sign * nudge, c)) for sign in (1, -1))
                found = trace[f"gradient/{name}"].values[t, unit]
                assert found == pytest.approx((up - down) / 2e-6, rel=1e-5, abs=1e-8)
    losses = losses_after(trace, 0, trace["h"].values[0], trace["c"].values[0] if cell == "lstm" else c)
    np.testing.assert_allclose(trace["loss/step"].values, losses, atol=1e-10)
    assert trace["loss/value"].item() == pytest.approx(losses.mean())


def test_the_default_learns_hello():
    trace = record()
    assert trace["sequence"].item() == "hello"
    assert trace["vocabulary"].values.tolist() == ["h", "e", "l", "o"]
    assert "".join(trace["predicted/character"].values) == "ello"
    assert trace["training/learned"].item()
    assert trace["predicted/right"].item() == 4
    assert trace["same/pair"].values.tolist() == [2, 3]  # both read l, then comes l once and o once
    assert "".join(trace["table/character"].values) == "elll"
    assert trace["same/most"].item() == pytest.approx(float(np.linalg.norm(2 * np.ones(8))))
    apart = trace["h"].values[2] - trace["h"].values[3]
    assert trace["same/distance"].item() == pytest.approx(float(np.sqrt((apart**2).sum())))
    np.testing.assert_allclose(trace["probabilities"].values.sum(axis=1), 1)
    assert trace.flags["learned"]
    assert trace["parameters/recurrent"].item() == 8 * 4 + 8 * 8 + 8 + 8
    assert trace["parameters/total"].item() == 112 + 4 * 8 + 4
    assert trace["parameters/output"].item() == 4 * 8 + 4
    assert (trace["count/gates"].item(), trace["count/input"].item()) == (1, 4)
    assert trace["h/start"].values.tolist() == [0.0] * 8
    np.testing.assert_allclose(np.tanh(trace["pre_activation"].values), trace["h"].values)
    assert trace["table/hit"].values.tolist() == [True, True, True, False]  # of l and o after l, the first
    assert record().digest() == trace.digest()


def test_numbers_are_standardised_and_beat_repeating_the_last_one():
    trace = record(series=AIRLINE)
    raw = np.array(PASSENGERS, dtype=float)
    z = (raw - raw.mean()) / raw.std()
    np.testing.assert_allclose(trace["input"].values[:, 0], z[:-1])
    np.testing.assert_allclose(trace["target"].values, z[1:])
    np.testing.assert_allclose(
        trace["prediction/raw"].values, trace["prediction"].values * raw.std() + raw.mean()
    )
    repeating = float(((z[1:] - z[:-1]) ** 2).mean())
    assert trace["loss/repeating"].item() == pytest.approx(repeating)
    assert trace["loss/value"].item() < repeating
    assert trace.flags["learned"]
    assert not record(series=AIRLINE, steps=1, learning_rate=1e-6).flags["learned"]


def test_the_last_update_counts_too():
    """What is reached or lost by the very last update must not be told otherwise."""
    for steps in range(1, 14):
        trace = record(steps=steps, long=10, hidden=4, learning_rate=0.05)
        right = trace["predicted/right"].item() == trace["count/steps"].item()
        assert trace.flags["learned"] == right == (trace["training/learned_step"].item() >= 0)
        assert len(trace["training/loss"]) == steps


def test_the_gradient_before_training_is_that_of_an_untrained_net():
    trace = record(steps=1, learning_rate=1e-12)
    np.testing.assert_allclose(
        trace["gradient/start_norm"].values, trace["gradient/last_norm"].values, rtol=1e-6
    )
    assert trace["gradient/start_loss"].item() == pytest.approx(trace["loss/step"].values[-1], rel=1e-6)


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_what_a_copy_of_the_cell_adds_to_the_gradient_of_its_input_weights(cell: str):
    """By differences: W_ih is moved in one step alone, number by number."""
    trace = record(cell=cell, hidden=2, steps=1, learning_rate=1e-12, long=10, sequence="abca")
    weights = trace["weight_ih"].values
    for moved, norm in enumerate(trace["gradient/part_norm"].values):
        found = np.zeros_like(weights)
        for place in np.ndindex(*weights.shape):
            ends = []
            for nudge in (1e-5, -1e-5):
                h = c = np.zeros(2)
                for t in range(3):
                    by = np.zeros_like(weights)
                    by[place] = nudge if t == moved else 0
                    h, c, _ = step(trace, trace["input"].values[t], h, c, by)
                ends.append(losses_after(trace, 2, h, c)[-1])
            found[place] = (ends[0] - ends[1]) / 2e-5
        assert norm == pytest.approx(float(np.linalg.norm(found)), rel=1e-5, abs=1e-9)


def test_a_gradient_of_exactly_zero_stays_zero():
    """One unit with a small weight: over 400 steps float64 has no smaller number left."""
    trace = record(hidden=1, long=400, seed=1, steps=1)
    norms = trace["long1/gradient_norm"].values
    assert norms[0] == 0
    assert norms[-1] > 0
    assert trace["long/decades"].values[0] > 0


def test_what_is_not_learned_is_said():
    trace = record(sequence="abcabdacb", hidden=1, steps=1)
    assert not trace["training/learned"].item()
    assert trace["training/learned_step"].item() == -1
    assert not trace.flags["learned"]


def long_net(kind: str, biases: tuple[float, float] | None = None) -> Predictor:
    """The net of a long run of hello with 8 units; `biases` of forget and input gate."""
    torch.manual_seed(0)
    net = Predictor(kind, 4, 8)
    if biases:
        own = net.weights()
        for start, bias in zip((8, 0), biases, strict=True):
            own["bias_ih"][start : start + 8] = bias
            own["bias_hh"][start : start + 8] = 0
    return net


def last_loss(net: Predictor, x: Array, target: int, start: int, h: Array, c: Array) -> float:
    """The loss of the last step when step ``start`` has left h and c, by NumPy."""
    own = {name: one.numpy() for name, one in net.weights().items()}
    for row in x[start + 1 :]:
        both = own["weight_ih"] @ row + own["bias_ih"] + own["weight_hh"] @ h + own["bias_hh"]
        if net.kind == "rnn":
            h = np.tanh(both)
            continue
        i, f, g, o = np.split(both, 4)
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        h = sigmoid(o) * np.tanh(c)
    outputs = net.output.weight.detach().numpy() @ h + net.output.bias.detach().numpy()
    return float(np.log(np.exp(outputs).sum()) - outputs[target])


@pytest.mark.parametrize(
    ("number", "kind", "biases"), [(1, "rnn", None), (2, "lstm", None), (3, "lstm", (4.0, -4.0))]
)
def test_the_gradient_of_the_state_over_a_long_sequence(
    number: int, kind: str, biases: tuple[float, float] | None
):
    """By differences of c (of h in an RNN), h following from c; the values by torch's own LSTM."""
    trace, net = record(long=12), long_net(kind, biases)
    ids = np.array([0, 1, 2, 2, 3, 0, 1, 2, 2, 3, 0, 1, 2])  # hello, again and again
    x = np.eye(4)[ids]
    norms = trace[f"long{number}/gradient_norm"].values
    hiddens, _ = net.recurrent(torch.tensor(x[:12]))
    h = hiddens.detach().numpy()
    for t in (0, 5, 11):
        cells = np.zeros(8)
        opened = np.zeros(8)
        if kind == "lstm":
            _, (_, last) = net.recurrent(torch.tensor(x[: t + 1]))
            cells = last[0].detach().numpy()
            opened = h[t] / np.tanh(cells)
        found = []
        for nudge in 1e-6 * np.eye(8):
            ends = []
            for sign in (1, -1):
                c = cells + sign * nudge
                moved = opened * np.tanh(c) if kind == "lstm" else h[t] + sign * nudge
                ends.append(last_loss(net, x[:12], int(ids[12]), t, moved, c))
            found.append((ends[0] - ends[1]) / 2e-6)
        assert norms[t] == pytest.approx(float(np.linalg.norm(found)), rel=1e-4, abs=1e-9)
    assert trace[f"long{number}/per_step"].item() ** 11 == pytest.approx(norms[0] / norms[-1])
    assert trace[f"long{number}/left"].item() * norms[-1] == pytest.approx(norms[0])
    if number > 1:
        last = f"long{number}/last/"
        np.testing.assert_allclose(trace[f"{last}h"].values, h[-1], atol=1e-12)
        np.testing.assert_allclose(trace[f"{last}h_before"].values, h[-2], atol=1e-12)
        np.testing.assert_allclose(trace[f"{last}c"].values, cells, atol=1e-12)
        parts = {one: trace[f"{last}{one}"].values for one in ("before", "forget", "input", "new")}
        again = parts["forget"] * parts["before"] + parts["input"] * parts["new"]
        np.testing.assert_allclose(trace[f"{last}c"].values, again, atol=1e-12)


@pytest.mark.parametrize(("number", "biases"), [(2, None), (3, (4.0, -4.0))])
def test_what_forget_gates_alone_leave_of_the_gradient(number: int, biases: tuple[float, float] | None):
    """The product of the gates by NumPy, and the unit in which most is left."""
    trace, net = record(long=12), long_net("lstm", biases)
    own = {name: one.numpy() for name, one in net.weights().items()}
    h, c, forget = np.zeros(8), np.zeros(8), []
    ids = np.array([0, 1, 2, 2, 3, 0, 1, 2, 2, 3, 0, 1, 2])
    for row in np.eye(4)[ids[:12]]:
        i, f, g, o = np.split(
            own["weight_ih"] @ row + own["bias_ih"] + own["weight_hh"] @ h + own["bias_hh"], 4
        )
        c = sigmoid(f) * c + sigmoid(i) * np.tanh(g)
        before, h = h, sigmoid(o) * np.tanh(c)
        forget.append(sigmoid(f))
    np.testing.assert_allclose(trace[f"long{number}/last/forget"].values, forget[-1], atol=1e-12)
    np.testing.assert_allclose(trace[f"long{number}/last/h_before"].values, before, atol=1e-12)
    for place, gate in ((0, "input"), (8, "forget")):
        both = (own["bias_ih"] + own["bias_hh"])[place : place + 8]
        np.testing.assert_allclose(trace[f"long{number}/bias/{gate}"].values, both)
    found = []
    for nudge in 1e-6 * np.eye(8):  # ∂(last loss)/∂c of the last step, h following
        ends = [
            last_loss(net, np.eye(4)[ids[:12]], int(ids[12]), 11, sigmoid(o) * np.tanh(one), one)
            for one in (c + nudge, c - nudge)
        ]
        found.append((ends[0] - ends[1]) / 2e-6)
    kept = np.prod(forget[1:], axis=0)
    left = np.linalg.norm(kept * found) / np.linalg.norm(found)
    assert trace[f"long{number}/along_c"].item() == pytest.approx(left ** (1 / 11), rel=1e-6)
    if number == 2:
        assert trace["long/unit"].item() == int(np.prod(forget, axis=0).argmax())


def test_snapshots_are_of_nets_trained_that_long():
    """Those between are what a shorter training ends at."""
    trace = record(long=10)
    assert trace["snapshot/update"].values.tolist() == [0, trace["training/learned_step"].item(), 50]
    for place, updates in enumerate(trace["snapshot/update"].values.tolist()):
        if updates:
            shorter = record(long=10, steps=updates)
            assert trace["snapshot/loss"].values[place] == pytest.approx(shorter["loss/value"].item())
            predicted = shorter["predicted/character"].values.tolist()
            assert trace["snapshot/predicted/character"].values[place].tolist() == predicted
            assert trace["snapshot/predicted/right"].values[place] == shorter["predicted/right"].item()
    assert trace["snapshot/loss"].values[0] == pytest.approx(trace["training/loss"].values[0])
    never = record(long=10, steps=7, learning_rate=1e-6)
    assert never["snapshot/update"].values.tolist() == [0, 3, 7]
    numbers = record(long=10, steps=4, series=AIRLINE)
    last = numbers["snapshot/prediction/raw"].values[-1]
    np.testing.assert_allclose(last, numbers["prediction/raw"].values)


def test_over_a_long_sequence_only_the_open_forget_gate_keeps_the_gradient():
    trace = record()
    assert [trace[f"long{k}/cell"].item() for k in (1, 2, 3)] == ["rnn", "lstm", "lstm"]
    assert len(trace["long1/gradient_norm"]) == trace["long/length"].item() == 100
    kept = [trace[f"long{k}/per_step"].item() for k in (1, 2, 3)]
    assert max(kept[:2]) < 0.7
    assert kept[2] == pytest.approx(float(sigmoid(np.float64(4))), abs=0.005)  # the forget gate alone, nearly
    assert trace["long3/forget_mean"].item() == pytest.approx(float(sigmoid(np.float64(4))), abs=0.005)
    closed = record(forget_bias=0, input_bias=0)
    assert closed["long3/per_step"].item() < 0.7


@pytest.mark.parametrize(
    ("sequence", "right"), [("hello", 3), ("abab", 3), ("abacad", 3), ("mississippi", 6), ("aab", 1)]
)
def test_what_the_last_character_alone_could_tell(sequence: str, right: int):
    assert record(sequence=sequence, hidden=1, steps=1, long=10)["table/right"].item() == right


def test_factors_of_the_gradient_are_those_of_neighbouring_steps():
    trace = record()
    norms = trace["gradient/start_norm"].values
    np.testing.assert_allclose(trace["gradient/factor"].values * norms[1:], norms[:-1])


def test_progress_ends_at_the_total():
    heard: list[tuple[int, int]] = []
    with listening(lambda done, total: heard.append((done, total))):
        record(steps=7, long=10)
    assert heard[-1] == (7, 7)


def test_a_loss_that_is_no_number_says_what_to_do():
    net = Predictor("rnn", 2, 3)
    x = torch.full((4, 2), torch.nan, dtype=torch.float64)
    with pytest.raises(
        RunError, match=r"diverged in step 0 at a learning rate of .*: take a smaller learning_rate"
    ):
        train(net, x, torch.tensor([0, 1, 0, 1]), 5, 0.1, lambda outputs: False, lambda done: None)


@pytest.mark.parametrize(
    "sequence",
    [
        "",
        "a",
        "ab",
        "aaaa",
        "ab" * 33,
        "a\nb",
        "a\tb",
        "ab\u200d",
        "ab\u200f",
        "ab\ud800",
        "🙂🙃🙂",
        "שלום",
        "مرحبا",
    ],
)
def test_sequences_that_cannot_be_learnt(sequence: str):
    with pytest.raises(InputError, match="sequence"):
        record(sequence=sequence)


@pytest.mark.parametrize(
    ("sequence", "mark"),
    [("xyx\u0304", "U\\+0304"), ("♥\ufe0f♥\ufe0f♡", "U\\+FE0F"), ("ᄒ\u119eᄂᄒ", "U\\+119E")],
)
def test_what_is_one_sign_on_screen_is_not_learnt_in_pieces(sequence: str, mark: str):
    with pytest.raises(
        InputError, match=f"one sign on screen but two characters in Unicode: leave {mark} out"
    ):
        record(sequence=sequence)


def test_an_accent_typed_behind_its_letter_is_part_of_it():
    assert record(sequence="ne\u0301ne\u0301", hidden=2, steps=1, long=10)["count/steps"].item() == 3


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"cell": "transformer"}, "cell is transformer: give one of rnn, lstm, gru"),
        ({"sequence": 3}, "sequence is 3: give text"),
        ({"hidden": 0}, "hidden is 0"),
        ({"hidden": 65}, "hidden is 65"),
        ({"steps": 0}, "steps is 0"),
        ({"steps": 1.5}, r"steps is 1\.5"),
        ({"learning_rate": float("inf")}, "learning_rate is inf"),
        ({"learning_rate": -1}, "learning_rate is -1"),
        ({"forget_bias": 9}, "forget_bias is 9"),
        ({"input_bias": float("nan")}, "input_bias is nan"),
        ({"long": 9}, "long is 9: give a whole number at least 10 and at most 400"),
        ({"seed": "x"}, "seed is x"),
        ({"series": 3}, "series is 3: give the path of a CSV file"),
        ({"series": {"a": "b"}}, "series is .*: give the path of a CSV file"),
        ({"series": {"a": [1.0, float("nan"), 2.0]}}, "series is .*: give the path of a CSV file"),
        ({"series": {}}, "series has 0 columns: give exactly one"),
        ({"series": {"a": [1, 2, 3], "b": [1, 2, 3]}}, "series has 2 columns: give exactly one"),
        ({"series": {"a": [1, 2]}}, "a has 2 numbers: give a series of 3 to 400"),
        ({"series": {"a": [5, 5, 5]}}, "All numbers of a are the same"),
        ({"series": {"a": [1e200, 5, 5]}}, "a has the number 1e"),
        ({"series": {"a": [1, 2, 3]}, "sequence": "abc"}, "Both sequence and series are given"),
        ({"column": "a"}, "column is given without series"),
        ({"column": 3}, "column is 3: give text"),
    ],
)
def test_what_cannot_be_resolved(given: dict[str, Any], sentence: str):
    with pytest.raises(InputError, match=sentence):
        resolve("rnn", given)
