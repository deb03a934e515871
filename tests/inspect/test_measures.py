"""The measures that the checks stand on."""

import numpy as np
import pytest
from manim import Circle, Dot, Line, Square

from pipeline.inspect.births import BIRTH, births, scale_since_birth
from pipeline.inspect.contrast import contrast
from pipeline.inspect.markup import readable, shown_text
from pipeline.inspect.numbers import unexplained
from pipeline.inspect.raster import Crop, spread
from pipeline.inspect.sheet import with_carets
from pipeline.inspect.stage import Item, common, curve_box
from pipeline.inspect.words import gaps
from scenes.parts.text.glyphs import missing
from scenes.parts.text.typeset import Typeset, math, words
from scenes.stage.style import DARK
from scenes.stage.text import BeatText, SceneText
from tests.inspect.films import Clean


def item(mobject: object) -> Item:
    return Item(mobject, 0, (1, 1, 1, 1), (1, 1, 1, 1), 4.0, False)


def test_the_sheet_s_font_needs_no_raised_signs() -> None:
    assert with_carets("1.1×10⁻²⁰ is 0, x² is not") == "1.1×10^-20 is 0, x^2 is not"


def test_a_curves_box_is_that_of_the_curve_not_of_its_handles() -> None:
    assert curve_box(Circle(1.0).points) == pytest.approx((-1, -1, 1, 1), abs=2e-3)
    assert common((0, 0, 2, 2), (1, 1, 3, 3)) == (1, 1, 2, 2)
    assert common((0, 0, 1, 1), (1, 0, 2, 1)) is None


def test_masks_hold_fill_and_outline() -> None:
    crop = Crop((-1, -1, 1, 1), 50)
    square = item(Square(1.0))
    assert crop.fill(square).sum() == pytest.approx(50 * 50, rel=0.02)
    assert crop.outline(square).sum() == pytest.approx(4 * 50 * 2, rel=0.1)
    assert crop.ink([square])[50, 50] == 1
    line = item(Line([-1, 0, 0], [1, 0, 0]))
    assert (crop.outline(line) > 0.5).any(axis=1).sum() == 2


def test_a_spread_mask_reaches_one_pixel_further() -> None:
    mask = np.zeros((5, 5), bool)
    mask[2, 2] = True
    assert spread(mask).sum() == 5
    assert spread(mask, 2).sum() == 13


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast(np.ones(3), np.zeros(3)) == pytest.approx(21)
    assert contrast(np.full(3, 0x77 / 255), np.ones(3)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize(
    ("text", "known", "left"),
    [
        (words("5.1 cm", DARK, 30), ["5.1"], ""),
        (words("5.1 cm", DARK, 30), ["5"], "5.1"),
        (words("손실 15", DARK, 30), ["1", "5"], "15"),
        (words("1.2×10⁻⁵", DARK, 30), ["1.2×10⁻⁵"], ""),
        (math('W^((rule(1)))_(k j) = num("−0.5") + rule(2)', DARK, 30), ["−0.5"], ""),
        (math('W^((1)) = num("−0.5")', DARK, 30), ["−0.5"], "W^((1))"),
        (math('x_num("4")', DARK, 30), ["4"], ""),
        (math('num("1.2×10⁻⁵") e^x', DARK, 30), ["1.2×10⁻⁵"], ""),
        (math("3 x", DARK, 30), ["−0.5"], "3"),
        (Typeset(r"#gradient[\+0\.12]#muted[34]", DARK, 30), ["+0.1234"], ""),
        (words("layers.0.self_at…", DARK, 30), ["layers.0.self_attn"], ""),
        (words("layers.1.self_at…", DARK, 30), ["layers.0.self_attn"], "layers.1.self_at…"),
        (words("12…", DARK, 30), ["1234"], "12…"),  # a number may not be cut
    ],
)
def test_digits_without_a_row_are_left(text: Typeset, known: list[str], left: str) -> None:
    assert unexplained(text.source, known) == left


def test_sources_are_read_back() -> None:
    assert shown_text(words("a [b] #c 1.5", DARK, 30).source) == "a [b] #c 1.5"
    assert readable(math('x = num("−0.5")', DARK, 30).source) == "x = −0.5"


def test_only_boxes_are_missing_glyphs() -> None:
    assert missing(words("가나 ⋮ → x", DARK, 30).source) == ""
    assert missing(words("가ก", DARK, 30).source) == "ก"
    assert missing(words("a 🎉", DARK, 30).source) == "🎉"
    assert missing(words("नमस्ते", DARK, 30).source)[0] == "न"
    assert missing(words("سلام", DARK, 30).source)[0] == "س"
    assert missing(words("一类又一类 ↦ 𝔼", DARK, 30).source) == ""
    assert missing(math('x + "ก"', DARK, 30).source) == "ก"


def test_births_know_line_and_size() -> None:
    with births(Clean):
        text = words("크기", DARK, 30)
        copied = text.copy().scale(0.5)
    assert getattr(text, BIRTH).em_px == 30
    assert scale_since_birth(list(copied.submobjects)) == pytest.approx(0.5)
    assert scale_since_birth(list(text.copy().stretch(2, 0).submobjects)) is None
    assert not hasattr(Dot(), BIRTH)


def test_gaps_between_languages() -> None:
    beat = BeatText(
        title={"ko": "하나", "en": "One"},
        caption={"ko": ("{v}입니다.",), "en": ("It is.",)},
        variants={"few": {"ko": ("가.", "나."), "en": ("A.",)}},
    )
    text = SceneText({"ko": "제목"}, {"one": beat}, {"a": {"ko": "가", "en": "a"}})
    assert list(gaps(text, ("one", "two"))) == [
        ("", "title", "it has no en"),
        ("one", "beats.one.caption", "the languages show different values"),
        ("one", "beats.one.variants.few", "the languages have different numbers of cues"),
        ("two", "beats.two", "it has no text at all"),
    ]
