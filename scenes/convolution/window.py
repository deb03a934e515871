"""The window: nine products, one sum, one cell of the output; then it walks, and every stop writes a cell."""

from __future__ import annotations

from manim import Animation, Create, FadeIn, FadeOut, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.cells import Place, number_form
from scenes.parts.filling import Filling
from scenes.parts.hopping import Hopping
from scenes.parts.image import pictured, signed
from scenes.parts.layout import line_box
from scenes.parts.motion import carry, leave
from scenes.parts.series_cells import SeriesCells
from scenes.parts.sums import ENDS, TERMS_MAX, Sum
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
        self.say(size=self.sized("kernel/height", "kernel/width"))
        gone, name = self.clear_panel(), self.input_text()
        if self.seen != "crop/pixel":  # the numbers that torch sees take the place of the picture's
            gone += [leave(number) for number in self.large.numbers.values()]
            self.large.numbers.clear()
            name = self.join(name, " ÷ ", self.number("image/divisor"))
        self.play(*gone, *self.input.adopt(self.large, self.border), run_time=style.MOVE_S)
        self.names = {
            "input": self.over(self.input.box, name),
            "kernel": self.over(self.kernel.box, self.name("kernel/name")),
            "output": self.over(self.output.box, self.output_text("size/output")),
        }
        self.play(FadeIn(self.names["input"], self.input.surround("slide/padded")), run_time=style.QUICK_S)
        where = {"tops": self.array("slide/top"), "lefts": self.array("slide/left"), **self.reach}
        at = (int(self.item("window/y")), int(self.item("window/x")))
        self.walk = Filling(self, self.input, self.output, at=at, **where)
        self.play(Create(self.walk.window), FadeIn(self.kernel, self.names["kernel"]), run_time=style.SLOW_S)
        self.say()
        self._multiply()
        self.say(sum=self.number("window/output", form=self.output.form()))
        self._add_up()

    def _multiply(self) -> None:
        """Cell after cell of the window meets its weight; the product stands below."""
        name, hollow = self.over(self.products.box, self.label("products")), self.products.outlines()
        self.play(FadeIn(hollow, name), run_time=style.QUICK_S)
        marks, taps = Hopping(self.input, self.kernel), self.walk.taps(self.walk.at)
        told = len(taps) if len(taps) <= TERMS_MAX else ENDS  # so many are spelled out one by one
        for k, (tap, place) in enumerate(taps.items()):
            cell = self.products.draw(tap)
            spell = self._product(tap) if k < told else self.no_formula()
            seconds = HOP_S if k < told else HOP_S * TERMS_MAX / len(taps)
            self.play(marks.hop(place, tap), FadeIn(cell), *spell, run_time=seconds)
            self.hold(READ_S[min(k, len(READ_S) - 1)] if k < told else 0.0)
        self.play(FadeOut(marks), *self.no_formula(), run_time=style.QUICK_S / 2)
        self.working = VGroup(hollow, name, self.products.all())

    def _product(self, tap: Place) -> list[Animation]:
        """Weight times pixel in the formula band."""
        w = self.number("kernel/weight", *tap, form=self.kernel.form())
        x = self.number("window/pixel", *tap, form=number_form(self.array("window/pixel")))
        p = self.number("window/products", *tap, form=self.products.form())
        shown = self.formula("{w} times input({x}) = {p}", FORMULA_PX, w=w, x=x, p=p)
        if self._formula is not None:
            allow(self._formula, "blink", "the same weight meets the same pixel again")
        return shown

    def _add_up(self) -> None:
        """The products as one sum in the formula band; its result is one cell of the output."""
        self.play(FadeIn(self.walk.hollow, self.names["output"]), run_time=style.MOVE_S)
        total = Sum(self)
        total.add_all("window/products", self.products.form())
        if float(self.item("kernel/bias")):
            total.add("kernel/bias")
        y = self.number("window/output", form=self.output.form())
        written = self.formula(f"{total.source} = {{y}}", FORMULA_PX, y=y, **total.fields)
        self.play(*written, run_time=style.MOVE_S)
        target = self.output.draw(self.walk.at)
        self.play(carry(self.products, target), Create(self.walk.mark), run_time=style.MOVE_S)

    def slide(self) -> None:
        """Cell by cell, then row by row, and the output as a picture."""
        self.say()
        gone = [leave(self.working), *self.formula(self._rule())]
        self.play(*gone, *self.walk.go((0, 0)), run_time=style.MOVE_S)
        self.walk.each([(0, column) for column in range(self.output.columns)])
        self.say(count=self.number("slide/windows", form="d"))
        for row in range(1, self.output.rows):
            self.walk.row(row, max(ROW_S, 1.6 * 0.75**row))
        self.say()
        self.play(self.walk.end(), run_time=style.QUICK_S)
        self.remove(self.walk.hollow)
        colours = signed(self.array("slide/output"), self.look, float(self.item("slide/limit")))
        _, lower = self.middle.rows(1, 1, gap=style.NAME_ROOM)
        seen = pictured(colours, self.look, lower.without(bottom=style.TIGHT), "bottom")
        self.show(seen, self.over(line_box(seen), self.label("as_picture")))

    def _rule(self) -> str:
        """The value of any place of the output."""
        i, j = ("i", "j") if int(self.array("size/stride")[1]) == 1 else ("s i", "s j")
        row, column = ("k", "l") if self.dilation == 1 else ("d k", "d l")
        bias = " + b" if float(self.item("kernel/bias")) else ""
        return f"y_(i j) = sum_(k, l) w_(k l) dot x_({i} + {row}, {j} + {column}){bias}"
