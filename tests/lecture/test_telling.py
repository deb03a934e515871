"""What a lecture changes of a film: if these failed, a voice would be cut off, or own words would not be shown."""

from collections.abc import Callable

import pytest

from engine.errors import InputError
from pipeline.film import FilmJob, FilmResult, Quality, measure_film
from scenes.stage.telling import Telling
from tests.films.watching import recorded

Measure = Callable[..., FilmResult]
BEATS = ("graph", "local", "chain")


@pytest.fixture(scope="module")
def measure() -> Measure:
    def play(**changes: object) -> FilmResult:
        quality = Quality("t", 160, 90, 5)
        job = FilmJob("backward", "en", "dark", quality, "none", BEATS, Telling(**changes))  # type: ignore[arg-type]
        return measure_film(recorded("backpropagation"), job)

    return play


@pytest.fixture(scope="module")
def usual(measure: Measure) -> FilmResult:
    return measure()


def said(film: FilmResult, beat: str) -> list[str]:
    return [" ".join(cue.lines) for cue in film.cues if cue.beat == beat]


def length(film: FilmResult, beat: str) -> float:
    return next(span.end_s - span.start_s for span in film.spans if span.name == beat)


def test_a_beat_lasts_as_long_as_it_must(measure: Measure, usual: FilmResult):
    longer = length(usual, "graph") + 3.1
    film = measure(least_s=(("graph", longer),))
    assert longer <= length(film, "graph") <= longer + 0.2 + 1e-9
    assert length(film, "local") == pytest.approx(length(usual, "local"))
    shorter = measure(least_s=(("graph", 0.5),))
    assert shorter.seconds == usual.seconds


def test_a_caption_stays_as_long_as_its_voice(measure: Measure, usual: FilmResult):
    film = measure(captions_s=(("local", (0.1, 9.0)),))
    first, second, _ = (cue for cue in film.cues if cue.beat == "local")
    before, *_ = (cue for cue in usual.cues if cue.beat == "local")
    assert first.end_s - first.start_s == pytest.approx(before.end_s - before.start_s)
    assert 9.0 <= second.end_s - second.start_s < 10.5


def test_own_words_are_said_with_the_numbers_of_the_run(measure: Measure, usual: FilmResult):
    own = (("chain", (("One 0.5", "Two."), ("On.",), ("By {wrt} it is {gradient}.",), ("{turn}",))),)
    film = measure(captions=own)
    turn = said(usual, "chain")[-1]
    assert said(film, "chain") == ["One 0.5", "Two.", "On.", "By w it is 12.", turn]
    assert said(film, "graph") == said(usual, "graph")
    assert [row.text for row in film.rows] == [row.text for row in usual.rows]


def test_a_caption_can_be_left_out(measure: Measure):
    own = (("chain", ((), ("On.",), ("By {wrt} it is {gradient}.",), ("So.",))),)
    assert said(measure(captions=own), "chain") == ["On.", "By w it is 12.", "So."]


def test_a_number_that_the_run_does_not_have_is_refused(measure: Measure):
    with pytest.raises(InputError, match=r"asks for \{speed\}"):
        measure(captions=(("chain", ((), (), ("At {speed}.",), ())),))


def test_slower_reading_holds_captions_longer(measure: Measure, usual: FilmResult):
    slow = measure(reading_time=2.0)
    for one, other in zip(usual.cues, slow.cues, strict=True):
        assert other.end_s - other.start_s >= one.end_s - one.start_s - 1e-9
    assert slow.seconds > usual.seconds + 4
