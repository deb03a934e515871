"""The film of a user's own model, played: if these failed, a model that people bring would not draw, or not be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from engine.declared import declaration
from engine.declared.check import check_series
from pipeline import film as films
from pipeline.inspect.inspector import inspect_film
from pipeline.paint.renderer import MeasuringRenderer
from scenes.model import CARD
from scenes.stage.card import found_in
from scenes.stage.provenance import ORDINAL, PLACE
from tests.scenes.own_models import MODELS, OTHERS, trace_of
from tests.scenes.test_played import outside, too_long, too_small
from tests.scenes.watching import SMOOTH, Played, _watched

EACH = pytest.mark.parametrize("name", [*MODELS, *OTHERS])


@cache
def played(name: str, language: str) -> Played:
    """A model's film, played dry."""
    job, trace = films.FilmJob(CARD.slug, language, "dark", SMOOTH), trace_of(name)
    found = Played(CARD.active_beats(found_in(trace)))
    with _watched(found), films.manim_session(job, None, MeasuringRenderer) as renderer:
        film = films._scene(trace, job, (), renderer)
        film.render()
    found.seconds = film.clip_time
    return found


@EACH
@pytest.mark.parametrize("language", ["ko", "en"])
def test_it_draws_and_can_be_read(name: str, language: str) -> None:
    film = played(name, language)
    assert list(film.texts) == list(film.beats)
    assert (outside(film), too_long(film, language), too_small(film)) == ([], [], set())


@EACH
def test_what_is_shown_is_what_the_trace_says(name: str) -> None:
    trace = trace_of(name)
    rows = played(name, "en").rows
    assert rows
    for row in rows:
        value = trace[row.series].values[row.index].item()
        assert row.value in row.index if row.format in (PLACE, ORDINAL) else row.value == value


@EACH
def test_its_trace_is_what_is_declared(name: str) -> None:
    declared = declaration(CARD.recorder)
    assert declared is not None
    check_series(trace_of(name), declared)


def test_a_run_without_a_loss_has_no_way_back() -> None:
    assert set(CARD.beats) - set(played("forward_only", "en").beats) == {"backward", "norms"}


def test_every_block_that_a_gradient_reached_is_told_of() -> None:
    trace = trace_of("lenet")
    shown = {row.index for row in played("lenet", "en").rows if row.series == "gradient/norm"}
    reached = {(i,) for i, one in enumerate(trace["gradient/reached"].values.tolist()) if one}
    assert shown
    assert shown <= reached


@pytest.mark.parametrize("name", ["residual", "lstm"])
def test_inspect_finds_nothing(name: str) -> None:
    """One model whose blocks open, and one whose blocks are single steps."""
    job = films.FilmJob(CARD.slug, "en", "light", films.Quality.parse("480p60"))
    inspection = inspect_film(trace_of(name), job, CARD, sheet=False)
    assert [str(one) for one in inspection.problems] == []


def _norms(name: str) -> Iterator[float]:
    return (float(row.value) for row in played(name, "en").rows if row.series == "gradient/norm")


def test_a_deep_net_shows_that_its_gradient_vanishes() -> None:
    norms = list(_norms("deep"))
    assert max(norms) > 1e6 * min(norms) > 0
