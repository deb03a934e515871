"""A convolution as the matrix that it is, its parameters against a fully connected layer's, and what the puzzle asked."""

from __future__ import annotations

from manim import Create, FadeIn, VGroup

from scenes.convolution.edges import ACROSS
from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.matrix_rows import MatrixRows
from scenes.parts.nets.fan import Wiring
from scenes.parts.pictures.filtering import Filtering
from scenes.parts.pictures.image import pictured, signed
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, line_box
from scenes.stage import style

PX = 42
# of a fully connected layer, and of the convolution
COUNTS = {"dense": "{outputs} dot {inputs} + {outputs} = {dense}", "conv": "{weights} + rule(1) = {conv}"}
STOPS_S = (1.8, 1.2, 1.0, 0.5)


class Sharing(ConvStage):
    """The picture with its window left, right rows of the matrix, below them all of it and the counts."""

    def sharing(self) -> None:
        """The same map as a matrix, row by row; what each kind of layer needs; and why so few numbers do."""
        stops = [
            self.array(f"slide/{side}") - edge
            for side, edge in zip(("top", "left"), self.border, strict=True)
        ]
        shape = shape_of(self.array("crop/pixel"))
        rows = MatrixRows(self, "sharing/matrix", (stops[0], stops[1]), shape, **self.reach)
        shown = "sharing/matrix" in self.trace.series and rows.fits
        self.variant("no_matrix" if not shown else "border" if any(self.border) else "")
        self.say()
        counts = self.whole
        if shown:
            counts = self._rows(rows)
        else:
            self.play(*self.clear_panel(), run_time=style.QUICK_S)
            self.say()
        for one, drawn in self._counts(counts).items():
            told = {"dense": ("dense",), "conv": ("weights",)}[one]
            series = {"dense": "dense_parameters", "weights": "weights"}
            self.say(**{key: self.number(f"sharing/run/{series[key]}", form=",d") for key in told})
            self.panel.add(drawn)
            self.play(FadeIn(drawn), run_time=style.MOVE_S)
        photo = {"photo": "weights", "outputs": "outputs"}
        self.say(**{key: self.number(f"sharing/photo/{name}", form=",d") for key, name in photo.items()})
        self.show(Filtering(self, self.whole, tones(self, "photo")).put(*self.photo_filter(ACROSS)))

    def _rows(self, rows: MatrixRows) -> Box:
        """The window goes from stop to stop, and each writes a row; what is left below the rows and all of the matrix."""
        left, right = self.whole.columns(1, 2.5)
        upper, lower = right.rows(1.15, 1, gap=style.GAP)
        picture = self.picture_cells(shape_of(self.array("crop/pixel")), (0, 0)).into(
            left.without(top=style.NAME_ROOM)
        )
        name = self.over(picture.fill().box, self.input_text())
        hollow = rows.into(upper.without(top=style.NAME_ROOM))
        heads = [
            self.over(box, self.label("row", n=self.position("crop/pixel", k, axis=0, first=1)))
            for k, box in rows.groups()
        ]
        self.show(picture, name, hollow, *heads)
        self.play(*rows.write(0, picture), run_time=STOPS_S[0])
        self.say(**({} if any(self.border) else {"weights": self.number("sharing/run/weights", form="d")}))
        for row in range(1, len(rows.corners)):
            self.play(*rows.write(row, picture), run_time=STOPS_S[min(row, len(STOPS_S) - 1)])
        values = self.array("sharing/matrix")
        below, rest = lower.columns(1, 1.25)
        whole = pictured(
            signed(values, self.look, float(abs(values).max())), self.look, below.without(top=style.NAME_ROOM)
        )
        high, wide = (self.number(f"sharing/run/{key}", form=",d") for key in ("outputs", "inputs"))
        title = self.over(line_box(whole), self.join(self.label("matrix"), " ", high, "×", wide))
        part = whole[0].region(*rows.first, *rows.shape, self.look, "ink")
        self.play(FadeIn(whole, title), Create(part), run_time=style.MOVE_S)
        self.panel.add(rows.cells, rows.window, whole, title, part)
        return rest

    def _counts(self, box: Box) -> dict[str, VGroup]:
        """For each kind of layer what it connects, as a small drawing and in words, and how many parameters that takes."""
        fields = {
            key: self.number(f"sharing/run/{key}", form=",d") for key in ("outputs", "inputs", "weights")
        }
        fields |= {key: self.number(f"sharing/run/{key}_parameters", form=",d") for key in COUNTS}
        drawn = {}
        for (key, source), row in zip(COUNTS.items(), box.rows(1, 1), strict=True):
            side, rest = row.columns(1, 2.6, gap=style.GAP)
            lines = [self.words(self.label(key), style.LABEL_PX, "muted"), self.math(source, PX, **fields)]
            drawing = Wiring(self.look, side.middle(height=1.0), key == "conv")
            drawn[key] = VGroup(drawing, fit(column(lines, style.TIGHT), rest, "left"))
        return drawn
