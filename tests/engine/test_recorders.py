"""The registry: signatures without torch, values checked, errors that name what is allowed."""

import json
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InputError
from engine.recorders import RECORDERS, resolve, run, signature

ROOT = Path(__file__).parents[2]


def python(code: str) -> Any:
    """Run ``code`` in a fresh interpreter, warnings being errors, and return the JSON it prints."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_signatures_load_no_torch():
    code = (
        "import json, sys\n"
        "from engine.recorders import RECORDERS, resolve, signature\n"
        "names = [one.name for key in RECORDERS for one in signature(key)]\n"
        "resolve('backpropagation', {'widths': [8, 8], 'data': 'wine'})\n"
        "heavy = [one for one in ('torch', 'sklearn', 'scipy', 'manim') if one in sys.modules]\n"
        "print(json.dumps([len(names), heavy]))"
    )
    count, heavy = python(code)
    assert count > 20
    assert heavy == []


def test_another_process_records_the_same_bytes():
    code = (
        "import json\n"
        "from engine.recorders import run\n"
        "print(json.dumps(run('backpropagation', {}).digest()))"
    )
    assert python(code) == run("backpropagation", {}).digest()


@pytest.mark.parametrize("name", RECORDERS)
def test_every_parameter_has_help_and_a_valid_default(name: str):
    parameters = signature(name)
    assert parameters[0].name == "seed"
    assert all(len(one.description) > 10 and "\n" not in one.description for one in parameters)
    resolved = resolve(name, {})
    assert list(resolved) == [one.name for one in parameters]
    assert all(resolved[one.name] == one.default for one in parameters if one.default is not None)


def test_an_open_default_is_decided_before_anything_runs():
    assert resolve("backpropagation", {})["net"] is True
    assert resolve("backpropagation", {"expression": "w*x", "at": {"w": 1, "x": 2}})["net"] is False
    assert resolve("backpropagation", {"net": False})["net"] is False


def test_a_parameter_carries_its_range_and_choices():
    known = {one.name: one for one in signature("perceptron")}
    assert (known["epochs"].ge, known["epochs"].le) == (1, 20_000)
    assert known["learning_rate"].gt == 0
    assert known["activation"].choices == ("relu", "tanh", "sigmoid", "leaky_relu")
    assert known["epochs"].annotation is int
    assert known["epochs"].allowed == "a whole number at least 1 and at most 20000"


def test_values_are_taken_as_lecture_scripts_give_them():
    resolved = resolve("backpropagation", {"widths": [8, 4], "at": {"w": 1}, "net": True, "epochs": 12})
    assert resolved["widths"] == (8, 4)
    assert resolved["at"] == {"w": 1.0}
    assert resolved["net"] is True
    assert resolved["epochs"] == 12


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (
            {"lerning_rate": 1},
            r"backpropagation has no parameter lerning_rate\. Did you mean learning_rate\?",
        ),
        ({"learning_rate": 0}, "learning_rate is 0: give a number above 0 and at most 100"),
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
        ({"activation": "rellu"}, "activation is rellu: give one of relu, tanh, sigmoid, leaky_relu"),
        ({"widths": "6"}, "widths is 6: give whole numbers such as 16,8"),
        ({"net": "perhaps"}, "net is perhaps: give true or false"),
        ({"at": "x" * 200}, r"at is x+…x+: give names with numbers"),
        ({"seed": -1}, "seed is -1"),
        ({"epochs": True}, "epochs is true: give a whole number"),
        ({"epochs": "12"}, "epochs is 12: give a whole number"),
        ({"learning_rate": True}, "learning_rate is true: give a number"),
        ({"learning_rate": "0.1"}, r"learning_rate is 0\.1: give a number"),
        ({"widths": [True, 4]}, r"widths is \[true, 4\]: give whole numbers"),
        ({"widths": ["8"]}, r'widths is \["8"\]: give whole numbers'),
        ({"at": {"x": False}}, r"at is \{ x = false \}: give names with numbers"),
        ({"net": 1}, "net is 1: give true or false"),
        ({"net": "yes"}, "net is yes: give true or false"),
        ({"at": {"x": float("nan")}}, r"at is \{ x = nan \}: give names"),
        ({"epochs": date(2020, 1, 1)}, "epochs is 2020-01-01: give a whole number"),
        ({"epochs": None}, "epochs is none: give a whole number"),
        ({"activation": ""}, 'activation is "": give one of'),
    ],
)
def test_what_cannot_be_resolved(given: dict[str, Any], sentence: str):
    with pytest.raises(InputError, match=sentence):
        resolve("backpropagation", given)


def test_unknown_recorder():
    with pytest.raises(InputError, match=r"no recorder expresion\. Did you mean expression\?"):
        signature("expresion")
