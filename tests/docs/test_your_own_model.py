"""docs/your-own-model.md, typed word by word: its file of ten lines, and its commands."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from click.testing import Result

import scenes
from engine.trace import Trace
from tests.conftest import ROOT
from tests.docs import pages
from tests.engine.model import written

BLOCKS = pages.blocks(ROOT / "docs" / "your-own-model.md")


def test_its_commands_make_traces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Callable[..., Result]
) -> None:
    monkeypatch.chdir(tmp_path)
    (program,) = [block.text for block in BLOCKS if block.language == "python"]
    name = program.splitlines()[0].removeprefix("# ")
    Path(name).write_text(program, "utf-8")
    Path("flower.csv").write_text("a,b,c,d\n6.3,3.3,6.0,2.5\n", "utf-8")
    written.safetensors(Path("net.safetensors"), weights(name, hidden=32))
    lines = [line for block in BLOCKS if block.language == "sh" for line in block.text.splitlines()]
    commands = [_as_trace(shlex.split(line)) for line in lines if line.startswith("gradreel")]
    assert len(commands) == 3
    for command in commands:
        done = run(*command)
        assert (done.exit_code, done.stderr) == (0, ""), command
        trace = Trace.load("net.npz")
        assert trace["module/class"].values.tolist() == ["Net", "Linear", "Linear"]
        Path("net.npz").unlink()
    assert trace["weight/0"].shape == (32, 4)


def _as_trace(words: list[str]) -> list[str]:
    """The run that a command of the page draws, recorded and nothing else."""
    _, command, scene, *options = words
    assert (command in ("render", "still"), scene) == (True, "model")
    if "--beat" in options:
        place = options.index("--beat")
        assert options[place + 1] in next(card.beats for card in scenes.SCENES if card.slug == "model")
        del options[place : place + 2]
    return ["trace", "model", *options, "-o", "net.npz"]


def weights(name: str, hidden: int) -> dict[str, torch.Tensor]:
    """Those of the page's net, made as anybody would."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("the_net_of_the_page", name)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: dict[str, torch.Tensor] = module.Net(hidden).state_dict()
    return found
