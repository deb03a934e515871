"""A stop is heard wherever it falls: a real process, real signals, also where the exception is lost."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# C code that calls back and drops what is raised there, as FFmpeg's interrupt check in PyAV does: the stop comes there.
LOST = """
import ctypes, os, sys, time
sys.path.insert(0, {root!r})
from engine.files import stopping
stopping.listen()
def lose():
    os.kill(os.getpid(), {number})
    time.sleep(0.01)
called = ctypes.CFUNCTYPE(None)(lose)
print("ready", flush=True)
try:
    try:
        called()
        print("lost", flush=True)
        time.sleep(60)
    finally:
        print("cleaning", flush=True)
        time.sleep(1)
        print("clean", flush=True)
except KeyboardInterrupt:
    stopping.deaf()  # as the program does: what Python prints at its own end differs between versions
"""

HELD = """
import os, signal, sys, time
sys.path.insert(0, {root!r})
from engine.files import stopping
stopping.listen()
print("ready", flush=True)
try:
    with stopping.held():
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.5)
        print("whole", flush=True)
    print("went on", flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""


# What must not be left halfway is replaced by something that is stopped in its middle.
MIDDLE = """
import os, signal, sys, time
sys.path.insert(0, {root!r})
{imports}
from engine.files import stopping
class Middle:
    def reach(self, *args, **options):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.3)
        print("whole", flush=True)
        return b"<svg/>"
    compile = submit = reach
stopping.listen()
print("ready", flush=True)
try:
    {call}
    print("went on", flush=True)
except KeyboardInterrupt:
    print("stopped", flush=True)
"""
WHOLE = {
    "a text in Typst": (
        "from scenes.parts.text import typeset; from scenes.stage.style import LOOKS",
        "typeset._compiler = Middle; typeset.words('text', LOOKS['dark'], 30)",
    ),
    "a sign in Typst": (
        "from engine.text import signs",
        "signs._compiler = Middle; signs._outlines('x')",
    ),
    "a film for the pool": (
        "from pipeline.studio.crew import PoolCrew",
        "PoolCrew(Middle(), None).submit(0, None, '')",
    ),
}


def hear_signals() -> None:
    """Jobs in the background and under ``nohup`` start with signals ignored, and children inherit that."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def started(program: str, number: int = 0) -> subprocess.Popen[bytes]:
    running = subprocess.Popen(
        [sys.executable, "-c", program.format(root=str(ROOT), number=int(number))],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=hear_signals,
        bufsize=0,  # what is read line by line takes nothing from what is read at the end
    )
    assert running.stdout is not None
    assert running.stdout.readline() == b"ready\n"
    return running


def ended(running: subprocess.Popen[bytes]) -> tuple[str, str]:
    """What it said since, once it has ended."""
    out, err = running.communicate(timeout=60)
    return out.decode(), err.decode()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_that_is_lost_is_heard_the_next_time(number: int) -> None:
    out, err = ended(started(LOST, number))
    assert out == "lost\ncleaning\nclean\n"
    assert err == ""
    assert "ignored" not in err


def test_a_second_stop_does_not_disturb_the_cleaning_up() -> None:
    running = started(LOST, signal.SIGINT)
    assert running.stdout is not None
    assert [running.stdout.readline() for _ in range(2)] == [b"lost\n", b"cleaning\n"]
    running.send_signal(signal.SIGINT)
    time.sleep(0.1)
    running.send_signal(signal.SIGTERM)
    out, _ = ended(running)
    assert out == "clean\n"


def test_steps_that_belong_together_are_finished_first() -> None:
    out, err = ended(started(HELD))
    assert (out, err) == ("whole\nstopped\n", "")


def test_what_is_ignored_stays_ignored() -> None:
    """As ``nohup`` and jobs in the background of a script have it."""
    program = (
        "import os, signal, sys\nsys.path.insert(0, {root!r})\nfrom engine.files import stopping\n"
        "signal.signal(signal.SIGHUP, signal.SIG_IGN)\nstopping.listen()\nprint('ready', flush=True)\n"
        "os.kill(os.getpid(), signal.SIGHUP)\nprint('went on')"
    )
    out, err = ended(started(program))
    assert (out, err) == ("went on\n", "")


# What a program still does once its last word is said: here, a last object that takes its time.
LAST_STEPS = """
import os, sys, time
sys.path.insert(0, {root!r})
from engine.files import stopping
class Late:
    def __del__(self, write=os.write, sleep=time.sleep):
        write(1, b"ready\\n")
        sleep(1)
        write(1, b"gone\\n")
stopping.listen()
stopping.deaf()
late = Late()
"""


def test_nothing_disturbs_the_last_steps() -> None:
    """Python itself takes its handlers away before it is done; the exit code would be the signal's."""
    running = started(LAST_STEPS)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        running.send_signal(number)
    out, err = ended(running)
    assert (out, err, running.returncode) == ("gone\n", "", 0)


@pytest.mark.parametrize("what", WHOLE)
def test_what_a_stop_would_leave_halfway_comes_to_its_end(what: str) -> None:
    imports, call = WHOLE[what]
    out, err = ended(started(MIDDLE.replace("{imports}", imports).replace("{call}", call)))
    assert (out, err) == ("whole\nstopped\n", "")
