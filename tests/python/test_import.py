"""What importing gradreel costs, shows and leaves alone."""

import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import gradreel
from engine import errors as house_errors
from tests.conftest import ROOT

HEAVY = {
    "torch",
    "numpy",
    "manim",
    "click",
    "pydantic",
    "sklearn",
    "PIL",
    "av",
    "engine",
    "scenes",
    "pipeline",
}


def loaded(code: str) -> set[str]:
    """The top-level modules of a new process after ``code``."""
    program = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r})\n{code}\n"
    told = "print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program + told], capture_output=True, text=True, check=True, cwd="/"
    )
    return set(done.stdout.split())


def test_importing_loads_nothing_heavy() -> None:
    found = loaded("import gradreel\ndir(gradreel)\ngradreel.InputError\ngradreel.__version__")
    assert "gradreel" in found
    assert not found & HEAVY


def test_looking_at_what_there_is_loads_neither_torch_nor_manim() -> None:
    found = loaded("import gradreel\nfor name in dir(gradreel): getattr(gradreel, name)")
    assert "numpy" in found
    assert not found & (HEAVY - {"numpy"})


def test_every_name_is_there_and_completes() -> None:
    assert dir(gradreel) == [*gradreel.__all__]
    assert {"record", "film", "Trace", "Series", "scenes", "verify", "GradreelError"} <= set(dir(gradreel))
    for name in gradreel.__all__:
        assert getattr(gradreel, name).__doc__ or name == "__version__"


def test_a_name_that_is_not_there_is_said_with_those_that_are() -> None:
    with pytest.raises(AttributeError, match=r"'gradreel' has no attribute 'recrod': it has .*record"):
        gradreel.recrod  # noqa: B018


def test_errors_and_traces_are_this_packages_own() -> None:
    assert issubclass(gradreel.ModelFailed, gradreel.RunError)
    assert issubclass(gradreel.InputError, gradreel.GradreelError)
    assert (
        gradreel.InputError is not house_errors.InputError
    )  # its neighbour in a checkout is not loaded for it
    assert (gradreel.InputError.exit_code, gradreel.RunError.exit_code) == (2, 1)
    for one in (gradreel.InputError, gradreel.ModelFailed, gradreel.Trace, gradreel.Series, gradreel.Node):
        assert one.__module__ == "gradreel"


def test_a_trace_can_be_pickled_and_written(tmp_path: Path) -> None:
    params = {"given": {}, "resolved": {"lr": 0.5}}
    series = {"a/b": gradreel.Series([1.0, 2.0], ("step",), source="x²")}
    trace = gradreel.Trace("own", "1", 0, params, {}, series, (gradreel.Node("n0", "x", "input"),))
    trace.save(tmp_path / "t.npz")
    assert gradreel.Trace.load(tmp_path / "t.npz") == trace
    assert pickle.loads(pickle.dumps(trace)) == trace


def test_only_one_finder_is_added_to_the_process() -> None:
    code = """
import sys
before = [*sys.path], [*sys.meta_path], [*sys.path_hooks]
import gradreel
for name in dir(gradreel):
    getattr(gradreel, name)
assert sys.path == before[0] and sys.path_hooks == before[2]
(added,) = sys.meta_path[len(before[1]):]
assert sys.meta_path[:-1] == before[1]
assert added.find_spec("engine") is None and added.find_spec("gradreel._own.scenes") is None
"""
    assert "gradreel" in loaded(code)
