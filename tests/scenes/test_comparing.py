"""Digits chosen for a group: if this failed, numbers that differ would look alike beside each other."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.stage.comparing import comparable
from scenes.stage.provenance import format_value, read_number

EPS = float(np.finfo(np.float64).eps)
ANY = st.floats(-1e300, 1e300, allow_nan=False)
NEAR = st.tuples(st.floats(1e-12, 1e12), st.lists(st.integers(-50, 50), min_size=1, max_size=8)).map(
    lambda drawn: [drawn[0] * (1 + step * 1e-9) for step in drawn[1]]
)
GROUPS = st.lists(ANY, min_size=1, max_size=8) | NEAR
FORMS = st.sampled_from(["auto", "short", ".2f", ".3f", "+.3f", ".0f"])
PERCENT = st.lists(st.integers(0, 400), min_size=1, max_size=6).map(lambda hits: [one / 400 for one in hits])


def apart(values: list[float]) -> list[float]:
    """The values that differ by more than their last bits."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > 8 * EPS * max(abs(value), abs(kept[-1])):
            kept.append(value)
    return kept


def shown(values: list[float], spec: str) -> list[str]:
    return [format_value(value, spec) for value in values]


@given(GROUPS, FORMS)
def test_texts_differ_wherever_values_differ(values: list[float], form: str):
    kept = apart(values)
    texts = shown(kept, comparable(values, form=form))
    assert len(set(texts)) == len(kept)


@given(PERCENT)
def test_percentages_differ_too(values: list[float]):
    spec = comparable(values, form=".0%")
    assert spec.endswith("%")
    assert len(set(shown(values, spec))) == len(set(values))


@given(GROUPS, FORMS)
def test_rounding_moves_no_value_by_more_than_a_quarter_of_what_they_differ_by(
    values: list[float], form: str
):
    kept = apart(values)
    if len(kept) < 2 or math.isinf(kept[-1] - kept[0]):
        return
    spec = comparable(values, form=form, every=False)
    for value, text in zip(kept, shown(kept, spec), strict=True):
        assert abs(read_number(text) - value) <= 0.25 * (kept[-1] - kept[0])


@given(GROUPS, FORMS)
def test_what_was_larger_is_larger_on_screen(values: list[float], form: str):
    kept = apart(values)
    read = [read_number(text) for text in shown(kept, comparable(values, form=form))]
    assert all(low < high for low, high in pairwise(read))


@given(GROUPS, FORMS, st.integers(3, 12))
def test_texts_keep_to_their_room(values: list[float], form: str, most: int):
    spec = comparable(values, form=form, most=most)
    longest = max(map(len, shown(values, form)))
    assert max(map(len, shown(values, spec))) <= max(most, longest)


@given(ANY, st.floats(1e-6, 1.0))
def test_a_single_number_is_as_fine_as_is_asked(value: float, share: float):
    fine = share * abs(value)
    assert abs(read_number(format_value(value, comparable(value, fine=fine))) - value) <= fine


@pytest.mark.parametrize(
    ("values", "form", "texts"),
    [
        ([9411260, 9384549.63], "short", ["9.41×10⁶", "9.38×10⁶"]),
        ([101000, 101003], "auto", ["101,000", "101,003"]),
        ([1200000001.5, 1200000002.25], "short", ["1,200,000,001.50", "1,200,000,002.25"]),
        ([1000000.5, 1000000.25], "auto", ["1,000,000.50", "1,000,000.25"]),
        ([0.0416, 0.0412], ".3f", ["0.0416", "0.0412"]),
        ([0.98, 0.983], ".0%", ["98.0%", "98.3%"]),
        ([1e30, 1.0000001e30], "auto", ["1×10³⁰", "1.0000001×10³⁰"]),
        ([0.25, 0.75], ".2f", ["0.25", "0.75"]),
        ([1.0, 0.9604], "auto", ["1", "0.9604"]),
        ([1.0, 1.0 + EPS], "auto", ["1", "1"]),
        ([3, 3, 3], "short", ["3", "3", "3"]),
        ([9411260, 9409116, 9386034], "short", ["9,411,260", "9,409,116", "9,386,034"]),
        ([-1.0, 1e-9], "+.3f", ["−1.000", "0.000"]),
        ([1, 1e-30, 2e-30], "+.3f", ["+1", "+1×10⁻³⁰", "+2×10⁻³⁰"]),
    ],
)
def test_right_texts(values: list[float], form: str, texts: list[str]):
    assert shown(values, comparable(values, form=form)) == texts


def test_last_bits_of_single_precision_are_no_difference():
    values = np.array([0.33333334, 0.3333333], dtype=np.float32)
    assert comparable(values, form=".3f") == ".3f"
    assert comparable(values.astype(np.float64), form=".3f") != ".3f"


def test_groups_are_compared_each_within_itself():
    assert comparable([0.1, 0.9], [0.1001, 0.9001], form=".2f") == ".2f"
    assert comparable([0.1, 0.1001], [0.9, 0.2], form=".2f") == ".4f"


def test_an_empty_group_has_nothing_to_compare():
    assert comparable([], form="short") == "short"
    assert comparable([], [1.001, 1.002], form="short") == comparable([1.001, 1.002], form="short")


def test_what_has_no_room_keeps_its_form_if_that_says_enough():
    assert comparable([0.99998, 1e-5, 3e-9], form=".3f", most=5) == ".3f"
    assert comparable([101000.25, 101000.5], form=".0f", most=4) == ".0f"


@pytest.mark.parametrize(
    "spec", ["digits:0", "digits:1", "digits:19", "digits:x", "digits:", "digits:99999999999"]
)
def test_a_count_of_digits_that_makes_no_sense_is_refused(spec: str):
    with pytest.raises(ValueError, match=r"digits|literal"):
        format_value(1.5, spec)
