"""Typesetting: if it failed, a film would show other characters than the text has, or parts in the wrong colour."""

import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from manim import FadeOut, VMobject

from scenes.parts.text.source import escape, quote
from scenes.parts.text.typeset import Typeset, math, words
from scenes.stage.style import LOOKS, MINIMUM_PX, PX

LOOK = LOOKS["dark"]
PRINTABLE = [c for c in string.printable if c.isprintable() and c != " "]
LINES = st.lists(st.text(PRINTABLE, min_size=1, max_size=8), min_size=1, max_size=4).map(" ".join)


def outline(text: Typeset) -> np.ndarray:
    return np.concatenate([part.points for part in text.submobjects])


def glyphs(text: Typeset) -> list[VMobject]:
    return [part for part in text if part is not text.strut]


def literal(text: str) -> Typeset:
    """The text as a Typst string literal, in which markup has no meaning."""
    return Typeset(f"#{quote(text)}", LOOK, 40)


@pytest.mark.parametrize("character", PRINTABLE)
def test_each_printable_character_is_shown_literally(character: str):
    shown = words(character, LOOK, 40)
    assert len(shown) > 1, "nothing but the strut"
    assert np.array_equal(outline(shown), outline(literal(character)))


@given(LINES)
@settings(max_examples=150, deadline=None)
def test_text_is_shown_literally(text: str):
    """No smart quotes, dashes, links, lists, references or math."""
    assert np.array_equal(outline(words(text, LOOK, 40)), outline(literal(text)))


@pytest.mark.parametrize(
    "text", ["1. one", "a...b", "= a", "- a", "/ a: b", "https://a.b", "a -- b", "// a", "-1", "u.v"]
)
def test_what_typst_would_read_as_markup(text: str):
    assert np.array_equal(outline(words(text, LOOK, 40)), outline(literal(text)))


def test_a_power_of_ten_is_raised():
    raised = words("×10⁻⁸", LOOK, 40)
    assert raised.get_top()[1] > words("×10", LOOK, 40).get_top()[1]
    assert "⁻" not in escape("10⁻⁸")


def test_hangul_is_in_the_font():
    """A glyph that is missing would be a box of the same shape for every character."""
    assert not np.array_equal(outline(words("가", LOOK, 40)), outline(words("나", LOOK, 40)))


@pytest.mark.parametrize("px", [MINIMUM_PX, 40, 100])
def test_the_size_is_that_of_the_em(px: float):
    """Noto Sans KR's capitals are 0.733 em high."""
    assert words("H", LOOK, px).strut.height / PX == pytest.approx(0.733 * px, rel=0.01)


def test_parts_have_the_colour_of_their_role():
    text = Typeset("a #loss[b] #gradient[c]", LOOK, 40)
    colours = {part.get_fill_color().to_hex() for part in glyphs(text)}
    assert colours == {LOOK.ink, LOOK.loss, LOOK.gradient}
    assert glyphs(math("input(x)", LOOK, 40))[0].get_fill_color().to_hex() == LOOK.input
    assert (
        glyphs(words("x", LOOKS["light"], 40, "muted"))[0].get_fill_color().to_hex() == LOOKS["light"].muted
    )


def test_pieces_are_the_tagged_parts():
    formula = math('tag("left", a + b) = tag("right", c)', LOOK, 40)
    left, right = formula.piece("left"), formula.piece("right")
    assert left.get_right()[0] < right.get_left()[0]
    assert left.width > right.width
    with pytest.raises(KeyError):
        formula.piece("other")


def test_a_fraction_has_its_bar():
    assert math("a / b", LOOK, 40).height > 2 * math("a", LOOK, 40).height


def test_places_go_by_the_line_not_by_the_ink():
    point = np.array([1.0, 2.0, 0.0])
    for text in ("acemno", "Äg|", "."):
        label = words(text, LOOK, 40)
        assert label.centre_at(point).strut.get_center() == pytest.approx(point)
        assert label.left_at(point).strut.get_left() == pytest.approx(point)
        assert label.right_at(point).strut.get_right() == pytest.approx(point)


def test_the_strut_is_never_seen():
    """Otherwise a fade would end in a white box over the text."""
    text = words("abc", LOOK, 40)
    text.set_opacity(0.5).set_color("#FF0000").set_stroke(width=4, opacity=1).set_fill("#FF0000", opacity=1)
    fade = FadeOut(text)
    fade.begin()
    fade.interpolate(0.5)
    for strut in (text.strut, fade.mobject.strut):
        assert (strut.get_fill_opacity(), strut.get_stroke_opacity(), strut.get_stroke_width()) == (0, 0, 0)
    assert glyphs(text)[0].get_fill_opacity() > 0


def test_the_strut_moves_and_scales_with_its_text():
    text = words("abc", LOOK, 40)
    text.scale(2).shift(np.array([3.0, 1.0, 0.0]))
    assert text.strut.width == pytest.approx(2 * words("abc", LOOK, 40).strut.width)
    assert text.strut.get_center() == pytest.approx([3, 1, 0], abs=0.2)
