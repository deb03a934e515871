"""The beats of `momentum` on other optimisers: for each its rule, its numbers, and what its path does."""

from __future__ import annotations

from dataclasses import replace

from manim import ORIGIN, RIGHT, FadeIn, Line, VGroup, linear

from scenes.momentum.stage import DescentStage
from scenes.momentum.words import on_its_way, still
from scenes.parts.room.box import Box
from scenes.parts.room.layout import row
from scenes.parts.room.motion import drawn
from scenes.parts.text.rule_card import RuleCard
from scenes.parts.text.step_sizes import by_rate, forgetting, steeper
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
        self._method("adagrad", "" if by_rate(self, "adagrad") else "plain", lr=self.number("adagrad/lr"))

    def rmsprop(self) -> None:
        """A running mean of squares instead of their sum: it can fall again."""
        variant, told = forgetting(self, "rmsprop")
        self._method("rmsprop", variant, alpha=self.number("alpha"), **told)

    def adam(self) -> None:
        """Means of gradients and of squares, both corrected."""
        axis = steeper(self, "adam")
        some = len(self.array("adam/first")) > 0
        variant = "" if by_rate(self, "adam", [axis]) else "tiny" if some else "plain"
        self._method("adam", variant, axis="xy"[axis], lr=self.number("adam/lr"))

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
        for i in range(len(card.moments)):
            if i:
                self.say(**told)
            self.play(*card.tells(i), run_time=style.MOVE_S)
        if not still(self):
            self.say(path=on_its_way(self, name))
        self.play(*card.nothing_framed(), FadeIn(beside), run_time=style.QUICK_S)
        self.play(*drawn(path, ball), run_time=1.6 * style.SLOW_S, rate_func=linear)
        self.trails, self.panel = VGroup(beside, path, ball), card.panel
