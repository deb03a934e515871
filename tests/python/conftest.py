"""One environment for all tests that need one, and small films."""

from pathlib import Path

import pytest

import gradreel
from gradreel import _film
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
def expression(cached: Path) -> gradreel.Trace:
    """A trace that the film backward draws."""
    return gradreel.record("backward", expression="(w*x - y)**2", at={"w": 1, "x": 2, "y": 3})
