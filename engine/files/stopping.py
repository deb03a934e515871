"""Ctrl-C, being ended and losing the terminal: heard once, wherever it falls, and never in the middle of a switch.

Python raises KeyboardInterrupt at the next instruction, also where it is lost: in what a C library calls back (FFmpeg's
interrupt check, a finaliser). So it is raised again every moment until it is on its way out, and no more from then on:
a second Ctrl-C leaves what the first one is cleaning up in peace.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

AGAIN_S = 0.2
ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
STOPPED = "Stopped; nothing half-written is left."


class _State:
    wanted = False  # somebody asked to stop
    listening = False  # the signals are ours
    deaf = False  # the program ends anyway
    holding = 0  # switches under way in the main thread
    late = False  # asked for during one


_state = _State()


def listen() -> None:
    """From here on, whatever ends the program is a KeyboardInterrupt in the main thread. Ignored signals stay so."""
    _state.listening = True
    _install(_hear)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, _hear_again)
    sys.unraisablehook = _unraisable


def listen_early() -> None:
    """While the program is still loading there is nothing to clean up: it ends at once, with its sentence."""
    _install(_leave)


def wanted() -> bool:
    """Whether somebody asked to stop, even if the exception was lost or became another one."""
    return _state.wanted


def deaf() -> None:
    """The program ends: nothing is to disturb its last steps."""
    _state.deaf = True
    if not _state.listening:
        return
    _install(signal.SIG_IGN)  # a handler of ours would be gone before Python's own last steps
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, 0.0)


@contextmanager
def held() -> Iterator[None]:
    """Steps that belong together: a stop that is asked for meanwhile comes after the last of them.

    Only the main thread hears of stops; in others this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    _state.holding += 1
    try:
        yield
    finally:
        _state.holding -= 1
    if _state.late and not _state.holding:
        _state.late = False
        raise KeyboardInterrupt


def _install(handler: Any) -> None:
    for name in ENDING:
        number = getattr(signal, name, None)
        if (
            number is not None and signal.getsignal(number) is not signal.SIG_IGN
        ):  # nohup, a job in the background
            signal.signal(number, handler)


def _hear(number: int, frame: Any) -> None:
    _state.wanted = True
    _stop()


def _hear_again(number: int, frame: Any) -> None:
    if _state.wanted:
        _stop()


def _stop() -> None:
    if _state.deaf:
        return
    _ask_again()
    if _on_its_way_out():
        return
    if _state.holding:
        _state.late = True
        return
    raise KeyboardInterrupt


def _ask_again() -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, AGAIN_S)


def _on_its_way_out() -> bool:
    """Whether what was interrupted is a `finally`, an `except` or an `__exit__` that cleans up after a stop."""
    error = sys.exception()
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _leave(number: int, frame: Any) -> None:
    os.write(2, f"Error: {STOPPED}\n".encode())
    os._exit(1)


def _unraisable(about: Any) -> None:
    """A stop that was lost in a finaliser is asked for again: no word about it."""
    if not (_state.wanted and issubclass(about.exc_type, KeyboardInterrupt)):
        sys.__unraisablehook__(about)
