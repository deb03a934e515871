"""A stopped film: if these failed, Ctrl-C would leave half a film that looks like a whole one."""

from pathlib import Path

import pytest

from pipeline.film import FilmJob, render_film, render_still
from tests.films.watching import TINY, recorded

JOB = FilmJob("backward", "en", "dark", TINY)


def test_an_interrupted_film_leaves_no_file(tmp_path: Path):
    reached: list[tuple[float, str]] = []

    def stop(done_s: float, total_s: float | None, beat: str) -> None:
        reached.append((done_s, beat))
        if done_s > 10:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render_film(recorded("backpropagation"), JOB, tmp_path / "film.mp4", stop)
    assert list(tmp_path.iterdir()) == []
    assert reached[-1][0] > 10
    assert reached[-1][1] in ("graph", "values")
    assert reached == sorted(reached, key=lambda one: one[0])


def test_a_film_that_goes_wrong_leaves_no_file(tmp_path: Path):
    def fail(done_s: float, total_s: float | None, beat: str) -> None:
        raise ZeroDivisionError("while drawing")

    with pytest.raises(ZeroDivisionError, match="while drawing"):
        render_film(recorded("backpropagation"), JOB, tmp_path / "film.mp4", fail)
    assert list(tmp_path.iterdir()) == []


def test_another_film_can_be_made_afterwards(tmp_path: Path):
    """Nothing of the film that was stopped is left in Manim's settings."""
    from manim import config

    before = dict(config)
    test_an_interrupted_film_leaves_no_file(tmp_path)
    assert dict(config) == before
    render_still(recorded("backpropagation"), JOB, "graph", tmp_path / "still.png")
    assert [path.name for path in tmp_path.iterdir()] == ["still.png"]
