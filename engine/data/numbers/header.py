"""Whether a table's first row names its columns, also when the names are numbers, such as years."""

import re
from itertools import pairwise

from engine.data.numbers.numerals import MISSING, is_number, read
from engine.data.numbers.rows import Row, Table
from engine.errors import InputError, nearest
from engine.text.composed import composed
from engine.text.echo import echo

NAME_MAX = 100
_DAMAGED = re.compile(
    r"[+-]?\d[\d.,' _]*\s*[a-zA-Z%°µ]{1,3}|[+-]?0x[0-9a-f]+|[\dol]*\d[\dol]*|[+-]?\d+(_\d+)+"
)
_YEAR = re.compile(r"(18|19|20)\d\d(\.(0[1-9]|1[0-2]))?")


def name_in(cell: str) -> str:
    """A column's name as it is shown and compared: composed, one space between words, no signs without a shape."""
    return " ".join(composed(re.sub("[\ufeff\u200b\u200e\u200f]", "", cell)).split())


def split(
    table: Table, file: str, wanted: str, option: str = "--column"
) -> tuple[list[str] | None, list[Row]]:
    """The names of the columns, None when there is no header, and the rows below.

    ``wanted``: the name that was asked for, which decides when it is a number: 2020 is the column
    with 2020 above it. ``option``: how a person asks for it; "" where that would be no way out.
    Raises InputError when the first row may be names or numbers.
    """
    first, below = table.rows[0], table.rows[1:]
    names = [name_in(cell) for cell in first.cells]
    numbers = [name for name in names if is_number(name)]
    storey = len(numbers) != 1 and all(_YEAR.fullmatch(number) for number in numbers)  # names, not values
    if storey and below and not below[0].has_number and any(row.has_number for row in below[1:]):
        shown = echo(", ".join(cell for cell in below[0].cells if cell), 60)
        raise InputError(
            f"{file}, row {below[0].line} has no number ({shown}) and stands between row {first.line} and the numbers: "
            "write numbers there, or delete all rows of names but one."
        )
    if not (table.headed or _is_header(names, below, wanted, option, f"{file}, row {first.line}")):
        if table.comment is not None and first.has_number:
            return [name_in(cell) for cell in table.comment], table.rows
        return None, table.rows
    return names, below


def known_as(names: list[str] | None, width: int) -> list[str]:
    """What each column is called, its place from 1 where it has no name."""
    return [name or str(place + 1) for place, name in enumerate(names or [""] * width)]


def place_of(file: str, names: list[str] | None, width: int, wanted: str) -> int:
    """The column from 0 that has the name ``wanted``, or else stands at that place from 1. InputError for none."""
    names = names or []
    if names.count(wanted) > 1:
        raise InputError(
            f"{file} has {names.count(wanted)} columns {echo(wanted, 40)}: choose one by its place from 1."
        )
    if wanted in names:
        return names.index(wanted)
    if wanted.isascii() and wanted.isdigit() and 1 <= int(wanted[:9]) <= width:
        return int(wanted) - 1
    by_place = f", and no place {wanted[:9]} among its {width}" if wanted[:9].isdigit() else ""
    shown = [echo(name, 40) for name in known_as(names, width)]
    raise InputError(
        f"{file} has no column {echo(wanted, 40)}{by_place}. {nearest(wanted[:NAME_MAX], shown)}"
    )


def check_name(name: str, file: str, wanted: str, alone: bool, column: list[str]) -> None:
    """InputError when what stands in the header is no name of a column: damaged numbers, texts without end.

    ``wanted``: the name that was asked for. ``alone``: the only name there. ``column``: the cells below.
    """
    said = f"{file}: {echo(name, 40)} is above the column"
    if len(name) > NAME_MAX:
        raise InputError(
            f"{said} and has {len(name):,} characters: give the column a name of {NAME_MAX} at most."
        )
    if not name.isprintable():
        raise InputError(f"{said} and has signs that cannot be shown: give the column another name.")
    if not name or name == wanted:
        return
    start = re.match(r"\d+", name)
    values = [abs(value) for cell in column if (value := _value(cell)) is not None]
    near = start is not None and bool(values) and min(values) / 2 <= int(start[0][:9]) <= 2 * max(values)
    missing = name.casefold() in MISSING and name != "Na"  # sodium
    damaged = _DAMAGED.fullmatch(name.lower()) is not None and not is_number(name)
    if missing or damaged or (alone and near):
        raise InputError(
            f"{said} and may be one of its numbers, though it is none: write a number, or say that it is "
            f"the name with --column '{echo(name, 40)}'."
        )


def _is_name(cell: str) -> bool:
    return (
        any(one.isalpha() for one in cell)
        and cell.casefold() not in MISSING
        and not _DAMAGED.fullmatch(cell.lower())
        and not is_number(cell)
    )


def _is_header(names: list[str], below: list[Row], wanted: str, option: str, place: str) -> bool:
    numbers = [name for name in names if is_number(name)]
    others = [name for name in names if not is_number(name)]
    if not numbers:
        return any(_is_name(name) for name in names)
    if wanted in names and not _is_place(wanted, len(names)):
        return True
    for column, name in enumerate(names):
        if _is_name(name) and below and all(is_number(row.cells[column]) for row in below):
            return True
    named = all(name == "" or _is_name(name) for name in others)
    several = len(numbers) > 1 or (names[0] == "" and numbers == ["0"])
    if (
        others
        and named
        and several
        and _kind(numbers)
        and not (below and _kind_of(below[0]) == _kind(numbers))
    ):
        return True
    if named and _may_be_names(names, numbers, below):
        by_name = [name for name in numbers if not _is_place(name, len(names))]
        by_name = by_name if option else []
        or_say = f", or say that it is a name with {option} {echo(by_name[0], 40)}" if by_name else ""
        raise InputError(
            f"{place}: {echo(', '.join(numbers), 60)} may be the names of the columns or numbers: put a row with names "
            f"that begin with a letter above{or_say}."
        )
    return False


def _is_place(text: str, width: int) -> bool:
    return text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= width


def _kind_of(row: Row) -> str:
    return _kind([cell for cell in row.cells if is_number(cell)])


def _kind(numbers: list[str]) -> str:
    """What people and programs number columns with: "years" at equal steps, "places" from 0 or 1; else ""."""
    if numbers and all(_YEAR.fullmatch(number) for number in numbers):
        values = [float(number) for number in numbers]
        if any("." in number for number in numbers):
            return "years" if all(one < later for one, later in pairwise(values)) else ""
        steps = {later - value for value, later in pairwise(values)}
        return "years" if len(steps) <= 1 and 0 not in steps else ""
    places = any(numbers == [str(first + place) for place in range(len(numbers))] for first in (0, 1))
    return "places" if places else ""


def _may_be_names(names: list[str], numbers: list[str], below: list[Row]) -> bool:
    """Whether the first row's numbers are of another kind than those below: years, or 0, 1, 2, … above measurements."""
    kind = _kind(numbers)
    if not below or not kind or (kind == _kind_of(below[0]) and numbers != ["0"]):
        return False
    columns = [[row.cells[place] for row in below] for place, name in enumerate(names) if is_number(name)]
    measured = any(all(re.search(r"\d[.,]\d", cell) for cell in column) for column in columns)
    if kind == "places":
        labelled = len(names) > len(numbers) and numbers == ["0"]
        return measured or labelled or len(numbers) > 2
    if len(names) > 1:
        return measured or not all(_YEAR.fullmatch(cell) for column in columns for cell in column)
    year = float(numbers[0])
    values = [_value(cell) for cell in columns[0]]
    return measured or all(value is not None and not year / 2 < value < 2 * year for value in values)


def _value(cell: str) -> float | None:
    one = read(cell)
    return one.point if one.point is not None else one.comma
