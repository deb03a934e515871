"""The table in a CSV text: its separator, its rows, and what stands above and below it and is left out.

Decided by strict rules, not by likelihood: all rows of a table have the same cells, and what could be read in two ways
is refused. Excel's line "sep=;", lines that begin with #, titles above and notes below are no part of a table.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from engine.echo import echo
from engine.errors import InputError
from engine.numerals import is_number

ONE = "\x1f"  # no sign that a file would separate with: the whole line is one cell
SPACE = " "
SEPARATORS = ("\t", ";", "|", ",")  # where two fit equally well, the earlier
COLUMNS_MAX = 2000
ROWS_MAX = 1000  # with what stands above and below: a series is much shorter
LOOKED_AT = 2000  # cells that decide between separators
_LINE = re.compile(r"\r\n|\r|\n")
_SEP = re.compile(r'\s*"?sep=([^\w\s"]|\t)"?[;,\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]*(#(?![A-Z]+[/!0?])[^\r\n]*)?(\r\n|\r|\n)")  # #N/A and #DIV/0! are cells
_COMMENT_BELOW = re.compile(r"#(\s|#|$)")  # stricter within a table, where #1 is a cell
# What stands before and after a comma that is no separator.
_DECIMALS = (r"[+-]?(\d+|\d{1,3}([.' \u202f\xa0’]\d{3})+)", r"\d+")
_THOUSANDS = (r"[+-]?\d{1,3}", r"\d{3}(\.\d+)?")
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


def table_of(text: str, name: str) -> Table:
    """The table of ``text``; ``name`` is the file's, for messages. InputError when there is none for sure.

    Raises TooManyRowsError for more than ROWS_MAX rows.
    """
    told = _SEP.match(text)
    start = told.end() if told else 0
    comments = []
    while (line := _COMMENT.match(text, start)) is not None:
        comments += [line[1]] if line[1] else []
        start = line.end()
    body, above = text[start:], len(_LINE.findall(text, 0, start))
    if not body.strip():
        raise InputError(f"{name} is empty: put one number in each row.")
    if not body.strip(' \t\r\n,;|"'):
        raise InputError(f"{name} has no values: put one number in each row.")
    try:
        body = _without_ends(body, (told[1],) if told else SEPARATORS)
        table = None if told else _one_column(body, name)
        table = table or _columns(body, name, (told[1],) if told else SEPARATORS)
    except csv.Error as error:
        raise InputError(f"{name}: this is not CSV ({_why(error)}): save it as CSV UTF-8.") from error
    rows = [Row(row.line + above, row.cells) for row in table.rows]
    names = _names_in(comments, table.separator, table.width)
    return Table(table.separator, table.width, rows, table.headed, names)


def _without_ends(body: str, separators: Sequence[str]) -> str:
    """Without a separator at the end of every line, where there is one column."""
    lines = [line for line in _LINE.split(body) if line.strip()]
    for separator in separators:
        ends = [
            line.rstrip().endswith(separator) if separator != "\t" else line.endswith("\t") for line in lines
        ]
        if all(ends) and all(line.rstrip(f" {separator}").count(separator) == 0 for line in lines):
            return "\n".join(line.rstrip(f" {separator}") for line in _LINE.split(body))
    return body


def _parsed(body: str, separator: str) -> list[Row]:
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
            return _parsed(closed, separator)
        raise csv.Error(f"row {reader.line_num}: {error}") from error
    return rows


def _why(error: csv.Error) -> str:
    said = str(error)
    if "field larger" in said:
        return f"a cell has more than {csv.field_size_limit():,} characters"
    return said.replace("unexpected end of data", "a quotation mark is opened and never closed")


def _one_column(body: str, name: str) -> Table | None:
    """The table, when every line is one number as a whole, under a header or not: decimal commas, thousands.

    InputError when each number could as well be two cells: 0,5 is one half or 0 and 5.
    """
    try:
        rows = _parsed(body, ONE)
    except csv.Error:  # something follows a closing quote: cells
        return None
    first = next((place for place, row in enumerate(rows) if is_number(row.cells[0])), len(rows))
    numbers = rows[first:]
    if not numbers or not all(_is_whole(row) for row in numbers):
        return None
    names = _above(rows, first)
    quoted = False
    numbers = [row for row in numbers if not _COMMENT_BELOW.match(row.cells[0])]
    for separator, mark in ((",", _mark(numbers[0].cells[0])), (SPACE, "a space between thousands")):
        cut = _parsed(body, separator)
        if names and separator == "," and any(len(row.cells) > 1 for row in cut[first - len(names) : first]):
            return None
        words = len(cut[first - 1].cells) if names else 0
        if words != 1 and all(row.filled == (words or row.filled) > 1 for row in cut[first:]):
            raise InputError(two_ways(name, numbers[0].line, numbers[0].cells[0], mark))
        quoted = quoted or (
            separator == "," and len(cut) == len(rows) and all(len(row.cells) == 1 for row in cut)
        )
    return Table("," if quoted else ONE, 1, [*names, *numbers], headed=bool(names))


def _is_whole(row: Row) -> bool:
    return len(row.cells) == 1 and (is_number(row.cells[0]) or _COMMENT_BELOW.match(row.cells[0]) is not None)


def _above(rows: list[Row], first: int) -> list[Row]:
    """What stands directly above row ``first``, or else the last title, unless the number may be a name."""
    start = first
    while start and rows[start].line - rows[start - 1].line == 1:
        start -= 1
    if start == first and start and not re.fullmatch(r"(18|19|20)\d\d|0", rows[first].cells[0]):
        start -= 1
    return rows[start:first]


def _mark(number: str) -> str:
    return "a decimal comma" if number.count(",") < 2 else "commas between thousands"


def two_ways(name: str, line: int, shown: str, mark: str) -> str:
    """The sentence for numbers that a separator may or may not cut."""
    return (
        f"{name}: {echo(shown, 40)} in row {line} is one number with {mark}, or several cells: if it is one number, "
        "put one word above or write it as 1234.5; if not, put a name above each column, with commas between cells."
    )


@dataclass(frozen=True)
class _Try:
    """What a separator makes of a text: the table it gives, and how well it fits (larger is better)."""

    table: Table
    wrong: str | None  # the sentence for what does not fit
    fit: tuple[bool, float, float]


def _columns(body: str, name: str, separators: Sequence[str]) -> Table:
    """The table of the separator that fits best. Raises csv.Error when none of them can be read."""
    tries, errors = [], []
    for separator in separators:
        try:
            rows = _parsed(body, separator)
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
        return Table(ONE, 1, _parsed(body, ONE))
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
    return len(row.cells) != width and _COMMENT_BELOW.match(row.cells[0]) is not None


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
        one = _tried(_parsed(body, SPACE), SPACE, name)
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


def _names_in(comments: list[str], separator: str, width: int) -> list[str] | None:
    """The cells of the last comment when it has one for each of several columns, and no number."""
    if width == 1 or not comments:
        return None
    text = comments[-1]
    if separator == SPACE or not text.startswith(f"#{separator}"):
        text = text.lstrip("# \t")
    try:
        header = _parsed(text, separator)
    except csv.Error:
        return None
    fits = len(header) == 1 and header[0].filled == width and not header[0].has_number
    return header[0].cells if fits else None


def comma_splits(table: Table, place: int) -> bool:
    """Whether column ``place`` may hold a part of numbers with commas: digits stand beside it in every row."""
    if table.separator != ",":
        return False
    columns = list(zip(*(row.cells for row in table.rows), strict=True))

    def pair(left: int) -> bool:
        return 0 <= left < table.width - 1 and any(
            all(re.fullmatch(before, cell) for cell in columns[left])
            and all(re.fullmatch(after, cell) for cell in columns[left + 1])
            for before, after in (_DECIMALS, _THOUSANDS)
        )

    return pair(place - 1) or pair(place)
