"""A convolution as the matrix that it is, its parameters against a dense layer's, and what the puzzle asked."""

from __future__ import annotations

from manim import RIGHT, FadeIn, LaggedStart

from scenes.convolution.edges import ACROSS
from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.table import Column, Table
from scenes.parts.pictures.filtering import Filtering
from scenes.parts.pictures.image import pictured, signed
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.pictures.scan import run_down
from scenes.parts.room.box import Box
from scenes.parts.room.layout import line_box
from scenes.parts.room.motion import DRIFT
from scenes.stage import style

PARTS = ("run", "learned", "photo")
KINDS = {"conv": "positive", "dense": "ink"}  # and the roles of their numbers
NUMBER_PX = 38
PITCH = 1.0


class Sharing(ConvStage):
    """The matrix left, a table of counts right; then the pictures of the beginning."""

    def sharing(self) -> None:
        """The same map as a dense layer, what each needs, and why so few numbers do."""
        small = "sharing/matrix" in self.trace.series
        self.variant("" if small else "no_matrix")
        self.say()
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        left, right = self.whole.columns(1.1, 1) if small else (self.whole, self.whole)
        if small:
            self._matrix(left)
        table = self._counts(right)
        self.panel.add(table)
        self.play(FadeIn(table.heads), run_time=style.QUICK_S)
        counts = {kind: self.number(f"sharing/run/{kind}_parameters", form=",d") for kind in KINDS}
        self.say(**counts)
        rows = [FadeIn(*one, shift=DRIFT * RIGHT) for one in zip(table.rules, table.rows, strict=True)]
        self.play(LaggedStart(*rows, lag_ratio=0.5), run_time=2 * style.SLOW_S)
        self.say(**{key: self.number(f"sharing/photo/{key}", form=",d") for key in ("weights", "outputs")})
        self.show(Filtering(self, self.whole, tones(self, "photo")).put(*self.photo_filter(ACROSS)))

    def _matrix(self, box: Box) -> None:
        """The matrix under its size, and a frame that goes down its rows."""
        values = self.array("sharing/matrix")
        colours = signed(values, self.look, float(abs(values).max()))
        shown = pictured(colours, self.look, box.without(top=style.NAME_ROOM), fill=True)
        rows, columns = (self.number(f"sharing/run/{key}", form=",d") for key in ("outputs", "inputs"))
        name = self.over(line_box(shown), self.join(rows, "×", columns, " ", self.label("matrix")))
        self.show(shown, name)
        run_down(self, shown[0], style.PULSE_S)

    def _counts(self, box: Box) -> Table:
        """A row for each setting with the two counts of parameters."""
        names = [self.words(self.label(f"sharing_{part}"), style.LABEL_PX) for part in PARTS]
        columns = [Column(names, self.head("parameters"), "left")]
        for kind, role in KINDS.items():
            series = (f"sharing/{part}/{kind}_parameters" for part in PARTS)
            cells = [self.value(one, form=",d", px=NUMBER_PX, colour=role) for one in series]
            columns.append(Column(cells, self.head(kind)))
        rules = [(row, 0, 2) for row in range(len(PARTS))]
        return Table(self.look, columns, box, rules=rules, pitch=PITCH, up="centre")
