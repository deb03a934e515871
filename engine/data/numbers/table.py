"""The table in a CSV text: its separator, its rows, and what stands above and below it and is left out.

Decided by strict rules, not by likelihood: all rows of a table have the same cells, and what could be read in two ways
is refused. Excel's line "sep=;", lines that begin with #, titles above and notes below are no part of a table.
"""

import csv
import re
from collections.abc import Sequence

from engine.data.numbers.numerals import is_number
from engine.data.numbers.rows import COMMENT_BELOW, ONE, SPACE, Row, Table, parsed, why
from engine.data.numbers.separators import SEPARATORS, columns
from engine.errors import InputError
from engine.text.echo import echo

NOTHING = ' \t\r\n,;|"'  # what a line without a value is made of
BLANK_MAX = 10_000  # lines without a value; every separator that is tried reads them all again
_LINE = re.compile(r"\r\n|\r|\n")
_SEP = re.compile(r'\s*"?sep=([^\w\s"]|\t)"?[;,\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_COMMENT = re.compile(r"[ \t]*(#(?![A-Z]+[/!0?])[^\r\n]*)?(\r\n|\r|\n)")  # #N/A and #DIV/0! are cells
# What stands before and after a comma that is no separator.
_DECIMALS = (r"[+-]?(\d+|\d{1,3}([.' \u202f\xa0’]\d{3})+)", r"\d+")
_THOUSANDS = (r"[+-]?\d{1,3}", r"\d{3}(\.\d+)?")


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
    if not body.strip(NOTHING):
        raise InputError(f"{name} has no values: put one number in each row.")
    if sum(not line.strip(NOTHING) for line in _LINE.split(body)) > BLANK_MAX:
        raise InputError(f"{name} has more than {BLANK_MAX:,} lines without a value: delete those.")
    try:
        body = _without_ends(body, (told[1],) if told else SEPARATORS)
        table = None if told else _one_column(body, name)
        table = table or columns(body, name, (told[1],) if told else SEPARATORS)
    except csv.Error as error:
        raise InputError(f"{name}: this is not CSV ({why(error)}): save it as CSV UTF-8.") from error
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


def _one_column(body: str, name: str) -> Table | None:
    """The table, when every line is one number as a whole, under a header or not: decimal commas, thousands.

    InputError when each number could as well be two cells: 0,5 is one half or 0 and 5.
    """
    try:
        rows = parsed(body, ONE)
    except csv.Error:  # something follows a closing quote: cells
        return None
    first = next((place for place, row in enumerate(rows) if is_number(row.cells[0])), len(rows))
    numbers = rows[first:]
    if not numbers or not all(_is_whole(row) for row in numbers):
        return None
    names = _above(rows, first)
    quoted = False
    numbers = [row for row in numbers if not COMMENT_BELOW.match(row.cells[0])]
    for separator, mark in ((",", _mark(numbers[0].cells[0])), (SPACE, "a space between thousands")):
        cut = parsed(body, separator)
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
    cell = row.cells[0]
    number = is_number(cell) and not cell.startswith(",")  # an empty cell before it rather than 0
    return len(row.cells) == 1 and (number or COMMENT_BELOW.match(cell) is not None)


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


def _names_in(comments: list[str], separator: str, width: int) -> list[str] | None:
    """The cells of the last comment when it has one for each of several columns, and no number."""
    if width == 1 or not comments:
        return None
    text = comments[-1]
    if separator == SPACE or not text.startswith(f"#{separator}"):
        text = text.lstrip("# \t")
    try:
        header = parsed(text, separator)
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


def split_numbers(file: str, table: Table, place: int) -> str:
    """The sentence for a column that comma_splits is true of."""
    row = table.rows[0]
    left = place if place + 1 < table.width and row.cells[place + 1].isdigit() else place - 1
    shown = ",".join(row.cells[left : left + 2])
    return two_ways(file, row.line, shown, "a decimal comma")
