"""Folding: if it failed, a large layer would show wrong units, lose the one spoken of, or grow out of the stage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.parts.room.folding import fold
from scenes.stage.style import FOLD_LIMIT


@st.composite
def cases(draw: st.DrawFn) -> tuple[int, int, tuple[int, ...]]:
    count, limit = draw(st.integers(1, 200)), draw(st.integers(3, 12))
    kept = draw(st.lists(st.integers(0, count - 1), unique=True, max_size=min(count, limit // 2)))
    return count, limit, tuple(kept)


@given(cases())
def test_what_must_be_kept_is_shown(case: tuple[int, int, tuple[int, ...]]):
    count, limit, keep = case
    assert set(keep) <= set(fold(count, limit, keep).shown)


@given(cases())
def test_places_keep_the_limit_and_the_order(case: tuple[int, int, tuple[int, ...]]):
    count, limit, keep = case
    one = fold(count, limit, keep)
    assert one.count == count
    assert one.slots <= max(limit, 1)
    assert list(one.shown) == sorted(set(one.shown))
    assert set(one.shown) <= set(range(count))


@given(cases())
def test_every_item_has_a_place_of_its_own(case: tuple[int, int, tuple[int, ...]]):
    one = fold(*case)
    places = [one.slot(item) for item in one.shown]
    assert places == sorted(set(places))
    assert {*places, *([] if one.gap is None else [one.gap])} == set(range(one.slots))


@given(cases())
def test_something_is_left_out_exactly_when_there_are_too_many(case: tuple[int, int, tuple[int, ...]]):
    count, limit, keep = case
    one = fold(count, limit, keep)
    assert (one.gap is None) == (count <= limit)
    assert (len(one.shown) == count) == (count <= limit)


@given(st.integers(FOLD_LIMIT + 1, 500))
def test_the_first_and_the_last_are_shown(count: int):
    shown = fold(count).shown
    assert (shown[0], shown[-1]) == (0, count - 1)


def test_the_limit_of_the_design():
    assert fold(FOLD_LIMIT).gap is None
    assert fold(FOLD_LIMIT + 1).gap is not None


@pytest.mark.parametrize(
    ("keep", "shown"),
    [((), (0, 1, 2, 13, 14, 15)), ((7,), (0, 1, 7, 13, 14, 15)), ((9, 5), (0, 5, 9, 13, 14, 15))],
)
def test_an_example(keep: tuple[int, ...], shown: tuple[int, ...]):
    assert fold(16, 7, keep).shown == shown
