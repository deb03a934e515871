"""Charts of sizes by layer, in the film that draws them: points stand below their layers, names beside their ends."""

from typing import Any

import numpy as np
import pytest

from pipeline import film as films
from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.charts.loss_chart import LossChart
from scenes.parts.room.box import Box
from scenes.vanishing.film import Vanishing
from tests.scenes.watching import SMALL, recorded

ROOM = Box(-6.0, 6.0, -2.0, 2.0)


@pytest.fixture(scope="module", params=[{}, {"depth": 50, "width": 1, "steps": 5}])
def film(request: pytest.FixtureRequest) -> Any:
    job = films.FilmJob("vanishing", "ko", "dark", SMALL)
    trace = recorded("vanishing", **request.param)
    with films.manim_session(job, None) as renderer:
        scene = films._scene(trace, job, ("flat_loss",), renderer, dry=True)
        assert isinstance(scene, Vanishing)
        scene.prepare()
        yield scene


def test_points_stand_below_their_layers(film: Vanishing) -> None:
    strip = film.strips[1]
    chart = film.size_chart(ROOM, dict.fromkeys(film.nets, "x"), across=strip.box)
    for layer in film.array("layer"):
        assert chart.at(layer, 1.0)[0] == pytest.approx(strip.columns[layer].get_center()[0])


def test_names_at_the_ends_keep_apart_and_off_the_lines(film: Vanishing) -> None:
    runs = [int(run) for run in film.array("cures")]
    chart = film.size_chart(ROOM, {run: f"run {'x' * run}" for run in runs}, 0.3)
    heights = sorted(chart.labels[run].get_center()[1] for run in runs)
    assert min(np.diff(heights)) > 0.3
    first = chart.at(1, 1.0)[0]
    assert all(chart.labels[run].get_right()[0] < first for run in runs)
    for run in runs:
        end = chart.at(1, film.array(film.of(run, "delta_norm"))[0])
        assert chart.leads[run].get_end()[1] == pytest.approx(end[1])


def test_losses_are_drawn_as_they_were_recorded(film: Vanishing) -> None:
    chart = LossChart(film, ROOM, {1: "x", 2: "y"})
    for run in (1, 2):
        losses = film.array(film.of(run, "loss"))
        curve = chart.marked(run)[0]
        assert curve.get_end() == pytest.approx(chart.at(len(losses) - 1, losses[-1]))


def test_a_size_of_zero_lies_on_a_line_of_its_own(film: Vanishing) -> None:
    chart = LayerChart(film, ROOM, "moved", {1: "x"}, head=film.head("norm"), decades="scale/moved")
    zero = bool((film.array("run1/moved") == 0).any())
    assert chart.y.scale.share(0.0) == 0.0
    assert (0.0 in chart.y.ticks) == zero
