"""The first beat: a picture turns into the numbers that it is."""

from __future__ import annotations

import numpy as np
from manim import DL, DR, UL, UR, Create, FadeIn, FadeOut, LaggedStart, Line, VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.cells import shape_of
from scenes.parts.image import grey, pictured, scale_bar
from scenes.parts.layout import fit
from scenes.stage import style
from scenes.stage.comparing import comparable

TONES = 17  # of the brightness scale


class Pixels(ConvStage):
    """The numbers left; right the picture that they are of, and its brightness scale."""

    def pixels(self) -> None:
        """A picture turns into the numbers that it is."""
        digit, whole = self.item("image/kind") == "digit", bool(self.item("crop/whole"))
        self.variant("" if digit else "whole" if whole else "cropped")
        size = self.size_text("image/height", "image/width")
        self.say(**({"label": self.number("image/label", form="d")} if digit else {}), size=size)
        left, right = self.whole.columns(1, 1)
        top, scale, count = right.rows(5, 0.6, 0.9)
        self.large = self.picture_cells(shape_of(self.array("crop/pixel")), (0, 0), "crop/pixel").into(left)
        numbers, home = self.large.fill(), self.large.box
        picture = pictured(self.tones("image", "crop/pixel"), self.look, home, fill=True)
        beside = pictured(self.tones("image"), self.look, top)
        rays = VGroup()
        if whole:
            picture.move_to(self.whole.centre)
            self.play(FadeIn(picture, scale=0.97), run_time=style.MOVE_S)
            self.hold(style.MOVE_S)
            self.say()
            copy = picture.copy()
            self.play(
                picture.animate.move_to(home.centre), copy.animate.become(beside), run_time=style.SLOW_S
            )
            self.panel = VGroup(copy)
        else:
            self.panel, rays = self._magnified(beside, picture)
        rows = [VGroup(*(numbers.cell((y, x)) for x in range(numbers.columns))) for y in range(numbers.rows)]
        self.play(LaggedStart(*map(FadeIn, rows), lag_ratio=0.35), run_time=2.4)
        self.remove(*picture)
        form = comparable([self.item("image/low"), self.item("image/high")])
        ends = {end: self.number(f"image/{end}", form=form) for end in ("low", "high")}
        self.say(**ends)
        low, high = (self.words(text, style.TABLE_PX) for text in ends.values())
        tones = grey(np.linspace(0, 1, TONES)[None, :], 0, 1)
        facts = VGroup(scale_bar(low, high, tones, self.look, scale, beside.width))
        if whole:
            inputs = self.number("sharing/run/inputs", form=",d")
            text = self.join(size, " = ", inputs, " ", self.label("numbers"))
            facts.add(fit(self.words(text, style.TITLE_PX), count))
        self.play(FadeIn(facts), FadeOut(rays), run_time=style.MOVE_S)
        self.panel.add(facts)

    def _magnified(self, whole: VGroup, piece: VMobject) -> tuple[VGroup, VGroup]:
        """A frame in the whole picture, that piece of it large, and rays between them."""
        where = (int(self.item(f"crop/{key}")) for key in ("top", "left", "height", "width"))
        frame = whole[0].region(*where, self.look, "activation")
        self.play(FadeIn(whole), run_time=style.MOVE_S)
        self.say(crop=self.size_text("crop/height", "crop/width"))
        self.play(Create(frame), run_time=style.MOVE_S)
        copy = frame.copy()
        self.play(copy.animate.become(piece[1].copy()), FadeIn(piece), run_time=style.SLOW_S)
        self.remove(copy)
        lines = [Line(frame.get_corner(a), piece.get_corner(b)) for a, b in ((UL, UR), (DL, DR))]
        rays = VGroup(*lines).set_stroke(self.look.activation, style.HAIRLINE, opacity=0.8)
        self.play(Create(rays), run_time=style.QUICK_S)
        return VGroup(whole, frame), rays
