"""Help texts, the list, and options made from the recorders' signatures."""

import json
from collections.abc import Callable
from typing import Any

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import Result

from engine import recorders
from pipeline import values
from render import cli
from scenes import SCENES

Run = Callable[..., Result]


@pytest.mark.parametrize("command", ["list", "render", "still", "trace", "verify", "doctor"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    for flag in ("--help", "-h"):
        result = run(command, flag)
        assert result.exit_code == 0
        assert "Example" in result.stdout
        assert f"render.py {command}" in result.stdout


@pytest.mark.parametrize("command", ["list", "render", "still", "trace"])
@pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)
def test_help_with_a_scene_shows_its_parameters(run: Run, command: str, card: Any) -> None:
    shown = run(command, card.slug, "--help").stdout
    assert f"Parameters of {card.slug}" in shown
    for parameter in recorders.signature(card.recorder):
        assert f"--{parameter.name.replace('_', '-')} " in shown


def test_help_without_a_scene_says_how_to_see_them(run: Run) -> None:
    shown = run("render", "--help").stdout
    assert f"{SCENES[0].slug} --help" in shown
    assert "--expression EXPR" not in shown


def test_no_command_is_help(run: Run) -> None:
    result = run()
    assert (result.exit_code, "Commands:" in result.stdout) == (0, True)


def test_list_names_every_scene_with_beats_and_parameters(run: Run) -> None:
    shown = run("list").stdout
    for card in SCENES:
        assert card.slug in shown
        assert card.title("ko") in shown
        assert card.title("en") in shown
        assert all(beat in shown for beat in card.beats)


def test_list_as_json(run: Run) -> None:
    listed = json.loads(run("list", "--json").stdout)
    assert [one["scene"] for one in listed] == [card.slug for card in SCENES]
    for one, card in zip(listed, SCENES, strict=True):
        assert [beat["name"] for beat in one["beats"]] == list(card.beats)
        names = [parameter.name for parameter in recorders.signature(card.recorder)]
        assert [parameter["name"] for parameter in one["parameters"]] == names


def test_list_with_parameters_shows_what_plays_and_what_is_used(run: Run) -> None:
    (listed,) = json.loads(
        run("list", "backward", "--json", "--expression", "a*b", "--at", "a=2,b=-1.5", "--wrt", "a").stdout
    )
    used = {one["name"]: one["value"] for one in listed["parameters"] if one["given"]}
    assert used == {"expression": "a*b", "at": {"a": 2.0, "b": -1.5}, "wrt": "a"}
    assert "step" not in [beat["name"] for beat in listed["beats"]]


def test_options_and_pairs_give_the_same(run: Run) -> None:
    by_option = run("list", "--json", "forward", "--widths", "16,8", "--learning-rate", "0.5", "--seed", "3")
    by_pair = run("list", "--json", "forward", "-p", "widths=16,8", "-p", "learning-rate=0.5", "-p", "seed=3")
    assert by_option.exit_code == 0
    assert by_option.stdout == by_pair.stdout
    used = {one["name"]: one["value"] for one in json.loads(by_option.stdout)[0]["parameters"]}
    assert (used["widths"], used["learning_rate"], used["seed"]) == ([16, 8], 0.5, 3)


@pytest.mark.parametrize(
    ("args", "net"), [((), None), (("--net",), True), (("--no-net",), False), (("-p", "net=no"), False)]
)
def test_yes_no_parameters(run: Run, args: tuple[str, ...], net: bool | None) -> None:
    (listed,) = json.loads(run("list", "--json", "backward", *args).stdout)
    found = {one["name"]: one for one in listed["parameters"]}["net"]
    assert found["given"] == bool(args)
    assert not args or found["value"] is net


def test_a_parameter_goes_to_the_scenes_that_have_it(run: Run) -> None:
    listed = json.loads(run("list", "--json", "forward", "backward", "--wrt", "x", "--epochs", "7").stdout)
    given = [{one["name"] for one in scene["parameters"] if one["given"]} for scene in listed]
    assert given == [{"epochs"}, {"wrt", "epochs"}]


def test_a_parameter_may_have_the_name_of_a_command_s_option(run: Run) -> None:
    """`clips` has a --width, of files, and `vanishing` one, of layers: each must reach its own."""
    shown = run("clips", "vanishing", "--help").stdout
    assert "--width PX" in shown
    assert "--scene-width" in shown
    own = run("clips", "vanishing", "--scene-width", "65", "--width", "200")
    assert "--scene-width" in own.stderr
    assert "1<=x<=64" in own.stderr


@pytest.mark.parametrize("name", recorders.RECORDERS)
def test_every_parameter_of_every_recorder_becomes_an_option(name: str) -> None:
    for parameter in recorders.signature(name):
        kind = values.click_type(parameter)
        assert isinstance(kind, click.ParamType)
        if parameter.default is not None:
            typed = values.shown(parameter.default)
            assert kind.convert(typed, None, None) == parameter.default


def complete(*words: str) -> set[str]:
    completion = BashComplete(cli, {}, "render.py", "_RENDER_PY_COMPLETE")
    return {item.value for item in completion.get_completions(list(words[:-1]), words[-1])}


def test_shell_completion() -> None:
    assert complete("render", "b") == {"backward"}
    assert complete("still", "backward", "--beat", "ch") == {"chain", "check"}
    assert "--expression" in complete("render", "backward", "--ex")
    assert complete("rend") == {"render"}
