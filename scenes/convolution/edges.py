"""Filters on a photograph: the puzzle of nine numbers, two filters and the outline of both, others side by side."""

from __future__ import annotations

from manim import FadeIn, VGroup

from scenes.convolution.stage import ConvStage
from scenes.parts.pictures.filtering import Filtering
from scenes.parts.pictures.gallery import Gallery
from scenes.parts.pictures.image import ramp
from scenes.parts.pictures.photo_filter import photo_filter
from scenes.parts.pictures.picture_row import PictureRow
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.room.motion import arrive, leave
from scenes.stage import style

ACROSS, DOWN = "sobel-x", "sobel-y"
SHOWN, SCAN_S, CARD_S = 3, 1.3, 1.4  # filters in the other pictures; times of a scan, and of a card


class Edges(ConvStage):
    """The photograph left, what a filter makes of it right, the kernel between."""

    def puzzle(self) -> None:
        """A photograph, what a filter makes of it, and the question which one."""
        self._flat()
        self.say()
        panel = Filtering(self, self.whole, tones(self, "photo"))
        kernel, _, rgb = photo_filter(self, ACROSS)
        self.play(FadeIn(panel.source), run_time=style.MOVE_S)
        panel.make(rgb)
        self.say(weights=self.number("sharing/photo/weights", form="d"))
        self.play(FadeIn(panel.ask(kernel)), run_time=style.MOVE_S)
        self.panel = panel.all()

    def edges(self) -> None:
        """Two Sobel filters on a photograph, both together, and other filters beside each other."""
        kernel, name, rgb = photo_filter(self, ACROSS)
        if not self._flat() and self.item("kernel/name") != ACROSS:
            self.variant("other")
        self.say(name=name, weights=self.number("sharing/photo/weights", form="d"))
        panel = Filtering(self, self.whole, tones(self, "photo"))
        question = panel.ask(photo_filter(self, ACROSS)[0])
        panel.put(kernel, name, rgb)
        self.show(panel.source, question, panel.result, panel.frame)
        self.play(leave(question), arrive(kernel, panel.name), run_time=style.MOVE_S)
        self.say()
        self.say(name=photo_filter(self, DOWN)[1])
        panel.question = VGroup()
        panel.apply(*photo_filter(self, DOWN), seconds=SCAN_S)
        self._outline(panel)
        self._gallery()

    def _flat(self) -> bool:
        """Of a picture that changes nowhere sideways something else is said."""
        weights = photo_filter(self, ACROSS)[0].series
        flat = not float(self.item(weights.replace("weight", "limit")))
        self.vary(flat=flat)
        return flat

    def _outline(self, panel: Filtering) -> None:
        """Both results side by side, the later one from where it stood, and the outline that they make."""
        share = self.array("photo/magnitude") / (float(self.item("photo/magnitude_strong")) or 1.0)
        shown = [photo_filter(self, name) for name in (ACROSS, DOWN)]
        colours = [shown[0][2], shown[1][2], ramp(share, self.look, "activation")]
        names = [shown[0][1], shown[1][1], self.label("outline")]
        row = PictureRow(self, self.room, list(zip(colours, names, ("g_x", "g_y", "g"), strict=True)))
        rest = [one for one in panel.all() if one is not panel.result]
        row.take(1, VGroup(panel.result, panel.frame), *rest)
        self.say()
        self.play(*self.formula("g = sqrt(g_x^rule(2) + g_y^rule(2))"), run_time=style.QUICK_S)
        row.combine(style.PULSE_S)
        self.panel = VGroup(*row)

    def _gallery(self) -> None:
        """Other filters one after the other, each with its kernel beside its result."""
        self.say()
        numbers = range(SHOWN + 1, int(self.item("photo/filters")) + 1)
        names = [str(self.item(f"filter{k}/name")) for k in numbers]
        filters = [(*photo_filter(self, one), self.label(f"does_{one}")) for one in names]
        first, *others = Gallery(filters, self.whole)
        self.show(first)
        for k, card in enumerate(others, start=1):
            self.hold(CARD_S)
            if k == len(filters) // 2:
                self.say()
            self.play(FadeIn(card), run_time=style.QUICK_S)
            self.panel.add(card)
