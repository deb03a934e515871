"""Cards of a lecture: if these failed, a title would run out of the frame or a text would be cut."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from pipeline.film import Look, Quality
from pipeline.lecture.cards import date_words, fit, measure_card
from scenes.parts.text.paragraphs import cut
from scenes.stage import style
from scenes.stage.lecture_card import Content, text_block, title_block

LOOK = style.DARK
TITLES = st.text(st.sampled_from("가나다라 마바사WMmi. "), min_size=1, max_size=60).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(TITLES, TITLES, st.sampled_from(["", "김가람"]))
def test_every_title_that_a_script_may_have_stays_in_the_frame(title: str, subtitle: str, author: str):
    """Up to 60 of the widest characters, with or without spaces; nothing stands on anything else."""
    block, rest = title_block(Content("opening", title, subtitle, (author,) if author else ()), LOOK)
    for part in (block, *rest):
        assert part.get_left()[0] >= -style.SAFE_X
        assert part.get_right()[0] <= style.SAFE_X
    tops = [part.get_top()[1] for part in (block, *rest)]
    bottoms = [part.get_bottom()[1] for part in (block, *rest)]
    assert max(tops) <= style.SAFE_Y
    assert min(bottoms) >= -style.SAFE_Y
    stripes = rest[0]
    assert block.get_bottom()[1] > stripes.get_top()[1]
    assert all(text.get_top()[1] < stripes.get_bottom()[1] for text in rest[5:])


@settings(max_examples=25, deadline=None)
@given(st.text("ab 가", max_size=80), st.sampled_from([2.0, 5.0]))
def test_lines_are_cut_by_what_the_font_measures(text: str, room: float):
    from scenes.parts.text.typeset import words

    lines = cut(text, LOOK, 40, room)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(words(line, LOOK, 40).width <= room for line in lines)


def test_a_text_is_smaller_before_it_is_refused():
    short = text_block(Content("text", "T", paragraphs=("a word",)), LOOK, "burned")
    long = Content("text", "T", paragraphs=("- many words on one card " * 8,) * 4)
    assert text_block(long, LOOK, "burned")[0][1].em_px < short[0][0].em_px
    with pytest.raises(InputError, match="too long for one card"):
        text_block(Content("text", "T", paragraphs=("word " * 80,) * 8), LOOK, "burned")


def test_a_card_lasts_as_long_as_it_is_told():
    look = Look("en", "dark", Quality("t", 160, 90, 5), "burned")
    content = Content("title", "T", captions=("One.", "Two."), seconds=9.0, captions_s=(3.0, 0.0))
    played = measure_card(content, look)
    assert 9 * 5 <= played.frames <= 9 * 5 + 1  # half a second of fading out is two and a half frames
    assert [cue.start_s for cue in played.cues] == [0, pytest.approx(3, abs=1)]
    hurried = measure_card(Content("text", "T", paragraphs=("a", "b")), look)
    assert hurried.frames > 3 * 5


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(2, 3000), st.integers(2, 3000))
def test_pictures_fit_and_keep_their_shape(width: int, height: int, room_width: int, room_height: int):
    wide, high = fit(width, height, room_width, room_height)
    assert wide % 2 == high % 2 == 0
    assert 2 <= wide <= room_width + 1
    assert 2 <= high <= room_height + 1
    if min(wide, high) > 20:
        assert wide / high == pytest.approx(width / height, rel=0.15)


def test_dates_are_written_as_people_write_them():
    day = datetime.date(2026, 3, 2)
    assert (date_words(day, "ko"), date_words(day, "en")) == ("2026년 3월 2일", "2 March 2026")
    assert (date_words("Spring", "ko"), date_words(None, "en")) == ("Spring", "")
