"""What the beats of `convolution` share: a picture, the kernel over its products and the output, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.parts.box import Box
from scenes.parts.cells import Cells, Place, shape_of
from scenes.parts.image import grey
from scenes.parts.series_cells import SeriesCells
from scenes.parts.typeset import Typeset
from scenes.parts.walk import Walk
from scenes.stage import style
from scenes.stage.stage import Stage

NAME_ROOM = 0.5  # above a grid
MIDDLE = 1.7  # the middle column is at least so wide
SMALLEST = 0.3  # cells of the output may be at least so high
FINE = 0.1  # of the sum: what rounding may move a product


class ConvStage(Stage):
    """`input` is the crop with its border, `kernel` the weights, `output` the map that fills."""

    names: dict[str, Typeset]

    def prepare(self) -> None:
        """Lay out the three columns. Nothing is drawn yet but the kernel."""
        self.border: Place = (int(self.array("size/padding")[0]), int(self.array("size/padding")[1]))
        self.dilation = int(self.array("size/dilation")[0])
        self.kernel_size = shape_of(self.array("kernel/weight"))
        self.seen = "crop/pixel" if float(self.item("image/divisor")) == 1 else "crop/value"
        fine = FINE * abs(float(self.item("window/sum"))) or np.inf
        self.input = self.picture_cells(shape_of(self.array("slide/padded")), self.border)
        self.kernel = SeriesCells(self, "kernel/weight")
        self.products = SeriesCells(self, "window/products", fine=fine)
        self.output = SeriesCells(self, "slide/output")
        _, self.middle, self.side = self.lay(self.room, self.input, self.kernel, self.products, self.output)
        self.kernel.fill()

    def picture_cells(
        self, shape: Place, corner: Place, series: str = "", also: Sequence[str] = ()
    ) -> SeriesCells:
        """A grid for the crop and a border around it; `series` is what torch sees of it, if not named."""
        negative = bool((self.array("crop/pixel") < 0).any())
        role, also = "" if negative else "input", ("crop/pixel", *also)
        return SeriesCells(self, series or self.seen, shape=shape, corner=corner, role=role, also=also)

    def lay(self, box: Box, left: Cells, kernel: Cells, products: Cells, right: Cells) -> list[Box]:
        """Two pictures, and the kernel over its products between, with room for their names; and the columns."""
        grids = box.without(top=NAME_ROOM)
        free, half = grids.width - 2 * style.WIDE, (grids.height - NAME_ROOM) / 2
        first = min(left.wanted(grids.height), free / 2)
        second = min(max(kernel.wanted(half), products.wanted(half), MIDDLE), free / 4)
        third = min(right.wanted(grids.height), free - first - second)
        columns = grids.columns(first, second, third)
        upper, lower = columns[1].rows(1, 1, gap=NAME_ROOM)
        left.into(columns[0])
        kernel.into(upper, up=1, beside=products)
        products.into(lower, up=0, beside=kernel)
        # Cells of one size show that the output is smaller, or as large, as the input.
        right.into(columns[2], max(left.pitch[1], SMALLEST))
        return columns

    def walking(
        self, large: Cells, small: Cells, tops: np.ndarray, lefts: np.ndarray, at: Place = (0, 0)
    ) -> Walk:
        """The kernel's window over one grid, with a mark on the other."""
        return Walk((large, small), tops, lefts, self.kernel_size, self.dilation, at)

    # -- names -----------------------------------------------------------------------------------------------------

    def over(self, box: Box, text: str) -> Typeset:
        """A name above a grid or a picture."""
        place = [box.centre[0], box.top + NAME_ROOM / 2, 0]
        return self.words(text, style.LABEL_PX, "muted").centre_at(place)

    def size_text(self, height: str, width: str = "") -> str:
        """Height × width from two series, or from one with an axis for the dimension."""
        one, other = (
            (self.number(height), self.number(width))
            if width
            else (self.number(height, 0), self.number(height, 1))
        )
        return self.join(one, "×", other)

    def input_text(self) -> str:
        """What stands over the input: its name, or that it is a crop, and its size."""
        name = self.label("input" if bool(self.item("crop/whole")) else "crop")
        return self.join(name, " ", self.size_text("crop/height", "crop/width"))

    def output_text(self, series: str) -> str:
        """What stands over an output: its name and its size."""
        return self.join(self.label("output"), " ", self.size_text(series))

    def tones(self, picture: str, pixel: str = "") -> np.ndarray:
        """A picture's brightness, or that of pixels of it, from its black to its white."""
        low, high = (float(self.item(f"{picture}/{end}")) for end in ("low", "high"))
        return grey(self.array(pixel or f"{picture}/pixel"), low, high)
