"""Arrays of numbers from .npy files: their header decides, and nothing in them is ever unpickled."""

import math
from io import BufferedReader
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import InputError
from engine.files import npy

Array = NDArray[Any]

MAGIC = b"\x93NUMPY"
VALUE_MAX = 1e9
VALUE_MIN = 1e-100  # pixels are divided by the largest, and products of smaller ones would be 0
KINDS = {
    "O": "Python objects, which are never loaded",
    "V": "records",
    "U": "text",
    "S": "text",
    "c": "complex numbers",
}


def plain_head(handle: IO[bytes], name: str) -> npy.Head:
    """The head of an open .npy file of plain numbers, left at the first; InputError for any other, or one cut off."""
    try:
        head = npy.head(handle)
        if any(isinstance(side, bool) for side in head.shape):  # which are whole numbers to NumPy's check
            raise ValueError(f"shape {head.shape}")
        start = handle.tell()
        size = handle.seek(0, 2) - start
        handle.seek(start)
    except Exception as error:  # whatever a hostile or broken header makes numpy say
        raise InputError(f"{name} is a damaged .npy file: save it again with numpy.save.") from error
    if head.dtype.kind not in "biuf":
        raise InputError(
            f"{name} holds {KINDS.get(head.dtype.kind, 'no numbers')}: give an array of plain numbers."
        )
    if head.dtype.itemsize > 8:
        raise InputError(f"{name} holds numbers of {head.dtype.itemsize} bytes: save it as float64.")
    if size < math.prod(head.shape) * head.dtype.itemsize:
        raise InputError(f"{name} is cut off: save it again with numpy.save.")
    return head


def mapped(handle: BufferedReader, name: str) -> Array:
    """The array of an open .npy file, not read yet: (height, width) or (height, width, 3), at least one pixel."""
    shape, fortran, dtype = plain_head(handle, name)
    if len(shape) != 2 and not (len(shape) == 3 and shape[2] == 3):
        raise InputError(
            f"{name} has shape {shape}: give (height, width), or (height, width, 3) for colours."
        )
    if min(shape) < 1:
        raise InputError(f"{name} has shape {shape}, so no pixel: give an array with pixels.")
    return np.memmap(handle, dtype, "r", handle.tell(), shape, "F" if fortran else "C")


def check_values(part: Array, name: str, top: int) -> None:
    """InputError that names the place of a value that is not finite or too large; ``top`` is the part's first row."""
    wrong = ~(np.abs(part) <= VALUE_MAX)
    if wrong.any():
        place = tuple(int(one[0]) for one in np.nonzero(wrong))
        value = part[place]
        problem = "is too large" if np.isfinite(value) else "is no number to compute with"
        raise InputError(
            f"{name} has {value:g} in row {top + place[0]}, column {place[1]} (from 0), which {problem}: "
            f"give finite numbers up to {VALUE_MAX:g}."
        )


def check_largest(pixel: Array, name: str) -> None:
    """InputError when all values are next to 0 and not 0: nothing could be computed with them."""
    largest = float(np.abs(pixel).max())
    if 0 < largest < VALUE_MIN:
        raise InputError(
            f"{name} has no number over {largest:g} in size: multiply all of them, so that some are {VALUE_MIN:g} or "
            f"larger."
        )
