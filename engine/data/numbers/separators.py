"""Which separator a text has: the one that gives every row the same cells, most of them clean and numbers."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from engine.data.numbers.numerals import is_number
from engine.data.numbers.rows import COMMENT_BELOW, ONE, SPACE, Row, Table, parsed
from engine.errors import InputError

SEPARATORS = ("\t", ";", "|", ",")  # where two fit equally well, the earlier
COLUMNS_MAX = 2000
LOOKED_AT = 2000  # cells that decide between separators


@dataclass(frozen=True)
class _Try:
    """What a separator makes of a text: the table it gives, and how well it fits (larger is better)."""

    table: Table
    wrong: str | None  # the sentence for what does not fit
    fit: tuple[bool, float, float]


def columns(body: str, name: str, separators: Sequence[str]) -> Table:
    """The table of the separator that fits best. Raises csv.Error when none of them can be read."""
    tries, errors = [], []
    for separator in separators:
        try:
            rows = parsed(body, separator)
        except csv.Error as error:
            errors.append(error)
            continue
        if (one := _tried(rows, separator, name)) is not None:
            tries.append(one)
    best = max(tries, key=lambda one: one.fit, default=None)  # the first of equals
    spaced = _spaced(body, name)
    if spaced is not None and (best is None or (_is_numeric(spaced) and not _is_numeric(best.table))):
        return spaced
    if best is None:
        if len(errors) == len(separators):
            raise errors[-1]
        return Table(ONE, 1, parsed(body, ONE))
    if best.table.width > COLUMNS_MAX:
        raise InputError(f"{name} has {best.table.width:,} columns: keep {COLUMNS_MAX:,} at most.")
    if best.wrong is not None:
        raise InputError(best.wrong)
    return best.table


def _tried(rows: list[Row], separator: str, name: str) -> _Try | None:
    """The table among ``rows``; None when they have one cell each."""
    usual = Counter(len(row.cells) for row in rows)
    most = max(usual, key=lambda length: (usual[length], length))
    width = max(row.filled for row in rows if len(row.cells) == most)
    full = [place for place, row in enumerate(rows) if row.filled == width]
    if width < 2 or not full:
        return None
    first, header, wrong = _first(rows, full[0], width, separator, name)
    kept = rows[first:]
    while len(kept) > 1 and kept[-1].filled < width and kept[-1].filled < 2 and not kept[-1].has_number:
        kept.pop()  # a note below
    kept = [row for row in kept if not _is_comment(row, width)]
    ragged = next((row for row in kept if len(row.cells) < width or row.filled > width), None)
    if kept[0].filled < width and len(kept[0].cells) != most and wrong is None:
        wrong = _short_header(name, kept[0], width)
    if ragged is not None:
        wrong = wrong or (
            f"{name}, row {ragged.line} has {len(ragged.cells)} cells and row {kept[0].line} has {len(kept[0].cells)}: "
            "give every row the same number."
        )
    even = [Row(row.line, (row.cells + [""] * width)[:width]) for row in kept]
    if header is not None:
        even.insert(0, header)
    cells = list(islice((cell for row in kept for cell in row.cells if cell), LOOKED_AT))
    numbers = sum(is_number(cell) for cell in cells)
    clean = sum(is_number(cell) or not _has_other(cell, separator) for cell in cells)
    fit = (wrong is None, clean / len(cells), numbers / len(cells))
    return _Try(Table(separator, width, even, headed=header is not None), wrong, fit)


def _has_other(cell: str, separator: str) -> bool:
    return any(one in cell for one in ('"', *SEPARATORS) if one != separator)


def _is_comment(row: Row, width: int) -> bool:
    return len(row.cells) != width and COMMENT_BELOW.match(row.cells[0]) is not None


def _first(
    rows: list[Row], full: int, width: int, separator: str, name: str
) -> tuple[int, Row | None, str | None]:
    """Where the table begins, its header if that is not one of the rows, and what is wrong: titles are left out.

    ``full`` is the first row with something in its last column.
    """
    first = full
    while first and len(rows[first - 1].cells) >= width and rows[first - 1].has_number:
        first -= 1
    titles = rows[:first]
    for title in titles:
        if title.has_number and title.filled > 1:
            return titles.index(title), None, None  # a row of another length: told as such
    if not titles or not rows[first].has_number:
        return first, None, None
    last = titles[-1]
    if rows[first].line - last.line > 1:  # an empty line: a title
        return first, None, None
    if len(last.cells) == len(rows[first].cells) and 2 * last.filled >= width:  # the last column has no name
        return first - 1, None, None
    if 2 <= len(last.cells) == last.filled < width and separator == ",":
        return first, None, _short_header(name, last, width)
    if len(last.cells) == last.filled == width - 1 and _are_row_names([row.cells[0] for row in rows[first:]]):
        return first, Row(last.line, ["", *last.cells]), None  # as R's write.table has it
    return first, None, None


def _short_header(name: str, header: Row, width: int) -> str:
    return (
        f"{name} names {header.filled} columns in row {header.line} and has {width} cells in the rows below: name "
        "every column, and if the numbers have decimal commas (1,5), write 1.5 or separate with semicolons."
    )


def _are_row_names(cells: list[str]) -> bool:
    counted = [str(number) for number in range(1, len(cells) + 1)]
    return cells == counted or not any(is_number(cell) for cell in cells)


def _is_numeric(table: Table) -> bool:
    """Whether all cells below the first row are numbers."""
    return all(is_number(cell) for row in table.rows[1:] for cell in row.cells)


def _spaced(body: str, name: str) -> Table | None:
    """Columns set apart by spaces: only when two of them are numbers throughout, so that no text is cut."""
    try:
        one = _tried(parsed(body, SPACE), SPACE, name)
    except csv.Error:
        return None
    if (
        one is None
        or one.wrong is not None
        or one.table.width > COLUMNS_MAX
        or one.table.rows[0].filled < one.table.width
    ):
        return None
    rows = one.table.rows[1:] or one.table.rows
    columns = zip(*(row.cells for row in rows), strict=True)
    numeric = sum(all(is_number(cell) for cell in column) for column in columns)
    return one.table if numeric >= 2 or one.table.headed else None
