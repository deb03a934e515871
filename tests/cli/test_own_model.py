"""A user's own model on the command line: options, exit codes, lecture scripts, what is said beside the trace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

import scenes
from engine.trace import Trace
from pipeline import values
from pipeline.gallery import retype
from scenes.stage.card import Card
from tests.engine.model import written

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with my_net.py, and a scene that draws recorder model, where there is none yet."""
    if "model" not in [card.slug for card in scenes.SCENES]:
        card = Card(slug="model", class_name="Model", recorder="model", beats=("map",))
        monkeypatch.setattr(scenes, "SCENES", (*scenes.SCENES, card))
    monkeypatch.chdir(tmp_path)
    written.net(tmp_path)
    return tmp_path


def trace(run: Run, *args: str) -> Result:
    return run("trace", "model", *args, "-o", "t.npz")


def test_from_a_file_of_a_few_lines_to_a_trace(here: Path, run: Run):
    done = trace(run, "--model", "my_net.py:Net", "--input", "row.csv")
    assert done.exit_code == 0
    first, *rest = done.stdout.splitlines()
    assert first.startswith("t.npz  ")
    assert first.endswith("by model")
    assert rest == [
        "The weights are those that the model's own file gives it: --weights FILE loads trained ones.",
        "Forward only, no backward pass. The output is no scalar: give loss=… and target=… for a backward pass.",
    ]
    assert Trace.load("t.npz")["module/class"].values.tolist() == ["Net", "Block", "Linear", "Linear"]


def test_what_the_file_prints_is_no_output_of_ours(here: Path, run: Run):
    Path("talks.py").write_text(
        "from torch import nn\nprint('imported')\n\nclass Net(nn.Module):\n    def forward(self, x):\n"
        "        print('forward')\n        return x * 2\n",
        "utf-8",
    )
    done = trace(run, "--model", "talks.py", "--input", "random:1,4")
    assert done.exit_code == 0
    assert "imported" in done.stderr
    assert "forward" in done.stderr
    assert "imported" not in done.stdout
    assert "forward\n" not in done.stdout


@pytest.mark.parametrize(
    "args",
    [
        ("--model-arg", "hidden=5,bias=false"),
        ("--model-arg", "hidden=5", "--model-arg", "bias=false"),
        ("-p", "model_arg=hidden=5,bias=false"),
    ],
)
def test_arguments_of_the_model(here: Path, run: Run, args: tuple[str, ...]):
    assert trace(run, "--model", "my_net.py:Net", "--input", "random:1,4", *args).exit_code == 0
    found = Trace.load("t.npz")
    assert found.params["given"]["model_arg"] == {"hidden": 5, "bias": False}
    assert found["parameters/total"].item() == 4 * 5 + 5 + 5 * 3


def test_help_shows_every_option(here: Path, run: Run):
    shown = run("trace", "model", "--help").stdout
    for option in ("--model TEXT", "--model-arg A=1,B=TRUE", "--weights PATH", "--input TEXT", "--target TEXT",
                   "--loss TEXT", "--class-names TEXT", "--focus TEXT", "--train-mode / --no-train-mode"):  # fmt: skip
        assert option in shown, option


NET = ("--model", "my_net.py:Net")
WRONG: dict[str, tuple[tuple[str, ...], int, str]] = {
    "no file": (("--model", "gone.py:Net"), 2, "gone.py cannot be read"),
    "no name": ((*NET[:1], "my_net.py:Nett", "--input", "row.csv"), 2, "Did you mean Net?"),
    "no input": (NET, 2, "such as --input 'random:1,4'"),
    "shape": ((*NET, "--input", "random:1,7"), 1, "wants (…, 4) and got (1, 7)"),
    "argument twice": ((*NET, "--model-arg", "hidden=1", "--model-arg", "hidden=2"), 2, "hidden is given twice"),
    "argument without a name": ((*NET, "--model-arg", "32"), 2, "is not name=value"),
    "budget": ((*NET, "--budget-mb", "0"), 2, "--budget-mb"),
    "sign": ((*NET, "--input", "row.csv", "--class-names", "a,b,\N{SLIGHTLY SMILING FACE}"), 2, "cannot be drawn"),
    "path": (("--model", "a\0.py:Net"), 2, "cannot be read (no possible path)"),
    "long": (("--model", "a" * 5000 + ".py:Net"), 2, "cannot be read (File name too long)"),
    "weights": ((*NET, "--input", "row.csv", "--weights", "row.csv"), 2, "row.csv holds"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_one_sentence_the_right_exit_code_and_no_file(here: Path, run: Run, case: str):
    args, code, said = WRONG[case]
    done = trace(run, *args)
    assert done.exit_code == code
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert not Path("t.npz").exists()


def test_list_says_what_is_used(here: Path):
    from engine.recorders import resolve

    used = resolve(
        "model", {"model": "my_net.py:Net", "model_arg": {"hidden": 5, "act": "relu", "widths": (1, 2)}}
    )
    assert values.shown(used["model"]) == "my_net.py:Net"
    assert values.shown(used["model_arg"]) == "hidden=5,act=relu,widths=[1,2]"
    assert retype.typed(used["model"]) == "my_net.py:Net"
    again = values.Pairs().convert(retype.typed(used["model_arg"]), None, None)
    assert again == used["model_arg"]


def test_a_lecture_script_names_files_from_its_own_folder(here: Path, monkeypatch: pytest.MonkeyPatch):
    from engine.recorders import signature
    from pipeline.lecture import scene_check

    known = {one.name: one for one in signature("model")}
    monkeypatch.chdir("/")

    def typed(name: str, value: Any) -> Any:
        return scene_check._as_typed(known[name], value, here)

    assert typed("model", "my_net.py:Net") == f"{here / 'my_net.py'}:Net"
    assert typed("input", "x=row.csv;y=random:1,4") == f"x={here / 'row.csv'};y=random:1,4"
    assert typed("weights", "w.pt") == str(here / "w.pt")
    assert typed("target", 3) == 3
    assert typed("target", "1.5") == "1.5"
    assert typed("model_arg", "hidden=3") == {"hidden": 3}
    assert typed("loss", "mse") == "mse"
