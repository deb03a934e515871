"""The loss step by step of runs that go down to a bottom, and a dashed line at what counts as arrived."""

from __future__ import annotations

import numpy as np
from manim import UR, Animation, AnimationGroup, Circle, FadeIn, VGroup, smooth, squish_rate_func

from scenes.parts.charts.chart import Axis
from scenes.parts.charts.run_chart import RunChart
from scenes.parts.charts.scale import LogScale, Scale
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

BEYOND = 1.25  # times the steps of the last arrival: as far as the axis reaches
WIDE = 1e5  # from here on, or below its inverse, powers of ten are written as such
LATEST, APPEARS = (
    0.9,
    0.1,
)  # shares of a curve's time: when a name begins to appear at the latest, and how long it takes
RING, BESIDE = 0.14, np.array([0.12, 0.16, 0.0])  # around an arrival; from there to the name's corner
ABOVE = 2.0  # how many times the highest round number the axis reaches


class DescentChart(RunChart):
    """A curve for each of `runs`: role and name by run. `line_of_goal` is dashed, at the tolerance; there
    stands the name of a run that arrives, and `arrivals` holds a ring.

    Reads `NAME/loss`, `NAME/gap` (step,), `axis/loss`, `axis/gap`, `axis/step`, `tolerance` and `floor`; labels `loss`,
    `loss_above` and `step`. On a logarithmic axis stands how far the loss is above the smallest one. Where the lowest
    run is still falling there is no such thing: the loss itself stands on a linear axis, and `line_of_goal` is empty.
    """

    def __init__(self, film: Stage, box: Box, runs: dict[str, tuple[str, Typeset]]) -> None:
        self.film, self.falling = film, bool(film.trace.flags["falling"])
        rises = "axis/loss" if self.falling else "axis/gap"
        numbers = film.array(rises)
        low, high = float(numbers.min()), float(numbers.max())
        wide = not self.falling and (high >= WIDE or low < 1 / (WIDE - 1))
        heights = film.ticks(rises, form="decade" if wide else comparable(numbers), most=len(numbers))
        up = Scale(low, high) if self.falling else LogScale(low, ABOVE * high)
        last = max(1, *(len(film.array(f"{name}/loss")) - 1 for name in runs))
        reached = [film.item(f"{name}/reached") for name in runs]
        if min(reached) >= 0:
            last = min(last, max(1, round(BEYOND * max(reached))))
        ticks = {at: text for at, text in film.ticks("axis/step", form="auto").items() if at <= last}
        across = Axis(Scale(0, last), film.head("step"), ticks, under=True)
        loss = film.words(self._rising(), style.SMALL_PX, "loss")
        super().__init__(film.look, box, across, Axis(up, loss, heights))
        self.line_of_goal = VGroup() if self.falling else self.goal(film.item("tolerance"))
        self.take({name: (self._values(name), *drawn) for name, drawn in runs.items()})
        self.arrivals = {name: self._arrival(name, role) for name, (role, _) in runs.items()}

    def arriving(self, name: str) -> Animation:
        """The name of a run appears while its curve is drawn: as the curve comes to its arrival, or else at its end."""
        reached, last = self.film.item(f"{name}/reached"), self.x.scale.high
        share = min(reached / last, LATEST) if reached >= 0 else LATEST
        appears = squish_rate_func(smooth, share, share + APPEARS)
        return AnimationGroup(FadeIn(self.arrivals[name], self.labels[name], rate_func=appears))

    def _arrival(self, name: str, role: str) -> VGroup:
        """A ring where a run has arrived, and its name above that, right of the curve; none where it does not."""
        reached, last = self.film.item(f"{name}/reached"), self.x.scale.high
        if self.falling or not 0 < reached <= last:
            return VGroup()
        place, text = self.at(reached, self.y.scale.clipped(self.film.item("tolerance"))), self.labels[name]
        text.next_to(place, UR, buff=0).shift(BESIDE)
        text.shift([min(0.0, self.outer.right - text.get_right()[0]), 0, 0])
        ring = Circle(RING, color=self.look.colour(role), stroke_width=style.LINE).move_to(place)
        return VGroup(ring)

    def _rising(self) -> Shown:
        above = not self.falling and self.film.item("floor") != 0
        return self.film.label("loss_above" if above else "loss")

    def _values(self, name: str) -> np.ndarray:
        """What is drawn of a run; a lowest loss that is only met once is no bottom, and the curve ends before it."""
        if self.falling:
            return self.film.array(f"{name}/loss")
        gaps = self.film.array(f"{name}/gap")
        once = np.count_nonzero(gaps <= 0) == 1 and not self.film.trace.flags["floor_known"]
        return gaps[: max(int(np.argmin(gaps)), 1)] if once else gaps
