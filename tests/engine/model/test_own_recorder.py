"""Whole recordings of a model from a file: what the trace holds, when it is another run, and how it is repeated."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from engine import declared, recorders
from engine.errors import InputError, RunError
from engine.model.failing import ModelFailed
from engine.model.record import record
from engine.model.remarks import remarks
from engine.trace import Series, Trace
from pipeline import cache, repeated
from pipeline.json_records import plain
from pipeline.record import obtain
from tests.altered import alterations
from tests.engine.model import written
from tests.engine.model.models import named, row, texts
from tests.shared import recorded as once

GIVEN: dict[str, Any] = {"model": "my_net.py:Net", "input": "row.csv"}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "cache"))
    written.net(tmp_path)
    return tmp_path


def test_the_model_without_a_file_has_learned_digits():
    trace = once("model")
    assert declared.problem(trace) is None
    assert (trace["answer/classes"].item(), trace["answer/right"].item()) == (10, True)
    assert trace["answer/probability"][0] > 0.5
    assert trace["loss/value"].item() == pytest.approx(-np.log(trace["answer/target_probability"].item()))
    assert trace["classes/name"].values.tolist() == [str(one) for one in range(10)]
    assert trace["picture/pixel"].shape == (8, 8, 1)
    went_in = trace[f"value/{trace['picture/tensor'].item()}"].values
    assert (went_in[0, 0] * 16).tolist() == trace["picture/pixel"].values[:, :, 0].tolist()
    assert trace.flags["backward"]
    assert remarks(trace) == []


def test_the_example_takes_other_targets_and_focus_and_nothing_of_a_model():
    trace = recorders.run("model", {"target": 3, "focus": "conv1, fc2"})
    assert trace["answer/target"].item() == 3
    for name in ("weights", "input"):
        with pytest.raises(InputError, match=rf"{name} is given without a model|cannot be read"):
            recorders.run("model", {name: "random:1,4"})


def independent(folder: Path, seed: int = 0, **arguments: Any) -> nn.Module:
    """The same model, imported and made as anybody would."""
    import sys

    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("an_independent_net", folder / "my_net.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(folder))
        del sys.modules["layers"]
    torch.manual_seed(seed)
    made: nn.Module = module.Net(**arguments)
    return made


def test_the_numbers_are_those_of_the_model(here: Path):
    given = GIVEN | {"target": "b", "class_names": "a,b,c", "loss": "cross_entropy", "seed": 5}
    trace = recorders.run("model", given | {"model_arg": {"hidden": 6}})
    net = independent(here, 5, hidden=6)
    scores = net(torch.tensor([[5.1, 3.5, 1.4, 0.2]]))
    loss = nn.functional.cross_entropy(scores, torch.tensor([1]))
    loss.backward()
    assert trace["loss/value"].item() == loss.item()
    probabilities = scores.softmax(1)[0]
    order = probabilities.argsort(descending=True)
    assert trace["answer/class"].values.tolist() == order.tolist()
    assert trace["answer/name"].values.tolist() == ["abc"[one] for one in order]
    assert trace["answer/score"].values == pytest.approx(scores[0][order].detach().numpy())
    assert trace["answer/probability"].values == pytest.approx(probabilities[order].detach().numpy())
    assert trace["answer/others"].item() == 0
    assert trace["answer/target_probability"].item() == pytest.approx(probabilities[1].item())
    assert (trace["answer/target"].item(), trace["answer/target_name"].item()) == (1, "b")
    assert trace["answer/right"].item() == (order[0].item() == 1)
    assert trace["answer/tensor"].item() == row(trace, "out")
    gradients = dict(net.named_parameters())
    for place, name in enumerate(texts(trace, "parameter/name")):
        assert trace[f"weight_gradient/{place}"].values.tolist() == gradients[name].grad.tolist()  # type: ignore[union-attr]
    assert declared.problem(trace) is None


class Scores(nn.Module):
    def __init__(self, shape: tuple[int, ...], last: Callable[[torch.Tensor], torch.Tensor]) -> None:
        super().__init__()
        self.scores, self.last = nn.Parameter(torch.linspace(-1, 2, int(np.prod(shape))).reshape(shape)), last

    def forward(self) -> torch.Tensor:
        return self.last(self.scores)


def of_scores(shape: tuple[int, ...], last: Any = lambda x: x, **given: Any) -> Trace:
    return record(Scores(shape, last), **given)


def test_the_other_classes_have_the_rest():
    trace = of_scores((1, 25), loss="cross_entropy", target=0)
    assert trace["answer/class"].values.tolist() == list(range(24, 14, -1))
    assert trace["answer/name"][0] == "24"
    total = trace["answer/probability"].values.sum() + trace["answer/others"].item()
    assert total == pytest.approx(1)
    assert trace["answer/others"].item() > 0.1


def test_an_output_that_is_a_softmax_is_taken_as_it_is():
    names = ["a", "b", "c"]
    trace = of_scores((1, 3), lambda x: x.softmax(1), class_names=names)
    assert trace["answer/probability"].values == pytest.approx(trace["answer/score"].values)
    logs = of_scores((3,), lambda x: x.log_softmax(0), class_names=names)
    assert logs["answer/probability"].values == pytest.approx(trace["answer/probability"].values)
    assert (trace["answer/target"].item(), trace["answer/right"].item()) == (-1, False)


@pytest.mark.parametrize(
    ("shape", "last", "given", "named"),
    [
        ((2, 3), lambda x: x, {"class_names": ["a", "b", "c"]}, True),
        ((1, 3), lambda x: x * float("nan"), {"class_names": ["a", "b", "c"]}, True),
        ((1, 3), lambda x: x, {}, False),
        ((1, 3), lambda x: x, {"loss": "mse", "target": [[1.0, 2.0, 3.0]]}, False),
        ((1, 3, 2, 2), lambda x: x, {"loss": "cross_entropy", "target": torch.zeros(1, 2, 2).long()}, False),
    ],
)
def test_where_there_is_no_answer(shape: tuple[int, ...], last: Any, given: dict[str, Any], named: bool):
    trace = of_scores(shape, last, **given)
    assert [name for name in trace.series if name.startswith("answer/")] == []
    assert ("classes/name" in trace) == named
    assert declared.problem(trace) is None


@dataclass
class Result:
    logits: torch.Tensor
    hidden: list[torch.Tensor] = field(default_factory=list)


def test_a_model_from_python_is_declared_and_cannot_be_made_again():
    net = nn.Sequential(nn.Linear(4, 3))
    trace = record(
        net, torch.ones(1, 4), target=torch.tensor([1]), loss=nn.CrossEntropyLoss(), focus=["0"], budget_mb=3
    )
    assert declared.problem(trace) is None
    again = plain(trace.params)["resolved"]
    with pytest.raises(InputError, match="model Sequential was handed over in Python"):
        recorders.run("model", again)


def test_the_wrong_shape_names_layer_and_line(here: Path):
    with pytest.raises(ModelFailed) as caught:
        recorders.run("model", GIVEN | {"input": "random:2,5"})
    assert isinstance(caught.value, RunError)
    assert caught.value.exit_code == 1
    said = str(caught.value)
    assert "fails at block.fc (Linear), which wants (…, 4) and got (2, 5)" in said
    assert said.endswith("in layers.py, line 12.")


def test_its_own_exception_names_the_line(here: Path):
    Path("own.py").write_text(
        "from torch import nn\n\nclass Net(nn.Module):\n    def forward(self, x):\n        return {}['missing']\n",
        "utf-8",
    )
    with pytest.raises(
        ModelFailed, match=r"own forward \(Net\) \(KeyError: 'missing'\) in own\.py, line 5\.$"
    ):
        recorders.run("model", {"model": "own.py", "input": "random:1"})


def test_what_is_worth_saying(here: Path):
    Path("log.py").write_text(
        "import torch\nfrom torch import nn\n\nclass Net(nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.fc = nn.Linear(4, 2)\n\n    def forward(self, x):\n"
        "        return torch.log(self.fc(x) - 100).sum()\n",
        "utf-8",
    )
    said = remarks(recorders.run("model", {"model": "log.py", "input": "row.csv"}))
    assert said[0].startswith("The weights are those that the model's own file gives it: --weights FILE")
    assert "The first NaN comes out of log (node 3 of 6)." in said
    said = remarks(recorders.run("model", GIVEN))
    assert said[1].startswith("Forward only, no backward pass. The output is no scalar")
    assert remarks(once("rnn")) == []


def test_no_weights_change_and_the_mode_is_as_asked(here: Path):
    Path("drop.py").write_text(
        "from torch import nn\ndef net():\n    return nn.Sequential(nn.Dropout(0.5), nn.Linear(4, 2))\n",
        "utf-8",
    )
    still, moved = (
        recorders.run("model", {"model": "drop.py:net", "input": "random:1,4", "train_mode": mode})
        for mode in (False, True)
    )
    assert (still.flags["training"], moved.flags["training"]) == (False, True)
    assert still["forward/zeros"][row(still, "0")] == 0
    assert moved["forward/zeros"][row(moved, "0")] > 0


def kept_at(given: dict[str, Any]) -> Path:
    return cache.path_for("model", given, recorders.resolve("model", given))


def test_a_recording_is_used_again_until_one_of_its_files_changes(here: Path):
    torch.save(independent(here).state_dict(), "w.pt")
    given = GIVEN | {"weights": "w.pt", "loss": "my_net.py:distance", "target": 1}
    first = obtain("model", given)
    place = kept_at(given)
    assert place.is_dir()
    assert obtain("model", given) == first
    changes: dict[str, Callable[[], object]] = {
        "my_net.py": lambda: Path("my_net.py").write_text(written.NET + "\n# more\n", "utf-8"),
        "layers.py": lambda: Path("layers.py").write_text(written.LAYERS.replace("tanh", "sin"), "utf-8"),
        "row.csv": lambda: Path("row.csv").write_text("1,2,3,5\n", "utf-8"),
        "w.pt": lambda: torch.save(independent(here, 9).state_dict(), "w.pt"),
    }
    for name, change in changes.items():
        before = Path(name).read_bytes()
        change()
        assert kept_at(given) != place, name
        Path(name).write_bytes(before)
        assert kept_at(given) == place, name
    Path("layers.py").write_text(written.LAYERS.replace("tanh", "sin"), "utf-8")
    assert obtain("model", given)["loss/value"].item() != first["loss/value"].item()


def test_what_a_package_beside_it_imports_counts_too(here: Path):
    (here / "parts").mkdir()
    Path("parts/__init__.py").write_text("from .inner import size\n", "utf-8")
    Path("parts/inner.py").write_text("from parts.deep import size\n", "utf-8")
    Path("parts/deep.py").write_text("size = 3\n", "utf-8")
    Path("other.py").write_text("", "utf-8")
    Path("packed.py").write_text(
        "import os, torch\nfrom parts import size\ndef net():\n    return torch.nn.Linear(4, size)\n", "utf-8"
    )
    named_files = recorders.resolve("model", {"model": "packed.py:net"})["model"]["files"]
    assert set(named_files) == {"packed.py", "parts/__init__.py", "parts/inner.py", "parts/deep.py"}
    assert recorders.run("model", GIVEN | {"model": "packed.py:net"})["node/tensor"].shape == (3,)


@dataclass
class Told:
    """What the record of a clip says of its run."""

    recorder: str
    seed: int
    params: dict[str, Any]


def test_verifying_runs_it_again_from_the_same_files_and_says_which_one_changed(here: Path):
    trace = recorders.run("model", GIVEN | {"seed": 2, "model_arg": {"hidden": 5}})
    told: Any = Told("model", trace.seed, plain(trace.params))
    assert repeated.run_again(told, here / "clip.numbers.json") == trace
    Path("layers.py").write_text(written.LAYERS.replace("tanh", "sin"), "utf-8")
    with pytest.raises(
        InputError, match=r"cannot be repeated: layers\.py is not the file of that run: its contents"
    ):
        repeated.run_again(told, here / "clip.numbers.json")
    Path("layers.py").unlink()
    with pytest.raises(InputError, match=r"cannot be repeated: layers\.py cannot be read"):
        repeated.run_again(told, here / "clip.numbers.json")


def test_a_trace_is_drawn_though_its_files_are_gone(here: Path):
    obtain("model", GIVEN).save("t.npz")
    for name in ("my_net.py", "layers.py", "row.csv"):
        Path(name).unlink()
    declared.check(Trace.load("t.npz"), "t.npz")


@pytest.mark.parametrize(
    "model",
    [
        {"text": 1, "files": {}},
        {"text": "a.py:N", "files": []},
        {"text": "a.py:N", "files": {"a.py": 3}},
        {"text": "a"},
    ],
)
def test_parameters_that_no_run_has(here: Path, model: Any):
    trace = recorders.run("model", GIVEN)
    params = {"given": {}, "resolved": {**trace.params["resolved"], "model": model}}
    assert declared.problem(alterations.replaced(trace, params=params)) is not None


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("answer/class", lambda values: values + 100, "answer/class"),
        ("answer/probability", lambda values: values * 2, "answer/probability"),
        ("answer/target", lambda values: values + 10, "answer/target"),
        ("classes/name", lambda values: values[:5], "answer/classes"),
        ("classes/name", lambda values: values[::-1], "the names of its answer"),
        ("answer/probability", lambda values: values[::-1], "the probabilities of its answer"),
        ("answer/right", lambda values: ~values, "answer/right"),
        ("picture/pixel", lambda values: values * 100, "picture/pixel"),
        ("picture/tensor", lambda values: values + 10_000, "picture/tensor"),
    ],
)
def test_an_altered_answer_is_refused(name: str, change: Callable[[Any], Any], said: str):
    trace = once("model")
    one = trace.series[name]
    altered = {**trace.series, name: Series(change(one.values), one.axes, one.unit, one.source)}
    found = declared.problem(alterations.replaced(trace, series=altered))
    assert found is not None
    assert said in found


def test_names_stay_in_their_places():
    trace = once("model")
    assert trace.nodes[named(trace, "x")].output_shape == (1, 1, 8, 8)
