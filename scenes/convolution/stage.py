"""What the beats of `convolution` share: a picture, the kernel over its products and the output, side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import FadeIn, Mobject, VGroup

from scenes.parts.arrays.cells import Place, shape_of
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.motion import arrive
from scenes.parts.room.standing import stand
from scenes.stage import style
from scenes.stage.stage import Stage

FINE = 0.1  # of the sum: what rounding may move a product


class ConvStage(Stage):
    """`input` is the crop with its border, `kernel` the weights, `output` the map that fills."""

    names: dict[str, VGroup]

    def prepare(self) -> None:
        """Lay out the three columns. Nothing is drawn yet but the kernel."""
        self.border: Place = (int(self.array("size/padding")[0]), int(self.array("size/padding")[1]))
        self.dilation = int(self.array("size/dilation")[0])
        size = shape_of(self.array("kernel/weight"))
        self.reach: dict[str, Any] = {"kernel": size, "dilation": self.dilation, "role": "ink"}
        self.seen = "crop/pixel" if float(self.item("image/divisor")) == 1 else "crop/value"
        fine = FINE * abs(float(self.item("window/sum"))) or np.inf
        self.input = self.picture_cells(shape_of(self.array("slide/padded")), self.border)
        self.kernel = SeriesCells(self, "kernel/weight")
        self.products = SeriesCells(self, "window/products", fine=fine)
        self.output = SeriesCells(self, "slide/output")
        stand(self.room, [self.input], [self.kernel, self.products], [self.output])
        self.kernel.fill()

    def show(self, *parts: Mobject, seconds: float = style.MOVE_S) -> None:
        """Put `parts` in place of the panel; a formula leaves with it."""
        gone = [*self.clear_panel(), *self.no_formula()]
        self.panel = VGroup(*parts)
        self.play(*gone, arrive(*parts) if gone else FadeIn(*parts), run_time=seconds)

    def picture_cells(self, shape: Place, corner: Place, series: str = "", *also: str) -> SeriesCells:
        """A grid for the crop and a border around it; `series` is what torch sees of it, if not named."""
        role, also = "" if bool((self.array("crop/pixel") < 0).any()) else "input", ("crop/pixel", *also)
        return SeriesCells(self, series or self.seen, shape=shape, corner=corner, role=role, also=also)

    def input_text(self) -> str:
        """What stands over the input: its name, or that it is a crop, and its size."""
        name = self.label("input" if bool(self.item("crop/whole")) else "crop")
        return self.join(name, " ", self.sized("crop/height", "crop/width"))

    def output_text(self, series: str) -> str:
        """What stands over an output: its name and its size."""
        return self.join(self.label("output"), " ", self.sized(series))
