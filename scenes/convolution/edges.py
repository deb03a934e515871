"""Filters on a photograph: one at a time with its kernel, both together, then others side by side."""

from __future__ import annotations

from typing import Any

from manim import FadeIn, LaggedStart, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.filter_card import FilterCard
from scenes.parts.filtering import Filtering
from scenes.parts.image import ramp
from scenes.parts.motion import leave
from scenes.parts.recorded_picture import filtered, tones
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style

COLUMNS, ROWS = 3, 2


class Edges(ConvStage):
    """The photograph left, what a filter makes of it right, the kernel between."""

    def edges(self) -> None:
        """Two Sobel filters on a photograph, both together, and other filters beside each other."""
        count = int(self.item("photo/filters"))
        filters = {str(self.item(f"filter{k}/name")): k for k in range(1, count + 1)}
        across, down = filters["sobel-x"], filters["sobel-y"]
        self.say(name=self.name(f"filter{across}/name"))
        panel = Filtering(self, self.room, tones(self, "photo"))
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(panel.source), run_time=style.MOVE_S)
        panel.apply(*self._filter(across))
        self.say()
        self.hold(style.PULSE_S)
        self.say(name=self.name(f"filter{down}/name"))
        panel.apply(*self._filter(down))
        self.say()
        share = self.array("photo/magnitude") / (float(self.item("photo/magnitude_strong")) or 1.0)
        outline = panel.end(ramp(share, self.look, "activation"))
        self.play(*outline, *self.formula("sqrt(g_x^rule(2) + g_y^rule(2))"), run_time=style.SLOW_S)
        self.say()
        self.play(leave(panel.all()), *self.no_formula(), run_time=style.QUICK_S)
        self._gallery([k for name, k in filters.items() if name != "identity"])

    def _filter(self, k: int) -> tuple[SeriesCells, str, Any]:
        """Kernel `k`, its name, and what it makes of the photograph."""
        one = f"filter{k}"
        rgb = filtered(self, f"{one}/map", f"{one}/weight", f"{one}/strong", "photo")
        return SeriesCells(self, f"{one}/weight"), self.name(f"{one}/name"), rgb

    def _gallery(self, chosen: list[int]) -> None:
        """Filters, each with its kernel beside its result; of too many the last one, which may be the user's."""
        boxes = self.whole.grid(ROWS, COLUMNS)
        chosen = chosen if len(chosen) <= len(boxes) else [*chosen[: len(boxes) - 1], chosen[-1]]
        cards = [FilterCard(*self._filter(k), box) for k, box in zip(chosen, boxes, strict=False)]
        self.panel = VGroup(*cards)
        self.play(LaggedStart(*map(FadeIn, cards), lag_ratio=0.3), run_time=2 * style.SLOW_S)
