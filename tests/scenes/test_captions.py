"""Captions: if these failed, viewers would see lines cut off, words lost, or captions gone before they are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenes.stage.captions import CaptionError, fill, fits, reading_seconds, wrap
from scenes.stage.provenance import Shown
from scenes.stage.style import LANGUAGES, LINE_CHARS, MIN_CUE_S

LETTERS = {"ko": "가나다라마바사", "en": "abcdefg,.'"}
LANGUAGE = st.sampled_from(LANGUAGES)


@st.composite
def said(draw: st.DrawFn) -> tuple[str, str]:
    """A language and a text of words in it."""
    language = draw(LANGUAGE)
    words = st.text(LETTERS[language], min_size=1, max_size=LINE_CHARS[language] // 2)
    return language, " ".join(draw(st.lists(words, min_size=1, max_size=8)))


def cuts(text: str) -> list[tuple[str, ...]]:
    """Every way to stay on one line or to break once at a space."""
    return [(text,), *((text[:i], text[i + 1 :]) for i, c in enumerate(text) if c == " ")]


@given(said())
def test_wrapping_loses_nothing_and_never_makes_a_third_line(case: tuple[str, str]):
    language, text = case
    lines = wrap(text, language)
    assert " ".join(lines) == text
    assert 1 <= len(lines) <= 2


@given(said())
def test_lines_keep_the_limit_whenever_a_cut_can(case: tuple[str, str]):
    language, text = case
    if any(fits(cut, language) for cut in cuts(text)):
        assert fits(wrap(text, language), language)


@given(said())
def test_a_short_text_stays_on_one_line(case: tuple[str, str]):
    language, text = case
    assert (len(wrap(text, language)) == 1) == (len(text) <= LINE_CHARS[language] or " " not in text)


@given(said(), said())
def test_its_own_break_is_kept_when_it_fits(first: tuple[str, str], second: tuple[str, str]):
    language, lines = first[0], (first[1], second[1])
    if fits(lines, language):
        assert wrap("\n".join(lines), language) == lines
    else:
        assert " ".join(wrap("\n".join(lines), language)) == " ".join(lines)


@pytest.mark.parametrize(("language", "limit"), [("ko", 16), ("en", 42)])
def test_the_limits_are_those_of_the_design(language: str, limit: int):
    assert fits(("x" * limit, "x" * limit), language)
    assert not fits(("x" * (limit + 1),), language)
    assert not fits(("x", "x", "x"), language)


@given(st.text(min_size=0, max_size=200), LANGUAGE)
def test_a_caption_stays_long_enough(text: str, language: str):
    seconds = reading_seconds(text, language)
    assert seconds >= MIN_CUE_S
    assert seconds * {"ko": 12, "en": 17}[language] >= len(text)


@given(st.text("abc {}", max_size=20), st.integers(0, 999))
def test_fill_refuses_a_digit_anywhere_but_in_a_shown_value(rest: str, number: int):
    with pytest.raises(CaptionError):
        fill(f"{rest.replace('{', '').replace('}', '')} {number}", {})
    with pytest.raises(CaptionError):
        fill("value {v}", {"v": str(number)})
    assert fill("value {v}", {"v": Shown(number)}) == f"value {number}"


def test_fill_takes_a_shown_value_literally():
    """A value that looks like a place is not filled again."""
    assert fill("{a} {b}", {"a": Shown("{b}"), "b": Shown("x")}) == "{b} x"
