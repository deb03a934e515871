"""One .npy member of a trace: its header decides, nothing in it is unpickled, and no claim is believed unread."""

import io
import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.files import npy
from engine.trace.series import DTYPES

TEXT_CHARACTERS_MAX = 10_000  # of one text of a series; the header is the only longer one
AXIS_MAX = 2**31
DIMENSIONS_MAX = 8
CODE_POINT_MAX = 0x10FFFF
SURROGATES = (0xD800, 0xDFFF)


class Wrong(ValueError):
    """Why a member is not an array of a trace: a clause such as "it is cut off"."""


def array_of(data: bytes, characters_max: int = TEXT_CHARACTERS_MAX) -> NDArray[Any]:
    """The array of a whole .npy file, in C order and this machine's byte order.

    Raises Wrong when its type is none of a series', its texts are longer than ``characters_max``, or its size is
    not the one that its header claims.
    """
    shape, fortran, dtype, start = _head(data)
    if dtype.kind == "U":
        if not 0 < dtype.itemsize <= 4 * characters_max:
            raise Wrong(f"its texts have {dtype.itemsize // 4} characters")
    elif dtype.newbyteorder("=") not in DTYPES:
        raise Wrong("it holds neither numbers nor text")
    if len(shape) > DIMENSIONS_MAX or not all(type(one) is int and 0 <= one < AXIS_MAX for one in shape):
        raise Wrong("its shape is none")
    if math.prod(shape) * dtype.itemsize != len(data) - start:
        raise Wrong("it has another size than it says")
    flat = np.frombuffer(data, dtype, math.prod(shape), start)
    _check_bits(flat)
    whole = flat.reshape(shape, order="F" if fortran else "C")
    return np.ascontiguousarray(whole, dtype.newbyteorder("=")).reshape(shape)


def _head(data: bytes) -> tuple[tuple[Any, ...], bool, np.dtype[Any], int]:
    """Shape, whether the order is Fortran's, type, and where the values begin."""
    handle = io.BytesIO(data)
    try:
        shape, fortran, dtype = npy.head(handle)
    except Exception as error:  # whatever a hostile or broken header makes numpy say
        raise Wrong("its head cannot be read") from error
    return shape, fortran, dtype, handle.tell()


def _check_bits(flat: NDArray[Any]) -> None:
    """Wrong for bytes that are no truth value, and for numbers that are no character."""
    if flat.dtype.kind == "b" and (flat.view(np.uint8) > 1).any():
        raise Wrong("it holds a truth value that is neither true nor false")
    if flat.dtype.kind == "U" and flat.size:
        points = flat.view(np.dtype("u4").newbyteorder(flat.dtype.byteorder))
        half = (points >= SURROGATES[0]) & (points <= SURROGATES[1])
        if half.any() or (points > CODE_POINT_MAX).any():
            raise Wrong("it holds something that is no character")
