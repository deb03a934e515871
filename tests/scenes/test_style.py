"""The look's constants: if these failed, text would be hard to read or leave the part of the frame all screens show."""

import itertools

import pytest

from scenes.parts.text.header import DOT_GAP
from scenes.stage import style
from scenes.stage.style import LOOKS, ROLES, Look, blend
from tests.conftest import ROOT

CAP = 0.733  # cap height of the font, in em
DESCENT = 0.3  # the deepest descender, in em
READABLE = 4.5
SEEN = 3.0  # WCAG 2 for lines and marks


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2, from 0 (black) to 1 (white)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_formula_knows_black_on_white():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_every_role_can_be_read(look: Look, role: str):
    assert contrast(look.colour(role), look.background) >= READABLE
    only_lines = (look.name, role) == (
        "dark",
        "loss",
    )  # on surface the design's red rings units and colours no text
    assert contrast(look.colour(role), look.surface) >= (SEEN if only_lines else READABLE)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_ink_can_be_read_on_the_strongest_fill(look: Look, role: str):
    """Units and cells are tinted by the size of the value that stands in them."""
    assert contrast(look.ink, blend(look.surface, look.colour(role), style.FILL_MAX)) >= READABLE


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_no_two_roles_share_a_colour(look: Look):
    assert len({look.colour(role) for role in ROLES}) == len(ROLES)


def test_the_design_fixes_the_dark_palette():
    dark = {
        role: LOOKS["dark"].colour(role) for role in ("background", "surface", "input", "gradient", "loss")
    }
    assert list(dark.values()) == ["#0E1116", "#1B222C", "#5EEAD4", "#F0ABFC", "#EF4444"]


def test_blending_mixes_from_the_first_to_the_second():
    assert blend("#000000", "#FFFFFF", 0) == "#000000"
    assert blend("#000000", "#FFFFFF", 1) == "#FFFFFF"
    assert blend("#102030", "#204060", 0.5) == "#183048"


def test_no_size_is_below_the_smallest():
    sizes = {name: size for name, size in vars(style).items() if name.endswith("_PX")}
    assert len(sizes) >= 8
    assert min(sizes.values()) == style.MINIMUM_PX == 20
    assert all(size >= style.NUMBER_MIN_PX == 26 for name, size in sizes.items() if name.startswith("NUMBER"))


def test_zones_lie_within_the_safe_margin():
    """4 % of the frame on every side."""
    assert pytest.approx((0.46 * style.FRAME_WIDTH, 0.46 * style.FRAME_HEIGHT)) == (
        style.SAFE_X,
        style.SAFE_Y,
    )
    assert pytest.approx(16 / 9) == style.FRAME_WIDTH / style.FRAME_HEIGHT
    assert -style.SAFE_X <= style.LEFT < style.RIGHT <= style.SAFE_X
    title = CAP / 2 * style.TITLE_PX * style.PX
    assert style.TITLE_Y + title <= style.SAFE_Y
    line = (CAP / 2 + DESCENT) * style.CAPTION_PX * style.PX
    assert style.CAPTION_Y - style.CAPTION_LEADING / 2 - line >= -style.SAFE_Y


def test_zones_do_not_meet():
    half = {name: CAP / 2 * size * style.PX for name, size in vars(style).items() if name.endswith("_PX")}
    title_low = style.TITLE_Y - half["TITLE_PX"]
    formula_high, formula_low = (style.FORMULA_Y + sign * half["FORMULA_PX"] for sign in (1, -1))
    caption_high = style.CAPTION_Y + style.CAPTION_LEADING / 2 + half["CAPTION_PX"]
    levels = [title_low, style.STAGE_TOP, style.STAGE_BOTTOM, formula_high, formula_low, caption_high]
    assert all(high > low for high, low in itertools.pairwise(levels))


def test_a_caption_of_full_width_fits_between_the_edges():
    """Hangul is as wide as its em; Latin letters take a little more than half of it on average."""
    room = style.RIGHT - style.LEFT
    assert style.LINE_CHARS["ko"] * style.CAPTION_PX * style.PX <= room
    assert 0.62 * style.LINE_CHARS["en"] * style.CAPTION_PX * style.PX <= room


def test_beat_dots_stay_apart():
    assert DOT_GAP >= 0.2


def test_the_page_about_the_look_tells_the_constants():
    """docs/look.md is what people read before they draw."""
    page = (ROOT / "docs/look.md").read_text("utf-8")
    for role in ("background", "surface", *ROLES):
        assert f"| `{role}` | `{LOOKS['dark'].colour(role)}` | `{LOOKS['light'].colour(role)}` |" in page
    told = {
        f"({style.FOLD_LIMIT}) units": "fold limit",
        f"| {style.TITLE_PX} bold | {style.FORMULA_PX} | {style.CAPTION_PX} | {style.LABEL_PX} | ": "sizes",
        f"| {style.NUMBER_PX} ({style.NUMBER_MIN_PX} at least) |": "sizes of numbers",
        f"{style.QUICK_S} / {style.MOVE_S} / {style.SLOW_S} / {style.PULSE_S}": "times",
        f"| {style.LINE_CHARS['ko']} | {style.LINE_CHARS['en']} |": "line lengths",
        f"| {style.READING_CPS['ko']:g} | {style.READING_CPS['en']:g} |": "reading speeds",
        f"at least {style.MIN_CUE_S} s": "shortest caption",
        f"under {style.MINIMUM_PX} px": "smallest text",
    }
    assert [what for text, what in told.items() if text not in page] == []
