"""What is typed for a recorder's parameters, as click hands it on: right, or refused in one short sentence."""

import click
import pytest

from pipeline.values import Count, Numbers, Whole


def said(kind: click.ParamType, typed: str) -> str:
    """The sentence with which it is refused."""
    with pytest.raises(click.BadParameter) as caught:
        kind.convert(typed, None, None)
    return caught.value.message


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("x=2,w=-1", {"x": 2, "w": -1}),
        (" x = 2 ; w = −1.5 ", {"x": 2, "w": -1.5}),
        ("λ=0.5,가중치=1e-3", {"λ": 0.5, "가중치": 1e-3}),
        ("x=１２", {"x": 12}),
        ("ｘ＝１，w＝−２", {"x": 1, "w": -2}),
        ("", {}),
    ],
)
def test_values_by_name(typed: str, numbers: dict[str, float]):
    assert Numbers().convert(typed, None, None) == numbers


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("x=2,5", "if 2,5 is one number, write 2.5"),
        ("x", "is not name=number"),
        ("=1", "is not name=number"),
        ("x=two", "'two', given for x, is not a number"),
        ("x=1,x=2", "x is given twice"),
        ("λ=1,lambda=2", "lambda is given twice"),
        ("x=1e999", "1e999, given for x, is too large"),
        ("x=" + "9" * 5000, "too long for a number"),
        ("x" * 1_000_000 + "=two", "is not a number"),
    ],
)
def test_values_that_cannot_be_used(typed: str, sentence: str):
    assert sentence in said(Numbers(), typed)
    assert len(said(Numbers(), typed)) < 300


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("9" * 5000, "too long for a whole number"),
        ("1.5", "'1.5' is not a whole number"),
        ("12", "not in the range"),
    ],
)
def test_whole_numbers_that_cannot_be_used(typed: str, sentence: str):
    assert sentence in said(Count(min=0, max=9), typed)
    assert len(said(Count(min=0, max=9), typed)) < 300


def test_a_whole_number():
    assert Count(min=0, max=9).convert("7", None, None) == 7


def test_whole_numbers():
    assert Whole().convert("16,8", None, None) == Whole().convert("１６，８", None, None) == (16, 8)
