"""The first beats of `convolution`: a picture is numbers, a window makes one number of nine, and it walks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.pixels import PixelFacts
from scenes.convolution.stage import NAME_ROOM, ConvStage
from scenes.convolution.sums import TERMS_MAX, product_fields, rule, sum_of_products, told
from scenes.parts.cells import Place, shape_of
from scenes.parts.image import pictured, signed
from scenes.parts.layout import line_box
from scenes.parts.motion import carry, leave
from scenes.stage import style
from scenes.stage.declare import allow

HOP_S = 0.42  # from one product to the next
READ_S = (0.8, 0.6, 0.4, 0.2)  # how long the first products stand; the others as long as the last of these
ROW_S = 0.4  # the shortest time for a row of outputs
FORMULA_PX = 40


class WindowBeats(ConvStage):
    """pixels, window, slide."""

    # -- pixels ----------------------------------------------------------------------------------------------------

    def pixels(self) -> None:
        """A picture turns into the numbers that it is."""
        digit, whole = self.item("image/kind") == "digit", bool(self.item("crop/whole"))
        self.variant("" if digit else "whole" if whole else "cropped")
        size = self.size_text("image/height", "image/width")
        self.say(**({"label": self.number("image/label", form="d")} if digit else {}), size=size)
        left, right = self.whole.columns(1, 1)
        self.large = self.picture_cells(shape_of(self.array("crop/pixel")), (0, 0), "crop/pixel").into(left)
        self.large.fill()
        facts, home = PixelFacts(self, right), self.large.box
        picture = pictured(self.tones("image", "crop/pixel"), self.look, home)
        picture.stretch_to_fit_width(home.width).stretch_to_fit_height(home.height)
        shown = VGroup(facts.picture)
        if whole:
            picture.move_to(self.whole.centre)
            self.play(FadeIn(picture, scale=0.97), run_time=style.MOVE_S)
            self.hold(style.MOVE_S)
            self.say()
            copy = picture.copy()
            moves = [picture.animate.move_to(home.centre), copy.animate.become(facts.picture)]
            self.play(*moves, run_time=style.SLOW_S)
            shown = VGroup(copy)
        else:
            frame = facts.frame()
            self.play(FadeIn(facts.picture), run_time=style.MOVE_S)
            self.say(crop=self.size_text("crop/height", "crop/width"))
            self.play(Create(frame), run_time=style.MOVE_S)
            piece, rays = frame.copy(), facts.rays(frame, picture)
            self.play(piece.animate.become(picture[1].copy()), FadeIn(picture), run_time=style.SLOW_S)
            self.remove(piece)
            self.play(Create(rays), run_time=style.QUICK_S)
            shown.add(frame, rays)
        rows = [
            VGroup(*(self.large.cell((row, column)) for column in range(self.large.columns)))
            for row in range(self.large.rows)
        ]
        self.play(LaggedStart(*map(FadeIn, rows), lag_ratio=0.35), run_time=2.4)
        self.remove(*picture)
        self.say(low=facts.low_text, high=facts.high_text)
        told = facts.facts(whole)
        self.play(FadeIn(told), run_time=style.MOVE_S)
        self.panel = VGroup(shown, told)

    # -- window ----------------------------------------------------------------------------------------------------

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
        corner = (self.item("window/top"), self.item("window/left"))
        self.mark = self.walking(self.input.window(corner, self.kernel_size, self.dilation))
        self.play(Create(self.mark), FadeIn(self.kernel, self.names["kernel"]), run_time=style.SLOW_S)
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
            moving = FadeIn(self.walking(pair)) if one is None else one.animate.become(pair)
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
        cell = (self.item("window/y"), self.item("window/x"))
        target = self.output.draw(cell)
        self.spot = self.walking(VGroup(self.output.frame(cell)))
        self.play(carry(self.products, target), Create(self.spot), run_time=style.MOVE_S)
        self.done = {cell}

    # -- slide -----------------------------------------------------------------------------------------------------

    def slide(self) -> None:
        """The window walks; every stop writes one cell."""
        self.say()
        tops, lefts = self.array("slide/top"), self.array("slide/left")
        there = (self.item("window/y"), self.item("window/x"))
        walk = self._walk(there, (0, 0))
        self.play(leave(self.working), *self.formula(rule(self)), *walk, run_time=style.MOVE_S)
        for column in range(len(lefts)):
            moves = self._walk((0, column - 1), (0, column)) if column else []
            self.play(*moves, *self._results([(0, column)]), run_time=style.QUICK_S)
        self.say(count=self.number("slide/windows", form="d"))
        for row in range(1, len(tops)):
            self._row(row, len(lefts), max(ROW_S, 1.6 * 0.75**row))
        self.say()
        self.play(FadeOut(self.mark, self.spot), run_time=style.QUICK_S)
        self.remove(self.hollows, *self.hollows)
        self.output.remove(*self.hollows)
        values, (_, lower) = self.array("slide/output"), self.middle.rows(1, 1, gap=NAME_ROOM)
        seen = pictured(
            signed(values, self.look, float(self.item("slide/limit"))), self.look, lower, "bottom"
        )
        seen.add(self.over(line_box(seen), self.label("as_picture")))
        self.play(FadeIn(seen), run_time=style.MOVE_S)
        self.panel = VGroup(seen)

    def _walk(self, old: Place, new: Place) -> list[Animation]:
        """Window and mark go from one place of the output to another, and the window to where it sees it from."""
        tops, lefts = self.array("slide/top"), self.array("slide/left")
        down, right = int(tops[new[0]] - tops[old[0]]), int(lefts[new[1]] - lefts[old[1]])
        return [
            self.mark.animate.shift(self.input.step(down, right)),
            self.spot.animate.shift(self.output.step(new[0] - old[0], new[1] - old[1])),
        ]

    def _results(self, places: list[Place]) -> list[Animation]:
        """Outputs appear, but those that are there."""
        new = [place for place in places if place not in self.done]
        self.done |= set(new)
        return [FadeIn(self.output.draw(place)) for place in new]

    def _row(self, row: int, columns: int, seconds: float) -> None:
        """One row in one go: the window walks along, the outputs follow it."""
        back = self._walk((row - 1, columns - 1), (row, 0))
        self.play(*back, *self._results([(row, 0)]), run_time=style.QUICK_S / 2)
        if columns == 1:
            return
        cells = self._results([(row, column) for column in range(1, columns)])
        walk = self._walk((row, 0), (row, columns - 1))
        filling = [LaggedStart(*cells, lag_ratio=0.9)] if cells else []
        self.play(*walk, *filling, run_time=seconds, rate_func=linear)
