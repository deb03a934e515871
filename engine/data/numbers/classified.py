"""A table to classify, from a CSV file as people have them: columns of numbers, and one column of classes.

The same reader as for a single column (engine.data.numbers.file); what is refused here is what a net cannot learn from
or a film cannot show.
"""

import math
from collections import Counter
from dataclasses import dataclass

from engine.data.numbers.column import CELL_MAX, values
from engine.data.numbers.encodings import decoded
from engine.data.numbers.header import name_in, place_of, split
from engine.data.numbers.numerals import MISSING, is_number, read
from engine.data.numbers.rows import ROWS_MAX, Row, TooManyRowsError
from engine.data.numbers.table import comma_splits, split_numbers, table_of
from engine.errors import InputError
from engine.text import signs
from engine.text.echo import echo

FEATURES_MAX = 64  # as many as the handwritten digits have, which every film shows
CLASSES_MAX = 5  # with more, their names fill the side of `forward` where its legend stands
NAME_MAX = 40
SIZE_MAX = 1e12
SPREAD_MIN = 1e-6
TEST_PART = 5  # one row of so many is for testing
NO_CLASS = MISSING - {"none", "nil", "없음", "해당없음", "미상"}  # words that may name a class, too


@dataclass(frozen=True)
class ClassTable:
    """numbers (row, feature), and labels (row,), which are places in ``classes``."""

    features: tuple[str, ...]
    classes: tuple[str, ...]
    numbers: tuple[tuple[float, ...], ...]
    labels: tuple[int, ...]


def read_classes(content: bytes, file: str, label: str) -> ClassTable:
    """The table in a file's ``content``; ``file`` is its name, for messages.

    label: name of the column of classes, or its place from 1; "" for the last one.  Classes stand in the order in which
    the file has them, numbers by size.
    Raises InputError for what cannot be read or used, or in two ways.
    """
    try:
        table = table_of(decoded(content, file), file)
    except TooManyRowsError as error:
        raise InputError(
            f"{file} has more than {ROWS_MAX:,} rows: keep {ROWS_MAX:,} at most, some of every class."
        ) from error
    wanted = name_in(label)
    names, rows = split(table, file, wanted, option="")
    if not rows:
        raise InputError(f"{file} has a header and no rows below it: put one example in each row.")
    own = place_of(file, names, table.width, wanted) if wanted else table.width - 1
    shown = [name or f"x{place + 1}" for place, name in enumerate(names or [""] * table.width)]
    others = [place for place in range(table.width) if place != own]
    kept = [place for place in others if not _counts(rows, place)] or others
    if not kept:
        raise InputError(
            f"{file} has no column of numbers beside its classes: give one column for each thing that was measured."
        )
    if len(kept) > FEATURES_MAX:
        raise InputError(
            f"{file} has {len(kept):,} columns of numbers, and a film shows {FEATURES_MAX} at most: keep the most "
            "telling ones."
        )
    classes, labels = _classes(rows, own, f"{file}, column {own + 1}")
    if not names and any(comma_splits(table, place) for place in kept):
        raise InputError(split_numbers(file, table, next(one for one in kept if comma_splits(table, one))))
    columns, features = [], []
    for place in kept:
        _require_numbers(rows, place, shown[place], file)
        numbers, percent = values(table, rows, place, file)
        _check_sizes(numbers, shown[place], file)
        columns.append(numbers)
        features.append(f"{shown[place]} (%)" if percent and "%" not in shown[place] else shown[place])
    for kind, texts in (("column", features), ("class", classes)):
        for text in texts:
            _check_name(text, kind, file)
    twice = next((name for name, count in Counter(features).items() if count > 1), None)
    if twice is not None:
        raise InputError(f"{file} has two columns {echo(twice)}: give each a name of its own.")
    if all(min(one) == max(one) for one in columns):
        raise InputError(f"{file} has the same numbers in every row: give columns that differ.")
    return ClassTable(tuple(features), tuple(classes), tuple(zip(*columns, strict=True)), labels)


def _counts(rows: list[Row], place: int) -> bool:
    """Whether a column numbers the rows, as R, pandas and people do: that is no measurement."""
    cells = [row.cells[place] for row in rows]
    return any(cells == [str(number + first) for number in range(len(rows))] for first in (0, 1))


def _classes(rows: list[Row], place: int, where: str) -> tuple[list[str], tuple[int, ...]]:
    cells = [name_in(row.cells[place]) for row in rows]
    for row, cell in zip(rows, cells, strict=True):
        if not cell or cell.casefold() in NO_CLASS:
            said = f"'{echo(cell, CELL_MAX)}' stands for a missing value" if cell else "the cell is empty"
            raise InputError(
                f"{where.replace(',', f', row {row.line},', 1)}: {said}; write a class, or delete the row."
            )
    counts = Counter(cells)
    found = list(counts)
    if all(is_number(one) for one in found):
        found.sort(key=lambda one: (_value(one), one))
    if len(found) == 1:
        raise InputError(
            f"{where} has one class only, {echo(found[0], CELL_MAX)}: give rows of two classes or more, or choose "
            "another column as label."
        )
    if len(found) > CLASSES_MAX:
        raise InputError(
            f"{where} has {len(found):,} classes, and a film shows {CLASSES_MAX} at most: choose another column "
            "as label, or put classes together."
        )
    alone = next((name for name, count in counts.items() if count == 1), None)
    if alone is not None:
        raise InputError(
            f"{where} has one row only of the class {echo(alone, CELL_MAX)}: give two or more of every class, to train "
            "with and to test with."
        )
    needed = TEST_PART * (len(found) - 1) + 1
    if len(rows) < needed:
        raise InputError(
            f"{where} has {len(found)} classes in {len(rows)} rows: give {needed} rows or more, so that the fifth that "
            "is kept for testing can hold every class."
        )
    return found, tuple(found.index(cell) for cell in cells)


def _value(number: str) -> float:
    one = read(number)
    return one.point if one.point is not None else one.comma or 0.0


def _require_numbers(rows: list[Row], place: int, name: str, file: str) -> None:
    """InputError for a column of words; a single word among numbers is told as such by whoever reads the numbers."""
    filled = [row.cells[place] for row in rows if row.cells[place]]
    if not filled:
        raise InputError(f"{file}: column {place + 1} ({echo(name, CELL_MAX)}) is empty: leave it out.")
    if not any(is_number(cell) for cell in filled):
        raise InputError(
            f"{file}: column {place + 1} ({echo(name, CELL_MAX)}) holds no numbers but texts such as "
            f"'{echo(filled[0], CELL_MAX)}': leave that column out, or choose it as label if these are the classes."
        )


def _check_sizes(numbers: tuple[float, ...], name: str, file: str) -> None:
    largest, spread = max(map(abs, numbers)), max(numbers) - min(numbers)
    if largest > SIZE_MAX:
        raise InputError(
            f"{file}: column {echo(name, CELL_MAX)} has the number {largest:g}: give numbers up to {SIZE_MAX:g} in "
            "size, in a larger unit."
        )
    if 0 < spread < SPREAD_MIN or (spread > 0 and math.ulp(largest) > spread * SPREAD_MIN):
        raise InputError(
            f"{file}: the numbers of column {echo(name, CELL_MAX)} differ by {spread:g} at most, too little to "
            "compute with: give them in a smaller unit, or from another zero."
        )


def _check_name(name: str, kind: str, file: str) -> None:
    if len(name) > NAME_MAX:
        raise InputError(
            f"{file}: the {kind} {echo(name, CELL_MAX)} has {len(name):,} characters: give it a name of {NAME_MAX} at "
            "most."
        )
    told = "has signs that cannot be shown: give it another name" if not name.isprintable() else ""
    if told := told or signs.complaint(name):
        raise InputError(f"{file}: the {kind} {echo(name, CELL_MAX)} {told}.")
