"""``doctor`` finds what is there, and says what to do about what is not."""

import importlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from engine import packages
from pipeline import doctor
from pipeline.voice import espeak

Run = Callable[..., Result]


def test_this_machine_is_well(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = run("doctor")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "BAD" not in result.stdout
    assert all(what in result.stdout for what in ("torch", "manim", "pango", "NotoSansKR", "space left"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("missing", ["torch", "manim"])
def test_a_missing_library(run: Run, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    version, load = packages.installed, importlib.import_module

    def import_module(name: str) -> Any:
        if name == missing:
            raise ModuleNotFoundError(f"No module named {missing!r}")
        return load(name)

    monkeypatch.setattr(packages, "installed", lambda name: None if name == missing else version(name))
    monkeypatch.setattr(importlib, "import_module", import_module)
    result = run("doctor")
    assert result.exit_code == 1
    assert f"BAD  {missing:<19} missing" in result.stdout
    assert "-> run `make setup`" in result.stdout


def test_a_library_that_does_not_load(monkeypatch: pytest.MonkeyPatch) -> None:
    def import_module(name: str) -> Any:
        raise OSError("libcairo.so.2: cannot open shared object file")

    monkeypatch.setattr(importlib, "import_module", import_module)
    found = {finding.what: finding for finding in doctor.examine()}
    assert not found["manim"].good
    assert "libcairo.so.2" in found["cairo"].found
    assert "docs/install.md" in found["cairo"].advice


def test_a_cache_folder_that_cannot_be(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "file"))
    found = {finding.what: finding for finding in doctor.examine()}
    assert not found["cache folder"].good
    assert "GRADREEL_CACHE" in found["cache folder"].advice


def test_little_space(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free_bytes", lambda folder: 5_000_000)
    found = {finding.what: finding for finding in doctor.examine()}
    assert (found["space left"].good, found["space left"].found) == (False, "0.0 GB")


def test_voices_are_optional(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a speech program all is still well, and the report says how to get one."""
    version = packages.installed
    monkeypatch.setattr(espeak, "library", lambda: None)
    monkeypatch.setattr(espeak, "program", lambda: None)
    monkeypatch.setattr(packages, "installed", lambda name: None if name == "piper-tts" else version(name))
    result = run("doctor")
    assert result.exit_code == 0
    assert "apt-get install espeak-ng" in result.stdout
    assert "gradreel[piper]" in result.stdout
