"""What pydantic complains of, in words that people use: where in a file, what stands there, what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from engine.text.echo import echo

PLACE_MAX = 120
PIECE_MAX = 40

# By pydantic's type of error; {…} are numbers and words that it gives with the error.
WANTED = {
    "string_type": "a text",
    "string_unicode": "a text of whole characters",
    "string_too_short": "a text of at least {min_length} characters",
    "string_too_long": "a text of at most {max_length} characters",
    "string_pattern_mismatch": "a text of the right form",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number that is not so large",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a number, not infinity or NaN",
    "decimal_type": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "too_short": "a list of at least {min_length}",
    "too_long": "a list of at most {max_length}",
    "dict_type": "a table of names and values",
    "model_type": "a table of names and values",
    "model_attributes_type": "a table of names and values",
    "mapping_type": "a table of names and values",
    "none_required": "nothing",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "greater_than": "more than {gt}",
    "greater_than_equal": "at least {ge}",
    "less_than": "less than {lt}",
    "less_than_equal": "at most {le}",
    "date_type": "a date",
    "date_parsing": "a date",
    "date_from_datetime_parsing": "a date",
    "date_from_datetime_inexact": "a date without a time",
    "recursion_loop": "something that does not hold itself",
}
OWN = {
    "file_name": "the name of a file, without a folder"
}  # by the types of errors that gradreel's models raise
OTHERWISE = "something else"


def complaint(error: ValidationError) -> str:
    """The first thing that is wrong, on one short line: ``rows, 3, value is "x" and should be a number``."""
    first = error.errors(include_url=False)[0]
    where = place(first["loc"])
    if first["type"] == "missing":
        return f"{where} is missing"
    if first["type"] == "extra_forbidden":
        return f"{where} is not known here"
    return f"{where} is {value(first['input'])} and should be {wanted(dict(first))}"


def wanted(error: dict[str, Any]) -> str:
    """What should stand where one of pydantic's errors (an entry of its ``errors()``) was found."""
    told = {name: echo(one) for name, one in (error.get("ctx") or {}).items()}
    return (WANTED | OWN).get(error["type"], OTHERWISE).format(**told)


def place(steps: Sequence[str | int]) -> str:
    """A path of keys and of numbers from 0, for a sentence: ``rows, 3, value``."""
    return echo(", ".join(echo(step, PIECE_MAX) for step in steps), PLACE_MAX) or "the whole"


def value(one: object) -> str:
    """A value of a file in a few words: texts in quotes, numbers as they are, of what holds others only the kind."""
    if isinstance(one, str):
        return f'"{echo(one)}"'
    if isinstance(one, bool):
        return "true" if one else "false"
    if one is None:
        return "empty"
    if isinstance(one, dict):
        return "a table"
    if isinstance(one, list | tuple):
        return "a list"
    return echo(one)
