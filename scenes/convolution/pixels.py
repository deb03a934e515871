"""The second beat: a picture turns into the numbers that it is."""

from __future__ import annotations

from manim import FadeIn, FadeOut, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.cells import shape_of
from scenes.parts.pictures.numbered import Numbered
from scenes.parts.pictures.recorded_picture import extremes, tone_scale
from scenes.parts.room.layout import fit
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
        numbered = Numbered(self, "image", "crop/pixel", self.large.fill(), top)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        if whole:
            numbered.show(self.whole)
            self.say()
            self.panel = numbered.part()
        else:
            self.play(FadeIn(numbered.beside), run_time=style.MOVE_S)
            self.say(crop=self.sized("crop/height", "crop/width"))
            self.panel = numbered.open((int(self.item("crop/top")), int(self.item("crop/left"))))
        numbered.count()
        ends = extremes(self, "image")
        self.say(**ends)
        facts = VGroup(tone_scale(self, ends, scale, numbered.beside.width))
        if whole:
            text = self.label("numbers", count=self.number("sharing/run/inputs", form=",d"))
            facts.add(fit(self.words(self.join(size, " = ", text), style.TITLE_PX), count))
        self.play(FadeIn(facts), FadeOut(numbered.rays), run_time=style.MOVE_S)
        self.panel.add(facts)
