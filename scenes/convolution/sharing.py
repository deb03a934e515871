"""A convolution as the matrix that it is, its parameters against a fully connected layer's, and the puzzle's answer."""

from __future__ import annotations

from manim import FadeIn

from scenes.convolution.edges import ACROSS
from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.matrix_rows import MatrixRows
from scenes.parts.nets.layer_count import LayerCount
from scenes.parts.pictures.filtering import Filtering
from scenes.parts.pictures.photo_filter import photo_filter
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.stage import style

DENSE = "{outputs} dot {inputs} + {outputs} = {dense_parameters}"
CONV = "{weights} + rule(1) = {conv_parameters}"


class Sharing(ConvStage):
    """The picture with its window left, right rows of the matrix, below them all of it and the counts."""

    def sharing(self) -> None:
        """The same map as a matrix, row by row; what each kind of layer needs; and why so few numbers do."""
        tops, lefts = (self.array(f"slide/{side}") - self.border[0] for side in ("top", "left"))
        shape = shape_of(self.array("crop/pixel"))
        rows = MatrixRows(self, "sharing/matrix", (tops, lefts), shape, **self.reach)
        shown = "sharing/matrix" in self.trace.series and rows.fits
        self.variant("no_matrix" if not shown else "border" if any(self.border) else "")
        self.say()
        counts = self._rows(rows) if shown else self.whole
        if not shown:  # the matrix would be too large: there is only the question
            self.play(*self.clear_panel(), run_time=style.QUICK_S)
            self.say()
        names = ("outputs", "inputs", "weights", "dense_parameters", "conv_parameters")
        told = {key: self.number(f"sharing/run/{key}", form=",d") for key in names}
        above, below = counts.rows(1, 1)
        layers = (("dense", DENSE, above), ("conv", CONV, below))
        for (key, source, box), own in zip(layers, ("dense_parameters", "weights"), strict=True):
            self.say(**{own.removesuffix("_parameters"): told[own]})
            drawn = LayerCount(self, key, source, box, key == "conv", **told)
            self.panel.add(drawn)
            self.play(FadeIn(drawn), run_time=style.MOVE_S)
        photo = {"photo": "weights", "outputs": "outputs"}
        self.say(**{key: self.number(f"sharing/photo/{name}", form=",d") for key, name in photo.items()})
        self.show(Filtering(self, self.whole, tones(self, "photo")).put(*photo_filter(self, ACROSS)))

    def _rows(self, rows: MatrixRows) -> Box:
        """The window goes from stop to stop, and each writes a row; what is left below the rows, beside the matrix."""
        left, right = self.whole.columns(1, 2.5)
        upper, lower = right.rows(1.15, 1, gap=style.GAP)
        (below, rest), room = lower.columns(1, 1.4), style.NAME_ROOM
        picture = self.picture_cells(shape_of(self.array("crop/pixel")), (0, 0)).into(left.without(top=room))
        name, hollow = self.over(picture.fill().box, self.input_text()), rows.into(upper.without(top=room))
        self.show(picture, name, hollow, *rows.heads("row", "crop/pixel"))
        self.play(*rows.write(0, picture), run_time=style.SLOW_S)
        self.say(**({} if any(self.border) else {"weights": self.number("sharing/run/weights", form="d")}))
        rows.write_all(picture)
        matrix = rows.all_of_it(below.without(top=room))
        high, wide = (self.number(f"sharing/run/{key}", form=",d") for key in ("outputs", "inputs"))
        title = self.over(line_box(matrix), self.join(self.label("matrix"), " ", high, "×", wide))
        self.play(FadeIn(matrix, title), run_time=style.MOVE_S)
        self.panel.add(rows.cells, rows.window, matrix, title)
        return rest
