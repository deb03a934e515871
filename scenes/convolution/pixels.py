"""The second beat: a picture turns into the numbers that it is."""

from __future__ import annotations

from manim import FadeIn, FadeOut, LaggedStart, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.pictures.image import pictured
from scenes.parts.pictures.recorded_picture import extremes, tone_scale, tones
from scenes.parts.room.layout import fit
from scenes.parts.room.magnify import magnify
from scenes.stage import style


class Pixels(ConvStage):
    """The numbers left; right the picture that they are of, and its brightness scale."""

    def pixels(self) -> None:
        """A picture turns into the numbers that it is."""
        digit, whole = self.item("image/kind") == "digit", bool(self.item("crop/whole"))
        self.variant("" if digit else "whole" if whole else "cropped")
        size = self.sized("image/height", "image/width")
        self.say(**({"label": self.number("image/label", form="d")} if digit else {}), size=size)
        left, right = self.whole.columns(1, 1)
        top, scale, count = right.rows(5, 0.6, 0.9)
        self.large = self.picture_cells(shape_of(self.array("crop/pixel")), (0, 0), "crop/pixel").into(left)
        numbers, home = self.large.fill(), self.large.box
        picture = pictured(tones(self, "image", "crop/pixel"), self.look, home, fill=True)
        beside, rays = pictured(tones(self, "image"), self.look, top), VGroup()
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        if whole:
            picture.move_to(self.whole.centre)
            self.play(FadeIn(picture, scale=0.97), run_time=style.MOVE_S)
            self.say()
            self.panel = VGroup(picture.copy())
            parting = picture.animate.move_to(home.centre), self.panel[0].animate.become(beside)
            self.play(*parting, run_time=style.SLOW_S)
        else:
            self.play(FadeIn(beside), run_time=style.MOVE_S)
            self.say(crop=self.sized("crop/height", "crop/width"))
            corner = (int(self.item("crop/top")), int(self.item("crop/left")))
            frame, rays = magnify(self, beside, corner, numbers.shape, picture)
            self.panel = VGroup(beside, frame)
        self.play(LaggedStart(*map(FadeIn, numbers.by_row()), lag_ratio=0.35), run_time=style.SLOW_S)
        self.remove(*picture)
        ends = extremes(self, "image")
        self.say(**ends)
        facts = VGroup(tone_scale(self, ends, scale, beside.width))
        if whole:
            count_ = self.label("numbers", count=self.number("sharing/run/inputs", form=",d"))
            text = self.join(size, " = ", count_)
            facts.add(fit(self.words(text, style.TITLE_PX), count))
        self.play(FadeIn(facts), FadeOut(rays), run_time=style.MOVE_S)
        self.panel.add(facts)
