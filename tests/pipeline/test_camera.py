"""The film camera: if it drew anything else than Manim's own, every film would be wrong in its pixels."""

from pathlib import Path

import numpy as np
import pytest
from manim import Camera

from engine import recorders
from pipeline import camera
from pipeline.film import FilmJob, Quality, render_still

SMALL = Quality.parse("240p5")


@pytest.mark.parametrize(("slug", "beat"), [("forward", "matrix"), ("backward", "chain")])
def test_it_draws_the_pixels_of_manims_own_camera(
    slug: str, beat: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    from PIL import Image

    job = FilmJob(slug, "ko", "dark", SMALL)
    trace = recorders.run(job.card.recorder, {})
    ours, manims = tmp_path / "ours.png", tmp_path / "manims.png"
    render_still(trace, job, beat, ours)
    monkeypatch.setattr(camera, "FilmCamera", Camera)
    render_still(trace, job, beat, manims)
    assert np.array_equal(np.asarray(Image.open(ours)), np.asarray(Image.open(manims)))


def test_a_moved_mobject_gets_a_new_path():
    from manim import Square, tempconfig

    with tempconfig({"pixel_width": 160, "pixel_height": 90, "frame_rate": 5}):
        film_camera, square = camera.FilmCamera(), Square(fill_opacity=1)
        pictures = []
        for _ in range(2):
            film_camera.reset()
            film_camera.capture_mobjects([square])
            pictures.append(film_camera.pixel_array.copy())
            square.shift([2, 0, 0])
    assert not np.array_equal(*pictures)
