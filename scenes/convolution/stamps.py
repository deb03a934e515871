"""A transposed convolution: each input cell stamps the kernel, times its value, onto a larger picture."""

from __future__ import annotations

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.cells import Place
from scenes.parts.series_cells import SeriesCells


class StampBoard:
    """The input left, the kernel and the first stamp between, the sum of all stamps right."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        self.input, self.kernel, self.product, self.canvas = (
            SeriesCells(film, *series)
            for series in (
                ("transposed/input",),
                ("kernel/weight",),
                ("transposed/stamps", 0, 0),
                ("transposed/full",),
            )
        )
        film.lay(film.whole, self.input, self.kernel, self.product, self.canvas)
        names = (
            film.over(self.input.box, film.join(film.label("input"), " ", film.size_text("size/output"))),
            film.over(self.kernel.box, film.name("kernel/name")),
            film.over(self.canvas.box, film.label("stamped")),
        )
        self.start = VGroup(self.input.fill(), self.kernel.fill(), self.canvas.outlines(), *names)
        self.first_stamp = VGroup(self.product.fill(), film.over(self.product.box, film.label("products")))
        self.places: list[Place] = list(self.input.places())
        self.spot = film.walking(VGroup(self.input.frame((0, 0))))
        self.mark = film.walking(self.canvas.window(self._corner((0, 0)), film.kernel_size, film.dilation))
        self.group = VGroup(self.start, self.canvas)
        self.reached: set[Place] = set()

    def _corner(self, place: Place) -> Place:
        tops, lefts = (self.film.array(f"transposed/stamp_{side}") for side in ("top", "left"))
        return int(tops[place[0]]), int(lefts[place[1]])

    def move(self, old: Place, new: Place) -> list[Animation]:
        """The marks go from one input cell, and its stamp, to the next."""
        (top, left), (below, right) = self._corner(old), self._corner(new)
        return [
            self.spot.animate.shift(self.input.step(new[0] - old[0], new[1] - old[1])),
            self.mark.animate.shift(self.canvas.step(below - top, right - left)),
        ]

    def stamp(self, place: Place) -> list[Animation]:
        """The cells that this stamp is the first to reach take the tint of their final sum."""
        top, left = self._corner(place)
        spread = self.film.dilation
        taps = {(top + spread * ky, left + spread * kx) for ky, kx in np.ndindex(*self.film.kernel_size)}
        new = sorted(taps - self.reached)
        self.reached |= taps
        for there in new:
            self.canvas.tint(there)
        return [FadeIn(self.canvas.tiles[there]) for there in new]

    def numbers(self) -> VGroup:
        """What all stamps add up to."""
        written = map(self.canvas.write, self.canvas.places())
        return VGroup(*(text for text in written if text is not None))

    def cut(self) -> list[Animation]:
        """A frame around what stays when the border `padding` is cut."""
        rows, columns = self.film.array("transposed/output").shape
        size = (min(rows, self.canvas.rows), min(columns, self.canvas.columns))
        frame = self.canvas.frame(self.film.border, size, "ink")
        self.group.add(frame)
        return [FadeIn(frame)]
