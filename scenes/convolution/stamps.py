"""A transposed convolution: each input cell stamps the kernel, times its value, onto a larger picture."""

from __future__ import annotations

import numpy as np
from manim import Animation, FadeIn, VGroup

from scenes.convolution.stage import GRID_HEIGHT, GRID_Y, ConvStage
from scenes.parts.cells import Cells, Place, pitch_for, px_for, shape_of, spread_out
from scenes.parts.kernel import KernelCells
from scenes.stage import style
from scenes.stage.declare import allow

WIDTHS = (4.0, 3.0, 5.0)


class StampBoard:
    """The input left, the kernel and the first stamp between, the sum of all stamps right."""

    def __init__(self, film: ConvStage) -> None:
        self.film = film
        self.tops = [int(v) for v in film.array("transposed/stamp_top")]
        self.lefts = [int(v) for v in film.array("transposed/stamp_left")]
        self.places: list[Place] = [(i, j) for i in range(len(self.tops)) for j in range(len(self.lefts))]
        self.kernel_size = film.kernel_size
        shapes = {key: shape_of(film.array(f"transposed/{key}")) for key in ("input", "full")}
        needs = {key: film.need(f"transposed/{key}") for key in ("input", "full")}
        need_mid = film.need("transposed/stamps", "kernel/weight")
        left = pitch_for(shapes["input"], needs["input"], WIDTHS[0], GRID_HEIGHT)
        mid = pitch_for(film.kernel_size, need_mid, WIDTHS[1], (GRID_HEIGHT - 0.75) / 2, 0.5)
        right = pitch_for(shapes["full"], needs["full"], WIDTHS[2], GRID_HEIGHT)
        widths = {
            "input": max(shapes["input"][1] * left[0], 1.6),
            "kernel": max(film.kernel_size[1] * mid[0], 1.7),
            "full": max(shapes["full"][1] * right[0], 1.6),
        }
        xs = spread_out(widths, style.LEFT, style.RIGHT)
        self.input = Cells(film.look, shapes["input"], left, (xs["input"], GRID_Y))
        self.canvas = Cells(film.look, shapes["full"], right, (xs["full"], GRID_Y))
        lift = (GRID_HEIGHT - film.kernel_size[0] * mid[1]) / 2
        self.kernel = KernelCells(film, "kernel/weight", mid, (xs["kernel"], GRID_Y + lift))
        self.product = Cells(film.look, film.kernel_size, mid, (xs["kernel"], GRID_Y - lift))
        for cells, need in (
            (self.input, needs["input"]),
            (self.canvas, needs["full"]),
            (self.product, need_mid),
        ):
            cells.number_px = px_for(need, cells.pitch)
        film.fill(self.input, "transposed/input")
        self._first()
        hollow = VGroup(*(self.canvas.hollow(*place) for place in self.canvas.places()))
        self.names = VGroup(
            film.over(
                self.input, film.join(film.label("input"), " ", film.size_text("size/output", "size/output"))
            ),
            film.over(self.kernel, film.name("kernel/name")),
            film.over(self.canvas, film.label("stamped")),
        )
        self.start = VGroup(self.input, self.kernel, hollow, self.names)
        self.spot = self.input.frame(0, 0)
        self.mark = self._window(self.places[0])
        allow(self.spot, "text-over-line", "the mark walks from cell to cell", moving=True)
        allow(self.mark, "text-over-line", "the stamp's place moves over the sum", moving=True)
        self.group = VGroup(self.start, self.canvas)
        self.reached: set[Place] = set()

    def _first(self) -> None:
        """The first cell's value times every weight."""
        film, values = self.film, self.film.array("transposed/stamps")[0, 0]
        for place in self.product.places():
            film.tint(self.product, place, float(values[place]), float(np.abs(values).max()))
            film.write(self.product, place, "transposed/stamps", 0, 0, *place)
        self.first_stamp = VGroup(self.product, film.over(self.product, film.label("products")))

    def _window(self, place: Place) -> VGroup:
        row, column = self.tops[place[0]], self.lefts[place[1]]
        return self.canvas.window(row, column, self.kernel_size, self.film.dilation)

    def move(self, old: Place, new: Place) -> list[Animation]:
        """The marks go from one input cell, and its stamp, to the next."""
        down, right = self.tops[new[0]] - self.tops[old[0]], self.lefts[new[1]] - self.lefts[old[1]]
        return [
            self.spot.animate.shift(self.input.step(new[0] - old[0], new[1] - old[1])),
            self.mark.animate.shift(self.canvas.step(down, right)),
        ]

    def stamp(self, place: Place) -> list[Animation]:
        """The cells that this stamp is the first to reach take the tint of their final sum."""
        film, values = self.film, self.film.array("transposed/full")
        limit = float(np.abs(values).max())
        top, left, spread = self.tops[place[0]], self.lefts[place[1]], film.dilation
        out: list[Animation] = []
        for ky, kx in np.ndindex(*self.kernel_size):
            there = (top + spread * ky, left + spread * kx)
            if there in self.reached:
                continue
            self.reached.add(there)
            film.tint(self.canvas, there, float(values[there]), limit)
            out.append(FadeIn(self.canvas.tiles[there]))
        return out

    def numbers(self) -> VGroup:
        """What all stamps add up to."""
        film, group = self.film, VGroup()
        for place in self.canvas.places():
            text = film.write(self.canvas, place, "transposed/full")
            if text is not None:
                group.add(text)
        return group

    def cut(self) -> list[Animation]:
        """A frame around what stays when the border `padding` is cut."""
        film = self.film
        rows, columns = film.array("transposed/output").shape
        frame = self.canvas.frame(
            *film.border, min(rows, self.canvas.rows), min(columns, self.canvas.columns), "ink"
        )
        self.group.add(frame)
        return [FadeIn(frame)]
