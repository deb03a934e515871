"""What a user gave to learn from: characters, or the numbers of a file, decided before anything runs."""

from typing import Any

from engine.data.numbers.file import check_numbers, read_column
from engine.errors import InputError
from engine.rnn.parameters import DEFAULT_SEQUENCE


def with_numbers(resolved: dict[str, Any]) -> dict[str, Any]:
    """A CSV file becomes its numbers, {name: numbers}: the run stays repeatable when the file has changed or gone."""
    series, sequence, column = (resolved[name] for name in ("series", "sequence", "column"))
    if series is None:
        if column:
            raise InputError("column is given without series: give --series FILE.csv too, or leave it out.")
        return resolved | {"sequence": DEFAULT_SEQUENCE if sequence is None else sequence}
    if sequence is not None:
        raise InputError(
            "Both sequence and series are given: the net learns one of them, leave the other out."
        )
    if isinstance(series, str):
        series = dict([read_column(series, column)])
    if len(series) != 1:
        raise InputError(f"series has {len(series)} columns: give exactly one.")
    ((name, numbers),) = series.items()
    check_numbers(name, numbers)
    return resolved | {"series": series}
