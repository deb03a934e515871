"""One environment for all tests that need one, and small films."""

import json
from pathlib import Path
from typing import Any

import pytest

import gradreel
from gradreel import _asking, _film, _record, _verify
from pipeline.asked import process
from tests.conftest import TINY
from tests.python.elsewhere import Elsewhere, environment


@pytest.fixture(scope="session")
def elsewhere(tmp_path_factory: pytest.TempPathFactory, cache_folder: Path) -> Elsewhere:
    return environment(tmp_path_factory.mktemp("elsewhere"), cache_folder)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, cached: Path) -> None:
    """Films are tiny unless a test says how large."""
    monkeypatch.setattr(_film, "PREVIEW", TINY)
    for method in ("save", "still", "clips", "deck"):
        defaults = getattr(_film.Film, method).__kwdefaults__
        monkeypatch.setitem(defaults, "quality", TINY)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, cached: Path) -> None:
    """Questions are answered in this process, as they would be in another: for tests that ask many."""

    def ask(question: str, **arguments: Any) -> Any:
        told = process._answered(question, json.loads(json.dumps(arguments)))
        if "error" in told:
            raise _asking._error(**told["error"])
        return told["answer"]

    for module in (_film, _record, _verify):
        monkeypatch.setattr(module, "ask", ask)


@pytest.fixture
def expression(cached: Path) -> gradreel.Trace:
    """A trace that the film backward draws."""
    return gradreel.record("backward", expression="(w*x - y)**2", at={"w": 1, "x": 2, "y": 3})
