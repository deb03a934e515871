"""One window taken apart: each weight times its pixel, the products below the kernel, their sum as a cell."""

from __future__ import annotations

from manim import Animation, Create, FadeIn, FadeOut, VGroup

from scenes.parts.arrays.cells import Cells, Place, number_form
from scenes.parts.arrays.filling import Filling
from scenes.parts.arrays.hopping import Hopping
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.motion import arrive, carry, leave
from scenes.parts.text.sums import ENDS, TERMS_MAX, Sum
from scenes.stage import style
from scenes.stage.declare import allow

HOP_S = 0.36  # from one product to the next
READ_S = (0.7, 0.5, 0.3, 0.1)  # how long the first products stand; the others as long as the last of these
FORMULA_PX = 40


class Working:
    """The window where `walk` stands; `kernel` and `products` are grids of one shape.

    The series `pixel` holds what the window covers, `output` and `bias` the result and what is added to the sum.
    """

    def __init__(
        self, walk: Filling, kernel: SeriesCells, products: SeriesCells, pixel: str, output: str, bias: str
    ) -> None:
        self.walk, self.kernel, self.products, self.film = walk, kernel, products, walk.film
        self.pixel, self.output, self.bias = pixel, output, bias
        self.drawn = VGroup()  # what is there of the products

    def multiply(self, name: str, weights: Cells) -> None:
        """Cell after cell of the window meets its weight in `weights`; the product stands in the grid called `name`."""
        film, hollow = self.film, self.products.outlines()
        title = film.over(self.products.box, name)
        film.play(FadeIn(hollow, title), run_time=style.QUICK_S)
        marks, taps = Hopping(self.walk.large, weights, role="activation"), self.walk.taps(self.walk.at)
        told = len(taps) if len(taps) <= TERMS_MAX else ENDS  # so many are spelled out one by one
        for k, (tap, place) in enumerate(taps.items()):
            cell = self.products.draw(tap)
            spell = self._product(tap) if k < told else film.no_formula()
            seconds = HOP_S if k < told else HOP_S * TERMS_MAX / len(taps)
            film.play(marks.hop(place, tap), FadeIn(cell), *spell, run_time=seconds)
            film.hold(READ_S[min(k, len(READ_S) - 1)] if k < told else 0.0)
        film.play(FadeOut(marks), *film.no_formula(), run_time=style.QUICK_S / 2)
        self.drawn.add(hollow, title, self.products.all())

    def _product(self, tap: Place) -> list[Animation]:
        """Weight times pixel in the formula band."""
        film, form = self.film, number_form(self.film.array(self.pixel))
        w = film.number(film.s(self.kernel.series), *tap, form=self.kernel.form())
        x = film.number(film.s(self.pixel), *tap, form=form)
        p = film.number(film.s(self.products.series), *tap, form=self.products.form())
        shown = film.formula("{w} times input({x}) = {p}", FORMULA_PX, w=w, x=x, p=p)
        if film._formula is not None:
            allow(film._formula, "blink", "the same weight meets the same pixel again")
        return shown

    def add_up(self, *names: VGroup, instead: VGroup) -> None:
        """The second grid with its names in place of `instead`; the products as a sum in the formula band, and that as
        a cell of the grid.
        """
        film, grid = self.film, self.walk.small
        film.play(leave(instead), arrive(self.walk.hollow, *names), run_time=style.MOVE_S)
        total = Sum(film)
        total.add_all(self.products.series, self.products.form())
        if float(film.item(self.bias)):
            total.add(self.bias)
        y = film.number(film.s(self.output), form=grid.form())
        written = film.formula(f"{total.source} = {{y}}", FORMULA_PX, y=y, **total.fields)
        film.play(*written, run_time=style.MOVE_S)
        cell = grid.draw(self.walk.at)
        film.play(carry(self.products, cell), Create(self.walk.mark), run_time=style.MOVE_S)
