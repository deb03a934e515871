"""What recorders declare is what they record, and an altered trace is not what they declare."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine import declared
from engine.formula.grammar import FUNCTIONS
from engine.formula.operations import TORCH
from engine.recorders import RECORDERS, run
from engine.trace import Trace
from engine.trace.series import Node, Series
from tests.altered import alterations
from tests.shared import recorded

FORMULAS = (
    "max(x,y)*min(x,w)",
    "abs(x-2)+relu(y-2)+w",
    "x**y+w**2-x^3",
    "ln(x)+log10(y)+log2(w)",
    "softplus(x*y)-sqrt(w)",
    "sin(x)*cos(y)+tan(w)",
    "tanh(x/y)/exp(-w)",
    "max(x,y,w,2)",
    "x*x*x+y-w",
)
LONG = "sigmoid(w*x+b)*max(x,y)+abs(z)/-y"
RUNS: list[tuple[str, Mapping[str, Any]]] = [
    ("expression", {}),
    ("expression", {"expression": LONG, "at": {"w": 1.0, "x": 2.0, "b": 0.5, "y": 1.0, "z": -3.0}}),
    ("expression", {"expression": "exp(x)**2", "at": {"x": 300.0}, "wrt": "x"}),
    ("expression", {"expression": "(-1*x)**2+relu(0*x)", "at": {"x": 1.0}, "wrt": "x"}),
    *(("expression", {"expression": text, "at": dict.fromkeys("xyw", 2.0), "wrt": "x"}) for text in FORMULAS),
    ("perceptron", {"data": "digits", "widths": (16, 3, 8, 2), "activation": "sigmoid", "epochs": 2, "sample": 3}),
    ("perceptron", {"data": "digits", "widths": (16,), "learning_rate": 8.0, "epochs": 2, "sample": 70}),
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
    ("momentum", {"surface": "beale", "lr": 0.001, "steps": 15, "others": "adagrad"}),
    ("momentum", {"surface": "himmelblau", "start": {"x": -4.0, "y": 4.0}, "steps": 12, "momentum": 0.99}),
    ("convolution", {"kernel": "learned", "stride": 4, "transposed": True}),
    ("convolution", {"kernel": "1", "digit": 5, "padding": 8, "bias": -2.0}),
    ("convolution", {"kernel": "1,2;3,4;5,6", "stride": 2, "dilation": 2, "padding": 3, "transposed": True}),
    ("convolution", {"image": "small.png", "kernel": "emboss", "padding": 1}),
    ("convolution", {"image": "large.png", "kernel": "blur", "transposed": True}),
    ("convolution", {"image": "array.npy", "kernel": "learned", "padding": 1, "stride": 3}),
]  # fmt: skip


NEVER = (
    "recorder",
    "a node",
    "no nodes",
    "other nodes",
    "other parameters",
    "another",
)  # nothing is so altered


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
    from engine.formula.declared import INPUTS, LEAVES

    assert set(INPUTS) - set(LEAVES) == set(TORCH)
    assert set(FUNCTIONS) <= set(INPUTS)


@pytest.mark.parametrize("recorder", RECORDERS)
def test_every_way_of_altering_ends_in_a_clause_or_not_at_all(recorder: str) -> None:
    trace = recorded(recorder)
    around = [(what, one) for what, one in alterations.around(trace) if " = " not in what or "x" in what]
    found = [(what, declared.problem(one)) for what, one in around]
    assert [what for what, clause in found if what.startswith(NEVER) and not clause] == []
    ways = list(alterations.single(trace))
    for what, one in ways[:: max(len(ways) // 60, 1)]:
        clause = declared.problem(one)
        assert clause is None or (len(clause) < 300 and clause.isprintable()), what
        if what.endswith((": gone", ": one axis more", ": other names")) and one.series.keys():
            assert clause or "other names" in what, what


def _with(trace: Trace, **series: Series) -> Trace:
    changed = {name.replace("__", "/"): one for name, one in series.items()}
    return alterations.replaced(trace, series={**trace.series, **changed})


def test_what_is_drawn_one_by_one_has_a_length_that_can_be_drawn() -> None:
    levels = Series(np.arange(5000.0), ("level",))
    assert "surface/levels has a length" in str(
        declared.problem(_with(recorded("momentum"), surface__levels=levels))
    )
    cells = Series(10**9)
    assert "notes/input" in str(declared.problem(_with(recorded("convolution"), notes__input=cells)))


def test_a_map_of_one_point_is_no_map() -> None:
    trace = recorded("momentum")
    one = {name: trace.series[f"surface/{name}"] for name in ("x", "z", "defined")}
    narrow = {f"surface__{name}": Series(series.values[..., :1], series.axes) for name, series in one.items()}
    assert "surface/x has a length of 1" in str(declared.problem(_with(trace, **narrow)))
    far = Series(trace.series["start"].values + 1e9, ("axis",))
    assert "start is not on its map" in str(declared.problem(_with(trace, start=far)))


def test_momentums_rates_are_those_it_ran_at() -> None:
    trace = recorded("momentum")
    rates, reached = (trace.series[f"rates/{key}"].values for key in ("lr", "reached"))
    other = _with(trace, rates__lr=Series(rates * 2, ("rate",)))
    assert "lacks a rate" in str(declared.problem(other))
    later = _with(trace, rates__reached=Series(np.where(reached == reached.max(), 1, reached), ("rate",)))
    assert "is not the rate that arrives first" in str(declared.problem(later))
    beyond = _with(trace, bump__uphill=Series(500))
    assert "no update of its run" in str(declared.problem(beyond))


def test_cures_and_filters_are_the_ones_that_the_lecture_speaks_of() -> None:
    trace = recorded("vanishing")
    turned = _with(trace, cures=Series(trace.series["cures"].values[::-1].copy(), ("cure",)))
    assert "its cures are not" in str(declared.problem(turned))
    trace = recorded("convolution")
    assert "its filters are not" in str(declared.problem(_with(trace, filter2__name=Series("blur"))))


def test_named_filters_have_their_weights() -> None:
    trace = recorded("convolution")
    one = trace.series["filter2/weight"]
    for values in (one.values[:1], np.vstack([one.values, one.values[:1]]), one.values * 2):
        other = Series(values, one.axes, source=one.source)
        assert declared.problem(_with(trace, filter2__weight=other)) is not None


def test_a_formula_that_doubles_at_every_node_is_refused() -> None:
    trace = recorded("momentum")
    nodes = [trace.nodes[0]]
    nodes += [Node(f"n{i}", f"u{i}", "mul", (f"n{i - 1}",) * 2, ((), ())) for i in range(1, 40)]
    values = Series(np.ones(40), ("node",))
    doubled = alterations.replaced(_with(trace, surface__node_value=values), nodes=tuple(nodes))
    assert "its formula is longer than formulas are" in str(declared.problem(doubled))
