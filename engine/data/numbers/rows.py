"""Rows of cells as a separator cuts them, and the table they make."""

import csv
import io
import re
from dataclasses import dataclass

from engine.data.numbers.numerals import is_number

ONE = "\x1f"  # no sign that a file would separate with: the whole line is one cell
SPACE = " "
ROWS_MAX = 1000  # with what stands above and below: a series is much shorter
COMMENT_BELOW = re.compile(r"#(\s|#|$)")  # stricter within a table, where #1 is a cell
_AFTER_QUOTE = re.compile(r'"[ \t]+(?=[,;|\t\r\n]|$)')


@dataclass(frozen=True)
class Row:
    """The cells of one row, spaces around them taken off, and the line of the file on which it ends."""

    line: int
    cells: list[str]

    @property
    def filled(self) -> int:
        """How many cells there are when empty ones at the end do not count."""
        return next((place for place in range(len(self.cells), 0, -1) if self.cells[place - 1]), 0)

    @property
    def has_number(self) -> bool:
        """Whether any cell is a number."""
        return any(is_number(cell) for cell in self.cells)


@dataclass(frozen=True)
class Table:
    """Rows of ``width`` cells each. ``headed``: the first row is a header for sure; otherwise it may be one.

    ``comment``: the cells of the last comment above, when there are as many, as NumPy and NOAA name columns.
    """

    separator: str
    width: int
    rows: list[Row]
    headed: bool = False
    comment: list[str] | None = None


class TooManyRowsError(Exception):
    """More rows than any series has."""


def parsed(body: str, separator: str) -> list[Row]:
    """Every row that is not blank. Raises csv.Error."""
    reader = csv.reader(
        io.StringIO(body, newline=""), delimiter=separator, strict=True, skipinitialspace=True
    )
    rows = []
    try:
        for cells in reader:
            row = Row(reader.line_num, [cell.strip() for cell in cells])
            if row.filled:
                rows.append(row)
            if len(rows) > ROWS_MAX:
                raise TooManyRowsError
    except csv.Error as error:
        closed = _AFTER_QUOTE.sub('"', body)
        if closed != body:  # "Jan" ,20: a space after a quote
            return parsed(closed, separator)
        raise csv.Error(f"row {reader.line_num}: {error}") from error
    return rows


def why(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said:
        return f"a cell has more than {csv.field_size_limit():,} characters"
    return said.replace("unexpected end of data", "a quotation mark is opened and never closed")
