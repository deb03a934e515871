"""Points of several classes on a chart, told apart by shape and colour, and the regions that a model gives them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import VGroup

from scenes.parts.charts.chart import Chart
from scenes.parts.charts.markers import RADIUS, marker
from scenes.parts.pictures.image import Picture
from scenes.stage import style
from scenes.stage.style import Look, blend

CLASS_ROLES = ("positive", "negative", "activation", "gradient", "input", "loss")  # in the order of classes
REGION = 0.3  # share of a class's colour in its region, where the model is sure


def class_mark(look: Look, label: int, radius: float = RADIUS) -> VGroup:
    """The mark of a class, the same on every chart and in every legend."""
    shape = marker(label, look, CLASS_ROLES[label % len(CLASS_ROLES)], radius)
    return VGroup(shape.set_stroke(look.background, style.HAIRLINE))


def scatter(
    chart: Chart, xs: Sequence[float], ys: Sequence[float], labels: Sequence[int], radius: float = RADIUS
) -> list[VGroup]:
    """One mark a point, in the points' order; labels are class numbers from 0."""
    points = zip(xs, ys, labels, strict=True)
    return [class_mark(chart.look, int(label), radius).move_to(chart.at(x, y)) for x, y, label in points]


def regions(chart: Chart, shares: np.ndarray) -> Picture:
    """What a model says of every place of the chart, as one picture to be laid behind it.

    shares (row, column, class), each in 0..1 with sum 1, at points spread evenly from corner to corner of the axes:
    rows from the bottom up, columns from the left. A place has the colours of its classes, mixed as they share it.
    """
    if shares.ndim != 3 or not np.allclose(shares.sum(axis=2), 1, atol=1e-3):
        raise ValueError(f"Shares of shape {shares.shape} do not sum to one at every place")
    look = chart.look
    colours = [
        blend(look.background, look.colour(CLASS_ROLES[k % len(CLASS_ROLES)]), REGION)
        for k in range(shares.shape[2])
    ]
    rgb = np.array([[int(one[i : i + 2], 16) for i in (1, 3, 5)] for one in colours], dtype=np.float64)
    picture = Picture(np.rint(shares[::-1] @ rgb).astype(np.uint8), chart.box.width, chart.box.height)
    picture.stretch_to_fit_width(chart.box.width).stretch_to_fit_height(chart.box.height)
    picture.move_to(chart.box.centre).set_z_index(-1)
    return picture
