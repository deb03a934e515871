"""A real scheduler and two worker processes, one of which is killed while it draws."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.film import FilmJob, Quality
from pipeline.studio import Order, produce
from tests import needs
from tests.conftest import ROOT
from tests.scenes.watching import recorded

distributed = needs.library("distributed")


def start(folder: Path, *args: str) -> subprocess.Popen[str]:
    environment = os.environ | {
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "TMPDIR": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + args[0], *args[1:]],
        cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """The address of a scheduler and its two workers, with a temporary folder for each worker."""
    file = tmp_path / "scheduler.json"
    quiet = ("--host", "127.0.0.1", "--no-dashboard")
    running = [start(tmp_path, "scheduler", "--port", "0", "--scheduler-file", str(file), *quiet)]
    try:
        give_up = time.monotonic() + 60
        while not file.is_file() and time.monotonic() < give_up:
            time.sleep(0.1)
        address = json.loads(file.read_text("utf-8"))["address"]
        alone = ("--no-nanny", "--nthreads", "1", "--preload", "gradreel.worker")
        for name in ("one", "two"):
            (tmp_path / name).mkdir()
            running.append(start(tmp_path / name, "worker", address, *alone, *quiet))
        yield address, running[1:]
    finally:
        for one in running:
            one.kill()
            one.communicate()


def test_a_film_whose_worker_is_killed_is_made_by_the_other(
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, workers = cluster
    job = FilmJob("backward", "en", "dark", Quality.parse("360p30"), beats=("chain",))
    orders = [
        Order(recorded("backpropagation"), FilmJob(**{**vars(job), "language": lang}))
        for lang in ("en", "ko")
    ]
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(2, timeout=60)

    def kill_the_first_while_it_draws() -> None:
        while not any((tmp_path / "one").glob("gradreel-*/*/film.mp4")):
            time.sleep(0.02)
        workers[0].send_signal(signal.SIGKILL)

    killer = threading.Thread(target=kill_the_first_while_it_draws, daemon=True)
    killer.start()
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "there"))
    there = produce(orders, address=address)
    killer.join(timeout=10)
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    assert workers[1].poll() is None
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "here"))
    here = produce(orders, workers=1)
    assert [film.path.read_bytes() for film in there] == [film.path.read_bytes() for film in here]
    assert [film.result for film in there] == [film.result for film in here]
