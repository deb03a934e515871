"""What a user gave is repeated on one short line that steers nothing, whatever it is."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.echo import LENGTH_MAX, PATH_MAX, echo, typed, whole_path


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("w*x + b", "w*x + b"),
        ("가나다", "가나다"),
        ("a\x1b[31mred", "a\\x1b[31mred"),
        ("one\ntwo\r\tthree", "one\\ntwo\\r\\tthree"),
        ("\u202egnp.exe", "\\u202egnp.exe"),
        ("\ud800", "\\ud800"),
        (Path("a/b.png"), "a/b.png"),
        (0.5, "0.5"),
        (None, "None"),
        (["x"] * 100, "list of 100"),
    ],
)
def test_values(value: object, shown: str) -> None:
    assert echo(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", '""'),
        ("a\nb", "a\\nb"),
        (True, "true"),
        (None, "none"),
        (date(2020, 1, 1), "2020-01-01"),
        ({"x": float("nan"), "y": [1, "a"]}, '{ x = nan, y = [1, "a"] }'),
        ({}, "{}"),
        ([], "[]"),
        ([0] * 1000, "[" + "0, " * 26 + "…"),
    ],
)
def test_values_as_they_are_typed(value: object, shown: str) -> None:
    assert typed(value) == shown


def test_a_file_is_named_whole_and_on_one_line() -> None:
    long = "a" * 3 * PATH_MAX
    assert whole_path(Path(f"{long}/x\ny\t\x1b\u202e.npz")) == f"{long}/x\\ny\\t\\x1b\\u202e.npz"
    assert whole_path(Path("क्‍ष.mp4")) == "क्‍ष.mp4"  # with a joiner, which belongs to the word


def test_integers_that_python_will_not_write() -> None:
    assert echo(10**5000) == "a whole number of 16610 bits"


def test_length_is_bounded_and_both_ends_stay() -> None:
    assert echo("a" * 10**7 + "z") == "a" * 59 + "…" + "a" * 19 + "z"
    assert echo("a" * LENGTH_MAX) == "a" * LENGTH_MAX
    assert echo(Path("a" * PATH_MAX)) == "a" * PATH_MAX


def test_a_value_that_cannot_be_shown() -> None:
    class Rude:
        def __repr__(self) -> str:
            raise ValueError("no")

    assert echo(Rude()) == "a Rude that cannot be shown"


@given(st.text(max_size=300) | st.integers() | st.binary() | st.lists(st.text()))
def test_anything_becomes_one_short_visible_line(value: object) -> None:
    said = echo(value)
    assert len(said) <= LENGTH_MAX
    assert not any(unicodedata.category(sign)[0] == "C" or sign in "\u2028\u2029" for sign in said)
    said.encode()
