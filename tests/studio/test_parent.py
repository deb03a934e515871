"""A command that is killed takes its processes along: real processes, real SIGKILL."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
MARK = "GRADREEL_TEST_PARENT"

# A pool whose processes would sleep for an hour.
PROGRAM = """
import sys, time
from pipeline.studio import crew
if __name__ == "__main__":
    with crew.pool(2) as pool:
        for _ in range(2):
            pool._executor.submit(time.sleep, 3600)
        print("ready", flush=True)
        time.sleep(3600)
"""

# One that is told to stop, by name of the signal, together with all of its group or alone.
STOPPED = """
import os, signal, sys, time
from engine.files import stopping
from pipeline.studio import crew
if __name__ == "__main__":
    stopping.listen()
    try:
        with crew.pool(2) as pool:
            for _ in range(2):
                pool._executor.submit(time.sleep, 1).result()
            number = signal.Signals[sys.argv[1]]
            os.killpg(os.getpgid(0), number) if sys.argv[2] == "group" else os.kill(os.getpid(), number)
            time.sleep(30)
    except KeyboardInterrupt:
        stopping.deaf()
"""

# The same for a program that is run to speak.
SPEAKING = """
import subprocess, sys
from pipeline.parent import before_exec
print("ready", flush=True)
subprocess.run([sys.executable, "-c", "import time; time.sleep(3600)"], preexec_fn=before_exec())
"""

# One that draws, as a process of the pool does, and is then killed.
DRAWING = """
import multiprocessing, os, signal
multiprocessing.set_start_method("forkserver")
from pathlib import Path
from pipeline.film import FilmJob, Quality, render_film
from pipeline.record import obtain
trace = obtain("backpropagation", {"net": False}, use_cache=False)
job = FilmJob("backward", "en", "dark", Quality.parse("90p4"), beats=("graph",))
render_film(trace, job, Path("film.mp4"))
os.kill(os.getpid(), signal.SIGKILL)
"""


def marked(value: str) -> list[int]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == value and process.status() != psutil.STATUS_ZOMBIE:
                found.append(process.pid)
        except (psutil.Error, OSError):
            continue
    return found


def until(what: bool, value: str, count: int, most_s: float) -> list[int]:
    """Wait until there are at least (or at most) ``count`` marked processes."""
    end = time.monotonic() + most_s
    while time.monotonic() < end:
        living = marked(value)
        if (len(living) >= count) is what and (what or len(living) <= count - 1):
            break
        time.sleep(0.2)
    return marked(value)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
@pytest.mark.parametrize(
    ("program", "count", "how"),
    [(PROGRAM, 4, "forkserver"), (PROGRAM, 3, "spawn"), (SPEAKING, 2, "")],
    ids=["forkserver", "spawn", "program"],
)
def test_no_process_outlives_a_killed_command(tmp_path: Path, program: str, count: int, how: str) -> None:
    value = f"{os.getpid()}-{how}"
    file = tmp_path / "program.py"
    limit = "crew.SOCKET_FOLDER_MAX = 0\n" if how == "spawn" else ""
    file.write_text(program.replace("if __name__", f"{limit}if __name__"))
    # A short path of its own: pytest's would be too long for a forkserver's socket.
    with tempfile.TemporaryDirectory() as short:
        environment = os.environ | {MARK: value, "PYTHONPATH": str(ROOT), "TMPDIR": short}
        assert killed(file, environment, value, count) == []


def killed(file: Path, environment: dict[str, str], value: str, count: int) -> list[int]:
    """The processes that are left of ``file`` after its own was killed, in the end by this function."""
    running = subprocess.Popen(
        [sys.executable, str(file)], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with running:
        try:
            assert running.stdout is not None
            assert running.stdout.readline() == b"ready\n"
            before = until(True, value, count, 120)
            assert len(before) >= count
        finally:
            running.send_signal(signal.SIGKILL)
    after = until(False, value, 1, 30)
    for pid in after:
        os.kill(pid, signal.SIGKILL)
    return after


@pytest.mark.parametrize(
    ("number", "whom"),
    [(number, "group") for number in ("SIGINT", "SIGTERM", "SIGHUP")]
    + [("SIGHUP", "alone"), ("SIGKILL", "alone")],
)
def test_the_processes_of_a_stopped_command_say_nothing(tmp_path: Path, number: str, whom: str) -> None:
    """Nor does Python's tracker, which a lost terminal would end before what it tracks."""
    file = tmp_path / "program.py"
    file.write_text(STOPPED)
    with tempfile.TemporaryDirectory() as short:
        environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": short}
        done = subprocess.run(
            [sys.executable, str(file), number, whom],
            env=environment, capture_output=True, text=True, check=False, timeout=120, start_new_session=True,
        )  # fmt: skip
    assert done.returncode == (-signal.SIGKILL if number == "SIGKILL" else 0)
    assert done.stderr == ""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no tracker of what a process leaves")
def test_a_killed_process_leaves_no_semaphore_in_the_system(tmp_path: Path) -> None:
    """Python's tracker outlives the process and complains of what it left."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", DRAWING],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert (tmp_path / "film.mp4").exists()
    assert done.returncode == -signal.SIGKILL
    assert "resource_tracker" not in done.stderr
