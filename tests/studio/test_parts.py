"""One film drawn in parts by several processes: were these wrong, films would depend on the machine that made them."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.film import FilmJob, Quality
from pipeline.studio import Order, produce
from pipeline.studio.parts import EACH, cut
from scenes.stage.card import found_in
from tests.scenes.watching import recorded

JOB = FilmJob("pooling", "en", "dark", Quality.parse("90p5"))
ORDER = Order(recorded(JOB.card.recorder), JOB)
LARGE = replace(ORDER, job=replace(JOB, quality=Quality.parse("1080p60")))
BEATS = JOB.card.active_beats(found_in(ORDER.trace))


def parts_of(order: Order, workers: int) -> list[tuple[str, ...]]:
    return [part.order.drawn or order.beats for part in cut({0: order}, workers)]


@given(workers=st.integers(1, 64), beats=st.sets(st.sampled_from(BEATS), min_size=1))
def test_parts_are_the_beats_in_their_order(workers: int, beats: set[str]):
    chosen = tuple(beat for beat in BEATS if beat in beats)
    order = replace(ORDER, job=replace(JOB, beats=chosen))
    parts = parts_of(order, workers)
    assert tuple(beat for part in parts for beat in part) == chosen
    assert len(parts) <= EACH * workers
    for part in parts[1:]:  # what was left out before a part would have left other tiles behind
        assert BEATS[BEATS.index(part[0]) - 1] in chosen


def test_so_many_parts_that_every_core_has_something_to_do():
    assert len(parts_of(LARGE, 1)) == len(parts_of(LARGE, 2)) == 1  # one process draws and encodes at a time
    assert len(parts_of(LARGE, 3)) == 3 * EACH
    assert parts_of(LARGE, 99) == [(beat,) for beat in BEATS]
    many = dict.fromkeys(range(4), LARGE)
    assert [part.order for part in cut(many, 8)] == [LARGE] * 4
    assert len(cut(many, 9)) > 4 * 2


def test_small_films_are_cut_sooner_for_they_are_hardly_encoded():
    assert [len(parts_of(ORDER, workers)) for workers in (1, 2, 3)] == [1, 2, 3]


def test_a_master_is_drawn_in_one_go():
    assert parts_of(replace(ORDER, job=replace(JOB, lossless=True)), 8) == [BEATS]


@pytest.mark.parametrize("beats", [(), (*BEATS[1:4], *BEATS[6:])], ids=["whole", "with_beats_left_out"])
def test_a_film_in_parts_is_the_very_same(
    beats: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Really drawn, in one process and in three: the same bytes, and the same numbers, captions and times beside it."""
    order = replace(ORDER, job=replace(JOB, beats=beats))
    made = []
    for workers in (1, 3):
        monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / str(workers)))
        (film,) = produce([order], workers=workers)
        made.append((film.path.read_bytes(), film.result))
    assert made[0] == made[1]
