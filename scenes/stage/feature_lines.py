"""The sample's features as measured and standardised, and lines between them that show how one becomes the other."""

from __future__ import annotations

import numpy as np
from manim import Animation

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.charts.standardising import Standardising
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

PX = 36
PITCH = 1.0  # from one row to the next, where there is room
REACH = 1.1  # of a line of measurements: beyond the largest
TICKS_MOST = 7  # as many as are recorded


def features(film: NetworkStage, box: Box) -> tuple[Table, Standardising]:
    """The shown features as measured and standardised, and between them lines with mean and spread of the training."""
    rows = film.net.folds[0]
    shown = list(rows.shown)
    columns: list[Column | Bars] = [
        Column(film.named("data/features", shown), _head(film, "column_feature"), "left"),
        Column([film.words(film.measured(i), PX) for i in shown], _head(film, "column_raw")),
        Bars([None] * len(shown)),
        Column(film.values("sample/input", shown, ".2f", PX, "input"), _head(film, "column_scaled")),
    ]
    table = Table(film.look, columns, box, rows=rows, pitch=PITCH, gap=style.WIDE)
    units = set(film.array("data/units")[shown])
    alike = len(units) == 1 and units != {""}  # one scale for all
    names = "sample/raw", "data/mean", "data/std", "sample/input"
    raw, mean, std, scaled = (film.array(name)[shown] for name in names)
    least, most = np.minimum(np.minimum(raw, mean - std), 0), REACH * np.maximum(raw, mean + std)
    if alike:
        least, most = np.full_like(least, least.min()), np.full_like(most, most.max())
    rooms = [table.box(row, 2) for row in range(len(shown))]
    spans = list(zip(map(float, least), map(float, most), strict=True))
    lines = Standardising(film, rooms, raw, mean, std, scaled, spans)
    if alike:
        lines.measured_in(
            film.ticks("data/tick", form="d", most=TICKS_MOST), film.words(film.name("data/units", 0))
        )
    return table, lines


def _head(film: NetworkStage, key: str) -> Typeset:
    return film.words(film.label(key), film.name_px, "muted")


def marked(film: NetworkStage, table: Table, feature: int) -> list[Animation]:
    """A feature's name and its measured value take the colour of what is made of them."""
    row = film.net.folds[0].shown.index(feature)
    return [cell.animate.set_color(film.look.input) for cell in table.rows[row][:2]]
