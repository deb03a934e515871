"""format_value: if this failed, a film would show a number that is not the recorded one."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.stage.provenance import format_value, read_number

LARGE = st.floats(1e-300, 1e300)
FINITE = LARGE | LARGE.map(lambda value: -value) | st.just(0.0)
EVERYDAY = st.floats(-1e6, 1e6)
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def read(text: str) -> float:
    """What a viewer reads: an independent way back from the text."""
    text = text.replace("−", "-").removesuffix("%")
    mantissa, _, power = text.partition("×10")
    return float(f"{mantissa}e{power.translate(RAISED) or 0}")


def decade(value: float) -> int:
    return math.floor(math.log10(abs(value))) if value else 0


@given(FINITE | EVERYDAY, st.sampled_from([("auto", 4), ("short", 3)]))
def test_significant_digits_read_back_within_their_rounding(value: float, spec: tuple[str, int]):
    """Four (three) digits; one fewer with a power of ten, which very large and very small values have."""
    name, places = spec
    text = format_value(value, name)
    raised = "×" in text
    assert raised == (value != 0 and not 1e-4 <= abs(read(text)) < 1e5)
    half = 0.5 * 10.0 ** (decade(value) - places + raised + 1)
    assert abs(read(text) - value) <= half * (1 + 1e-9)


@given(st.integers(-99_999, 99_999))
def test_a_whole_number_is_shown_as_it_is(value: int):
    assert format_value(value) == format_value(float(value)) == str(value).replace("-", "−")


@given(EVERYDAY, st.sampled_from([".1f", ".2f", ".3f", "+.2f", "+.10f"]))
def test_a_fixed_number_of_digits_reads_back(value: float, spec: str):
    digits = int(spec.strip("+.f"))
    assert abs(read(format_value(value, spec)) - value) <= 0.5 * 10.0**-digits + 1e-9 * abs(value)


@given(EVERYDAY | FINITE, st.sampled_from(["auto", "short", ".2f", "+.3f", ".0%"]))
def test_no_hyphen_and_no_signed_zero(value: float, spec: str):
    text = format_value(value, spec)
    assert "-" not in text
    assert re.search(r"[1-9]", text) or not text.startswith(("−", "+"))
    assert text.startswith("−") == (value < 0 and re.search(r"[1-9]", text) is not None)


@given(FINITE, st.sampled_from(["auto", "short"]))
def test_significant_digits_end_in_no_useless_zero(value: float, spec: str):
    mantissa = format_value(value, spec).partition("×")[0]
    assert "." not in mantissa or mantissa[-1] not in "0."


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (0.0, "auto", "0"),
        (-0.0, "auto", "0"),
        (-2.0, "auto", "−2"),
        (0.9604, "auto", "0.9604"),
        (1.02, "auto", "1.02"),
        (0.99996, "auto", "1"),
        (12345.678, "auto", "12346"),
        (999_999.7, "auto", "1×10⁶"),
        (-4.2e-8, "short", "−4.2×10⁻⁸"),
        (2.0e10, "auto", "2×10¹⁰"),
        (0.9604, "short", "0.96"),
        (1e-7, "decade", "10⁻⁷"),
        (1.0, "decade", "10⁰"),
        (-0.001, ".2f", "0.00"),
        (0.001, "+.2f", "0.00"),
        (0.5, "+.2f", "+0.50"),
        (51.0, "d", "51"),
        (0.966, ".0%", "97%"),
        (True, "d", "1"),
    ],
)
def test_known_texts(value: float, spec: str, text: str):
    assert format_value(value, spec) == text


def test_names_from_the_data():
    assert format_value("x1", "name") == "x1"
    assert format_value("petal width (cm)", "term:ko") == "꽃잎 너비"
    assert format_value("petal width (cm)", "term:en") == "petal width"
    assert format_value("setosa", "term:ko") == "세토사"
    assert format_value("no such name", "term:ko") == "no such name"


@given(EVERYDAY, st.sampled_from(["+.2f", ".3f", "short"]))
def test_a_sign_apart_is_followed_by_a_thin_space_and_reads_as_before(value: float, spec: str):
    text, plain = format_value(value, f"apart:{spec}"), format_value(value, spec)
    assert text.replace("\u2009", "") == plain
    assert ("\u2009" in text) == plain.startswith(("+", "−"))
    assert read_number(text) == read_number(plain)
