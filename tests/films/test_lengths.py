"""How long the films are: if these failed, `list` would promise another length, or a film would not fit its lecture."""

from dataclasses import replace

import pytest

from pipeline.film import FilmJob, Quality, measure_film
from scenes import SCENES
from scenes.stage.card import found_in
from scenes.stage.style import LANGUAGES
from tests.films.watching import Rendered
from tests.scenes.watching import play
from tests.shared import recorded

SMOOTH = Quality.parse("90p60")
EACH = pytest.mark.parametrize(
    ("slug", "language"), [(card.slug, lang) for card in SCENES for lang in LANGUAGES]
)


@EACH
def test_the_length_that_list_tells_is_the_film_s(slug: str, language: str):
    """At 60 frames a second, as `make film` renders; fewer frames a second round every hold up by more."""
    told = FilmJob(slug, language, "dark", SMOOTH).card.seconds(language)
    assert told is not None, f"scenes/{slug}/length.toml has no {language}: python tools/lengths.py {slug}"
    assert play(slug, language).seconds == pytest.approx(told, abs=1.5)


@EACH
def test_a_film_takes_about_one_and_a_half_minutes(slug: str, language: str):
    """With its default parameters, and without the beats that a lecture can leave out."""
    job = FilmJob(slug, language, "dark", SMOOTH)
    trace = recorded(job.card.recorder)
    assert set(job.card.extra) <= set(job.card.beats)
    core = job.card.core_beats(found_in(trace))
    lasts = play(slug, language).lasts
    assert 65 <= sum(lasts[beat] for beat in core) <= 125
    assert sum(lasts.values()) <= 180


def test_a_beat_lasts_as_long_whichever_are_left_out():
    job = FilmJob("pooling", "en", "dark", SMOOTH)
    trace, lasts = recorded(job.card.recorder), play("pooling", "en").lasts
    core = job.card.core_beats(found_in(trace))
    assert sum(lasts.values()) == pytest.approx(play("pooling", "en").seconds)
    assert measure_film(trace, replace(job, beats=core)).seconds == pytest.approx(sum(lasts[b] for b in core))


def test_a_formula_of_one_s_own_makes_a_shorter_film(film: Rendered):
    """Measured at 60 frames a second: at the 5 of `film` every short hold is rounded to fifths of a second."""
    if film.trace.params["given"]:
        seconds = measure_film(film.trace, replace(film.job, quality=SMOOTH)).seconds
        assert 45 < seconds < 90


def test_measuring_counts_what_rendering_writes(film: Rendered):
    measured = measure_film(film.trace, film.job)
    assert (measured.frames, measured.spans, measured.cues) == (
        film.result.frames,
        film.result.spans,
        film.result.cues,
    )
