"""Kernels by name, and the reader of a matrix as a person types it. Nothing of it is ever evaluated as code."""

import re
from fractions import Fraction

from engine.errors import InputError, nearest
from engine.text.composed import half_width
from engine.text.echo import echo

SIDE_MAX = 11
WEIGHT_MAX = 1e6
LEARNED = "learned"
EXAMPLE = "1,0,-1;2,0,-2;1,0,-1"

Matrix = tuple[tuple[float, ...], ...]

# As torch uses them, not turned: sobel-x is positive where it gets brighter to the right, sobel-y downwards.
KERNELS: dict[str, Matrix] = {
    "identity": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
    "sobel-x": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    "sobel-y": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "laplacian": ((0, 1, 0), (1, -4, 1), (0, 1, 0)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "blur": ((0.04,) * 5,) * 5,  # the mean of 25 pixels
    "emboss": ((-2, -1, 0), (-1, 1, 1), (0, 1, 2)),
}
_NUMBER = re.compile(
    r"[+-]?(\d{1,40}\.?\d{0,40}|\.\d{1,40})([eE][+-]?\d{1,3})?(/\d{1,9}(\.\d{1,9})?)?", re.ASCII
)
_SHOWN_MAX = 40


def parse(text: str) -> Matrix:
    """The weights of a named kernel, or of a matrix such as ``1,0,-1;2,0,-2`` (rows between semicolons).

    A weight is a decimal number or a quotient of two such as 1/9. Raises InputError that names the row and column.
    """
    text = half_width(text)
    if text in KERNELS:
        return tuple(tuple(map(float, row)) for row in KERNELS[text])
    if not text.strip() or (text.lstrip()[0].isalpha() and not re.search("[,;]", text)):
        raise InputError(
            f"kernel is '{echo(text, _SHOWN_MAX)}': {nearest(text, [*KERNELS, LEARNED])} "
            f"Or give a matrix, for example {EXAMPLE}."
        )
    rows = text.replace("−", "-").split(";")
    if len(rows) > SIDE_MAX or any(row.count(",") >= SIDE_MAX for row in rows):
        raise InputError(f"kernel is larger than {SIDE_MAX} × {SIDE_MAX}: give a smaller matrix.")
    matrix = tuple(
        tuple(_weight(entry.strip(), y, x) for x, entry in enumerate(row.split(","), start=1))
        for y, row in enumerate(rows, start=1)
    )
    width = len(matrix[0])
    for y, row in enumerate(matrix, start=1):
        if len(row) != width:
            raise InputError(
                f"kernel has {width} weights in row 1 and {len(row)} in row {y}: give every row as many."
            )
    return matrix


def _weight(entry: str, y: int, x: int) -> float:
    where = f"the kernel's row {y}, column {x}"
    if _NUMBER.fullmatch(entry) is None:
        raise InputError(
            f"'{echo(entry, _SHOWN_MAX)}' in {where} is not a number: give a matrix such as {EXAMPLE}."
        )
    top, _, bottom = entry.partition("/")
    if bottom and Fraction(bottom) == 0:
        raise InputError(f"{entry} in {where} divides by 0: give a number.")
    weight = float(Fraction(top) / Fraction(bottom)) if bottom else float(top)
    if abs(weight) > WEIGHT_MAX:
        raise InputError(f"{entry} in {where} is too large: give weights from -1000000 to 1000000.")
    return weight
