"""The window walks over the picture, and every stop writes one cell."""

from __future__ import annotations

from manim import Animation, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.convolution.sums import rule
from scenes.convolution.walk import Walk
from scenes.parts.cells import Place
from scenes.parts.image import pictured, signed
from scenes.parts.layout import line_box
from scenes.parts.motion import leave
from scenes.stage import style

ROW_S = 0.4  # the shortest time for a row of outputs


class Slide(ConvStage):
    """What the beat on one window left is `walk`, `working` (its products) and `hollows` (the empty output)."""

    walk: Walk
    working: VGroup
    hollows: VGroup

    def slide(self) -> None:
        """Cell by cell, then row by row, and the output as a picture."""
        self.say()
        gone = [leave(self.working), *self.formula(rule(self))]
        self.play(*gone, *self.walk.go((0, 0)), run_time=style.MOVE_S)
        for column in range(self.output.columns):
            moves = self.walk.go((0, column)) if column else []
            self.play(*moves, *self._results([(0, column)]), run_time=style.QUICK_S)
        self.say(count=self.number("slide/windows", form="d"))
        for row in range(1, self.output.rows):
            self._row(row, max(ROW_S, 1.6 * 0.75**row))
        self.say()
        self.play(FadeOut(self.walk.window, self.walk.mark), run_time=style.QUICK_S)
        self.remove(self.hollows, *self.hollows)
        self.output.remove(*self.hollows)
        colours = signed(self.array("slide/output"), self.look, float(self.item("slide/limit")))
        _, lower = self.middle.rows(1, 1, gap=NAME_ROOM)
        seen = pictured(colours, self.look, lower.without(bottom=style.TIGHT), "bottom")
        self.panel = VGroup(seen, self.over(line_box(seen), self.label("as_picture")))
        self.play(FadeIn(self.panel), run_time=style.MOVE_S)

    def _row(self, row: int, seconds: float) -> None:
        """One row in one go: the window walks along, the outputs follow it."""
        self.play(*self.walk.go((row, 0)), *self._results([(row, 0)]), run_time=style.QUICK_S / 2)
        places = [(row, column) for column in range(1, self.output.columns)]
        if places:
            cells = self._results(places)
            filling = [LaggedStart(*cells, lag_ratio=0.9)] if cells else []
            self.play(*self.walk.go(places[-1]), *filling, run_time=seconds, rate_func=linear)

    def _results(self, places: list[Place]) -> list[Animation]:
        """Outputs appear, but the one that is there."""
        first = (self.item("window/y"), self.item("window/x"))
        return [FadeIn(self.output.draw(place)) for place in places if place != first]
