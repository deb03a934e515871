"""A film's object whose methods are called one by one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from pipeline import film as films
from scenes.stage.explainer import Explainer
from tests.scenes.watching import SMALL, recorded

FRAMES_BEFORE = 15  # so that clip times are not 0


@pytest.fixture
def stage() -> Iterator[Callable[..., Explainer]]:
    """stage("forward", "en") is that film after FRAMES_BEFORE frames, with nothing on stage."""
    with ExitStack() as settings:

        def make(slug: str = "forward", language: str = "en", **given: Any) -> Explainer:
            job = films.FilmJob(slug, language, "dark", SMALL)
            renderer = settings.enter_context(films.manim_session(job, None))
            film = films._scene(recorded(job.card.recorder, **given), job, (), renderer)
            renderer.time = FRAMES_BEFORE / renderer.camera.frame_rate
            return film

        yield make
