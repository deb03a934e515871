"""Somebody else's environment: gradreel installed from a wheel, beside packages of their own with the house's names."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

from tests import shared
from tests.conftest import ROOT

TAKEN = ("engine", "scenes", "pipeline", "render")


@dataclass(frozen=True)
class Elsewhere:
    """The environment's folder, and the cache that programs in it use."""

    folder: Path
    cache: Path

    def program(self, name: str) -> Path:
        """``python``, or a command that was installed."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin") / name

    def environment(self, **more: str) -> dict[str, str]:
        """Without what this run of tests says of its own import path."""
        plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        return {**plain, "GRADREEL_CACHE": str(self.cache), **more}

    def run(self, script: str, place: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a script that lies in the folder ``place``, as its user would."""
        file = place / "script.py"
        file.write_text(script, "utf-8")
        return subprocess.run(
            [self.program("python"), "-W", "error", file, *words],
            cwd=place, env=self.environment(**more), capture_output=True, text=True, check=False, timeout=300,
        )  # fmt: skip


def made(folder: Path) -> str:
    """Build the wheel, install it in a new environment, and put the other packages beside it."""
    wheels = folder / "wheel"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (wheel,) = wheels.glob("*.whl")
    place = folder / "environment"
    venv.create(place, symlinks=os.name != "nt")
    it = Elsewhere(place, folder)
    install = [sys.executable, "-m", "pip", "--python", str(it.program("python")), "install", "--quiet"]
    options = ["--no-deps", "--no-index", "--no-compile", "--disable-pip-version-check"]
    subprocess.run([*install, *options, str(wheel)], check=True, capture_output=True, timeout=120)
    (site,) = place.rglob("site-packages")
    # What gradreel needs comes from the environment of the tests, whose own .pth files are not read from here.
    (site / "needed.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    for name in TAKEN:
        (site / name).mkdir()
        (site / name / "__init__.py").write_text(f"MINE = 'my own {name}'\n", "utf-8")
    (site / "engine" / "errors.py").write_text("raise RuntimeError('this is my engine')\n", "utf-8")
    return str(place)


def environment(folder: Path, cache: Path) -> Elsewhere:
    """The one of this run of tests, made once; ``folder`` is for a run that shares none."""
    place = shared.once("python elsewhere", lambda: made(Path(os.environ.get(shared.VARIABLE, folder))))
    return Elsewhere(Path(place), cache)
