"""Processes that end with the one that started them, however it ends: killed, crashed, out of memory.

Two ways, because each has a gap: the system's own signal (Linux), which is at once but knows only the direct parent;
and a pipe that the starting process holds open, of which every system tells the other end when it is gone.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from multiprocessing.connection import Connection
from typing import Any

PR_SET_PDEATHSIG = 1  # from Linux' prctl.h


def die_with_parent() -> None:
    """This process is killed when its parent ends; only Linux can do that. For the start of a process."""
    call = _prctl()
    if call is not None:
        call(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def before_exec() -> Any:
    """What ``subprocess`` is to call in a program it starts, so that the program ends with this process; or None."""
    call = _prctl()  # loaded here: between fork and exec nothing may be
    return None if call is None else lambda: call(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def die_at_end_of(pipe: Connection) -> None:
    """This process ends when nobody holds the other end of ``pipe`` any more."""
    threading.Thread(target=_wait_for_end, args=(pipe,), name="parent", daemon=True).start()


def _wait_for_end(pipe: Connection) -> None:
    try:
        pipe.recv_bytes()
    except (EOFError, OSError):
        os._exit(1)


def _prctl() -> Any:
    if sys.platform != "linux":
        return None
    import ctypes

    return getattr(ctypes.CDLL(None), "prctl", None)
