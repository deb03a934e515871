"""What another processor computes: every film's trace is within the tolerance that `verify` states."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from click.testing import Result

from engine.trace import Trace
from pipeline import verify
from scenes import SCENES
from tests.conftest import ROOT, TINY
from tests.scenes.watching import recorded

OWN = torch.backends.cpu.get_cpu_capability()
# Torch, the library below it and oneDNN each choose instructions by the processor; these make them choose others.
OTHER = os.environ | {
    "ATEN_CPU_CAPABILITY": "avx2" if OWN == "DEFAULT" else "default",
    "MKL_CBWR": "COMPATIBLE",
    "ONEDNN_MAX_CPU_ISA": "SSE41",
}
RECORD = """
import sys
from engine import recorders
for name in sys.argv[2:]:
    recorders.run(name, {}).save(f"{sys.argv[1]}/{name}.npz")
"""
RECORDERS = [card.recorder for card in SCENES]


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The default trace of every film as another processor records it."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-c", RECORD, folder, *RECORDERS], cwd=ROOT, env=OTHER, check=True)
    return folder


@pytest.mark.parametrize("name", RECORDERS)
def test_every_series_is_within_the_tolerance(elsewhere: Path, name: str) -> None:
    there, here = Trace.load(elsewhere / f"{name}.npz"), recorded(name)
    assert set(there.series) == set(here.series)
    far = [one for one in here.series if not verify.near(there[one].values, here[one].values)]
    assert not far
    assert dict(there.flags) == dict(here.flags)


@pytest.mark.skipif(
    not torch.backends.mkl.is_available(), reason="this build of torch computes alike on every processor"
)
def test_the_other_processor_really_rounds_otherwise(elsewhere: Path) -> None:
    there = Trace.load(elsewhere / "perceptron.npz")
    assert there.environment["cpu"] != OWN
    assert there.digest() != recorded("perceptron").digest()


def test_verify_says_that_another_processor_made_the_film(
    run: Callable[..., Result], tmp_path: Path, cached: Path
) -> None:
    clip = tmp_path / "check.mp4"
    cache = {"GRADREEL_CACHE": str(tmp_path / "cache")}
    command = [sys.executable, "render.py", "render", "backward", "--beat", "check", "--lang", "en"]
    subprocess.run(
        [*command, "-q", TINY, "-o", clip], cwd=ROOT, env=OTHER | cache, check=True, capture_output=True
    )
    result = run("verify", clip)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "within a relative tolerance of 1e-06, because cpu was" in result.stdout
