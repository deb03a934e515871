"""How long the films are: if these failed, `list` would promise another length, or a film would not fit its lecture."""

from dataclasses import replace

import pytest

from pipeline.film import FilmJob, Quality, measure_film
from scenes import SCENES
from scenes.stage.style import LANGUAGES
from tests.films.watching import Rendered, recorded

SMOOTH = Quality.parse("90p60")
EACH = pytest.mark.parametrize(
    ("slug", "language"), [(card.slug, lang) for card in SCENES for lang in LANGUAGES]
)


@EACH
def test_the_length_that_list_tells_is_the_film_s(slug: str, language: str):
    """At 60 frames a second, as `make film` renders; fewer frames a second round every hold up by more."""
    job = FilmJob(slug, language, "dark", SMOOTH)
    told = job.card.seconds(language)
    assert told is not None, f"scenes/{slug}/length.toml has no {language}: python tools/lengths.py {slug}"
    assert measure_film(recorded(job.card.recorder), job).seconds == pytest.approx(told, abs=1.5)


def test_a_film_takes_about_one_and_a_half_minutes(film: Rendered):
    """Only the films with their default parameters; one's own formula is shorter.

    At 60 frames a second, as a viewer has it: at the 5 of `film` each of a film's many short moves and holds is rounded
    to fifths of a second, which makes it up to 13 s longer.
    """
    job = replace(film.job, quality=SMOOTH)
    seconds = measure_film(film.trace, job).seconds
    longest = 125 if film.trace.params["given"] == {} else 90
    assert longest / 2 < seconds < longest
    if longest == 125:
        assert seconds >= 65


def test_measuring_counts_what_rendering_writes(film: Rendered):
    measured = measure_film(film.trace, film.job)
    assert (measured.frames, measured.spans, measured.cues) == (
        film.result.frames,
        film.result.spans,
        film.result.cues,
    )
