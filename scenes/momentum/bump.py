"""A valley with a shallow minimum before the deep one, and who stays in it."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Dot, Line, VGroup, VMobject

from scenes.parts.place import at
from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer

LIFT = 0.13  # a ball lies on the line


class BumpProfile:
    """The recorded profile over the whole stage, and a ball a run that follows its recorded positions."""

    def __init__(self, film: Explainer) -> None:
        self.film = film
        ends = [film.trace[f"bump/{name}/end"].values for name in ("sgd", "momentum")]
        self.form = comparable(ends, form="short")
        xs, ys = (film.trace[f"bump/{name}"].values for name in ("x", "profile"))
        self.plot = Plot(
            film.look, (float(xs[0]), float(xs[-1])), (0.0, float(ys.max())), (0, 0.85), 11.8, 3.5
        )
        corner, right = self.plot.at(float(xs[0]), 0), self.plot.at(float(xs[-1]), 0)
        top = self.plot.at(float(xs[0]), float(ys.max()))
        colour = film.look.muted
        self.axes = VGroup(
            Line(corner, right, color=colour, stroke_width=style.LINE),
            Line(
                corner, top, color=colour, stroke_width=style.LINE
            ),  # at the left: results stand over the minimum
            film.math("x", 34, "muted").move_to(right + at(0.3, 0)),
            film.math("loss(f)", 34).move_to(top + at(-0.3, -0.1)),
        )
        self.curve = self.plot.curve(xs, ys, "loss")
        self.group = VGroup(self.axes, self.curve)

    def _on(self, x: float, loss: float) -> np.ndarray:
        return self.plot.at(x, loss) + at(0, LIFT)

    def ball(self, name: str) -> Dot:
        """The ball of a run where it starts."""
        role = "positive" if name == "momentum" else "ink"
        x, loss = self._point(name, 0)
        return Dot(self._on(x, loss), radius=LIFT, color=self.film.look.colour(role))

    def _point(self, name: str, step: int) -> tuple[float, float]:
        position = self.film.trace[f"bump/{name}/position"].values[step]
        return float(position[0]), float(self.film.trace[f"bump/{name}/loss"].values[step])

    def way(self, name: str) -> VMobject:
        """The recorded positions, joined along the profile."""
        xs, ys = (self.film.trace[f"bump/{key}"].values for key in ("x", "profile"))
        stops = self.film.trace[f"bump/{name}/position"].values[:, 0]
        points = []
        for a, b in pairwise(stops):
            points += [self._on(float(x), float(np.interp(x, xs, ys))) for x in np.linspace(a, b, 4)[:-1]]
        points.append(self._on(*self._point(name, -1)))
        return VMobject().set_points_as_corners(points)

    def result(self, name: str) -> VGroup:
        """The run's name and its last loss, above where it ended."""
        film = self.film
        index = list(film.trace["optimisers"].values).index(name)
        role = "positive" if name == "momentum" else "ink"
        top: Typeset = film.words(film.name("optimisers", index), style.LABEL_PX, role)
        last = film.label("ends", loss=film.number(f"bump/{name}/end", form=self.form))
        end = self._on(*self._point(name, -1))
        escapes = film.trace.flags[f"bump/{name}/escapes"]
        both = name == "momentum" and escapes == film.trace.flags["bump/sgd/escapes"]
        lift = 2.0 if both else 0.95
        lines = VGroup(
            top.centre_at(end + at(0, lift + 0.42)),
            film.words(last, style.LABEL_PX, "loss").centre_at(end + at(0, lift)),
        )
        return lines
