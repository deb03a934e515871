"""What some tests need beside gradreel, how to have it, and what the run says at its end about tests that went without.

A test asks `program` or `library`; where there is none it is skipped. With CI set, a run fails that skipped such a one.
"""

from __future__ import annotations

import importlib
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest

CHROMIUM_VARIABLE = "GRADREEL_CHROMIUM"  # the path of a browser with another name


@dataclass(frozen=True)
class Need:
    """A program that tests run: its name, the commands it may be called by, and Debian's package."""

    name: str
    commands: tuple[str, ...]
    package: str

    @property
    def missing(self) -> str:
        """Why a test is skipped, and what to type."""
        return f"{self.name} is not installed: sudo apt-get install {self.package}"


CHROMIUM = Need(
    "Chromium", ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), "chromium"
)
LIBREOFFICE = Need("LibreOffice Impress", ("soffice",), "libreoffice-impress")
ESPEAK = Need("espeak-ng", ("espeak-ng",), "espeak-ng")
PROGRAMS = (CHROMIUM, LIBREOFFICE, ESPEAK)
# Module to what pip calls it; `make setup` installs them all.
LIBRARIES = {
    "axe_playwright_python": "axe-playwright-python",
    "distributed": "distributed",
    "espeakng_loader": "espeakng-loader",
    "onnx": "onnx",
    "piper": "piper-tts",
    "playwright.sync_api": "playwright",
}


def program(need: Need) -> str:
    """The path of a program; skips the test where there is none."""
    named = os.environ.get(CHROMIUM_VARIABLE) if need is CHROMIUM else None
    found = named or next(filter(None, map(shutil.which, need.commands)), None)
    if found is None:
        pytest.skip(need.missing)
    return found


def library(module: str) -> Any:
    """A module that `make setup` installs; skips where somebody's own environment lacks it."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError:
        pytest.skip(lacking(module), allow_module_level=True)


def lacking(module: str) -> str:
    """Why a test is skipped that needs a module, and what to type."""
    return f"{LIBRARIES[module]} is not installed: pip install {LIBRARIES[module]}"


PROVIDED = frozenset({*(need.missing for need in PROGRAMS), *map(lacking, LIBRARIES)})


def reasons(reports: Iterable[Any]) -> Counter[str]:
    """How often each reason was given, of pytest's reports of skipped tests."""
    found = (report.longrepr[2] if isinstance(report.longrepr, tuple) else "" for report in reports)
    return Counter(reason.removeprefix("Skipped: ") for reason in found)


def summary(skipped: Mapping[str, int]) -> list[str]:
    """A line for each reason, how to have what is missing included; empty when nothing was skipped."""
    lines = []
    for reason, count in sorted(skipped.items(), key=lambda item: (item[0] not in PROVIDED, item[0])):
        tests = "1 test" if count == 1 else f"{count} tests"
        lines.append(f"{tests} skipped: {reason}")
    return lines


def forbidden(skipped: Mapping[str, int], environment: Mapping[str, str]) -> bool:
    """Whether the run fails for what it skipped: in CI, anything that a package could provide."""
    return bool(environment.get("CI")) and not PROVIDED.isdisjoint(skipped)
