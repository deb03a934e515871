"""What recorders declare is what they record, and an altered trace is not what they declare."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import declared
from engine.grammar import FUNCTIONS
from engine.operations import TORCH
from engine.recorders import RECORDERS, run
from engine.trace import Trace
from tests.altered import alterations

LONG = "sigmoid(w*x+b)*max(x,y)+abs(z)/-y"
RUNS: list[tuple[str, Mapping[str, Any]]] = [
    ("expression", {}),
    ("expression", {"expression": LONG, "at": {"w": 1.0, "x": 2.0, "b": 0.5, "y": 1.0, "z": -3.0}}),
    ("expression", {"expression": "exp(x)**2", "at": {"x": 300.0}, "wrt": "x"}),
    ("expression", {"expression": "(-1*x)**2+relu(0*x)", "at": {"x": 1.0}, "wrt": "x"}),
    ("perceptron", {"data": "digits", "widths": (16, 3, 8, 2), "activation": "sigmoid", "epochs": 2, "sample": 3}),
    ("perceptron", {"data": "wine", "widths": (1,), "activation": "leaky_relu", "epochs": 1, "sample": 0}),
    ("perceptron", {"data": "breast_cancer", "widths": (6, 2), "activation": "tanh", "epochs": 5}),
    ("backpropagation", {"expression": "x*x", "at": {"x": 3.0}, "wrt": "x", "net": True, "epochs": 2}),
    ("backpropagation", {"net": False}),
    ("vanishing", {"depth": 2, "width": 1, "steps": 1, "initialisation": "zeros"}),
    ("vanishing", {"depth": 4, "steps": 20, "learning_rate": 100.0, "initialisation": "normal"}),
    ("vanishing", {"depth": 3, "width": 5, "steps": 3, "data": "iris", "batch_norm": True, "initialisation": "he"}),
    ("vanishing", {"depth": 2, "steps": 2, "activations": "sigmoid,tanh,relu,leaky_relu,elu,gelu"}),
    ("rnn", {"sequence": "안녕하세요 안녕", "cell": "gru", "hidden": 1, "steps": 1, "long": 10}),
    ("rnn", {"sequence": "abcab!ab cd", "cell": "lstm", "hidden": 3, "steps": 9, "long": 11, "learning_rate": 50.0}),
    ("rnn", {"series": {"값": (1.0, 2.5, -1.0, 4.0, 3.0)}, "hidden": 2, "steps": 3, "long": 12}),
    ("momentum", {"others": "nesterov,adagrad,rmsprop,adam,adamw", "steps": 12}),
    ("momentum", {"surface": "rosenbrock", "lr": 10.0, "others": "", "steps": 20}),
    ("momentum", {"surface": "saddle", "steps": 90}),
    ("momentum", {"formula": "log(x)+y", "start": {"x": 3.0, "y": 2.0}, "steps": 30, "others": "adam"}),
    ("momentum", {"formula": "5+0*x*y", "start": {"x": 3.0, "y": 2.0}, "steps": 10}),
    ("convolution", {"kernel": "learned", "stride": 4, "transposed": True}),
    ("convolution", {"kernel": "1", "digit": 5, "padding": 8, "bias": -2.0}),
    ("convolution", {"kernel": "1,2;3,4;5,6", "stride": 2, "dilation": 2, "padding": 3, "transposed": True}),
    ("convolution", {"image": "small.png", "kernel": "emboss", "padding": 1}),
    ("convolution", {"image": "large.png", "kernel": "blur", "transposed": True}),
    ("convolution", {"image": "array.npy", "kernel": "learned", "padding": 1, "stride": 3}),
]  # fmt: skip


recorded = cache(lambda recorder: run(recorder, {}))


@pytest.fixture
def pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    y, x = np.mgrid[0:90, 0:120]
    Image.fromarray(((x * y) % 251).astype(np.uint8)).save(tmp_path / "large.png")
    Image.fromarray(((x * y) % 251).astype(np.uint8)[:5, :7]).save(tmp_path / "small.png")
    np.save(tmp_path / "array.npy", np.sin(x * y / 50)[:40, :30])
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("recorder", "given"), RUNS, ids=lambda one: one if isinstance(one, str) else "")
def test_recorders_record_what_they_declare(recorder: str, given: dict[str, Any], pictures: None) -> None:
    assert declared.problem(run(recorder, given)) is None


@pytest.mark.parametrize("recorder", RECORDERS)
def test_defaults_and_their_file(recorder: str, tmp_path: Path) -> None:
    recorded(recorder).save(tmp_path / "t.npz")
    declared.check(Trace.load(tmp_path / "t.npz"), tmp_path / "t.npz")


def test_every_operation_is_declared() -> None:
    from engine.declared.expression import INPUTS, LEAVES

    assert set(INPUTS) - set(LEAVES) == set(TORCH)
    assert set(FUNCTIONS) <= set(INPUTS)


@pytest.mark.parametrize("recorder", RECORDERS)
def test_every_way_of_altering_ends_in_a_clause_or_not_at_all(recorder: str) -> None:
    trace = recorded(recorder)
    found = [(what, declared.problem(one)) for what, one in alterations.around(trace)]
    assert all(clause for what, clause in found if "recorder" in what or "node" not in what), [
        what for what, clause in found if not clause
    ]
    ways = list(alterations.single(trace))
    for what, one in ways[:: max(len(ways) // 150, 1)]:
        clause = declared.problem(one)
        assert clause is None or (len(clause) < 300 and clause.isprintable()), what
        if what.endswith((": gone", ": one axis more", ": other names")) and one.series.keys():
            assert clause or "other names" in what, what
