"""The window: nine products, one sum, one cell of the output; then it walks, and every stop writes a cell."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.convolution.sums import TERMS_MAX, product_fields, rule, sum_of_products, told
from scenes.parts.cells import Place
from scenes.parts.image import pictured, signed
from scenes.parts.layout import line_box
from scenes.parts.motion import carry, leave
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style
from scenes.stage.declare import allow

HOP_S = 0.42  # from one product to the next
READ_S = (0.8, 0.6, 0.4, 0.2)  # how long the first products stand; the others as long as the last of these
ROW_S = 0.4  # the shortest time for a row of outputs
FORMULA_PX = 40


class Window(ConvStage):
    """The kernel lies over the input; its products stand below it."""

    large: SeriesCells

    def window(self) -> None:
        """Nine products, one sum, one cell."""
        bias = bool(self.item("kernel/bias"))
        self.variant("_".join(["spread"] * (self.dilation > 1) + ["bias"] * bias))
        self.say(size=self.size_text("kernel/height", "kernel/width"))
        gone = self.clear_panel()
        if self.seen != "crop/pixel":  # the numbers that torch sees take the place of the picture's
            gone += [leave(number) for number in self.large.numbers.values()]
            self.large.numbers.clear()
        self.play(*gone, *self.input.adopt(self.large, self.border), run_time=style.MOVE_S)
        self.names = {
            "input": self.over(self.input.box, self._input_name()),
            "kernel": self.over(self.kernel.box, self.name("kernel/name")),
            "output": self.over(self.output.box, self.output_text("size/output")),
        }
        ring = self.input.surround("slide/padded")
        self.play(FadeIn(self.names["input"], ring), run_time=style.QUICK_S)
        at = (self.item("window/y"), self.item("window/x"))
        self.walk = self.walking(
            self.input, self.output, self.array("slide/top"), self.array("slide/left"), at
        )
        self.play(Create(self.walk.window), FadeIn(self.kernel, self.names["kernel"]), run_time=style.SLOW_S)
        self.say()
        self._multiply()
        self.say(sum=self.number("window/output", form=self.output.form()))
        self._add_up()

    def _input_name(self) -> str:
        text = self.input_text()
        if self.seen != "crop/pixel":
            text = self.join(text, " ÷ ", self.number("image/divisor"))
        return text

    def _taps(self) -> Iterator[tuple[Place, Place]]:
        """Places in the kernel with the places in the input that they meet, in the window that is taken apart."""
        top, left = self.item("window/top"), self.item("window/left")
        for ky, kx in np.ndindex(*self.kernel_size):
            yield (ky, kx), (top + self.dilation * ky, left + self.dilation * kx)

    def _multiply(self) -> None:
        """Cell after cell of the window meets its weight; the product stands below."""
        name, hollow = self.over(self.products.box, self.label("products")), self.products.outlines()
        self.play(FadeIn(hollow, name), run_time=style.QUICK_S)
        one: VGroup | None = None
        count, spelled = self.array("kernel/weight").size, told(self)
        for k, (tap, place) in enumerate(self._taps()):
            cell = self.products.draw(tap)
            pair = VGroup(self.input.frame(place, role="ink"), self.kernel.frame(tap, role="ink"))
            allow(pair, "text-over-line", "the marks hop from cell to cell", moving=True)
            moving = FadeIn(pair) if one is None else one.animate.become(pair)
            one = one or pair
            spell = self._product(tap) if tap in spelled else self.no_formula()
            seconds = HOP_S if tap in spelled else HOP_S * TERMS_MAX / count
            self.play(moving, FadeIn(cell), *spell, run_time=seconds)
            if tap in spelled:
                self.hold(READ_S[min(k, len(READ_S) - 1)])
        assert one is not None
        self.play(FadeOut(one), *self.no_formula(), run_time=style.QUICK_S / 2)
        self.working = VGroup(hollow, name, self.products.all())

    def _product(self, tap: Place) -> list[Animation]:
        """Weight times pixel in the formula band."""
        shown = self.formula("{w} times input({x}) = {p}", FORMULA_PX, **product_fields(self, tap))
        if self._formula is not None:
            allow(self._formula, "blink", "the same weight meets the same pixel again")
        return shown

    def _add_up(self) -> None:
        """The products as one sum in the formula band; its result is one cell of the output."""
        self.hollows = self.output.outlines()
        self.play(FadeIn(self.hollows, self.names["output"]), run_time=style.MOVE_S)
        source, fields = sum_of_products(self)
        self.play(*self.formula(source, FORMULA_PX, **fields), run_time=style.MOVE_S)
        target = self.output.draw(self.walk.at)
        self.play(carry(self.products, target), Create(self.walk.mark), run_time=style.MOVE_S)

    # -- slide -----------------------------------------------------------------------------------------------------

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
