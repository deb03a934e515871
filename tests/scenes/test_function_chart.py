"""Charts of a recorded function: its tangent has the recorded slope, and pieces do not cross a jump."""

import numpy as np
import pytest
from manim import Line

from scenes.parts.charts.function_chart import FunctionChart, TangentRun
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK

ROOM = Box(-3.0, 3.0, -2.0, 2.0)
XS = np.linspace(-2, 2, 81)
SQUARE, STEP = XS**2, (XS > 0) * 1.0


def chart(ys: np.ndarray) -> FunctionChart:
    names = words("z", DARK, 26), words("f", DARK, 26)
    return FunctionChart(DARK, ROOM, (XS, ys), (float(ys.min()), float(ys.max())), names)


def rise(line: Line, of: FunctionChart) -> float:
    """The slope of a line in the chart's own units."""
    across, up = (line.get_end() - line.get_start())[:2]
    unit = of.at(1, 1) - of.at(0, 0)
    return float(up / unit[1] / (across / unit[0]))


@pytest.mark.parametrize("point", [0, 17, 40, 80])
def test_a_tangent_has_its_slope_and_stays_on_the_chart(point: int) -> None:
    on = chart(SQUARE)
    line = on.tangent(2 * XS, point)
    assert rise(line, on) == pytest.approx(2 * XS[point], abs=1e-6)
    assert line.get_left()[0] >= on.box.left - 1e-6
    assert line.get_right()[0] <= on.box.right + 1e-6


def test_a_tangent_runs_from_point_to_point() -> None:
    on = chart(SQUARE)
    line = on.tangent(2 * XS, 0)
    run = TangentRun(line, on, 2 * XS, (0, 80))
    run.begin()
    run.interpolate(0.5)
    assert rise(line, on) == pytest.approx(0, abs=1e-6)
    run.interpolate(1)
    assert rise(line, on) == pytest.approx(4, abs=1e-6)


def test_a_jump_parts_the_curve() -> None:
    pieces = chart(STEP).curve("gradient")
    assert len(pieces) == 2
    assert all(piece.height < 1e-6 for piece in pieces)
    assert len(chart(SQUARE).curve("gradient")) == 1
