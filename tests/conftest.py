"""What several tests share: the CLI as a process and in this process, their own cache, one tiny real film."""

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from tests import groups, needs, shared

ROOT = Path(__file__).resolve().parents[1]
TINY = "144p5"

settings.register_profile("house", deadline=None)  # no test asserts a time, on a busy machine either
settings.load_profile("house")
# A film is a hundred thousand small objects that live as long as it: looking for garbage among them every
# thousand allocations takes a tenth of the time of the tests.
gc.set_threshold(20_000, 10, 20)


def pytest_configure(config: pytest.Config) -> None:
    """Workers share recordings and plays."""
    shared.open_folder(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing behind."""
    shared.close_folder(config)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Tests that look at the same film share a worker, whatever --dist says."""
    return groups.scheduler(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what others gain from."""
    groups.longest_first(items)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """What was skipped, and what to type to have it."""
    lines = needs.summary(needs.reasons(terminalreporter.stats.get("skipped", [])))
    if lines:
        terminalreporter.section("skipped")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In CI a run that skipped what a package could provide has failed."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = needs.reasons(reporter.stats.get("skipped", [])) if reporter else {}
    if exitstatus == 0 and needs.forbidden(skipped, os.environ):
        session.exitstatus = 1


@dataclass(frozen=True)
class Film:
    """A rendered film and what lies beside it."""

    clip: Path

    @property
    def numbers(self) -> Path:
        return self.clip.with_suffix(".numbers.json")

    @property
    def trace(self) -> Path:
        return self.clip.with_suffix(".trace.npz")


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the whole run, so that a trace is recorded once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def cached(cache_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADREEL_CACHE", str(cache_folder))
    return cache_folder


@pytest.fixture
def run(cached: Path) -> Callable[..., Result]:
    """Call the CLI in this process: run("list", "--json")."""
    from render import cli

    def call(*args: str | Path) -> Result:
        return CliRunner().invoke(cli, [str(arg) for arg in args])

    return call


@pytest.fixture(scope="session")
def process(cache_folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Call the CLI as a real process."""
    environment = os.environ | {"GRADREEL_CACHE": str(cache_folder)}

    def call(*args: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, ROOT / "render.py", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=environment,
            check=False,
            timeout=300,
            **options,
        )

    return call


@pytest.fixture(scope="session")
def film(process: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Film:
    """One beat of ``backward``, really rendered. Tests that change its files copy the folder first."""
    clip = tmp_path_factory.mktemp("film") / "clip.mp4"
    done = process("render", "backward", "--beat", "values", "--lang", "en", "-q", TINY, "-o", clip)
    assert (done.returncode, done.stderr) == (0, "")
    return Film(clip)
