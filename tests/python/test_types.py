"""Type checkers see the installed package as it is."""

import ast
import dataclasses
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import gradreel
from tests.conftest import ROOT
from tests.python.elsewhere import Elsewhere

SCRIPT = """
import gradreel

trace = gradreel.record("momentum", steps=40)
reveal_type(trace)
reveal_type(trace["loss"].axes)
reveal_type(gradreel.film(trace, lang="en").save("a.mp4"))
reveal_type(gradreel.film(trace).clips())
reveal_type(gradreel.scenes()[0].beats[0].name)
reveal_type(gradreel.verify("a.mp4").exact)
try:
    pass
except gradreel.ModelFailed as error:
    reveal_type(error.trace)
gradreel.film(trace, lnag="en")
gradreel.recrod
"""
SEEN = [
    '"gradreel._traces.Trace"',
    '"tuple[str, ...]"',
    '"pathlib.Path"',
    '"list[pathlib.Path]"',
    '"str"',
    '"bool"',
    '"gradreel._traces.Trace | None"',
]
# torch and numpy are typed by themselves; reading their sources would take a minute.
SETTINGS = "[mypy]\nstrict = true\n[mypy-torch.*,numpy.*]\nfollow_imports = skip\n"


def test_mypy_sees_the_types(elsewhere: Elsewhere, tmp_path: Path) -> None:
    (tmp_path / "own.py").write_text(SCRIPT, "utf-8")
    (tmp_path / "mypy.ini").write_text(SETTINGS, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--python-executable", elsewhere.program("python"), "own.py"],
        cwd=tmp_path, env=elsewhere.environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert [line.partition("Revealed type is ")[2] for line in lines if "Revealed" in line] == SEEN
    errors = [line for line in lines if ": error:" in line]
    assert len(errors) == 2
    assert 'Unexpected keyword argument "lnag"' in errors[0]
    assert 'Module has no attribute "recrod"' in errors[1]


STUBS = [
    part
    for name in ("_errors", "_traces")
    for part in ast.parse((ROOT / "src" / "gradreel" / f"{name}.pyi").read_text("utf-8")).body
    if isinstance(part, ast.ClassDef)
]


@pytest.mark.parametrize("stub", STUBS, ids=lambda stub: stub.name)
def test_a_stub_says_what_the_class_has(stub: ast.ClassDef) -> None:
    cls = getattr(gradreel, stub.name)
    told = {one.name: one for one in stub.body if isinstance(one, ast.FunctionDef)}
    named = {
        one.target.id
        for one in stub.body
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    fields = {one.name for one in dataclasses.fields(cls)} if dataclasses.is_dataclass(cls) else set()
    there = {name for name in {*vars(cls), *fields} if not name.startswith("_")}
    assert {name for name in told if not name.startswith("_")} == there - named
    for name, one in told.items():
        found = inspect.getattr_static(cls, name, None)
        if callable(found) or isinstance(found, classmethod):
            parameters = inspect.signature(getattr(found, "__func__", found)).parameters
            listed = [one.args.vararg] if one.args.vararg else []
            words = [*one.args.args, *listed, *one.args.kwonlyargs]
            assert [word.arg for word in words] == [*parameters], name
            assert len(one.args.defaults) + sum(
                default is not None for default in one.args.kw_defaults
            ) == sum(parameter.default is not inspect.Parameter.empty for parameter in parameters.values()), (
                name
            )
