"""One column of numbers from a CSV file as people have them: docs/numbers.md says what is read and what is refused.

encodings gives the text, table the rows, header the names, column the numbers; here is what ties them together.
"""

import math
from collections.abc import Sequence
from pathlib import Path

from engine.data.numbers.column import values, without_totals
from engine.data.numbers.encodings import decoded
from engine.data.numbers.header import NAME_MAX, check_name, known_as, name_in, place_of, split
from engine.data.numbers.numerals import is_number
from engine.data.numbers.rows import ROWS_MAX, Row, TooManyRowsError
from engine.data.numbers.table import comma_splits, split_numbers, table_of
from engine.errors import InputError
from engine.files import regular
from engine.text.composed import composed
from engine.text.echo import echo

NUMBERS_MIN = 3
NUMBERS_MAX = 400
FILE_MAX_BYTES = 1_000_000
SIZE_MAX = 1e100
SPREAD_MIN = 1e-100  # squares of smaller differences, of which a deviation is made, are 0 in float64


def read_column(path: str, column: str) -> tuple[str, tuple[float, ...]]:
    """The column's name and its numbers; ``column`` is a name, a place from 1, or "" when there is only one.

    A name is looked for before a place. Raises InputError for what cannot be read or used, or in two ways.
    """
    if not path.strip() or "\0" in path:
        raise InputError(f"'{echo(path)}' is not a path: give the path of a CSV file.")
    file = regular.name_of(path)
    text = decoded(regular.content(path, bytes_max=FILE_MAX_BYTES), file)
    try:
        table = table_of(text, file)
    except TooManyRowsError as error:
        raise InputError(
            f"{file} has more than {ROWS_MAX:,} rows: keep those of a series of {NUMBERS_MIN} to {NUMBERS_MAX} numbers."
        ) from error
    wanted = name_in(column)
    names, rows = split(table, file, wanted)
    if not rows:
        raise InputError(f"{file} has a header and no numbers below it: put one number in each row.")
    place = _place(file, names, table.width, rows, wanted)
    stem = composed(Path(path).stem)[:NAME_MAX]
    name = names[place] if names else ""
    if names:
        check_name(name, file, wanted, len(names) == 1, [row.cells[place] for row in rows])
    elif comma_splits(table, place):
        raise InputError(split_numbers(file, table, place))
    numbers, percent = values(table, rows, place, file)
    name = name or (stem if table.width == 1 else f"{stem} {place + 1}")
    return f"{name} (%)" if percent and "%" not in name else name, without_totals(rows, numbers, file)


def check_numbers(name: str, numbers: Sequence[float]) -> None:
    """InputError for numbers that a series cannot be made of: too few, too many, not finite, too large, or
    (almost) all the same."""
    name = echo(name)
    if not NUMBERS_MIN <= len(numbers) <= NUMBERS_MAX:
        raise InputError(
            f"{name} has {len(numbers)} numbers: give a series of {NUMBERS_MIN} to {NUMBERS_MAX}."
        )
    if not all(math.isfinite(number) for number in numbers):
        raise InputError(f"{name} has a number that is not finite: give finite numbers only.")
    largest = max(abs(number) for number in numbers)
    if largest > SIZE_MAX:
        raise InputError(f"{name} has the number {largest:g}: give numbers up to {SIZE_MAX:g} in size.")
    spread = max(numbers) - min(numbers)
    if 0 < spread < SPREAD_MIN:
        raise InputError(
            f"The numbers of {name} differ by {spread:g} at most: give them in a smaller unit, so that they differ "
            f"by {SPREAD_MIN:g} or more."
        )
    if spread <= 1e-9 * largest:
        raise InputError(f"All numbers of {name} are the same: give a series that changes.")


def _place(file: str, names: list[str] | None, width: int, rows: list[Row], wanted: str) -> int:
    """Which column is meant, from 0."""
    known = known_as(names, width)
    return place_of(file, names, width, wanted) if wanted else _only(file, names or [], known, width, rows)


def _only(file: str, names: list[str], known: list[str], width: int, rows: list[Row]) -> int:
    """The only column, or the only one beside the numbers of the rows that R and pandas put before."""
    if width == 1:
        return 0
    first = [row.cells[0] for row in rows]
    counted = [[str(place + start) for place in range(len(rows))] for start in (0, 1)]
    if width == 2 and names and not names[0] and first in counted:
        return 1
    numeric = [
        place for place in range(width) if all(is_number(row.cells[place]) for row in rows) and known[place]
    ]
    example = echo(known[numeric[-1] if numeric else -1], 40)
    raise InputError(
        f"{file} has {width} columns: choose one with --column, for example --column '{example}'."
    )
