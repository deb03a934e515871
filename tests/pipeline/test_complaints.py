"""What is wrong with a record or a script is said in words of people, on one short line."""

import re
from typing import Annotated, Any, Literal, get_args

import pytest
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError
from pydantic_core.core_schema import ErrorType

from pipeline.complaints import WANTED, complaint

DEVELOPERS = re.compile(
    r"constrained|conlist|Input|validation|pydantic|NoneType|dict\b|tuple\b|str\b|\bint\b"
)


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, allow_inf_nan=False)

    text: Annotated[str, Field(max_length=5)] = ""
    number: float = 0.0
    count: Annotated[int, Field(ge=1)] = 1
    yes: bool = True
    names: Annotated[list[str], Field(max_length=2)] = []
    kind: Literal["a", "b"] = "a"


class Outer(BaseModel):
    rows: list[Inner]
    title: str


WRONG: list[tuple[Any, str]] = [
    ({"rows": []}, "title is missing"),
    ([], "the whole is a list and should be a table of names and values"),
    ({"rows": {}, "title": "x"}, "rows is a table and should be a list"),
    ({"rows": [{}, {"text": 3}], "title": "x"}, "rows, 1, text is 3 and should be a text"),
    (
        {"rows": [{"text": "x" * 900}], "title": "x"},
        f'rows, 0, text is "{"x" * 59}…{"x" * 20}" and should be a text of at most 5 characters',
    ),
    ({"rows": [{"number": "1"}], "title": "x"}, 'rows, 0, number is "1" and should be a number'),
    ({"rows": [{"number": float("nan")}], "title": "x"}, "not infinity or NaN"),
    ({"rows": [{"count": 0}], "title": "x"}, "rows, 0, count is 0 and should be at least 1"),
    ({"rows": [{"yes": 1}], "title": "x"}, "rows, 0, yes is 1 and should be true or false"),
    ({"rows": [{"names": ["a"] * 3}], "title": "x"}, "names is a list and should be a list of at most 2"),
    ({"rows": [{"kind": "c"}], "title": "x"}, "kind is \"c\" and should be 'a' or 'b'"),
    ({"rows": [{"\x1b[31m": 1}], "title": "x"}, "rows, 0, \\x1b[31m is not known here"),
    ({"rows": [], "title": None}, "title is empty and should be a text"),
]


@pytest.mark.parametrize(("data", "said"), WRONG)
def test_what_is_wrong_is_said_in_words_of_people(data: Any, said: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Outer).validate_python(data)
    told = complaint(caught.value)
    assert said in told
    assert not DEVELOPERS.search(told)
    assert len(told) < 300
    assert told.isprintable()


def test_integers_that_python_does_not_write_are_said_too() -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Outer).validate_python({"rows": [], "title": 10**5000})
    assert "title is a whole number of" in complaint(caught.value)


def test_the_table_knows_only_errors_that_there_are() -> None:
    """A misspelt type would never be found; one that is not in the table still gives a sentence."""
    assert set(WANTED) <= set(get_args(ErrorType))
    other = ValidationError.from_exception_data(
        "x", [{"type": PydanticCustomError("odd", "Input should be odd"), "loc": ("a",), "input": 1}]
    )
    assert complaint(other) == "a is 1 and should be something else"
