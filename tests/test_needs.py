"""A run says what it skipped and how to have it, and does not pass without in CI."""

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests import needs
from tests.conftest import ROOT

SKIPPING = """
from tests import needs
NOWHERE = needs.Need("LibreOffice Impress", ("no-such-program",), "libreoffice-impress")
def test_one(): needs.program(NOWHERE)
def test_two(): needs.program(NOWHERE)
def test_good(): pass
"""


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("true", 1)])
@pytest.mark.parametrize("workers", ["0", "1"])
def test_a_missing_program_is_told_at_the_end(tmp_path: Path, ci: str, code: int, workers: str) -> None:
    (tmp_path / "test_skipping.py").write_text(SKIPPING, "utf-8")
    settings = ["-n", workers, "-p", "tests.conftest", "-c", ROOT / "pyproject.toml"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *settings, tmp_path],
        cwd=ROOT, env=os.environ | {"CI": ci}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == code, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    told = "2 tests skipped: LibreOffice Impress is not installed: sudo apt-get install libreoffice-impress"
    assert told in lines
    assert "1 passed, 2 skipped" in lines[-1]


def test_what_packages_provide_comes_first() -> None:
    skipped = Counter({"this file system takes only UTF-8 names": 1, needs.CHROMIUM.missing: 3})
    assert needs.summary(skipped) == [
        "3 tests skipped: Chromium is not installed: sudo apt-get install chromium",
        "1 test skipped: this file system takes only UTF-8 names",
    ]


def test_only_what_a_package_provides_fails_in_ci() -> None:
    assert not needs.forbidden({"this file system takes only UTF-8 names": 1}, {"CI": "true"})
    assert needs.forbidden({needs.lacking("piper"): 1}, {"CI": "true"})
    assert not needs.forbidden({needs.lacking("piper"): 1}, {})


def test_ci_installs_every_program_that_tests_need() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert [need.package for need in needs.PROGRAMS if need.package not in script] == []
