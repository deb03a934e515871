"""How far the house is: a line on a terminal, a bar in a notebook, nothing elsewhere. It is gone afterwards."""

from __future__ import annotations

import html
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol

PATIENCE_S = 0.5  # what is there sooner needs no bar
LINE_MAX = 78


class Shown(Protocol):
    """Hears how far something is."""

    def tell(self, doing: str, done: float, total: float | None) -> None:
        """``doing`` in words, and how much is ``done`` of the ``total`` when that is known."""


@contextmanager
def shown() -> Iterator[Shown]:
    """Whoever shows it where this program runs."""
    where = _place()
    try:
        yield where
    finally:
        where.close()


def _place() -> _Line | _Bar | _Nowhere:
    if _in_notebook():
        return _Bar()
    return _Line() if sys.stderr is not None and sys.stderr.isatty() else _Nowhere()


def _in_notebook() -> bool:
    """Whether this is a notebook's kernel. Only who runs in one has IPython loaded."""
    find = getattr(sys.modules.get("IPython"), "get_ipython", None)
    return find is not None and hasattr(find(), "kernel")


class _Nowhere:
    def tell(self, doing: str, done: float, total: float | None) -> None:
        pass

    def close(self) -> None:
        pass


class _Line:
    """On stderr, over and over again."""

    def tell(self, doing: str, done: float, total: float | None) -> None:
        share = f"{100 * done / total:3.0f} %  " if total else ""
        sys.stderr.write(f"\r\x1b[K{share}{doing}"[: LINE_MAX + 4])
        sys.stderr.flush()

    def close(self) -> None:
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()


class _Bar:
    """An output of the cell, which is made when it is needed and empty in the end."""

    def __init__(self) -> None:
        self._begun_s = time.monotonic()
        self._handle: Any = None

    def tell(self, doing: str, done: float, total: float | None) -> None:
        if time.monotonic() - self._begun_s < PATIENCE_S:
            return
        share = f' value="{done:g}" max="{total:g}"' if total else ""
        said = html.escape(doing)
        self._show({"text/html": f"<progress{share}></progress> {said}", "text/plain": doing})

    def close(self) -> None:
        if self._handle is not None:
            self._show({"text/html": "", "text/plain": ""})

    def _show(self, bundle: dict[str, str]) -> None:
        from IPython.display import display

        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)
