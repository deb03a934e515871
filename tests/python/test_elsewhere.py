"""Beside packages of the user's own called engine, scenes, pipeline and render everything works, and all stays."""

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.python.elsewhere import TAKEN, Elsewhere

ALL = """
import engine, pipeline, render, scenes
import json, os, random, signal, sys, threading, warnings
import numpy, torch
from torch import nn

import gradreel

def state():
    mine = [one.MINE for one in (engine, pipeline, render, scenes)]
    heard = [signal.getsignal(one) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)]
    chance = [random.getstate(), repr(numpy.random.get_state()), torch.get_rng_state().tolist()]
    hooks = [sys.excepthook, sys.unraisablehook]
    torches = [torch.get_num_threads(), torch.is_grad_enabled(), torch.is_inference_mode_enabled()]
    return [mine, heard, chance, hooks, torches, [*sys.path], dict(os.environ), [*warnings.filters],
            threading.enumerate(), os.getcwd(), sorted(name for name in sys.modules if name.split(".")[0] in TAKEN)]

TAKEN = ("engine", "pipeline", "render", "scenes")
before = state()
torch.manual_seed(3)
model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
before[2] = state()[2]
own = gradreel.record(model, torch.ones(5, 3), target=torch.tensor([0, 1, 0, 1, 0]), loss="cross_entropy")
assert own["loss/name"].item() == "cross_entropy"
try:
    gradreel.record(model, torch.ones(5, 7))
except gradreel.ModelFailed as error:
    assert isinstance(error.trace, gradreel.Trace) and isinstance(error.__cause__, RuntimeError)
else:
    raise AssertionError
descent = gradreel.record("momentum", formula="(x-1)**2 + 9*y**2", start=(3, 1))
assert descent.recorder == "momentum"
film = gradreel.film(descent, lang="en", theme="light")
picture = film.still(film.beats[0], "picture.png", quality="144p5")
assert state() == before
assert not {"manim", "click", "rich"} & set(sys.modules)
gradreel.Trace.load("t.npz") if os.path.exists("t.npz") else descent.save("t.npz")
print(json.dumps([str(picture), descent.params["given"]["start"], film.beats]))
"""

WITHOUT_A_GUARD = """
import pathlib, sys
with open("ran", "a") as file:
    file.write("ran ")
import gradreel

trace = gradreel.record("backward", seed=0)
made = gradreel.film(trace, lang="en", beats=("graph", "values")).clips("clips", quality="144p5", jobs=2)
print(*(path.name for path in made))
"""

LONG = """
import gradreel

film = gradreel.film(gradreel.record("backward", seed=0), lang="en")
print("begins", flush=True)
try:
    film.save("long.mp4", quality="2160p60")
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


def test_everything_works_and_the_process_is_as_it_was(elsewhere: Elsewhere, tmp_path: Path) -> None:
    done = elsewhere.run(ALL, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    picture, start, beats = json.loads(done.stdout)
    assert (tmp_path / picture).read_bytes().startswith(b"\x89PNG")
    assert start == {"x": 3.0, "y": 1.0}
    assert len(beats) > 5
    assert sorted(path.name for path in tmp_path.iterdir()) == ["picture.png", "script.py", "t.npz"]


def test_a_script_without_a_main_guard_runs_once_though_a_pool_draws(
    elsewhere: Elsewhere, tmp_path: Path
) -> None:
    done = elsewhere.run(WITHOUT_A_GUARD, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "ran").read_text() == "ran "
    names = done.stdout.split()
    assert len(names) == 2
    assert all((tmp_path / "clips" / name).is_file() for name in names)


def test_modules_beside_a_script_are_not_taken_for_ours(elsewhere: Elsewhere, tmp_path: Path) -> None:
    for name in (*TAKEN, "click", "manim"):
        (tmp_path / f"{name}.py").write_text("raise RuntimeError('not yours')\n", "utf-8")
    done = elsewhere.run("import gradreel\nprint(len(gradreel.scenes()))", tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert int(done.stdout) >= 7


def test_the_commands_pool_works_there(elsewhere: Elsewhere, tmp_path: Path) -> None:
    """The process from which a pool is forked does not get the import path of the command."""
    words = [
        "clips",
        "backward",
        "--beat",
        "graph",
        "--beat",
        "local",
        "-q",
        "144p5",
        "-j",
        "2",
        "-o",
        "clips",
    ]
    done = subprocess.run(
        [elsewhere.program("gradreel"), *words],
        cwd=tmp_path, env=elsewhere.environment(), capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len([*(tmp_path / "clips").glob("*.mp4")]) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGINT for one process")
def test_interrupted_it_stops_and_leaves_nothing(elsewhere: Elsewhere, tmp_path: Path) -> None:
    script = tmp_path / "long.py"
    script.write_text(LONG, "utf-8")
    with subprocess.Popen(
        [elsewhere.program("python"), script], cwd=tmp_path, env=elsewhere.environment(),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline() == "begins\n"
        answering = _child(process.pid)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        said, errors = process.communicate(timeout=60)
    assert (process.returncode, said, errors) == (0, "interrupted\n", "")
    assert not psutil.pid_exists(answering.pid) or answering.status() == psutil.STATUS_ZOMBIE
    assert [path.name for path in tmp_path.iterdir()] == ["long.py"]


def _child(pid: int) -> psutil.Process:
    while True:
        for one in psutil.Process(pid).children():
            if any("_answering" in word for word in one.cmdline()):
                return one
        time.sleep(0.05)
