"""Every command that a page tells people to type is one that gradreel takes, with options that are there."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from render import cli
from tests.conftest import ROOT
from tests.docs import pages
from tests.docs.pages import Command

FOUND = pages.commands()
# The scene of add-a-scene.md is not there until one adds it: test_add_a_scene.py types these.
OURS = [one for one in FOUND if one.program == "gradreel" and one.page.name != "add-a-scene.md"]
TARGETS = re.compile(r"^\.PHONY: (.+)$", re.MULTILINE)


def test_pages_have_commands_of_every_kind() -> None:
    named = {command.words[0] for command in OURS}
    assert named >= {
        "list",
        "render",
        "still",
        "clips",
        "deck",
        "lecture",
        "gallery",
        "verify",
        "inspect",
        "doctor",
    }
    assert {command.program for command in FOUND} >= {"gradreel", "make", "python"}


@pytest.mark.parametrize("command", OURS, ids=str)
def test_gradreel_takes_it(command: Command, cached: Path) -> None:
    """Parsed as on the command line, options of the scene included; nothing is run."""
    context = cli.make_context("gradreel", list(command.words))
    if not context.args and not context._protected_args:
        return  # an option of gradreel itself, such as --version
    with context:
        name, found, rest = cli.resolve_command(context, [*context._protected_args, *context.args])
        assert found is not None
        if rest and "--help" not in rest:  # a name alone is how the text speaks of a command
            found.make_context(name, rest, parent=context)


@pytest.mark.parametrize("command", [one for one in FOUND if one.program == "make"], ids=str)
def test_make_knows_the_target(command: Command) -> None:
    (phony,) = TARGETS.findall((ROOT / "Makefile").read_text("utf-8"))
    target = next(word for word in command.words if "=" not in word)
    assert target in phony.split()


@pytest.mark.parametrize("command", [one for one in FOUND if one.program == "python"], ids=str)
def test_a_python_program_is_there(command: Command) -> None:
    flag, name = (*command.words, "")[:2]
    place = ROOT / (f"{name.replace('.', '/')}.py" if flag == "-m" else flag)
    assert place.is_file() or name == "venv"


def test_the_examples_of_the_trace_page_run(tmp_path: Path) -> None:
    (block,) = [one for one in pages.blocks(ROOT / "docs" / "trace.md") if one.language == "python"]
    lines = block.text.splitlines()
    checks = ['assert trace["graph/gradient"].item() == 12.0', 'assert Trace.load("t.npz") == trace']
    done = subprocess.run(
        [sys.executable, "-c", "\n".join([f"import sys; sys.path.insert(0, {str(ROOT)!r})", *lines, *checks])],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_the_lecture_of_the_lecture_page_can_be_made(tmp_path: Path) -> None:
    from pipeline.lecture import check
    from tests.voice.sounds import silent_film

    block = next(one for one in pages.blocks(ROOT / "docs" / "lecture.md") if one.language == "toml")
    silent_film(tmp_path / "experiment.mp4")
    script = tmp_path / "mine.toml"
    script.write_text(block.text, "utf-8")
    assert len(check.read(script).lecture.part) == 3


def test_a_new_lecture_and_the_list_are_really_made(
    run: Callable[..., Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (("new-lecture", "mine.toml"), ("list",), ("script", "mine.toml", "-o", "mine.docx")):
        result: Any = run(*words)
        assert (result.exit_code, result.stderr) == (0, ""), words
    assert (tmp_path / "mine.docx").is_file()
