"""Text in lines: no letter is lost, no line is too wide, none has room for what the next begins with."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.text.lines import filled

TEXTS = st.text(st.sampled_from("가나다 abc"), max_size=60)


@given(TEXTS, st.integers(1, 12))
def test_lines_are_full_and_lose_nothing(text: str, room: int) -> None:
    lines = filled(text, room, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(len(line) <= room for line in lines)
    words = text.split()
    if all(len(word) <= room for word in words):
        assert " ".join(lines).split() == words
        for line, after in pairwise(lines):
            assert len(line) + 1 + len(after.split()[0]) > room


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("  one two ", ["one two"]),
        ("one abcdefghijkl two", ["one", "abcdefgh", "ijkl two"]),
    ],
)
def test_a_word_wider_than_a_line_is_cut_on_lines_of_its_own(text: str, lines: list[str]) -> None:
    assert filled(text, 8, len) == lines


def test_nothing_is_narrower_than_a_letter() -> None:
    assert filled("ab", 0.5, len) == ["a", "b"]
