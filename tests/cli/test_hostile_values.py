"""Whatever is typed where a value goes: one short sentence, nothing that steers the terminal, no traceback, no wait.

Every command of the CLI is walked, and every option and argument of it, those of all scenes' parameters included.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import Result

from engine.errors import InputError
from pipeline.console import LINE_MAX, LINES_MAX, bounded
from pipeline.options import NAMED, ParameterOption, all_slugs
from render import cli

Run = Callable[..., Result]
CHARACTERS_MAX = 1000
NOT_FOR_USERS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
    "|Unexpected|Traceback|Errno|<class|constrained|Input should|pydantic|codec"
)
HOSTILE = {
    "escapes": "\x1b[31mred\x1b]0;title\x07",
    "a line of its own": "a\nError: all is well",
    "backwards": "abc\u202egnp.exe",
    "very long": "A" * 1_000_000,
    "a path of 999 letters": "/" + "b" * 999,
    "a path of many folders": "c/" * 5000,
    "many digits": "9" * 5000,
    "many digits below nothing": "-" + "9" * 5000,
    "many names": ",".join(f"x{number}=1" for number in range(50_000)),
    "one name many times": "x=1," * 50_000,
    "no character": "\udce9.txt",
    "half a character": "\ud800",
    "nothing": "",
    "a null": "a\0b",
    "infinite": "1e999",
    "braces": "{0.__class__}%s$(id)`id`",
    "deep": "(" * 50_000,
}
BY_PAIR = ("escapes", "a line of its own", "very long", "many digits", "half a character")
REACHED = "The value was taken."
# What a command must be given before it looks at the value in question.
NEEDED = {
    "render": {"-q": "144p5"},
    "deck": {"--to": "pdf", "-q": "144p5"},
    "still": {"--beat": "network"},
    "trace": {"-o": "t.npz"},
    "clips": {"-q": "144p5"},
    "lecture": {"-q": "144p5"},
}
SUBJECT = {"lecture": "mine.toml", "gallery": "none", "verify": "", "new-lecture": ""}


def options_of(command: click.Command, scene: str = "") -> list[str]:
    """The options that take a value: the command's own, or with ``scene`` those of its parameters."""
    context = click.Context(command)
    context.meta[NAMED] = (scene,) if scene else ()
    return [
        param.opts[-1]
        for param in command.get_params(context)
        if isinstance(param, click.Option)
        and not param.is_flag
        and isinstance(param, ParameterOption) == bool(scene)
    ]


def told(result: Result) -> list[str]:
    """What is not right about an answer."""
    wrong = []
    said = result.stderr if result.exit_code else result.stdout
    if result.exit_code not in (0, 1, 2):
        wrong.append(f"ends with {result.exit_code}")
    if result.exit_code and (not said.startswith("Error: ") or re.search(r"\n(?!  |$)", said)):
        wrong.append(f"no sentence of one line: {said[:300]!r}")
    if len(said) > CHARACTERS_MAX and result.exit_code:
        wrong.append(f"{len(said)} characters: {said[:80]!r}")
    found = NOT_FOR_USERS.search(result.output)
    if found:
        wrong.append(f"{found[0]!r} in {said[max(0, found.start() - 100) : found.end() + 100]!r}")
    return wrong


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_option_and_argument_of_a_command(
    run: Run, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*args: Any, **more: Any) -> None:
        raise InputError(REACHED)

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("engine.recorders.run", stop)
    monkeypatch.setenv(
        "GRADREEL_CACHE", str(tmp_path / "cache")
    )  # where no trace is, so that no film is drawn
    (tmp_path / "mine.toml").write_text('title = "T"\n[[part]]\nscene = "forward"\n')
    takes_argument = any(isinstance(param, click.Argument) for param in cli.commands[command].params)
    subject = SUBJECT.get(command, "forward")
    wrong = []
    for what, value in HOSTILE.items():
        lines = {option: [f"{option}={value}"] for option in options_of(cli.commands[command])}
        lines = {name: one if name.startswith("--") else [name, value] for name, one in lines.items()}
        for option, given in lines.items():
            needed = [
                f"{name}={one}" if name.startswith("--") else f"{name}{one}"
                for name, one in NEEDED.get(command, {}).items()
                if name != option
            ]
            result = run(command, *needed, *given, *([subject] if subject else []))
            wrong += [f"{command} {option} with {what}: {one}" for one in told(result)]
        if takes_argument:
            needed = [word for pair in NEEDED.get(command, {}).items() for word in pair]
            result = run(command, *needed, "--", value)
            wrong += [f"{command} of {what}: {one}" for one in told(result)]
    assert wrong == []


@pytest.mark.parametrize("scene", all_slugs())
def test_every_parameter_of_a_scene(
    run: Run, scene: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by -p, and as far as the recorder itself, which reads formulas and files."""
    monkeypatch.chdir(tmp_path)
    wrong = []
    for option in options_of(cli.commands["trace"], scene):
        for what, value in HOSTILE.items():
            # Where nothing is given the usual run follows, which takes its time and is tried elsewhere.
            command = ["trace", scene, "-o", "t.npz"] if value else ["list", scene]
            result = run(*command, f"{option}={value}")
            wrong += [f"{scene} {option} with {what}: {one}" for one in told(result)]
        name = option.removeprefix("--")
        for what in BY_PAIR:
            result = run("trace", scene, "-o", "t.npz", "-p", f"{name}={HOSTILE[what]}")
            wrong += [f"{scene} -p {name}= with {what}: {one}" for one in told(result)]
    assert wrong == []


def test_a_message_of_any_length_is_bounded() -> None:
    """The last guard, for what no sentence has cut itself."""
    assert bounded("short\n  two lines") == "short\n  two lines"
    assert bounded("a name\nof two lines") == "a name\\nof two lines"
    long = bounded("a" * 10_000_000)
    assert (len(long), long[0], long[-1]) == (LINE_MAX, "a", "a")
    many = bounded("\n  ".join(map(str, range(100_000)))).split("\n")
    assert (len(many), many[-1]) == (LINES_MAX + 1, "  …")


def test_paths_that_are_printed_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    name = tmp_path / "a\x1b[2Jb\u202ec\nd.toml"
    done = run("new-lecture", name)
    assert done.exit_code == 0
    assert "a\\x1b[2Jb\\u202ec\\nd.toml" in done.stdout
    assert done.stdout.count("\n") == 1
    assert not NOT_FOR_USERS.search(done.stdout)
    assert name.is_file()


def test_json_stays_json_and_cannot_steer_the_terminal(run: Run) -> None:
    value = "\x1b\x9b\u2028é"
    done = run("list", "rnn", "--json", "--sequence", f"ab{value}")
    assert not NOT_FOR_USERS.search(done.stdout)
    (scene,) = json.loads(done.stdout)
    (sequence,) = (one["value"] for one in scene["parameters"] if one["name"] == "sequence")
    assert sequence == f"ab{value}"
