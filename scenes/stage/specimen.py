"""A sample of the data as one sees it, a flower or a digit, and beside it what each class looks like on average."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from manim import (
    RIGHT,
    Animation,
    Create,
    FadeIn,
    GrowFromCenter,
    LaggedStart,
    Transform,
    VGroup,
)

from scenes.parts.arrays.table import Column, Table
from scenes.parts.pictures.flower import Flower
from scenes.parts.pictures.image import grey, pictured
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.stage.standing_network import StandingNetwork

PX, ASKED_PX = 36, 72
LABELS = 1.7  # room for what is written at either side of a flower
PICTURED = ("iris", "digits")  # data that can be drawn
SIDE = 8  # of a digit, in pixels
NAMES = 0.7  # room for a name below a picture
ASKED_WIDTH = 1.4  # for the question mark beside a list
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
            self.sample: VGroup = self._flower(raw)
            self.picture: VGroup = self._flower(raw).into(inner)
            self.kinds = {k: self._flower(means[k]) for k in self.shown}
            self.labels.add(*map(self._measure, range(len(raw))))
        elif self.data == "digits":
            self.sample, self.picture = self._digit(raw, box), self._digit(raw, box)
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
        name = self.film.fitted(self.film.name("data/features", number), LABELS, self.film.name_px, "muted")
        text = column([name, self.film.words(self.film.measured(number), PX)], style.TIGHT, "centre")
        return self.picture.label(number, text)

    def appear(self) -> None:
        """Play the sample, with its measurements one by one."""
        self.film.play(GrowFromCenter(self.picture), run_time=style.MOVE_S)
        if isinstance(self.picture, Flower):
            for line, label in zip(self.picture.measures, self.labels, strict=True):
                self.film.play(Create(line), FadeIn(label), run_time=0.7)
            self.labels.add(self.picture.measures)

    def ask(self, box: Box) -> VGroup:
        """Play the classes that it may be: beside the sample, in its scale, with their names, or as a list."""
        return self._ask_pictures(box) if self.kinds else self._ask_names(box.columns(1.75, 1)[1])

    def _ask_pictures(self, box: Box) -> VGroup:
        film, classes = self.film, self.film.net.folds[-1]
        rooms = box.columns(*[1.0] * (classes.slots + 1), gap=style.GAP)
        asked = film.words("?", ASKED_PX, "input")
        names = [film.fitted(film.name("data/classes", k), rooms[0].width, PX) for k in self.shown]
        seen = [rooms[0], *(rooms[1 + classes.slot(kind)] for kind in self.shown)]
        small, *others = self._in_scale([room.without(bottom=NAMES) for room in seen])
        foot = min(one.get_bottom()[1] for one in (small, *others)) - NAMES / 2
        for text, room in zip((asked, *names), seen, strict=True):
            text.centre_at(np.array([room.centre[0], foot, 0]))
        gone = [leave(self.labels)] if len(self.labels) else []
        film.play(*gone, Transform(self.picture, small), run_time=style.MOVE_S)
        shown = [VGroup(*pair) for pair in zip(others, names, strict=True)]
        shown += self._dots(rooms[1 + classes.gap].centre if classes.gap is not None else None, "⋯")
        film.play(
            FadeIn(asked, scale=2), LaggedStart(*map(FadeIn, shown), lag_ratio=0.4), run_time=style.SLOW_S
        )
        return VGroup(asked, *shown)

    def _ask_names(self, box: Box) -> VGroup:
        film, classes = self.film, self.film.net.folds[-1]
        asked = film.words("?", ASKED_PX, "input").centre_at(box.at(0, 0.5) + ASKED_WIDTH / 2 * RIGHT)
        rooms = box.without(left=ASKED_WIDTH).rows(*[1.0] * classes.slots, gap=style.TIGHT)
        names = film.named("data/classes", self.shown)
        for name, kind in zip(names, self.shown, strict=True):
            name.left_at(rooms[classes.slot(kind)].at(0, 0.5))
        dots = self._dots(rooms[classes.gap].at(0.1, 0.5) if classes.gap is not None else None, "⋮")
        rows = LaggedStart(*map(FadeIn, (*names, *dots)), lag_ratio=0.4)
        film.play(FadeIn(asked, scale=2), rows, run_time=style.SLOW_S)
        return VGroup(asked, *names, *dots)

    def _dots(self, place: np.ndarray | None, sign: str) -> list[VGroup]:
        """An ellipsis where classes are left out."""
        if place is None:
            return []
        return [VGroup(self.film.words(sign, style.LABEL_PX, "muted").move_to(place))]

    def _in_scale(self, rooms: Sequence[Box]) -> list[VGroup]:
        """The sample and the classes' pictures in these rooms, all in one scale."""
        pictures = [one.copy() for one in (self.sample, *self.kinds.values())]
        sizes = [(one.width, one.height) for one in pictures]
        fits = [
            min(room.width / w, room.height / h)
            for room, (w, h) in zip(rooms, sizes, strict=True)
            if w * h > 0
        ]
        for picture, room in zip(pictures, rooms, strict=True):
            picture.scale(min(fits, default=1.0)).move_to(room.centre)
        return pictures

    def beside(self, box: Box) -> list[Animation]:
        """Animations that bring the sample into a box, small; a list leaves."""
        if not self.kinds:
            return [leave(self.picture)]
        return [Transform(self.picture, fit(self.picture.copy(), box.middle(height=box.width)))]

    def back(self, box: Box, rooms: Mapping[int, Box]) -> list[Animation]:
        """Animations that show the sample in a box again and each class's picture in its room, in one scale."""
        if not self.kinds:
            return []
        self.picture, *kinds = self._in_scale([box, *(rooms[kind] for kind in self.kinds)])
        self.kinds = dict(zip(self.kinds, kinds, strict=True))
        return [FadeIn(self.picture, *kinds)]
