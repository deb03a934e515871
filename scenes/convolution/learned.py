"""The kernels of a trained net: before and after training, and where each answers most to one digit."""

from __future__ import annotations

from functools import partial

from manim import Create, FadeIn, FadeOut, VGroup, VMobject

from scenes.convolution.stage import ConvStage
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.image import grey, pictured, ramp
from scenes.parts.pictures.image_grid import ImageGrid
from scenes.parts.pictures.judged import Judged
from scenes.parts.room.box import Box
from scenes.parts.room.motion import leave
from scenes.stage import style

RING_S = 0.7


class Learned(ConvStage):
    """The kernels that answer most: as they were drawn above what they became; then these above their maps."""

    def learned(self) -> None:
        """What training changed, what the kernels answer to, and what that is worth."""
        gain = self.item("learned/test_correct") > self.item("learned/frozen_correct")
        self.variant("" if gain else "no_gain")
        self.say()
        self.chosen = self.array("learned/strongest").tolist()
        left, right = self.whole.columns(1.2, 4)
        kinds = [partial(self._weights, f"learned/{name}") for name in ("weight_before", "weight")]
        first, second = (
            ImageGrid(box, len(self.chosen), rows, [self.head(key) for key in keys])
            for box, rows, keys in (
                (self.whole, kinds, ("before", "after")),
                (right, (kinds[1], self._map), ("after", "maps")),
            )
        )
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(first.reveal(0), run_time=style.SLOW_S)
        self.say()
        self.play(first.reveal(1), run_time=style.SLOW_S)
        self.say()
        pixel = self.array("learned/pixel")
        truth, guess = (
            self.join(self.label(key), " ", self.number(f"learned/{key}", form="d"))
            for key in ("label", "prediction")
        )
        digit = Judged(self, grey(pixel, float(pixel.min()), float(pixel.max())), truth, guess, left)
        self.play(leave(first.row(0)), *first.move(1, second, 0), run_time=style.MOVE_S)
        self.play(FadeIn(digit.truth, digit.picture), second.reveal(1), run_time=style.SLOW_S)
        rings = self._rings(digit, second.images[1])
        tested = self.number("learned/test_count", form="d")
        acc, frozen = (self.number(f"learned/{one}_accuracy", form=".0%") for one in ("test", "frozen"))
        self.say(count=tested, acc=acc)
        self.play(FadeIn(digit.guess), run_time=style.MOVE_S)
        self.say(frozen=frozen)
        self.panel = VGroup(first.row(1), second.row(1), rings, digit)

    def _rings(self, digit: Judged, maps: list[VMobject]) -> VGroup:
        """The largest value of each map, and on the digit the window that it comes from."""
        rings, frame = VGroup(), VGroup()
        side = self.array("learned/weight").shape[1]
        for k, image in zip(self.chosen, maps, strict=True):
            if not self.array("learned/peak")[k]:
                continue
            y, x = (int(self.array(f"learned/peak_{axis}")[k]) for axis in "yx")
            corner = (y - side // 2, x - side // 2)
            window = digit.picture[0].region(*corner, side, side, self.look, "activation")
            moving = frame.animate.become(VGroup(window)) if len(frame) else Create(frame.add(window))
            rings.add(image[0].ring(y, x, self.look))
            self.play(moving, Create(rings[-1]), run_time=RING_S)
        self.play(FadeOut(frame), run_time=style.QUICK_S)
        return rings

    def _weights(self, series: str, place: int, box: Box) -> VMobject:
        """The weights of a chosen kernel as tiles with their signs, full at its largest one."""
        return SeriesCells(self, series, self.chosen[place], signs=True).into(box).fill()

    def _map(self, place: int, box: Box) -> VMobject:
        """What a chosen kernel makes of the digit, after ReLU: nothing to full."""
        map_ = self.array("learned/relu")[self.chosen[place]]
        return pictured(ramp(map_ / (float(map_.max()) or 1.0), self.look, "activation"), self.look, box)
