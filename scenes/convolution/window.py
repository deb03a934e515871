"""The window: nine products, one sum, one cell of the output; then it walks, and every stop writes a cell."""

from __future__ import annotations

from dataclasses import replace

from manim import Create, FadeIn, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.filling import Filling
from scenes.parts.arrays.laid import Laid
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.working import Working
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import leave
from scenes.parts.text.window_rule import filled_rule, window_rule
from scenes.stage import style

ROW_S = 0.3  # the shortest time for a row of outputs
SLOWER_S = (0.7, 0.4)
RULE_S, FILLED_S = 1.8, 2.6  # for the formula, before its letters get numbers, and for these
ACROSS = "sobel-x"  # whose sign says which side is brighter


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
            "input": self.over(self.input.box, name, "x"),
            "kernel": self.over(self.kernel.box, self.label("kernel_filter"), "w"),
            "output": self.over(self.output.box, self.output_text("size/output"), "y"),
        }
        self.play(FadeIn(self.names["input"], self.input.surround("slide/padded")), run_time=style.QUICK_S)
        where = {"tops": self.array("slide/top"), "lefts": self.array("slide/left"), **self.reach}
        at = (int(self.item("window/y")), int(self.item("window/x")))
        self.walk = Filling(self, self.input, self.output, at=at, **where)
        frame = self.walk.over(self.kernel)
        self.play(FadeIn(self.kernel, self.names["kernel"]), Create(frame), run_time=style.MOVE_S)
        ends = ("window/pixel", "window/output", "kernel/bias")
        middle = max(self.kernel.box.right, self.products.box.right)
        laid = Laid(self.walk, self.kernel, ends[0], replace(self.room, left=middle + style.WIDE))
        laid.lay(frame, self.label("laid"))
        self.say()
        self.working = Working(self.walk, self.kernel, self.products, *ends)
        self.working.multiply(self.label("products"), laid.cells)
        self.say()
        self.working.add_up(self.names["output"], instead=laid)

    def slide(self) -> None:
        """Cell by cell, then row by row; then what the largest and the smallest cell say of their windows."""
        values, bias = self.array("slide/output"), float(self.item("kernel/bias"))
        told = self.item("kernel/name") == ACROSS and not bias and values.min() < 0 < values.max()
        self.variant("" if told else "other")
        self.say()
        self.play(leave(self.working.drawn), *self.no_formula(), *self.walk.go((0, 0)), run_time=style.MOVE_S)
        self.walk.each([(0, column) for column in range(self.output.columns)], SLOWER_S)
        self.say(count=self.number("slide/windows", form="d"))
        for row in range(1, self.output.rows):
            self.walk.row(row, max(ROW_S, 0.6**row))
        self.panel = VGroup(self.walk.window, self.walk.mark)
        for end in ("most", "least"):
            y, x = self.array(f"slide/{end}").tolist()
            self.say(value=self.number("slide/output", y, x, form="short"))
            self.play(*self.walk.go((y, x)), run_time=style.MOVE_S)
        self._rule()
        self.remove(self.walk.hollow)

    def _rule(self) -> None:
        """What makes every cell, as a formula, and its numbers for the cell in the frame."""
        self.say()
        box = Box(self.input.box.right, self.output.box.left, self.room.bottom, self.kernel.box.bottom)
        rule = window_rule(self, "kernel", int(self.array("size/stride")[1]), self.dilation)
        fit(rule, box.without(left=style.TIGHT, right=style.TIGHT, top=style.GAP))
        self.panel.add(rule)
        self.play(FadeIn(rule), run_time=style.MOVE_S)
        self.hold(RULE_S)
        source, told = filled_rule(self, self.walk, self.kernel, (self.input.form(), "short"))
        self.say(i=told["i"], j=told["j"])
        self.play(*self.formula(source, style.FORMULA_PX, **told), run_time=style.QUICK_S)
        self.hold(FILLED_S)
