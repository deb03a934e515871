"""A sample of the data as one sees it, a flower or a digit, and beside it what each class looks like on average."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Create,
    FadeIn,
    GrowFromCenter,
    LaggedStart,
    SurroundingRectangle,
    Transform,
    VGroup,
)

from scenes.parts.box import Box
from scenes.parts.flower import Flower
from scenes.parts.image import grey, pictured
from scenes.parts.layout import column, fit
from scenes.parts.motion import arrive, leave
from scenes.parts.table import Column, Table
from scenes.stage import style
from scenes.stage.standing_network import StandingNetwork

PX, ASKED_PX = 36, 110
LABELS = 1.75  # room for what is written at either side of a flower
PICTURED = ("iris", "digits")  # data that can be drawn
SIDE = 8  # of a digit, in pixels
KIND_ROOM = 2.2  # of a class's picture
THUMB = 0.72  # of a class's picture beside the network


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
            self.picture: VGroup = Flower(film.look, raw[:2], raw[2:]).into(inner)
            self.kinds = {k: Flower(film.look, means[k, :2], means[k, 2:]) for k in self.shown}
            self.labels.add(*map(self._measure, range(len(raw))))
        elif self.data == "digits":
            self.picture = self._digit(raw, box)
            self.kinds = {k: self._digit(means[k], box) for k in self.shown}
        else:
            rows = film.net.folds[0]
            texts = [film.words(film.measured(i), PX) for i in rows.shown]
            names = Column(film.named("data/features", rows.shown), align="left")
            self.picture = Table(film.look, [names, Column(texts)], box, rows=rows, up="centre")

    @staticmethod
    def pictured(film: StandingNetwork) -> bool:
        """Whether this film's data can be drawn."""
        return film.item("data/name") in PICTURED

    def _digit(self, pixels: np.ndarray, box: Box) -> VGroup:
        values = pixels.reshape(SIDE, SIDE)
        return pictured(grey(values, 0.0, float(values.max())), self.film.look, box)

    def _measure(self, number: int) -> VGroup:
        """What was measured of a flower, at its line."""
        assert isinstance(self.picture, Flower)
        name = self.film.fitted(self.film.name("data/features", number), LABELS, style.SMALL_PX, "muted")
        text = column([name, self.film.words(self.film.measured(number), PX)], style.TIGHT, "centre")
        return VGroup(self.picture.label(number, text))

    def appear(self) -> None:
        """Play the sample, with its measurements one by one."""
        self.film.play(GrowFromCenter(self.picture), run_time=style.MOVE_S)
        if isinstance(self.picture, Flower):
            for line, label in zip(self.picture.measures, self.labels, strict=True):
                self.film.play(Create(line), FadeIn(label), run_time=0.7)
            self.labels.add(self.picture.measures)

    def ask(self, box: Box) -> VGroup:
        """Play the classes that it may be, one below the other with their names."""
        film, names = self.film, self.film.named("data/classes", self.shown)
        rows = box.without(left=1.4).rows(*[1.0] * len(self.shown), gap=style.TIGHT)
        pictures = VGroup(*self.kinds.values())
        size = min(KIND_ROOM, rows[0].height)
        if len(pictures):
            pictures.scale(size / max(max(one.width, one.height) for one in pictures))
        for room, name, kind in zip(rows, names, self.shown, strict=True):
            if kind in self.kinds:
                self.kinds[kind].move_to(room.at(0, 0.5) + np.array([size / 2, 0, 0]))
            name.left_at(room.at(0, 0.5) + np.array([(size + style.GAP) * bool(self.kinds), 0, 0]))
        asked = film.words("?", ASKED_PX, "input").centre_at(box.at(0, 0.5) + np.array([0.5, 0, 0]))
        classes = [
            VGroup(*([self.kinds[k]] if self.kinds else []), name)
            for k, name in zip(self.shown, names, strict=True)
        ]
        film.play(
            FadeIn(asked, scale=2), LaggedStart(*map(FadeIn, classes), lag_ratio=0.4), run_time=style.SLOW_S
        )
        return VGroup(asked, *names)

    def beside(self, box: Box) -> list[Animation]:
        """Animations that bring the sample into a box, small, and each class's picture beside its name."""
        if not self.kinds:
            return [leave(self.picture)] if self.picture in self.film.mobjects else []
        small = fit(self.picture.copy(), box.middle(height=box.width))
        moves: list[Animation] = [Transform(self.picture, small)]
        x = self.film.class_names.get_right()[0] + style.GAP + THUMB / 2
        share = THUMB / max(max(one.width, one.height) for one in self.kinds.values())
        for kind, picture in self.kinds.items():
            y = self.film.net.nodes[-1][kind].get_center()[1]
            moves.append(picture.animate.scale(share).move_to([x, y, 0]))
        return moves

    def back(self, box: Box) -> list[Animation]:
        """Animations that show the pictures again, where the network and its names stand now."""
        for kind, picture in self.kinds.items():
            x = self.film.class_names.get_right()[0] + style.GAP + THUMB / 2
            picture.move_to([x, self.film.net.nodes[-1][kind].get_center()[1], 0])
        shown = [self.picture.move_to(box.centre), *self.kinds.values()] if self.kinds else []
        return [arrive(*shown)] if shown else []

    def choose(self, kind: int) -> list[Animation]:
        """Animations that frame what the network takes the sample for."""
        name = self.film.class_names[self.shown.index(kind)] if kind in self.shown else VGroup()
        chosen = VGroup(
            self.film.net.nodes[-1].get(kind, VGroup()),
            name,
            *([self.kinds[kind]] if kind in self.kinds else []),
        )
        return [Create(SurroundingRectangle(chosen, buff=style.TIGHT, color=self.film.look.activation))]
