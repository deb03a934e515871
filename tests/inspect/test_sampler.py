"""If the sampler looked elsewhere than it says, inspections would miss what they promise to see."""

from functools import partial
from typing import Any

import pytest
from manim import RIGHT, Scene, Square

from pipeline.film import FilmJob, Quality, manim_session
from pipeline.inspect.inspector import SHARES
from pipeline.inspect.sampler import SamplingRenderer


class Noted:
    """Remembers at which shares of an animation it was called, and where the square was then."""

    def __init__(self) -> None:
        self.seen: list[tuple[float, float]] = []

    def motion(self, film: Any, time_s: float, share: float) -> None:
        self.seen.append((share, float(film.mobjects[0].get_x())))

    def rest(self, film: Any, time_s: float, seconds: float) -> None:
        """Not asked for."""

    def beat_end(self, film: Any, beat: str, time_s: float) -> None:
        """Not asked for."""


class Moving(Scene):
    beat = "one"


@pytest.mark.parametrize(("seconds", "shares"), [(0.1, (0.5,)), (0.5, SHARES), (1.5, SHARES)])
def test_a_short_animation_is_seen_in_its_middle_and_others_all_along(
    seconds: float, shares: tuple[float, ...]
) -> None:
    noted = Noted()
    job = FilmJob("pooling", "en", "dark", Quality.parse("90p60"))
    with manim_session(job, None, partial(SamplingRenderer, noted, SHARES)) as renderer:
        scene = Moving(renderer=renderer)
        square = Square(1)
        scene.add(square)
        scene.play(square.animate.shift(RIGHT), run_time=seconds)
    assert tuple(share for share, _ in noted.seen) == shares
    places = [x for _, x in noted.seen]
    assert places == sorted(places)
    assert all(0 < x < 1 for x in places)
