"""A recorded tensor as something to look at: maps as pictures, a row as bars or a strip, a matrix as colours."""

from __future__ import annotations

import numpy as np
from manim import Line, Rectangle, VGroup, VMobject

from scenes.parts.pictures.image import Picture, framed, grey, ramp, signed
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.stage import style
from scenes.stage.style import Look

MAPS_MOST = 12  # maps side by side; a trace keeps few more of a large tensor
BARS_MOST = 96  # numbers in a row that are still told apart as bars
BAR_APART = 0.16  # share of a bar's room
BAR_WIDE = 0.5  # at most
BEYOND = 0.08  # the line of zero, at both ends
STRIP = 0.9  # the height of a row of more numbers
CELL_MOST = 0.42  # of a matrix
SHORT = 1.2  # the short side of a long matrix, at least
SQUEEZE = 3.0  # how many times as wide as high (or the other way) a cell may be


def tensor_view(
    look: Look,
    values: np.ndarray,
    box: Box,
    role: str = "activation",
    up: str = "centre",
    wide: float = BAR_WIDE,
) -> VGroup:
    """`values` (one example, or a batch of which the first one is drawn) in a box.

    role: `activation` for what flows forward (where numbers have both signs these are told apart by hue), `input` for
    what was handed in, `gradient` for what comes back, of which the size is drawn, `positive` for parameters.
    """
    first = _one(values.astype(np.float64))
    reach = float(np.abs(first).max()) if first.size else 0.0
    if first.ndim == 3:
        return _maps(look, first, reach, box, role, up)
    if first.ndim == 2:
        return _matrix(look, first, reach, box, role, up)
    if first.shape[0] <= BARS_MOST:
        return _bars(look, first, box, role, wide)
    strip = Picture(_colours(look, first[None], reach, role), 1, 1)
    strip.stretch_to_fit_width(box.width).stretch_to_fit_height(min(STRIP, box.height))
    return fit(framed(strip, look), box, up=up)


def _one(values: np.ndarray) -> np.ndarray:
    """The first example, with three axes at most: of volumes the middle slice of each."""
    while values.ndim > 5:
        values = values[0]
    if values.ndim == 5:  # example, channel, depth, row, column
        values = values[:, :, values.shape[2] // 2]
    if values.ndim > 1:
        values = values[0]
    return values.reshape(-1) if values.ndim == 0 else values


def _colours(look: Look, values: np.ndarray, reach: float, role: str) -> np.ndarray:
    if role == "input":
        return grey(values, float(values.min()), float(values.max()))
    if role == "gradient" or (role == "activation" and values.min() >= 0):
        return ramp(np.abs(values) / (reach or 1.0), look, role)
    return signed(values, look, reach)


def _maps(look: Look, maps: np.ndarray, reach: float, box: Box, role: str, up: str) -> VGroup:
    """A picture for each channel, on one scale; three channels of an input are the colours of one picture."""
    if role == "input" and len(maps) == 3:
        low, high = float(maps.min()), float(maps.max())
        rgb = np.rint(255 * (maps - low) / ((high - low) or 1.0)).astype(np.uint8)
        return fit(framed(Picture(np.moveaxis(rgb, 0, -1), box.width, box.height), look), box, up=up)
    shown = maps[:MAPS_MOST]
    columns, side = _grid(len(shown), shown.shape[1] / shown.shape[2], box)
    gap = style.TIGHT
    out = VGroup()
    for number, one in enumerate(shown):
        row, column = divmod(number, columns)
        tall = side * shown.shape[1] / shown.shape[2]
        picture = framed(Picture(_colours(look, one, reach, role), side, tall), look)
        out.add(picture.move_to([column * (side + gap), -row * (tall + gap), 0]))
    return fit(out, box, up=up)


def _grid(count: int, slope: float, box: Box) -> tuple[int, float]:
    """Columns and the width of one picture so that they are as large as the box allows."""
    best = (count, 0.0)
    for columns in range(1, count + 1):
        rows = -(-count // columns)
        wide = (box.width - style.TIGHT * (columns - 1)) / columns
        high = (box.height - style.TIGHT * (rows - 1)) / rows
        side = min(wide, high / slope)
        if side > best[1] + 1e-9:
            best = (columns, side)
    return best


def _matrix(look: Look, values: np.ndarray, reach: float, box: Box, role: str, up: str) -> VGroup:
    """Colours cell by cell; a matrix that is long one way is squeezed, so that its short side can be seen."""
    rows, columns = values.shape
    across, down = min(box.width / columns, CELL_MOST), min(box.height / rows, CELL_MOST)
    across, down = (
        min(across, max(SQUEEZE * down, SHORT / columns)),
        min(down, max(SQUEEZE * across, SHORT / rows)),
    )
    picture = Picture(_colours(look, values, reach, "activation" if role == "input" else role), 1, 1)
    picture.stretch_to_fit_width(across * columns).stretch_to_fit_height(down * rows)
    return fit(framed(picture, look), box, up=up)


def _bars(look: Look, values: np.ndarray, box: Box, role: str, most: float) -> VGroup:
    """A bar for each number, up or down from a line at zero."""
    pitch = min((box.width - 2 * BEYOND) / len(values), most)
    low, high = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    span = (high - low) or 1.0
    zero = box.bottom + box.height * (-low / span)
    left = box.centre[0] - pitch * len(values) / 2
    bars: list[VMobject] = []
    for number, value in enumerate(values):
        tall = max(box.height * abs(float(value)) / span, 0.0)
        bar = Rectangle(width=pitch * (1 - BAR_APART), height=tall, stroke_width=0, fill_opacity=1)
        bar.set_fill(look.colour(role))
        middle = zero + (tall if value > 0 else -tall) / 2
        bars.append(bar.move_to([left + (number + 0.5) * pitch, middle, 0]))
    ends = [left - BEYOND, zero, 0], [left + pitch * len(values) + BEYOND, zero, 0]
    return VGroup(Line(*ends, color=look.muted, stroke_width=style.LINE), *bars)


def spread_bars(look: Look, counts: np.ndarray, box: Box, role: str) -> VGroup:
    """How often numbers between the least and the largest come: recorded counts in equal bins."""
    most = float(counts.max()) or 1.0
    pitch = box.width / len(counts)
    out = VGroup()
    for number, count in enumerate(counts):
        tall = box.height * float(count) / most
        if tall > 0:
            bar = Rectangle(width=pitch * (1 - BAR_APART), height=tall, stroke_width=0, fill_opacity=0.9)
            bar.set_fill(look.colour(role))
            out.add(bar.move_to([box.left + (number + 0.5) * pitch, box.bottom + tall / 2, 0]))
    return out
