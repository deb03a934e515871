"""Cutting text into lines: nothing is lost, nothing sticks out, no word is left alone."""

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.deck.fit import LEADING, balanced, fitting_pt, width_in, wrapped
from pipeline.deck.zones import PT_IN, Box

TEXTS = st.text(st.sampled_from("가나다 라마바 abcdefg ijkl mnop,.∂δ"), max_size=120)
ROOM_IN = 3.0


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.sampled_from([10.0, 22.0, 48.0]))
def test_wrapped_lines_keep_every_letter_and_stay_inside(text: str, size_pt: float) -> None:
    lines = wrapped(text, ROOM_IN, size_pt)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_in(line, size_pt) <= ROOM_IN for line in lines)


@settings(max_examples=15, deadline=None)
@given(TEXTS)
def test_balanced_lines_are_as_few_and_keep_every_word(text: str) -> None:
    plain, even = wrapped(text, ROOM_IN, 22), balanced(text, ROOM_IN, 22)
    assert len(even) == len(plain)
    assert "".join("".join(even).split()) == "".join(text.split())
    assert max(width_in(line, 22) for line in even) <= ROOM_IN


def test_balanced_leaves_no_word_alone() -> None:
    text = "The loss of two parameters, x and y, seen from above, is to go down."
    lines = balanced(text, 6.5, 17)
    assert len(lines) == 2
    assert width_in(lines[1], 17) > 0.6 * width_in(lines[0], 17)


@settings(max_examples=15, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_a_fitting_size_fits(paragraphs: list[str]) -> None:
    box = Box(0, 0, 5, 2)
    size = fitting_pt(paragraphs, box, 40, 10)
    lines = sum(len(wrapped(text, box.width, size)) for text in paragraphs)
    assert 10 <= size <= 40
    assert size == 10 or lines * size * LEADING * PT_IN <= box.height


def test_a_title_that_fits_keeps_its_size() -> None:
    assert fitting_pt(["역전파"], Box(0, 0, 8, 1), 22, 10, bold=True) == 22
