"""Three channels: a slice of the kernel lies over each, and their sums and the bias make one output."""

from __future__ import annotations

from manim import Create, FadeIn, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.channel_rows import ChannelRows
from scenes.parts.pictures.image import pictured
from scenes.parts.text.sums import Sum
from scenes.stage import style

PX, WHITE = 38, 255.0
LETTERS = "RGB"


class Channels(ConvStage):
    """The picture left, and a row for each channel."""

    def channels(self) -> None:
        """What a kernel of three channels makes of one window."""
        self.say()
        left, right = self.room.columns(1, 2)
        picture = pictured(self.array("channels/colour"), self.look, left)
        corner = [int(self.item(f"channels/{side}")) for side in ("top", "left")]
        size = self.array("channels/weight").shape[1:]
        window = picture[0].region(*corner, *size, self.look, "ink")
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(picture), run_time=style.MOVE_S)
        names = self.named("channels/name", range(len(LETTERS)))
        values = (self.number("channels/sum", k, form=".0f") for k in range(len(names)))
        sums = [self.math(f"y_{one} = {{s}}", PX, s=s) for one, s in zip(LETTERS, values, strict=True)]
        series = ("channels/pixel", "channels/weight")
        rows = ChannelRows(self, right, names, series, sums, style.CHANNELS, WHITE)
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
        self.play(*formula, run_time=style.MOVE_S)
        self.panel = VGroup(picture, window, rows, *named)
