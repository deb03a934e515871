"""Three channels: a slice of the kernel lies over each, and their sums and the bias make one cell of the output."""

from __future__ import annotations

from manim import Create, FadeIn

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.channel_rows import ChannelRows
from scenes.parts.pictures.halo import haloed
from scenes.parts.pictures.image import pictured, signed
from scenes.parts.room.layout import line_box
from scenes.parts.text.sums import Sum
from scenes.stage import style

PX, WHITE = 38, 255.0
LETTERS = "RGB"


class Channels(ConvStage):
    """The picture left, above what the kernel makes of it; and a row for each channel."""

    def channels(self) -> None:
        """What a kernel of three channels makes of one window."""
        self.say()
        left, right = self.room.columns(1, 2.2)
        above, below = left.rows(1, 1, gap=style.TIGHT)
        name = style.NAME_ROOM
        picture = pictured(self.array("channels/colour"), self.look, above.without(top=name))
        colours = signed(self.array("channels/map"), self.look, float(abs(self.array("channels/map")).max()))
        output = pictured(colours, self.look, below.without(top=name))
        texts = (picture, "input"), (output, "output")
        titles = [self.over(line_box(one), self.label(key)) for one, key in texts]
        top, left_ = (int(self.item(f"channels/{side}")) for side in ("top", "left"))
        marked = (picture, *self.array("channels/weight").shape[1:]), (output, 1, 1)
        window, cell = (
            haloed(one[0].region(top, left_, high, wide, self.look, "ink"), self.look)
            for one, high, wide in marked
        )
        names = self.named("channels/name", range(len(LETTERS)))
        values = (self.number("channels/sum", k, form=".0f") for k in range(len(names)))
        sums = [self.math(f"y_{one} = {{s}}", PX, s=s) for one, s in zip(LETTERS, values, strict=True)]
        series = ("channels/pixel", "channels/weight")
        rows = ChannelRows(self, right, names, series, sums, style.CHANNELS, WHITE)
        self.show(picture, titles[0])
        self.play(Create(window), rows.covered(), run_time=style.SLOW_S)
        self.say(weights=self.number("channels/weights", form="d"))
        heads = (rows.pixels[0], "input", "x"), (rows.weights[0], "kernel", "w")
        named = [self.over(cells.box, self.label(key), sign) for cells, key, sign in heads]
        self.play(FadeIn(*named), rows.slices(), run_time=style.SLOW_S)
        self.say()
        rows.multiply()
        self.say()
        total = Sum(self)
        total.add_all("channels/sum", ".0f")
        total.add("channels/bias", form=".0f")
        y = self.number("channels/output", form=".0f")
        letters = " + ".join(f"y_{one}" for one in LETTERS)
        formula = self.formula(f"y = {letters} + b = {total.source} = {{y}}", PX, y=y, **total.fields)
        self.play(*formula, FadeIn(output, titles[1]), run_time=style.MOVE_S)
        self.play(Create(cell), run_time=style.QUICK_S)
        self.say(parameters=self.number("channels/parameters", form="d"))
        self.panel.add(window, rows, output, titles[1], cell, *named)
