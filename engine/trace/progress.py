"""How far a recording is: the caller listens, the recorder reports, and no parameter carries it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Progress = Callable[[int, int], None]

_listener: ContextVar[Progress | None] = ContextVar("gradreel_progress", default=None)


@contextmanager
def listening(progress: Progress | None) -> Iterator[None]:
    """While open, ``progress(done, total)`` hears every report; afterwards the former listener is back."""
    token = _listener.set(progress)
    try:
        yield
    finally:
        _listener.reset(token)


def report(done: int, total: int) -> None:
    """Tell the listener, if there is one, that ``done`` of ``total`` steps are finished."""
    listener = _listener.get()
    if listener is not None:
        listener(done, total)
