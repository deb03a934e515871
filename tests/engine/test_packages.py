"""The one list of packages: as pyproject.toml and the page on dependencies have it, and installed."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from engine import packages
from engine.packages import PACKAGES, Package

ROOT = Path(__file__).resolve().parents[2]
ASKED = {one.name for one in PACKAGES if one.asked}


def test_those_asked_for_are_those_of_the_project() -> None:
    """With the extras of a dependency: ``manim[typst]`` asks for both."""
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    names = [name for line in listed for name in re.findall(r"[a-z][a-z0-9-]*", line.split(">")[0])]
    assert sorted(names) == sorted(ASKED)


def test_the_page_says_why_each_is_asked_for() -> None:
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8").partition("\nOptional")[0]
    named = {
        name
        for row in re.findall(r"^\| ([^|]+) \|", page, re.M)
        for name in re.findall(r"[a-z][a-z0-9-]+", row)
    }
    assert named - {"package", "with"} == ASKED


@pytest.mark.parametrize("package", PACKAGES, ids=lambda one: one.name)
def test_each_is_installed_and_has_its_module(package: Package) -> None:
    assert packages.installed(package.name)
    importlib.import_module(package.module)


def test_one_that_is_missing_has_no_version() -> None:
    assert packages.installed("no-such-package") is None
    assert packages.versions(["no-such-package", "numpy"]) == {"numpy": packages.installed("numpy")}
