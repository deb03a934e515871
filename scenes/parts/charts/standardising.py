"""Numbers on lines, beside mean and spread of what they belong to: shifted by the mean, stretched by the spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import Animation, Dot, Line, Rectangle, VGroup

from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.explainer import Explainer
from scenes.stage.style import blend

RADIUS, PX = 0.12, 36
BAND, BAND_SHARE = (
    0.42,
    0.22,
)  # height of the band from μ − σ to μ + σ, as a share of its line's room; its colour's share
TICK_SHARE = 0.6
APART = 0.75  # of the signs
NOTCH = 0.1  # half the length of a mark on an axis
LEAST = 0.02  # units of a band that stands for nearly no spread
MORE = 1.1  # than the farthest value needs
REACH = 1.5  # standard deviations to either side that have room in any case


class Standardising(VGroup):
    """A line a row in `rooms`; values, means, stds and `standard`, the standardised values (row,); `spans`: what a line
    reaches from and to.

    `signs` name μ and the ends of the band at the first line where they have room, or else at the widest band; `marks`
    what they become, below the last line.
    `scale_marks`: where one unit holds for all lines, its numbers below the last one.
    `lines`, `bands` (μ − σ to μ + σ), `ticks` (μ) and `dots` (the values), by row.
    """

    def __init__(
        self,
        film: Explainer,
        rooms: Sequence[Box],
        values: np.ndarray,
        means: np.ndarray,
        stds: np.ndarray,
        standard: np.ndarray,
        spans: Sequence[tuple[float, float]],
    ) -> None:
        super().__init__()
        look = self.look = film.look
        self.scale_marks = VGroup()
        self.rooms, self.means, self.standard, self.spans = rooms, means, standard, spans
        self.lines, self.bands, self.ticks, self.dots = VGroup(), VGroup(), VGroup(), VGroup()
        tint = blend(look.background, look.muted, BAND_SHARE)
        for k, room in enumerate(rooms):
            y, half = room.centre[1], TICK_SHARE * room.height / 2
            ends = [room.left, y, 0], [room.right, y, 0]
            self.lines.add(Line(*ends, color=look.muted, stroke_width=style.LINE))
            width = max(2 * stds[k] * self._unit(k), LEAST)
            band = Rectangle(width=width, height=BAND * room.height, stroke_width=0, fill_opacity=1)
            mean, value = (self.at(k, float(one[k])) for one in (means, values))
            self.bands.add(band.set_fill(tint).move_to(mean))
            tick = Line(
                [mean[0], y - half, 0], [mean[0], y + half, 0], color=look.ink, stroke_width=style.LINE
            )
            self.ticks.add(tick)
            self.dots.add(Dot(value, RADIUS, color=look.input))
        self.add(self.bands, self.lines, self.ticks, self.dots)
        wide = [float(band.width) for band in self.bands]
        named = next((k for k, one in enumerate(wide) if one >= 2 * APART), int(np.argmax(wide)))
        top, last = rooms[named].top, rooms[-1]
        middle, reach = self.ticks[named].get_x(), max(self.bands[named].width / 2, APART)
        signs = (("mu - sigma", middle - reach), ("mu", middle), ("mu + sigma", middle + reach))
        marks = (("-rule(1)", -self.sigma), ("rule(0)", 0.0), ("rule(1)", self.sigma))
        self.signs = VGroup(*(film.math(sign, PX).move_to([x, top, 0]) for sign, x in signs))
        self.marks = VGroup(
            *(film.math(mark, PX, "muted").move_to([last.centre[0] + x, last.bottom, 0]) for mark, x in marks)
        )

    def measured_in(self, numbers: Mapping[float, Typeset], unit: Typeset) -> None:
        """Write numbers below the last line, and their unit at its end."""
        row, room = len(self.rooms) - 1, self.rooms[-1]
        self.scale_marks = VGroup(unit.centre_at(np.array([room.right, room.bottom, 0])))
        for number, text in numbers.items():
            x, y, _ = self.at(row, number)
            if x < unit.get_left()[0] - style.TIGHT:
                notch = Line([x, y - NOTCH, 0], [x, y + NOTCH, 0], color=self.look.muted)
                self.scale_marks.add(text.centre_at(np.array([x, room.bottom, 0])), notch)

    def _unit(self, row: int) -> float:
        low, high = self.spans[row]
        return self.rooms[row].width / ((high - low) or 1.0)

    def at(self, row: int, value: float) -> np.ndarray:
        """Where a value lies on its line before anything moves."""
        room = self.rooms[row]
        return np.array([room.left + (value - self.spans[row][0]) * self._unit(row), room.centre[1], 0])

    @property
    def sigma(self) -> float:
        """How many units of the frame a standard deviation has in the end, in every row."""
        return self.rooms[0].width / 2 / max(float(np.abs(self.standard).max()) * MORE, REACH)

    def centred(self) -> list[Animation]:
        """Subtract the mean: every mean moves into the middle of its line, and its value with it."""
        ways = [room.centre - self.at(k, float(self.means[k])) for k, room in enumerate(self.rooms)]
        groups = (self.bands, self.ticks, self.dots)
        return [one.animate.shift(way) for group in groups for one, way in zip(group, ways, strict=True)]

    def scaled(self) -> list[Animation]:
        """Divide by the standard deviation: all bands become equally wide, and the values move with them."""
        moves: list[Animation] = []
        for k, room in enumerate(self.rooms):
            way = np.array([float(self.standard[k]) * self.sigma, 0, 0])
            moves.append(self.dots[k].animate.move_to(room.centre + way))
            moves.append(self.bands[k].animate.stretch_to_fit_width(2 * self.sigma))
        return moves
