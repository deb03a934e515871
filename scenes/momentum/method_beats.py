"""The beats of `momentum` on other optimisers: for each its rule, its path alone, and its first step in numbers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import ORIGIN, RIGHT, FadeIn, LaggedStart, Line, VGroup, linear

from scenes.momentum.stage import DescentStage
from scenes.momentum.words import still
from scenes.parts.room.box import Box
from scenes.parts.room.layout import row
from scenes.parts.room.motion import drawn
from scenes.parts.text.rule_card import RuleCard
from scenes.stage import style

NAME_PX, SAMPLE = 40, 0.6
THIN, FAINT = 2.5, 0.55  # of momentum's path, for comparison


class MethodBeats(DescentStage):
    """A beat for each optimiser besides momentum."""

    def nesterov(self) -> None:
        """Momentum that counts its new velocity once more."""
        self._method("nesterov")

    def adagrad(self) -> None:
        """Each axis divided by the root of the sum of its squares: both move by the rate at first."""
        first = self.array("adagrad/first")
        rate = self.item("adagrad/lr")
        alike = len(first) > 0 and bool(np.allclose(np.abs(first[-1]), rate))
        self._method("adagrad", "" if alike else "plain", lr=self.number("adagrad/lr"))

    def rmsprop(self) -> None:
        """A mean of squares instead of their sum."""
        *_, high, last = (0, *map(int, self.array("rmsprop/shown")))
        squares = self.array("rmsprop/state/square_avg")
        axis = int(np.argmax(squares[high]))
        falls = squares[last, axis] < squares[high, axis]
        told = {"axis": "xy"[axis], "low": self.number("rmsprop/state/square_avg", last, axis, form="short")}
        self._method("rmsprop", "" if falls else "plain", alpha=self.number("alpha"), **told)

    def adam(self) -> None:
        """Means of gradients and of squares, both corrected."""
        first = self.array("adam/first")
        if not len(first):
            self._method("adam", "plain")
            return
        axis = int(np.argmax(np.abs(first[0])))
        self._method("adam", corrected=self.number("adam/first", 1, axis, form="short"))

    def adamw(self) -> None:
        """Adam whose parameters also shrink by themselves."""
        self._method("adamw", decay=self.number("weight_decay"))

    def _method(self, name: str, variant: str = "", **told: str) -> None:
        self.variant("still" if still(self) else variant)
        self.say(**told)
        side, whole = self.side, self.whole
        under = Box(style.LEFT, side.left - style.WIDE, whole.bottom, self.room.bottom)
        role, title = self.role(name), self.title(name, NAME_PX, "bold")
        sample = Line(
            ORIGIN, SAMPLE * RIGHT, color=self.look.colour(self.role("momentum")), stroke_width=THIN
        )
        other = row([sample, self.title("momentum")], style.TIGHT)
        card = RuleCard(self, name, title, role, replace(side, bottom=whole.bottom), under, other)
        beside, path, ball = self.way("momentum", width=THIN), self.way(name), self.ball(name)
        beside.set_stroke(opacity=FAINT)
        self.play(*self.fresh(), FadeIn(card.head, card.meant, ball), run_time=style.MOVE_S)
        self.play(LaggedStart(*map(FadeIn, card.lines), lag_ratio=0.6), run_time=style.SLOW_S)
        self.say(**told)
        self.play(FadeIn(card.table, beside), run_time=style.MOVE_S)
        self.play(*drawn(path, ball), run_time=2 * style.SLOW_S, rate_func=linear)
        self.trails, self.panel = VGroup(beside, path, ball), card.panel
