"""Three channels: a slice of the kernel lies over each, and their sums and the bias make one cell of the output."""

from __future__ import annotations

from manim import Create, FadeIn

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.arrays.channel_rows import ChannelRows
from scenes.parts.pictures.window_and_cell import WindowAndCell
from scenes.parts.text.sums import Sum
from scenes.stage import style

PX, WHITE, LETTERS = 38, 255.0, "RGB"


class Channels(ConvStage):
    """The picture left, what the kernel makes of it right; between them a row for each channel."""

    def channels(self) -> None:
        """What a kernel of three channels makes of one window."""
        self.say()
        corner = int(self.item("channels/top")), int(self.item("channels/left"))
        colour, made, weight = (self.array(f"channels/{one}") for one in ("colour", "map", "weight"))
        pair = WindowAndCell(self, colour, made, corner, shape_of(weight[0]), self.room)
        names = self.named("channels/name", range(len(LETTERS)))
        values = (self.number("channels/sum", k, form=".0f") for k in range(len(names)))
        sums = [self.math(f"y_{one} = {{s}}", PX, s=s) for one, s in zip(LETTERS, values, strict=True)]
        series = ("channels/pixel", "channels/weight")
        rows = ChannelRows(self, pair.between, names, series, sums, style.CHANNELS, WHITE)
        self.show(pair.picture)
        self.play(*pair.join(rows.names), rows.covered(), run_time=style.SLOW_S)
        weights = self.number("channels/weights", form="d")
        self.say(weights=weights)
        heads = zip((rows.pixels[0], rows.weights[0]), ("covered", "kernel"), "xw", strict=True)
        named = [self.over(cells.box, self.label(key), sign) for cells, key, sign in heads]
        self.play(FadeIn(*named), rows.slices(), run_time=style.SLOW_S)
        self.say()
        rows.multiply()
        self.say(weights=weights, parameters=self.number("channels/parameters", form="d"))
        total = Sum(self)
        total.add_all("channels/sum", ".0f")
        total.add("channels/bias", form=".0f")
        y, letters = self.number("channels/output", form=".0f"), " + ".join(f"y_{one}" for one in LETTERS)
        formula = self.formula(f"y = {letters} + b = {total.source} = {{y}}", PX, y=y, **total.fields)
        self.play(*formula, FadeIn(pair.output), run_time=style.MOVE_S)
        self.play(Create(pair.cell, lag_ratio=0), run_time=style.QUICK_S)
        self.panel.add(pair.window, pair.ways, rows, pair.output, pair.cell, *named)
