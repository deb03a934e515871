"""Memory of a process that makes films: what one leaves behind, and what the C library keeps of it."""

from __future__ import annotations

import ctypes
import gc
import sys
from typing import Any

MMAP_THRESHOLD = -3  # mallopt's number of it (malloc.h)
LARGE_BYTES = 128 * 1024  # glibc's threshold at first


def give_large_back() -> None:
    """Let the C library return each large piece as soon as it is freed, as it does at first.

    glibc raises its threshold with what is freed, up to 32 MB. Pictures then lie among small objects, from several
    threads, and the holes that they leave add up to a third of a film's memory.
    """
    _ask("mallopt", MMAP_THRESHOLD, LARGE_BYTES)


def tidy() -> None:
    """Give back objects that hold each other and freed memory: film after film needs no more than one."""
    gc.collect()
    _ask("malloc_trim", 0)


def _ask(name: str, *numbers: int) -> None:
    """Call a function that glibc has; other libraries need it less."""
    if sys.platform == "linux":
        function: Any = getattr(ctypes.CDLL(None), name, None)
        if function is not None:
            function(*numbers)
