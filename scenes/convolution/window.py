"""The window is taken apart: nine products, one sum, one cell of the output."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, VGroup

from scenes.convolution.stage import ConvStage
from scenes.convolution.sums import TERMS_MAX, product_fields, sum_of_products, told
from scenes.convolution.walk import Walk
from scenes.parts.cells import Place
from scenes.parts.motion import carry, leave
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style
from scenes.stage.declare import allow

HOP_S = 0.42  # from one product to the next
READ_S = (0.8, 0.6, 0.4, 0.2)  # how long the first products stand; the others as long as the last of these
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
        self.walk = Walk(self, self.input, self.output, self.array("slide/top"), self.array("slide/left"), at)
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
