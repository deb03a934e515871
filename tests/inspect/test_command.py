"""`inspect` as a command: report, sheet, exit code, wrong input."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from PIL import Image

from pipeline.inspect import command
from pipeline.inspect.inspector import Inspection
from pipeline.inspect.problems import Exempted, Problem

Run = Callable[..., Result]
EXPRESSION = ("--expression", "w*x", "--at", "x=2,w=3", "--wrt", "w")


def test_a_users_expression_is_inspected_and_drawn(run: Run, tmp_path: Path) -> None:
    done = run(
        "inspect", "backward", *EXPRESSION, "--lang", "en", "--theme", "light", "--json", "-o", tmp_path
    )
    (report,) = json.loads(done.stdout)
    assert (report["scene"], report["language"], report["theme"]) == ("backward", "en", "light")
    assert report["parameters"]["expression"] == "w*x"
    assert report["seconds"] > 10
    assert done.exit_code == (1 if report["problems"] else 0)
    assert [path.name for path in tmp_path.iterdir()] == ["backward-en-light.inspect.png"]
    with Image.open(report["sheet"]) as sheet:
        assert sheet.width > 2000


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """What the next inspections find; the film itself is not played."""
    problems: list[Problem] = []
    meant = [Exempted("text-over-line", "it is crossed out", "local", "Line", "scenes/x.py:8", 3.0)]

    def inspect_film(*args: Any, **options: Any) -> Inspection:
        return Inspection(problems, meant, [], 61.3, 10)

    monkeypatch.setattr(command, "inspect_film", inspect_film)
    return problems


def test_a_film_without_problems_ends_with_0_and_lists_exceptions(
    run: Run, found: list[Problem], tmp_path: Path
) -> None:
    done = run("inspect", "backward", *EXPRESSION, "-o", tmp_path)
    assert done.exit_code == 0
    assert "backward (ko, dark), 1:01.3: no problem, 1 declared exception\n" in done.stdout
    assert "Meant: it is crossed out" in done.stdout


def test_a_problem_ends_with_1_and_is_told_with_time_place_and_advice(
    run: Run, found: list[Problem], tmp_path: Path
) -> None:
    found.append(
        Problem("blink", 12.34, 13.5, "chain", "“0.25”", "It is gone.", "scenes/y.py:41", 3, ((0, 0, 1, 1),))
    )
    told = run("inspect", "backward", *EXPRESSION, "-o", tmp_path)
    assert told.exit_code == 1
    assert (
        "  1  0:12.3–0:13.5  chain  blink  “0.25”\n     scenes/y.py:41\n     It is gone. Keep the one"
        in told.stdout
    )
    (report,) = json.loads(run("inspect", "backward", *EXPRESSION, "--json", "-o", tmp_path).stdout)
    (problem,) = report["problems"]
    assert (problem["number"], problem["kind"], problem["time_s"], problem["beat"]) == (
        1,
        "blink",
        12.34,
        "chain",
    )
    assert (problem["file"], problem["line"], problem["boxes"]) == ("scenes/y.py", 41, [[0, 0, 1, 1]])
    assert problem["advice"]


def test_both_languages_are_two_reports(run: Run, found: list[Problem], tmp_path: Path) -> None:
    done = run("inspect", "backward", *EXPRESSION, "--lang", "both", "--json", "-o", tmp_path)
    assert [report["language"] for report in json.loads(done.stdout)] == ["ko", "en"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Name a scene"),
        (("backwards",), "backward"),
        (("backward", "-p", "nothing=1"), "has no parameter nothing"),
        (("backward", "-o", "README.md"), "README.md is a file"),
    ],
)
def test_wrong_input_is_one_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    done = run("inspect", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
