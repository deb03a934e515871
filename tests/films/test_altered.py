"""Films of altered traces: what passes the check against the declared series is drawn, or refused in a sentence.

A sample; ``python -m tests.altered.grid`` draws all of them.
"""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from engine.trace.series import Series
from pipeline.film import FilmJob, Quality, measure_film
from pipeline.make import choose
from scenes import SCENES
from scenes.stage.card import found_in
from tests.altered.alterations import replaced, together
from tests.films.watching import recorded

WAYS = (("zeros", 1.0), ("scaled up", 0.5))


@pytest.mark.parametrize(("way", "share"), WAYS, ids=[way for way, _ in WAYS])
@pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_is_as_declared_is_drawn(card, way: str, share: float) -> None:
    trace = together(recorded(card.recorder), way, share, 1)
    job = FilmJob(card.slug, "en", "dark", Quality.parse("144p5"))
    try:
        film = measure_film(trace, job)
    except InputError:
        return
    assert [span.name for span in film.spans] == list(card.active_beats(found_in(trace)))


def test_pre_activations_beyond_the_curve_have_no_dots() -> None:
    trace = recorded("vanishing")
    quantiles = {name: one for name, one in trace.series.items() if name.endswith("/z_quantile")}
    beyond = {name: Series(np.full(one.shape, 1000.0), one.axes) for name, one in quantiles.items()}
    job = FilmJob("vanishing", "en", "dark", Quality.parse("144p5"), beats=("slope",))
    film = measure_film(replaced(trace, series={**trace.series, **beyond}), job)
    assert [span.name for span in film.spans] == ["slope"]


@pytest.mark.parametrize("resolved", [3, [], "x", {"seed": 0}, {}])
def test_a_trace_file_whose_parameters_are_none_is_refused(resolved: object, tmp_path: Path) -> None:
    trace = recorded("backpropagation")
    path = tmp_path / "t.npz"
    params = {"given": {}, "resolved": resolved if isinstance(resolved, dict) else {}}
    altered = replaced(trace, params=params)
    object.__setattr__(altered, "params", {"given": {}, "resolved": resolved})
    altered.save(path)
    with pytest.raises(InputError, match=r"record it again"):
        choose(["backward"], path)
