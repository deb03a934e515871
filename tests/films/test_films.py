"""Real films, decoded: if these failed, a film would not open, be cut short, or tell other numbers than it shows."""

import itertools

import numpy as np
import pytest

from pipeline.film import render_still
from scenes.stage.captions import fits, reading_seconds
from scenes.stage.card import found_in
from scenes.stage.provenance import ORDINAL, PLACE, format_value
from scenes.stage.style import LOOKS
from tests.films.watching import TINY, Rendered

FRAME_S = 1 / TINY.fps


def test_the_file_is_what_was_asked_for(film: Rendered):
    assert film.facts["codec"] == "h264"
    assert film.facts["pixels"] == "yuv420p"
    assert film.facts["size"] == (TINY.width, TINY.height) == (256, 144)
    assert film.facts["rate"] == TINY.fps


def test_no_frame_is_missing(film: Rendered):
    assert len(film.frames) == film.result.frames
    assert film.facts["duration_s"] == pytest.approx(film.result.seconds, abs=FRAME_S)
    assert film.result.seconds == pytest.approx(film.result.frames * FRAME_S)


def test_beats_follow_each_other_without_a_gap(film: Rendered):
    spans = film.result.spans
    beats = film.job.card.active_beats(found_in(film.trace))
    assert tuple(span.name for span in spans) == beats
    assert all(span.title == film.job.card.beat_title(span.name, film.job.language) for span in spans)
    assert (spans[0].start_s, spans[-1].end_s) == (0, pytest.approx(film.result.seconds))
    assert all(a.end_s == b.start_s for a, b in itertools.pairwise(spans))
    assert all(span.end_s - span.start_s > 3 for span in spans)


def test_captions_can_be_read(film: Rendered):
    language, spans = film.job.language, {span.name: span for span in film.result.spans}
    assert {cue.beat for cue in film.result.cues} == set(spans)
    for cue in film.result.cues:
        assert spans[cue.beat].start_s <= cue.start_s < cue.end_s <= spans[cue.beat].end_s
        assert cue.end_s - cue.start_s >= reading_seconds("\n".join(cue.lines), language) - 1e-6
        assert fits(cue.lines, language)
    assert all(a.end_s <= b.start_s + 1e-9 for a, b in itertools.pairwise(film.result.cues))


def test_every_number_is_the_trace_s(film: Rendered):
    spans = {span.name: span for span in film.result.spans}
    assert {row.beat for row in film.result.rows} >= set(spans) - {"recap", "local"}
    for row in film.result.rows:
        if row.format in (PLACE, ORDINAL):  # where a value stands, as in "layer 2"
            assert row.value in row.index
        else:
            value = film.trace[row.series].values[row.index].item()
            assert (type(row.value), row.value) == (type(value), value)
        assert row.text == format_value(row.value, row.format)
        assert spans[row.beat].start_s - 1e-9 <= row.time_s <= spans[row.beat].end_s


def test_the_film_moves_and_ends_on_a_picture_that_stands(film: Rendered):
    """Every beat draws something new, and its last frames hold still."""
    grey = film.frames.astype(np.int16).mean(axis=3)
    for span in film.result.spans:
        first, last = round(span.start_s * TINY.fps), round(span.end_s * TINY.fps) - 1
        assert abs(grey[last] - grey[first]).mean() > 0.5, span.name
        assert abs(grey[last] - grey[last - 1]).mean() < 0.5, span.name


def test_the_background_is_the_theme_s(film: Rendered):
    background = LOOKS[film.job.theme].background
    wanted = [int(background[i : i + 2], 16) for i in (1, 3, 5)]
    assert np.median(film.frames[-1].reshape(-1, 3), axis=0) == pytest.approx(wanted, abs=6)


def test_a_still_is_the_film_s_own_frame(film: Rendered, tmp_path):
    """Slides are made of stills; they must show what the film shows."""
    from PIL import Image

    for span in (film.result.spans[1], film.result.spans[-1]):
        path = tmp_path / f"{span.name}.png"
        render_still(film.trace, film.job, span.name, path)
        with Image.open(path) as picture:
            still = np.asarray(picture.convert("RGB")).astype(np.int16)
        frame = film.frames[round(span.end_s * TINY.fps) - 1].astype(np.int16)
        assert still.shape == frame.shape
        assert abs(still - frame).mean() < 3, span.name
