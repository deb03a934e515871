"""A valley with a shallow minimum before the deep one, and who stays in it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Dot, VGroup, VMobject

from scenes.momentum.table import title
from scenes.parts.box import Box
from scenes.parts.chart import Axis, Chart
from scenes.parts.layout import column
from scenes.parts.scale import Scale
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

LIFT = np.array([0, 0.13, 0])  # a ball lies on the line


class BumpProfile(Chart):
    """The recorded profile over a box, and a ball a run that follows its recorded positions."""

    def __init__(self, film: Stage, box: Box) -> None:
        self.film = film
        self.xs, ys = film.array("bump/x"), film.array("bump/profile")
        super().__init__(
            film.look,
            box,
            Axis(Scale(float(self.xs[0]), float(self.xs[-1])), film.math("x", 34, "muted")),
            Axis(Scale(0.0, float(ys.max())), film.math("loss(f)", 34)),
        )
        self.profile = self.line(self.xs, ys, "loss")
        ends = [film.array(f"bump/{name}/end") for name in ("sgd", "momentum")]
        self.form = comparable(ends, form="short")

    def _on(self, x: float, loss: float) -> np.ndarray:
        return self.at(x, loss) + LIFT

    def _point(self, name: str, step: int) -> np.ndarray:
        x = self.film.array(f"bump/{name}/position")[step][0]
        return self._on(float(x), float(self.film.array(f"bump/{name}/loss")[step]))

    def ball(self, name: str) -> Dot:
        """The ball of a run where it starts."""
        role = "positive" if name == "momentum" else "ink"
        return Dot(self._point(name, 0), radius=LIFT[1], color=self.look.colour(role))

    def way(self, name: str) -> VMobject:
        """The recorded positions, joined along the profile."""
        ys = self.film.array("bump/profile")
        points = []
        for a, b in pairwise(self.film.array(f"bump/{name}/position")[:, 0]):
            between = np.linspace(a, b, 4)[:-1]
            points += [self._on(float(x), float(np.interp(x, self.xs, ys))) for x in between]
        return VMobject().set_points_as_corners([*points, self._point(name, -1)])

    def result(self, name: str) -> VGroup:
        """The run's name and its last loss, above where it ended."""
        film, flags = self.film, self.film.trace.flags
        both = name == "momentum" and flags["bump/momentum/escapes"] == flags["bump/sgd/escapes"]
        last = film.label("ends", loss=film.number(f"bump/{name}/end", form=self.form))
        role = "positive" if name == "momentum" else "ink"
        lines = column(
            [title(film, name, role), film.words(last, style.LABEL_PX, "loss")], gap=style.GAP, align="centre"
        )
        return lines.move_to(self._point(name, -1) + (2.2 if both else 1.15) * np.array([0, 1, 0]))
