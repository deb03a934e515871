"""The beats of `momentum` on other optimisers: for each its rule, its numbers, and what its path does."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from manim import ORIGIN, RIGHT, DashedLine, FadeIn, Line, VGroup, VMobject, linear

from scenes.momentum.stage import DescentStage
from scenes.momentum.words import on_its_way, still
from scenes.parts.room.box import Box
from scenes.parts.room.layout import row
from scenes.parts.room.motion import drawn, in_step
from scenes.parts.text.rule_card import RuleCard
from scenes.parts.text.step_sizes import FORERUNNER, by_rate, forgetting, steeper
from scenes.stage import style

NAME_PX, SAMPLE = 40, 0.6
THIN, FAINT = 2.5, 0.55  # of momentum's path, for comparison
OVER = 1  # the path below
WALK_S = 2 * style.SLOW_S


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
        title, (other, beside) = self.title(name, NAME_PX, "bold"), self._compared(name)
        card = RuleCard(self, name, title, self.role(name), replace(side, bottom=whole.bottom), under, other)
        ball, last = self.ball(name).set_z_index(OVER), len(self.array(f"{name}/position")) - 1
        cuts = pairwise((0, 1, card.last, last))
        first, way, rest = (self.way(name, range(start, end + 1)) for start, end in cuts)
        dots = self.footsteps(name, range(1, card.last + 1))
        walk = [*drawn(way, ball), *in_step(card.with_numbers(dots))]
        self.play(*self.fresh(), FadeIn(card.head, card.meant, ball), run_time=style.MOVE_S)
        for i in range(len(card.moments)):
            ends = i == len(card.moments) - 1
            if i and not (ends and card.later):
                self.say(**told)
            moves = [] if i else [FadeIn(other, beside)]
            if ends:
                moves = [*drawn(first, ball), *map(FadeIn, dots[:1])]
            self.play(*card.tells(i), *moves, run_time=style.MOVE_S)
        if card.later:  # numbers that come as the path gets there, and are spoken of once they stand
            self.play(*walk, run_time=WALK_S, rate_func=linear)
            self.say(**told)
        if not still(self):
            self.say(path=on_its_way(self, name))
        self.play(*card.nothing_framed(), run_time=style.QUICK_S)
        if not card.later:
            self.play(*walk, run_time=WALK_S, rate_func=linear)
        self.play(*drawn(rest, ball), run_time=style.QUICK_S, rate_func=linear)
        self.trails, self.panel = VGroup(beside, first, way, rest, dots, ball), card.panel

    def _compared(self, name: str) -> tuple[VGroup, VMobject]:
        """The path that a method's is compared with, and what says whose it is: its forerunner's, or momentum's."""
        if name == "rmsprop" and FORERUNNER in self.array("optimisers"):
            title, way = self.words(self.optimiser(FORERUNNER)), self.dashed(FORERUNNER, "ink")
            way.set_z_index(OVER).set_stroke(width=style.STRONG)
            sample = DashedLine(ORIGIN, SAMPLE * RIGHT, color=self.look.ink, stroke_width=style.LINE)
        else:
            title, way = self.title("momentum"), self.way("momentum", width=THIN).set_stroke(opacity=FAINT)
            sample = Line(ORIGIN, SAMPLE * RIGHT, color=way.get_color(), stroke_width=THIN)
        return row([sample, title], style.TIGHT), way
