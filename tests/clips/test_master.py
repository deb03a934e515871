"""Masters lose nothing: if these failed, every format would show what was never drawn, or at other times."""

from fractions import Fraction
from math import ceil, floor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.clips.footage import filled
from pipeline.clips.formats import rates
from tests.clips.filmed import composed, drawn_over, footage, last, painted

RUNS = st.lists(st.tuples(st.integers(0, 255), st.integers(1, 9)), min_size=1, max_size=8)


def picture(seed: int) -> np.ndarray:
    """Noise with premultiplied alpha, (18, 32, 4)."""
    pixels = np.random.default_rng(seed).integers(0, 256, (18, 32, 4), dtype=np.uint8)
    pixels[..., :3] = np.minimum(pixels[..., :3], pixels[..., 3:])
    return pixels


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RUNS)
def test_every_pixel_and_every_frame_comes_back(tmp_path: Path, runs: list[tuple[int, int]]) -> None:
    master = painted(tmp_path / "m.mov", [(picture(seed), frames) for seed, frames in runs])
    read = list(master.pictures())
    assert [frames for _, frames in read] == [frames for _, frames in runs]
    for (pixels, _), (seed, _) in zip(read, runs, strict=True):
        assert np.array_equal(pixels, picture(seed))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(RUNS, st.sampled_from([*rates(15), Fraction(5)]))
def test_a_lower_rate_shows_what_the_film_shows_at_that_time(
    tmp_path: Path, runs: list[tuple[int, int]], fps: Fraction
) -> None:
    master = painted(
        tmp_path / "m.mov", [(picture(seed), frames) for seed, frames in runs], transparent=False
    )
    shown = [
        bytes(shot.picture.tobytes()) for shot in footage(master, fps=fps).shots() for _ in range(shot.frames)
    ]
    drawn = [picture(seed)[..., :3].tobytes() for seed, frames in runs for _ in range(frames)]
    times = range(ceil(len(drawn) * fps / 15))
    assert shown == [drawn[floor(time * 15 / fps)] for time in times]
    assert footage(master, fps=fps).frames == len(shown)


def test_rates_take_every_nth_frame_and_stay_watchable() -> None:
    assert rates(60, 15) == [15, 12, 10, Fraction(60, 7), Fraction(15, 2)]
    assert rates(30) == [30, 15, 10, Fraction(15, 2)]
    assert rates(25, 15)[0] == Fraction(25, 2)
    assert rates(5, 15) == [5]


@pytest.mark.parametrize("ground", [(255, 255, 255), (0, 0, 0)])
def test_what_cannot_be_seen_has_the_colour_next_to_it(clear, ground: tuple[int, int, int]) -> None:
    """Filling changes nothing that is seen, and leaves no black beside a soft edge."""
    (shot,) = list(footage(clear).shots())[-1:]
    pixels = filled(shot.picture, (255, 255, 255))
    assert abs(composed(pixels, ground) - drawn_over(last(clear), ground)).max() <= 2
    unseen = pixels[pixels[..., 3] == 0][:, :3]
    assert len(np.unique(unseen, axis=0)) > 10
    assert unseen.sum(axis=1).min() > 40  # the darkest of the theme, its ink, is 80
