"""Three channels: a slice of the kernel lies over each, and their sums and the bias make one output."""

from __future__ import annotations

from manim import Create, FadeIn, FadeOut, LaggedStart, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.hopping import Hopping
from scenes.parts.image import pictured
from scenes.parts.layout import fit
from scenes.parts.series_cells import SeriesCells
from scenes.parts.sums import Sum
from scenes.stage import style

PX, WHITE = 38, 255.0
WIDTHS = (3.6, 1.0, 2.2, 1.9, 2.0)  # the picture; for each channel its name, pixels, weights and sum


class Channels(ConvStage):
    """The picture left; then a row for each channel: what the window covers, the kernel's slice, their sum."""

    def channels(self) -> None:
        """What a kernel of three channels makes of one window."""
        self.say()
        left, *columns = self.room.without(top=style.NAME_ROOM).columns(*WIDTHS, gap=style.GAP)
        picture = pictured(self.array("channels/colour"), self.look, left)
        corner, shape = [int(self.item(f"channels/{side}")) for side in ("top", "left")], (3, 3)
        window = picture[0].region(*corner, *shape, self.look, "ink")
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(picture), run_time=style.MOVE_S)
        boxes = [column.rows(1, 1, 1, gap=style.TIGHT) for column in columns]
        names = [
            fit(self.words(self.label(str(name)), style.LABEL_PX), box, "right")
            for name, box in zip(self.array("channels/name"), boxes[0], strict=True)
        ]
        pixels, weights = [], []
        for k, tint in enumerate(style.CHANNELS):
            pixels.append(
                SeriesCells(self, "channels/pixel", k, role=tint, limit=WHITE).into(boxes[1][k]).fill()
            )
            limit = float(abs(self.array("channels/weight")).max())
            weights.append(SeriesCells(self, "channels/weight", k, limit=limit).into(boxes[2][k]).fill())
        rows = [FadeIn(name, cells) for name, cells in zip(names, pixels, strict=True)]
        self.play(Create(window), LaggedStart(*rows, lag_ratio=0.4), run_time=style.SLOW_S)
        self.say(weights=self.number("channels/weights", form="d"))
        heads = [
            self.over(pixels[0].box, self.label("input"), "x"),
            self.over(weights[0].box, self.label("kernel"), "w"),
        ]
        self.play(FadeIn(*heads), LaggedStart(*map(FadeIn, weights), lag_ratio=0.4), run_time=style.SLOW_S)
        self.say()
        sums = VGroup()
        for k, (one, other) in enumerate(zip(pixels, weights, strict=True)):
            marks = Hopping(one, other, size=shape)
            value = self.number("channels/sum", k, form=".0f")
            sums.add(fit(self.math(f"s_{'RGB'[k]} = {{s}}", PX, s=value), boxes[3][k], "left"))
            self.play(marks.hop((0, 0), (0, 0)), FadeIn(sums[-1]), run_time=style.MOVE_S)
            self.play(FadeOut(marks), run_time=style.QUICK_S / 2)
        self.say()
        total = Sum(self)
        for k in range(len(sums)):
            total.add("channels/sum", k, form=".0f")
        total.add("channels/bias", form=".0f")
        y = self.number("channels/output", form=".0f")
        source = f"y = s_R + s_G + s_B + b = {total.source} = activation({{y}})"
        self.play(*self.formula(source, PX, y=y, **total.fields), run_time=style.MOVE_S)
        self.panel = VGroup(picture, window, *names, *pixels, *weights, *heads, sums)
