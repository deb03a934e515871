"""The first beats of `convolution`: a picture is numbers, a window makes one number of nine, and it walks."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.pixels import PixelFacts, WholeImage
from scenes.convolution.stage import GRID_HEIGHT, GRID_Y, NAME_GAP, ConvStage
from scenes.parts.cells import Place
from scenes.parts.image import Picture, framed, grey, signed
from scenes.parts.motion import arrive, carry, leave
from scenes.parts.place import at
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.declare import allow

HOP_S = 0.42  # from one product to the next
READ_S = (
    0.8,
    0.6,
    0.4,
    0.2,
)  # how long the first products stand; the others stand as long as the last of these
ROW_S = 0.4  # the shortest time for a row of outputs
TERMS_MAX = 12  # more products than these are not spelled out as one sum
AS_PICTURE = (2.6, 1.46)  # the most that the output as a picture takes
ENDS = 3  # of those, so many stand in front of the dots


class WindowBeats(ConvStage):
    """pixels, window, slide."""

    # -- pixels ----------------------------------------------------------------------------------------------------

    def pixels(self) -> None:
        """A picture turns into the numbers that it is."""
        digit, whole = self.item("image/kind") == "digit", bool(self.item("crop/whole"))
        self.variant("" if digit else "whole" if whole else "cropped")
        size = self.size_text("image/height", "image/width")
        self.say(**({"label": self.number("image/label", form="d")} if digit else {}), size=size)
        picture, grid = self._first_picture()
        side = PixelFacts(self, self.input.centre[0] + self.input.size[0] / 2 + 0.7)
        if whole:
            home = picture.get_center()
            picture.set_x(0)
            self.play(FadeIn(picture, scale=0.97), run_time=style.MOVE_S)
            self.hold(style.MOVE_S)
            self.say()
            shown = picture.copy()
            small = shown.animate.become(side.picture(picture))
            self.play(picture.animate.move_to(home), small, run_time=style.SLOW_S)
        else:
            image = WholeImage(self, side.left)
            shown = image.group
            self.play(FadeIn(image.picture), run_time=style.MOVE_S)
            self.say(crop=self.size_text("crop/height", "crop/width"))
            self.play(Create(image.frame), run_time=style.MOVE_S)
            piece = image.frame.copy()
            rays = image.rays(picture)
            self.play(piece.animate.become(picture[1].copy()), FadeIn(picture), run_time=style.SLOW_S)
            self.remove(piece)
            self.play(Create(rays), run_time=style.QUICK_S)
            shown = VGroup(shown, rays)
        self.play(LaggedStart(*(FadeIn(row) for row in grid), lag_ratio=0.35), run_time=2.4)
        self.remove(*picture)
        self.say(low=side.low_text, high=side.high_text)
        facts = side.facts(float(shown[0].get_bottom()[1]), whole)
        self.play(FadeIn(facts), run_time=style.MOVE_S)
        self.panel = VGroup(shown, facts)

    def _first_picture(self) -> tuple[VGroup, list[VGroup]]:
        """The crop as a picture where its numbers will stand, and the numbers row by row."""
        self.fill_input("crop/pixel", self.border)
        rows, columns = self.array("crop/pixel").shape
        high = float(self.item("image/high"))
        rgb = grey(self.array("crop/pixel"), float(self.item("image/low")), high)
        cells, (top, left) = self.input, self.border
        picture = Picture(rgb, columns * cells.pitch[0], rows * cells.pitch[1])
        picture.stretch_to_fit_width(columns * cells.pitch[0]).stretch_to_fit_height(rows * cells.pitch[1])
        middle = (cells.place(top, left) + cells.place(top + rows - 1, left + columns - 1)) / 2
        grid = [
            VGroup(*(cells.cell(top + row, left + column) for column in range(columns)))
            for row in range(rows)
        ]
        return framed(picture.move_to(middle), self.look), grid

    # -- window ----------------------------------------------------------------------------------------------------

    def window(self) -> None:
        """Nine products, one sum, one cell."""
        bias = bool(self.item("kernel/bias"))
        self.variant("_".join(["spread"] * (self.dilation > 1) + ["bias"] * bias))
        self.say(size=self.size_text("kernel/height", "kernel/width"))
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.names = {"input": self._input_name(), "kernel": self.over(self.kernel, self.name("kernel/name"))}
        ring = self.ring()
        self.play(FadeIn(self.names["input"], ring), *self._scaled(), run_time=style.QUICK_S)
        self.mark = self.input.window(
            self.item("window/top"), self.item("window/left"), self.kernel_size, self.dilation
        )
        allow(self.mark, "text-over-line", "the window walks over the numbers", moving=True)
        self.play(Create(self.mark), FadeIn(self.kernel, self.names["kernel"]), run_time=style.SLOW_S)
        self.say()
        self._multiply()
        self.say(sum=self.number("window/output", form=self.form_of("slide/output")))
        self._add_up()

    def _input_name(self) -> Typeset:
        text = self.input_text()
        if float(self.item("image/divisor")) != 1:
            text = self.join(text, " ÷ ", self.number("image/divisor"))
        return self.over(self.input, text)

    def _scaled(self) -> list[Animation]:
        """When torch sees other numbers than the picture holds, they take the place of the picture's."""
        out: list[Animation] = []
        if float(self.item("image/divisor")) == 1 or not self.input.number_px:
            return out
        for row, column in np.ndindex(*self.array("crop/pixel").shape):
            there = (row + self.border[0], column + self.border[1])
            out.append(leave(self.input.numbers[there]))
            new = self.write(self.input, there, "slide/padded")
            out += [arrive(new)] if new is not None else []
        return out

    def _taps(self) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
        """Places in the kernel with the places in the input that they meet, in the window that is taken apart."""
        top, left = self.item("window/top"), self.item("window/left")
        for ky, kx in np.ndindex(*self.kernel_size):
            yield (ky, kx), (top + self.dilation * ky, left + self.dilation * kx)

    def _multiply(self) -> None:
        """Cell after cell of the window meets its weight; the product stands below."""
        limit = float(np.abs(self.array("window/products")).max())
        name = self.over(self.products, self.label("products"))
        hollow = VGroup(*(self.products.hollow(*place) for place in self.products.places()))
        self.play(FadeIn(hollow, name), run_time=style.QUICK_S)
        one: VGroup | None = None
        count = self.kernel_size[0] * self.kernel_size[1]
        for k, (tap, place) in enumerate(self._taps()):
            self.tint(self.products, tap, float(self.array("window/products")[tap]), limit)
            self.write(self.products, tap, "window/products")
            pair = VGroup(self.input.frame(*place, role="ink"), self.kernel.frame(*tap, role="ink"))
            allow(pair, "text-over-line", "the marks hop from cell to cell", moving=True)
            spelled = self._product(tap) if count <= TERMS_MAX or k < ENDS else self.no_formula()
            moving = FadeIn(pair) if one is None else one.animate.become(pair)
            one = pair if one is None else one
            seconds = HOP_S if count <= TERMS_MAX or k < ENDS else HOP_S * TERMS_MAX / count
            self.play(moving, FadeIn(self.products.cell(*tap)), *spelled, run_time=seconds)
            if count <= TERMS_MAX or k < ENDS:
                self.hold(READ_S[min(k, len(READ_S) - 1)])
        assert one is not None
        self.play(FadeOut(one), *self.no_formula(), run_time=style.QUICK_S / 2)
        self.working = VGroup(hollow, name, *(self.products.cell(*place) for place in self.products.places()))

    def _product(self, tap: Place) -> list[Animation]:
        """Weight times pixel in the formula band."""
        series = {"w": "kernel/weight", "x": "window/pixel", "p": "window/products"}
        fields: dict[str, str] = {
            key: self.number(name, *tap, form=self.form_of(name)) for key, name in series.items()
        }
        shown = self.formula("{w} times input({x}) = {p}", 40, **fields)
        if self._formula is not None:
            allow(self._formula, "blink", "the same weight meets the same pixel again")
        return shown

    def _add_up(self) -> None:
        """The products as one sum in the formula band; its result is one cell of the output."""
        self.names["output"] = self.over(
            self.output, self.join(self.label("output"), " ", self.size_text("size/output", "size/output"))
        )
        self.play(FadeIn(self.empty_output(), self.names["output"]), run_time=style.MOVE_S)
        self.play(*self.formula(self._sum(), 40, **self._sum_fields()), run_time=style.MOVE_S)
        cell = (self.item("window/y"), self.item("window/x"))
        target = self.result_cell(*cell)
        self.spot = self.output.frame(*cell)
        allow(self.spot, "text-over-line", "the mark walks with the window", moving=True)
        self.play(carry(self.products, target), Create(self.spot), run_time=style.MOVE_S)
        self.done = {cell}

    def _sum(self) -> str:
        """Every product with its sign when they fit in the band, else the sum with its first and last terms."""
        products = self.array("window/products").ravel()
        terms = range(len(products)) if len(products) <= 12 else (0, 1, 2, len(products) - 1)
        parts: list[str] = []
        for k in terms:
            if parts and k - 1 not in terms:
                parts.append("+ dots.c")
            term = f"({{p{k}}})" if products[k] < 0 and parts else f"{{p{k}}}"
            parts.append(f"+ {term}" if parts else term)
        if float(self.item("kernel/bias")):
            parts.append("+ {b}")
        return " ".join(parts) + " = {y}"

    def _sum_fields(self) -> dict[str, str]:
        products = self.array("window/products")
        form = self.form_of("window/products")
        fields: dict[str, str] = {}
        for k, place in enumerate(np.ndindex(*products.shape)):
            if products.size <= 12 or k in (0, 1, 2, products.size - 1):
                fields[f"p{k}"] = self.number(
                    "window/products", *place, form=form if products[place] else "d"
                )
        fields["b"] = self.number("kernel/bias", form="short")
        fields["y"] = self.number("window/output", form=self.form_of("slide/output"))
        return fields

    # -- slide -----------------------------------------------------------------------------------------------------

    def slide(self) -> None:
        """The window walks; every stop writes one cell."""
        self.say()
        tops, lefts = self.array("slide/top"), self.array("slide/left")
        start = self.input.step(
            int(tops[0]) - self.item("window/top"), int(lefts[0]) - self.item("window/left")
        )
        spot = self.output.step(-self.item("window/y"), -self.item("window/x"))
        walk = [self.mark.animate.shift(start), self.spot.animate.shift(spot)]
        self.play(leave(self.working), *self.formula(self._rule()), *walk, run_time=style.MOVE_S)
        for column in range(len(lefts)):
            self._stop(0, column, 0.5)
        self.say(count=self.number("slide/windows", form="d"))
        for row in range(1, len(tops)):
            self._row(row, max(ROW_S, 1.6 * 0.75**row))
        self.say()
        self.play(FadeOut(self.mark, self.spot), run_time=style.QUICK_S)
        self.remove(self.hollows, *self.hollows)
        self.output.remove(*self.hollows)
        seen = self._as_picture()
        self.play(FadeIn(seen, shift=at(-0.3, 0)), run_time=style.MOVE_S)
        self.panel = VGroup(seen)

    def _rule(self) -> str:
        stride, spread = int(self.item_of("size/stride")), self.dilation
        i, j = ("i", "j") if stride == 1 else ("s i", "s j")
        k, l = ("k", "l") if spread == 1 else ("d k", "d l")  # noqa: E741 - the index of the formula
        bias = " + b" if float(self.item("kernel/bias")) else ""
        return f"y_(i j) = sum_(k, l) w_(k l) dot x_({i} + {k}, {j} + {l}){bias}"

    def item_of(self, name: str, dimension: int = 1) -> float:
        """A size along the width, or along the height (0)."""
        return float(self.array(name)[dimension])

    def _stop(self, row: int, column: int, seconds: float) -> None:
        """The window goes to one place, and the output appears."""
        tops, lefts = self.array("slide/top"), self.array("slide/left")
        moves: list[Animation] = []
        if column:
            step = int(lefts[column] - lefts[column - 1])
            moves = [
                self.mark.animate.shift(self.input.step(0, step)),
                self.spot.animate.shift(self.output.step(0, 1)),
            ]
        elif row:
            back, out_back = self._line_feed(row, tops, lefts)
            moves = [self.mark.animate.shift(back), self.spot.animate.shift(out_back)]
        if (row, column) not in self.done:
            moves.append(self.show_result(row, column))
            self.done.add((row, column))
        self.play(*moves, run_time=seconds)

    def _line_feed(self, row: int, tops: np.ndarray, lefts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        down, back = int(tops[row] - tops[row - 1]), int(lefts[0] - lefts[-1])
        return self.input.step(down, back), self.output.step(1, 1 - len(lefts))

    def _row(self, row: int, seconds: float) -> None:
        """One row in one go: the window walks along, the outputs follow it."""
        lefts = self.array("slide/left")
        self._stop(row, 0, style.QUICK_S / 2)
        rest = [(row, column) for column in range(1, len(lefts)) if (row, column) not in self.done]
        if len(lefts) == 1:
            return
        cells = [self.show_result(*place) for place in rest]
        self.done |= set(rest)
        walk = self.mark.animate(rate_func=linear).shift(self.input.step(0, int(lefts[-1] - lefts[0])))
        spot = self.spot.animate(rate_func=linear).shift(self.output.step(0, len(lefts) - 1))
        filling = [LaggedStart(*cells, lag_ratio=0.9)] if cells else []
        self.play(walk, spot, *filling, run_time=seconds)

    def _as_picture(self) -> VGroup:
        """The output once more, without its numbers: a picture of signs and sizes, where the products stood."""
        values = self.array("slide/output")
        rgb = signed(values, self.look, float(self.item("slide/limit")))
        picture = framed(Picture(rgb, *AS_PICTURE), self.look)
        x, bottom = self.products.centre[0], GRID_Y - GRID_HEIGHT / 2
        picture.move_to(at(x, bottom + picture.height / 2))
        name = self.words(self.label("as_picture"), style.LABEL_PX, "muted")
        return VGroup(picture, name.centre_at(at(x, float(picture.get_top()[1]) + NAME_GAP)))
