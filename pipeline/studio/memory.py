"""What a film leaves behind in its process: objects that hold each other, and freed memory that the C library keeps."""

from __future__ import annotations

import ctypes
import gc
import sys


def tidy() -> None:
    """Give both back, so that a process that makes film after film needs no more than for one."""
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc has it, others need it less
        if trim is not None:
            trim(0)
