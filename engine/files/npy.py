"""The head of an .npy file: what it claims to hold. The length of the head is looked at before the head is read."""

from __future__ import annotations

from typing import IO, NamedTuple

import numpy as np

LENGTH_BYTES = {(1, 0): 2, (2, 0): 4, (3, 0): 4}  # of the number that says how long the head is, by version
HEAD_BYTES_MAX = 1 << 16  # what version 1.0 can say; NumPy would read and decode 4 GiB before it refuses them


class Head(NamedTuple):
    """What an array is like, as its file says."""

    shape: tuple[int, ...]
    fortran: bool
    dtype: np.dtype


def head(handle: IO[bytes]) -> Head:
    """The head of the .npy file that begins where ``handle`` stands, which is left at the first value.

    Raises ValueError for a head that is none or too long, and whatever NumPy raises for a broken one.
    """
    version = np.lib.format.read_magic(handle)
    if version not in LENGTH_BYTES:
        raise ValueError(f"version {version}")
    start = handle.tell()
    length = int.from_bytes(handle.read(LENGTH_BYTES[version]), "little")
    if length > HEAD_BYTES_MAX:
        raise ValueError(f"a head of {length} bytes")
    handle.seek(start)
    reader = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    return Head(*reader(handle))
