"""One column of numbers from a CSV file, read with the standard csv module. Faults are told with row and column."""

import csv
import io
import math
from collections.abc import Sequence
from pathlib import Path

from engine.errors import InputError, nearest

NUMBERS_MIN = 3
NUMBERS_MAX = 400
FILE_MAX_BYTES = 1_000_000
DELIMITERS = (",", ";", "\t")

Rows = list[tuple[int, list[str]]]  # line in the file, cells


def read_column(path: str, column: str) -> tuple[str, tuple[float, ...]]:
    """The column's name and its numbers; ``column`` is a name, a place from 1, or "" when there is only one.

    A first row without any number is a header. Raises InputError for what cannot be read or used.
    """
    rows = _rows(path, _text(path))
    header = None if any(_number(cell) is not None for cell in rows[0][1]) else rows.pop(0)[1]
    if not rows:
        raise InputError(f"{path} has a header and no numbers below it: put one number in each row.")
    place = _place(path, header, len(rows[0][1]), column)
    name = header[place].strip() if header else ""
    name = name or (Path(path).stem if len(rows[0][1]) == 1 else f"{Path(path).stem} {place + 1}")
    return name, tuple(_cell(path, line, place, cells[place]) for line, cells in rows)


def check_numbers(name: str, numbers: Sequence[float]) -> None:
    """InputError for numbers that a series cannot be made of: too few, too many, not finite, all the same."""
    if not NUMBERS_MIN <= len(numbers) <= NUMBERS_MAX:
        raise InputError(
            f"{name} has {len(numbers)} numbers: give a series of {NUMBERS_MIN} to {NUMBERS_MAX}."
        )
    if not all(math.isfinite(number) for number in numbers):
        raise InputError(f"{name} has a number that is not finite: give finite numbers only.")
    largest = max(abs(number) for number in numbers)
    if largest > 1e100:
        raise InputError(f"{name} has the number {largest:g}: give numbers up to 1e100 in size.")
    if max(numbers) - min(numbers) <= 1e-9 * largest:
        raise InputError(f"All numbers of {name} are the same: give a series that changes.")


def _text(path: str) -> str:
    place = Path(path)
    if not path.strip() or "\0" in path:
        raise InputError(f"{path!r} is not a path: give the path of a CSV file.")
    try:
        if place.is_dir():
            raise InputError(f"{path} is a folder: give the path of a CSV file.")
        if not place.exists():
            raise InputError(f"There is no file {path}: give the path of a CSV file.")
        if not place.is_file():
            raise InputError(f"{path} is not a plain file: give the path of a CSV file.")
        size = place.stat().st_size
        if size > FILE_MAX_BYTES:
            raise InputError(
                f"{path} has {size:,} bytes and at most {FILE_MAX_BYTES:,} are read: keep the rows you need."
            )
        data = place.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): choose another file.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data[: error.start].count(b"\n") + 1
        raise InputError(f"{path} is not UTF-8 text (row {row}): save it as CSV in UTF-8.") from error


def _rows(path: str, text: str) -> Rows:
    """Every row that is not blank, all equally long."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if not first:
        raise InputError(f"{path} is empty: put one number in each row.")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: Rows = []
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((reader.line_num, cells))
    except csv.Error as error:
        raise InputError(f"{path}, row {reader.line_num}: this is not CSV ({error}).") from error
    if not rows:
        raise InputError(f"{path} has no values: put one number in each row.")
    for line, cells in rows:
        if len(cells) != len(rows[0][1]):
            raise InputError(
                f"{path}, row {line} has {len(cells)} cells and the first row has {len(rows[0][1])}: "
                "give every row the same number."
            )
    return rows


def _place(path: str, header: list[str] | None, count: int, column: str) -> int:
    """Which column is meant, from 0."""
    names = [cell.strip() for cell in header] if header else []
    known = names or [str(place + 1) for place in range(count)]
    wanted = column.strip()
    if not wanted:
        if count > 1:
            raise InputError(
                f"{path} has {count} columns: choose one with --column, for example --column '{known[-1]}'."
            )
        return 0
    if names.count(wanted) > 1:
        raise InputError(
            f"{path} has {names.count(wanted)} columns {wanted}: choose one by its place from 1."
        )
    if wanted in names:
        return names.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted) <= count:
        return int(wanted) - 1
    raise InputError(f"{path} has no column {wanted}. {nearest(wanted, known)}")


def _cell(path: str, line: int, place: int, cell: str) -> float:
    number = _number(cell)
    where = f"{path}, row {line}, column {place + 1}"
    if number is None:
        shown = cell.strip() if len(cell) <= 40 else f"{cell[:37]}..."
        told = f"{shown!r} is not a number" if shown else "the cell is empty"
        raise InputError(f"{where}: {told}; give numbers such as 12 or 3.5.")
    if not math.isfinite(number):
        raise InputError(f"{where}: {cell.strip()} is not finite; give finite numbers only.")
    return number


def _number(cell: str) -> float | None:
    """The cell as a number; Python's own 1_000 is text here, as in every other program."""
    try:
        return None if "_" in cell else float(cell)
    except ValueError:
        return None
