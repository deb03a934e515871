"""The numbers in the cells of one column: what points and commas mean in it, and which cell is none."""

import math
import re

from engine.data.numbers import numerals
from engine.data.numbers.rows import ONE, SPACE, Row, Table
from engine.errors import InputError
from engine.text.composed import composed
from engine.text.echo import echo

CELL_MAX = 40  # characters of a cell in a message
VOTES_MAX = 20_000  # cells of other columns that are asked what a comma means
_TOTAL_WORDS = "합계 총계 총합 계 소계 누계 total grandtotal subtotal sum totals summe gesamt insgesamt"
_MEAN_WORDS = "평균 총평균 average mean avg mittelwert durchschnitt"
SUMMARIES = frozenset(f"{_TOTAL_WORDS} {_MEAN_WORDS}".split())
_YEAR_AND_MONTH = re.compile(r"(19|20)\d\d\.\d\d")
_LOCAL = re.compile("[\u3040-\u30ff\u3400-\u9fff가-힣]")  # Korea, Japan and China write decimal points


def values(table: Table, rows: list[Row], place: int, file: str) -> tuple[tuple[float, ...], bool]:
    """The numbers of column ``place`` (from 0) in ``rows``, and whether all are percentages.

    Raises InputError that names the first cell that is no number, or the cells that contradict each other.
    """
    read = [numerals.read(row.cells[place]) for row in rows]
    for row, one in zip(rows, read, strict=True):
        number = one.point if one.point is not None else one.comma
        if number is None or not math.isfinite(number):
            cell = row.cells[place]
            said = numerals.why_not(cell).format(echo(cell, CELL_MAX))
            raise InputError(f"{_where(file, row, place)}: {said}.")
    if len({one.percent for one in read}) > 1:
        row = next(row for row, one in zip(rows, read, strict=True) if one.percent != read[0].percent)
        raise InputError(
            f"{_where(file, row, place)}: {echo(row.cells[place], CELL_MAX)} and the number in row {rows[0].line} are "
            "not both percentages: write all with % or all without."
        )
    points = [one.point for one in read if one.point is not None]
    commas = [one.comma for one in read if one.comma is not None]
    if len(points) < len(read) and len(commas) < len(read):
        raise InputError(_mixed(rows, read, place, file))
    if len(points) == len(commas) and points != commas:
        decimal_comma = _decimal_comma(table, rows, place, file)
        return tuple(commas if decimal_comma else points), read[0].percent
    return tuple(points if len(points) == len(read) else commas), read[0].percent


def without_totals(rows: list[Row], numbers: tuple[float, ...], file: str) -> tuple[float, ...]:
    """``numbers`` without a first or last one that its row calls a total and that is the sum of the others.

    Raises InputError for a row that is called a total or a mean and is not such a sum.
    """
    marked = [place for place, row in enumerate(rows) if _label(row) in SUMMARIES]
    nameless = not rows[-1].cells[0] and all(row.cells[0] for row in rows[:-1]) and len(rows) > 2
    if not marked and nameless and math.isclose(math.fsum(numbers[:-1]), numbers[-1], rel_tol=1e-9):
        return numbers[:-1]  # a sum that nobody named
    if not marked:
        return numbers
    place = marked[0]
    others = numbers[:place] + numbers[place + 1 :]
    end = place in (0, len(numbers) - 1)
    if len(marked) == 1 and end and math.isclose(math.fsum(others), numbers[place], rel_tol=1e-9):
        return others
    label = next(cell for cell in rows[place].cells if cell and not numerals.is_number(cell))
    raise InputError(
        f"{file}, row {rows[place].line} is called {echo(label, CELL_MAX)}: if it sums up other rows, delete it, "
        "else call it something else."
    )


def _label(row: Row) -> str:
    text = next((cell for cell in row.cells if cell and not numerals.is_number(cell)), "")
    return re.sub(r"[\s:.*()]", "", composed(text)).casefold()


def _where(file: str, row: Row, place: int) -> str:
    return f"{file}, row {row.line}, column {place + 1}"


def _mixed(rows: list[Row], read: list[numerals.Numeral], place: int, file: str) -> str:
    point = next(row for row, one in zip(rows, read, strict=True) if one.comma is None)
    comma = next(row for row, one in zip(rows, read, strict=True) if one.point is None)
    return (
        f"{file}, column {place + 1} has a decimal point in row {point.line} ({echo(point.cells[place], CELL_MAX)}) "
        f"and a decimal comma in row {comma.line} ({echo(comma.cells[place], CELL_MAX)}): write one of them."
    )


def _decimal_comma(table: Table, rows: list[Row], place: int, file: str) -> bool:
    """Whether the file writes decimal commas, where every cell of the column could be read either way."""
    votes = {False: 0, True: 0}
    cells = (cell for row in rows for cell in row.cells if not _YEAR_AND_MONTH.fullmatch(cell))
    for _, cell in zip(range(VOTES_MAX), cells, strict=False):
        one = numerals.read(cell)
        if (one.point is None) != (one.comma is None):
            votes[one.point is None] += 1
    if bool(votes[True]) != bool(votes[False]):
        return votes[True] > 0
    shown = [row.cells[place] for row in rows]
    with_commas = any("," in cell for cell in shown)
    if not any(votes.values()):
        local = any(_LOCAL.search(cell) for row in table.rows for cell in row.cells)
        if table.separator == "," or (local and table.separator != ";"):
            return False  # where commas separate cells, they separate thousands in quotes
        if not with_commas and table.separator in (ONE, SPACE, "\t", "|"):
            return False
    mark = "," if with_commas else "."
    cell = next(one for one in shown if mark in one)
    raise InputError(
        f"{_where(file, rows[shown.index(cell)], place)}: {echo(cell, CELL_MAX)} may be a number of thousands, or one "
        f"with a decimal {'comma' if with_commas else 'point'}: leave out the mark between thousands, and "
        "write decimals as 1.5."
    )
