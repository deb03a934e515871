"""A convolution as the matrix that it is, its parameters against a fully connected layer's, and the puzzle's answer."""

from __future__ import annotations

from scenes.convolution.edges import ACROSS
from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.matrix_rows import MatrixRows
from scenes.parts.nets.layer_count import LayerCount
from scenes.parts.pictures.filtering import Filtering
from scenes.parts.pictures.photo_filter import photo_filter
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.room.layout import column, fit, line_box
from scenes.parts.room.motion import arrive
from scenes.stage import style
from scenes.stage.provenance import Shown

DENSE = "{outputs} dot {inputs} + {outputs} = {dense_parameters}"
LOCAL = "{outputs} dot {weights} + {outputs} = {local_parameters}"
CONV = "{weights} + rule(1) = {conv_parameters}"
LAYERS = {"dense": DENSE, "local": LOCAL, "conv": CONV}
WIDTH, GROW, READ_S = 11.0, 1.3, 1.9  # a count, in units; what is beside the matrix; at it and the last count


class Sharing(ConvStage):
    """The picture with its window and rows of the matrix; then all of it; then the counts; then the puzzle again."""

    def sharing(self) -> None:
        """The same map as a matrix, row by row; what each kind of layer needs; and why so few numbers do."""
        tops, lefts = (self.array(f"slide/{side}") - self.border[0] for side in ("top", "left"))
        shape = shape_of(self.array("crop/pixel"))
        rows = MatrixRows(self, "sharing/matrix", (tops, lefts), shape, **self.reach)
        shown = "sharing/matrix" in self.trace.series and rows.fits
        self.variant("no_matrix" if not shown else "border" if any(self.border) else "")
        self.say()
        names = ("outputs", "inputs", "weights", *(f"{kind}_parameters" for kind in LAYERS))
        told = {key: self.number(f"sharing/run/{key}", form=",d") for key in names}
        if shown:
            self._rows(rows, told)
        else:  # the matrix would be too large: there is only the question
            self.play(*self.clear_panel(), run_time=style.QUICK_S)
            self.say()
            self.say()
        for (kind, source), box in zip(LAYERS.items(), self.whole.rows(1, 1, 1), strict=True):
            self.say(count=told[f"{kind}_parameters"])
            drawn = LayerCount(self, kind, source, box.middle(width=WIDTH), **told)
            gone = self.clear_panel() if kind == "dense" else []
            self.play(*gone, arrive(drawn), run_time=style.MOVE_S if gone else style.QUICK_S)
            self.panel.add(drawn)
        self.hold(READ_S)
        names = ("rows", "columns", "outputs", "weights")
        high, wide, places, weights = (self.number(f"sharing/photo/{key}", form=",d") for key in names)
        self.say(photo=weights, outputs=places)
        panel = Filtering(self, self.whole, tones(self, "photo"))
        times = self.join(high, " · ", wide, " = ", places)
        size = panel.below(self.sized("photo/height", "photo/width"), panel.source)
        self.show(panel.put(*photo_filter(self, ACROSS)), size, panel.below(times))

    def _rows(self, rows: MatrixRows, told: dict[str, Shown]) -> None:
        """The window goes from stop to stop, and each writes a row; then all of the matrix."""
        (left, right), room = self.whole.columns(1, 2.5), style.NAME_ROOM
        picture = self.picture_cells(shape_of(self.array("crop/pixel")), (0, 0)).into(left.without(top=room))
        name, hollow = self.over(picture.fill().box, self.input_text()), rows.into(right.without(top=room))
        zero = self.label("empty", zero=self.number("sharing/matrix", 0, -1, form=".0f"))
        empty = self.over(line_box(hollow), zero).shift([0, -hollow.height - style.NAME_ROOM, 0])
        self.show(picture, name, hollow, empty, *rows.heads("row", "crop/pixel"))
        self.play(*rows.write(0, picture), run_time=style.SLOW_S)
        self.say(**({} if any(self.border) else {"weights": self.number("sharing/run/weights", form="d")}))
        rows.write_all(picture)
        left, right = self.whole.columns(1.6, 1)
        matrix = rows.all_of_it(left.without(top=room))
        title = self.over(line_box(matrix), self.join(told["outputs"], "×", told["inputs"]), "W")
        texts = self.label("pixels_in", n=told["inputs"]), self.label("cells_out", n=told["outputs"])
        lines = [self.words(one, style.LABEL_PX, "muted") for one in texts]
        self.panel.add(rows.window[0]).remove(hollow)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        small = rows.shrink(hollow, matrix[1])
        self.say()
        self.show(matrix, title, fit(column([self.math("y = W x + b"), *lines]), right, "left", grow=GROW))
        self.remove(*small)
        self.hold(READ_S)
