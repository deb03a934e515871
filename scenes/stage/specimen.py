"""A sample of the data as one sees it, a flower or a digit, and beside it what each class looks like on average."""

from __future__ import annotations

import numpy as np
from manim import (
    RIGHT,
    Animation,
    Create,
    FadeIn,
    GrowFromCenter,
    LaggedStart,
    SurroundingRectangle,
    Transform,
    VGroup,
)

from scenes.parts.arrays.table import Column, Table
from scenes.parts.pictures.flower import Flower
from scenes.parts.pictures.image import grey, pictured
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.room.motion import arrive, leave
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.standing_network import StandingNetwork

PX, ASKED_PX = 36, 110
LABELS = 1.45  # room for what is written at either side of a flower
PICTURED = ("iris", "digits")  # data that can be drawn
SIDE = 8  # of a digit, in pixels
KIND_ROOM = 2.2  # of a class's picture
THUMB, THUMB_SHARE = (
    0.72,
    0.92,
)  # of a class's picture beside the network: at most, and as a share of the units' pitch
ASKED_WIDTH = 1.4  # for the question mark
LISTED = 5.5  # width of a list of measurements


class Specimen:
    """The sample's `picture` in `box`, and in `kinds` what the shown classes measure on average, by class.

    Data that nothing can be drawn from has a list of its measurements, and no `kinds`.
    """

    def __init__(self, film: StandingNetwork, box: Box) -> None:
        self.film, self.shown = film, film.net.folds[-1].shown
        self.data, raw = film.item("data/name"), film.array("sample/raw")
        means = film.array("data/class_mean")
        self.kinds: dict[int, VGroup] = {}
        self.labels = VGroup()
        if self.data == "iris":
            inner = box.without(left=LABELS, right=LABELS)
            self.picture: VGroup = self._flower(raw).into(inner)
            self.kinds = {k: self._flower(means[k]) for k in self.shown}
            self.labels.add(*map(self._measure, range(len(raw))))
        elif self.data == "digits":
            self.picture = self._digit(raw, box)
            self.kinds = {k: self._digit(means[k], box) for k in self.shown}
        else:
            rows = film.net.folds[0]
            texts = [film.words(film.measured(i), PX) for i in rows.shown]
            names = Column(film.named("data/features", rows.shown), align="left")
            room = box.middle(width=LISTED)
            self.picture = Table(film.look, [names, Column(texts)], room, rows=rows, gap=LISTED, up="centre")

    @staticmethod
    def pictured(film: StandingNetwork) -> bool:
        """Whether this film's data can be drawn."""
        return film.item("data/name") in PICTURED

    def _flower(self, measured: np.ndarray) -> Flower:
        long, wide, short, narrow = map(float, measured)
        return Flower(self.film.look, (long, wide), (short, narrow))

    def _digit(self, pixels: np.ndarray, box: Box) -> VGroup:
        values = pixels.reshape(SIDE, SIDE)
        return pictured(grey(values, 0.0, float(values.max())), self.film.look, box)

    def _measure(self, number: int) -> VGroup:
        """What was measured of a flower, at its line."""
        assert isinstance(self.picture, Flower)
        name = self.film.fitted(self.film.name("data/features", number), LABELS, style.SMALL_PX, "muted")
        text = column([name, self.film.words(self.film.measured(number), PX)], style.TIGHT, "centre")
        return self.picture.label(number, text)

    def _largest(self) -> float:
        """The larger side of the largest class's picture; zero where nothing has an extent."""
        return max((float(max(one.width, one.height)) for one in self.kinds.values()), default=0.0)

    def appear(self) -> None:
        """Play the sample, with its measurements one by one."""
        self.film.play(GrowFromCenter(self.picture), run_time=style.MOVE_S)
        if isinstance(self.picture, Flower):
            for line, label in zip(self.picture.measures, self.labels, strict=True):
                self.film.play(Create(line), FadeIn(label), run_time=0.7)
            self.labels.add(self.picture.measures)

    def ask(self, box: Box) -> VGroup:
        """Play the classes that it may be, one below the other with their names."""
        film, classes = self.film, self.film.net.folds[-1]
        asked = film.words("?", ASKED_PX, "input").centre_at(box.at(0, 0.5) + ASKED_WIDTH / 2 * RIGHT)
        rooms = box.without(left=ASKED_WIDTH).rows(*[1.0] * classes.slots, gap=style.TIGHT)
        size = min(KIND_ROOM, rooms[0].height)
        VGroup(*self.kinds.values()).scale(size / (self._largest() or size))
        names = film.named("data/classes", self.shown)
        for name, kind in zip(names, self.shown, strict=True):
            left = rooms[classes.slot(kind)].at(0, 0.5)
            if kind in self.kinds:
                self.kinds[kind].move_to(left + size / 2 * RIGHT)
                left = left + (size + style.GAP) * RIGHT
            name.left_at(left)
        shown = [
            VGroup(*([self.kinds[k]] if self.kinds else []), name)
            for k, name in zip(self.shown, names, strict=True)
        ]
        dots = VGroup()
        if classes.gap is not None:
            dots.add(
                film.words("⋮", style.LABEL_PX, "muted").move_to(
                    rooms[classes.gap].at(0, 0.5) + size / 2 * RIGHT
                )
            )
        rows = LaggedStart(*map(FadeIn, (*shown, dots)), lag_ratio=0.4)
        film.play(FadeIn(asked, scale=2), rows, run_time=style.SLOW_S)
        return VGroup(asked, *names, dots)

    def beside(self, box: Box) -> list[Animation]:
        """Animations that bring the sample into a box, small, and each class's picture beside its name."""
        if not self.kinds:
            return [leave(self.picture)]
        size = min(THUMB, THUMB_SHARE * self.film.net.pitch)
        share = size / (self._largest() or size)
        small = fit(self.picture.copy(), box.middle(height=box.width))
        places = self._places().items()
        moves = [self.kinds[kind].animate.scale(share).move_to(place) for kind, place in places]
        gone = [leave(self.labels)] if len(self.labels) else []
        return [*gone, Transform(self.picture, small), *moves]

    def back(self, box: Box) -> list[Animation]:
        """Animations that show the small pictures again, where the network and its names stand now."""
        if not self.kinds:
            return []
        pictures = [self.kinds[kind].move_to(place) for kind, place in self._places().items()]
        return [arrive(self.picture.move_to(box.centre), *pictures)]

    def _places(self) -> dict[int, np.ndarray]:
        """Of the classes' pictures, beside their names."""
        x = VGroup(self.film.class_names, self.film.truth).get_right()[0] + style.GAP + THUMB / 2
        units = self.film.net.nodes[-1]
        return {kind: np.array([x, units[kind].get_y(), 0]) for kind in self.kinds}

    def choose(self, kind: int) -> list[Animation]:
        """Animations that frame what the network takes the sample for, and bring the sample there."""
        film, moves = self.film, list[Animation]()
        chosen = self.kinds.get(kind, film.class_names[self.shown.index(kind)])
        if kind in self.kinds:
            flying = self.picture.copy()
            for kind_of_problem in ("text-over-line", "text-covered"):
                allow(flying, kind_of_problem, "the sample flies to its class", moving=True)
            moves.append(Transform(flying, chosen.copy()))
        frame = SurroundingRectangle(chosen, color=film.look.activation, buff=style.TIGHT / 2)
        return [*moves, Create(frame.set_stroke(width=style.LINE))]
