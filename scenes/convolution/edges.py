"""Filters on a photograph: one at a time with its kernel, both together, then others side by side."""

from __future__ import annotations

import numpy as np
from manim import FadeIn, LaggedStart, VGroup

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.parts.box import Box
from scenes.parts.image import grey, pictured, ramp, signed
from scenes.parts.motion import arrive, leave
from scenes.parts.scan import scan
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style

SCAN_S = 2.6
COLUMNS, ROWS = 3, 2
CELL = 0.62  # of a kernel, at most
FLAT = 0.5  # a kernel whose weights add up to less shows differences, no brightness


class Edges(ConvStage):
    """The photograph left, what a filter makes of it right, the kernel between."""

    def edges(self) -> None:
        """Two Sobel filters on a photograph, both together, and other filters beside each other."""
        count = int(self.item("photo/filters"))
        filters = {str(self.item(f"filter{k}/name")): k for k in range(1, count + 1)}
        across, down = filters["sobel-x"], filters["sobel-y"]
        self.say(name=self.name(f"filter{across}/name"))
        left, middle, right = self.room.columns(2.7, 1, 2.7, gap=style.GAP)
        photo = pictured(self.tones("photo"), self.look, left)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(photo), run_time=style.MOVE_S)
        kernel = self._kernel(across, middle)
        name = self.over(kernel.box, self.name(f"filter{across}/name"))
        shown = pictured(self._colours(across), self.look, right)
        frame = shown[1]  # it stays, whatever stands in it
        self.play(FadeIn(kernel, name, frame), run_time=style.MOVE_S)
        scan(self, photo, shown, SCAN_S)
        self.say()
        self.hold(style.PULSE_S)
        self.say(name=self.name(f"filter{down}/name"))
        other = self.over(kernel.box, self.name(f"filter{down}/name"))
        turn = kernel.turn_into(self._kernel(down, middle))
        self.play(*turn, leave(name, shown[0]), arrive(other), run_time=style.MOVE_S)
        shown = VGroup(pictured(self._colours(down), self.look, right)[0], frame)
        scan(self, photo, shown, SCAN_S)
        self.say()
        share = self.array("photo/magnitude") / (float(self.item("photo/magnitude_strong")) or 1.0)
        outline = pictured(ramp(share, self.look, "activation"), self.look, right)[0]
        gone = leave(kernel.all(), other, shown[0])
        self.play(
            gone, arrive(outline), *self.formula("sqrt(g_x^rule(2) + g_y^rule(2))"), run_time=style.SLOW_S
        )
        self.say()
        self.play(leave(photo, outline, frame), *self.no_formula(), run_time=style.QUICK_S)
        self.panel = self._gallery([k for name, k in filters.items() if name != "identity"])
        self.play(LaggedStart(*map(FadeIn, self.panel), lag_ratio=0.3), run_time=2 * style.SLOW_S)

    def _kernel(self, k: int, box: Box) -> SeriesCells:
        return SeriesCells(self, f"filter{k}/weight").into(box, CELL).fill()

    def _colours(self, k: int) -> np.ndarray:
        """The result of filter `k`: by sign where its weights add up to nothing, else as brightness."""
        values = self.array(f"filter{k}/map")
        if abs(float(self.array(f"filter{k}/weight").sum())) > FLAT:
            return grey(values, float(self.item("photo/low")), float(self.item("photo/high")))
        return signed(values, self.look, float(self.item(f"filter{k}/strong")))

    def _gallery(self, chosen: list[int]) -> VGroup:
        """Filters, each with its kernel beside its result; of too many the last one, which may be the user's."""
        boxes = self.whole.grid(ROWS, COLUMNS)
        chosen = chosen if len(chosen) <= len(boxes) else [*chosen[: len(boxes) - 1], chosen[-1]]
        return VGroup(*(self._card(k, box) for k, box in zip(chosen, boxes, strict=False)))

    def _card(self, k: int, box: Box) -> VGroup:
        side, rest = box.columns(1, 2.5, gap=style.TIGHT)
        kernel = self._kernel(k, side.without(top=NAME_ROOM))
        name = self.fitted(self.name(f"filter{k}/name"), side.width, style.SMALL_PX, "muted")
        name.centre_at([side.centre[0], kernel.box.top + NAME_ROOM / 2, 0])
        return VGroup(name, kernel, pictured(self._colours(k), self.look, rest))
