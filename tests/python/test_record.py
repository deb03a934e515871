"""Runs recorded from Python: of a scene with its parameters, and of a model, which stays as it is."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

import gradreel
from gradreel import _record
from tests import shared

pytestmark = pytest.mark.usefixtures("cached")


def test_a_scenes_run_is_the_recorders_own() -> None:
    found = gradreel.record("backward", expression="w*x", at={"w": 2, "x": 3}, lr=0.5)
    told = shared.recorded("backpropagation", expression="w*x", at={"w": 2, "x": 3}, lr=0.5)
    assert found.digest() == told.digest()
    assert found.params == told.params


def test_a_point_may_be_given_in_order() -> None:
    trace = gradreel.record("momentum", formula="(x-1)**2 + 9*y**2", start=(3, 1))
    assert trace.params["given"] == {"formula": "(x-1)**2 + 9*y**2", "start": {"x": 3.0, "y": 1.0}}


def test_arrays_tensors_and_paths_are_what_is_in_them(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def ask(question: str, of: str, given: dict[str, Any], output: str) -> None:
        asked.append(given)
        gradreel.Trace("own", "1", 0, {"given": {}, "resolved": {}}, {}, {}).save(output)

    monkeypatch.setattr(_record, "ask", ask)
    for start in (np.array([3, 1]), torch.tensor([3, 1]), [np.int64(3), 1], (3, 1)):
        gradreel.record("momentum", start=start, rates={"adam": np.float32(0.5)}, series=Path("a.csv"))
    assert asked == 4 * [{"start": [3, 1], "rates": {"adam": 0.5}, "series": "a.csv"}]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("scene", "given", "said"),
    [
        ("momentun", {}, "There is no scene momentun. Did you mean momentum?"),
        ("momentum", {"stepps": 3}, "momentum has no parameter stepps. Did you mean steps?"),
        ("momentum", {"steps": 3}, "steps is 3: give a whole number at least 10 and at most 2000."),
        ("momentum", {"start": (1, 2, 3)}, "start is [1, 2, 3]: give 2 numbers, of x and y."),
        ("momentum", {"lr": float("nan")}, "lr is nan: give a number above 0 and at most 1000."),
        (
            "momentum",
            {"formula": "x**2 + y**2"},
            "Your own surface needs a start: give for example start x=2,y=1.",
        ),
        (
            "momentum",
            {"rates": object()},
            "rates has type object: give numbers, text, or lists and names of these.",
        ),
    ],
)
def test_what_cannot_be_recorded_is_said(scene: str, given: dict[str, Any], said: str) -> None:
    with pytest.raises(gradreel.InputError) as error:
        gradreel.record(scene, **given)
    assert str(error.value) == said


def test_parameters_have_names() -> None:
    with pytest.raises(gradreel.InputError, match=r"Parameters of momentum have names"):
        gradreel.record("momentum", 3)  # type: ignore[call-overload]


def test_a_file_is_found_from_where_one_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = "\n".join(str(round(float(np.sin(place / 3)), 4)) for place in range(60))
    Path("waves.csv").write_text(f"wave\n{rows}\n", "utf-8")
    trace = gradreel.record("rnn", series=Path("waves.csv"), steps=20)
    assert trace.params["given"]["series"]


def test_a_live_model_is_recorded_and_left_alone() -> None:
    model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(), nn.Linear(4, 2))
    x, target = torch.ones(5, 3), torch.tensor([0, 1, 0, 1, 0])
    before = {name: one.clone() for name, one in model.state_dict().items()}
    chance = torch.get_rng_state()
    trace = gradreel.record(model, x, target=target, loss=nn.CrossEntropyLoss(), seed=4)
    assert isinstance(trace, gradreel.Trace)
    assert trace["parameters/total"].item() == 3 * 4 + 4 + 4 * 2 + 2
    assert torch.equal(chance, torch.get_rng_state())
    assert all(torch.equal(before[name], one) for name, one in model.state_dict().items())
    assert all(one.grad is None for one in model.parameters())
    assert model.training


def test_a_model_that_fails_hands_over_what_was_recorded() -> None:
    model = nn.Sequential(nn.Linear(3, 4), nn.Linear(5, 2))
    with pytest.raises(gradreel.ModelFailed, match=r"The model fails at 1 \(Linear\), which wants") as error:
        gradreel.record(model, torch.ones(2, 3))
    assert isinstance(error.value.trace, gradreel.Trace)
    assert isinstance(error.value.__cause__, RuntimeError)


def test_what_is_no_model_is_said() -> None:
    with pytest.raises(gradreel.InputError, match=r"The model is 3: give an nn\.Module"):
        gradreel.record(3)  # type: ignore[call-overload]


def test_a_models_film_is_checked_against_the_run_beside_it(tmp_path: Path) -> None:
    """The model lived here and nowhere else: nothing can run it again, and the report says so."""
    trace = gradreel.record(nn.Linear(2, 1), torch.ones(1, 2))
    clip = tmp_path / "own.mp4"
    gradreel.film(trace, lang="en", beats=["map"]).save(clip, quality="90p5")
    report = gradreel.verify(clip)
    assert "handed over in Python" in report.kept
    assert report.kept in str(report)
    numbers = clip.with_suffix(".numbers.json")
    numbers.write_text(numbers.read_text("utf-8").replace('"text": "3"', '"text": "4"'), "utf-8")
    with pytest.raises(gradreel.RunError, match="the text '4' should be '3'"):
        gradreel.verify(clip)
