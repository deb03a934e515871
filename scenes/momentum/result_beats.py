"""The beats of `momentum` that compare: a shallow minimum, and the answer to the question of the beginning."""

from __future__ import annotations

import numpy as np
from manim import Create, FadeIn, FadeOut, VGroup, linear

from scenes.momentum.stage import DescentStage
from scenes.momentum.tables import PARTS
from scenes.momentum.words import answers, no_promise, outcome, over_the_bump, still
from scenes.parts.charts.descent_chart import DescentChart
from scenes.parts.charts.markers import marker
from scenes.parts.charts.profile import Profile
from scenes.parts.room.layout import column, fit, row
from scenes.parts.room.motion import drawn
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable

ROLL = {"run_time": 1.5 * style.SLOW_S, "rate_func": linear}
# Between a ball and the arrows above it; these are so many times as long as steps.
PUSH_LIFT, PUSH_POWER = 0.42, 3
LIFT = {"sgd": -0.82, "momentum": 0.78}  # of a result from its ball: below the line, and above it
BOTH = ("sgd", "momentum")
ANSWER = "theta <- theta - eta v_k, quad v_k = beta v_(k - rule(1)) + nabla f"


class ResultBeats(DescentStage):
    """Beats on what came of the runs."""

    def shallow_minimum(self) -> None:
        """A bump stops plain descent; momentum has speed left, here."""
        self.variant(over_the_bump(self))
        self.say()
        names = self.math("x", 38, "muted"), self.math("loss(f)", 38)
        ticks = self.ticks("axis/bump_x"), self.ticks("axis/bump_y")
        room = self.whole.without(right=style.GAP)
        profile = Profile(self.look, room, self.array("bump/x"), self.array("bump/profile"), names, ticks)
        self.play(*self.without_map(), run_time=style.QUICK_S)
        self.play(FadeIn(profile.frame), Create(profile.curve), run_time=style.SLOW_S)
        lr, beta = self.number("bump/lr"), self.number("momentum")
        note = fit(self.math("eta = {lr}, quad beta = {b}", lr=lr, b=beta), profile.box, "right", "top")
        self.play(FadeIn(note), run_time=style.QUICK_S)
        self.panel = VGroup(profile.frame, profile.curve, note)
        form = comparable([self.item(f"bump/{name}/end") for name in BOTH], form=".2f")
        over = {name: self.trace.flags[f"bump/{name}/escapes"] for name in BOTH}
        for name in BOTH:
            self.say()
            places = self.array(f"bump/{name}/position")[:, 0]
            ball = profile.ball(places[0], self.role(name))
            self.play(FadeIn(ball), run_time=style.QUICK_S)
            uphill = max(self.item("bump/uphill"), 0) if name == "momentum" and over[name] else 0
            if uphill:
                self.play(profile.rolling(ball, places[: uphill + 1]), **ROLL)
                self._push(profile, uphill)
            self.play(profile.rolling(ball, places[uphill:]), **ROLL)
            loss = self.label("ends", loss=self.number(f"bump/{name}/end", form=form))
            lines = [self.title(name), self.words(loss, colour="loss")]
            result = column(lines, gap=style.TIGHT, align="centre").move_to(profile.on(places[-1]))
            self.play(FadeIn(result.shift([0, LIFT[name], 0])), run_time=style.QUICK_S)
            self.panel.add(ball, result)
        self.say(promise=no_promise(self))

    def _push(self, profile: Profile, k: int) -> None:
        """On the way up the gradient pushes back, and what is carried is more."""
        arrows, x = VGroup(), float(self.array("bump/momentum/position")[k, 0])
        for series, (_, symbol, role) in zip(("bump/downhill", "bump/kept"), PARTS, strict=False):
            name = self.math(f"{symbol} = {{v}}", 42, role, v=self.number(series, form="short"))
            lift = PUSH_LIFT * (len(arrows) + 1)
            arrows.add(profile.push(x, PUSH_POWER * self.item(series), role, name, lift))
            self.play(FadeIn(arrows[-1]), run_time=style.MOVE_S)
        self.hold(style.PULSE_S)
        self.play(FadeOut(arrows), run_time=style.QUICK_S)

    def recap(self) -> None:
        """The question again; the fastest plain path, then momentum's, each with its loss step by step."""
        if still(self):
            self.variant("still")
        told = answers(self)
        self.say(answer=self.label("answer" if self.goal_known else "answer_open"))
        above, below = self.side.rows(0.24, 1)
        runs = {name: self._run_label(name) for name in ("plain", "momentum")}
        chart = DescentChart(self, below, runs)
        steps = np.arange(round(chart.x.scale.high) + 1)
        key = fit(
            column([self._key(*one) for one in zip(runs, BOTH, strict=True)], style.TIGHT), above, "left"
        )
        self.play(*self.fresh(), FadeIn(chart.frame, chart.line_of_goal), run_time=style.MOVE_S)
        self.panel = VGroup(chart.frame, chart.line_of_goal)
        for name, pair in zip(runs, key, strict=True):
            self.say(**told)
            way, ball, dot = self.way(name, steps), self.ball(name), chart.dots[name]
            self.play(FadeIn(pair, ball, dot), run_time=style.QUICK_S)
            self.play(
                *drawn(way, ball),
                *drawn(chart.curves[name], dot),
                run_time=2 * style.SLOW_S,
                rate_func=linear,
            )
            self.play(FadeIn(chart.labels[name]), run_time=style.QUICK_S)
            self.panel.add(pair, chart.curves[name], dot, chart.labels[name])
            self.trails.add(way, ball)
        self.play(*self.formula(ANSWER), run_time=style.MOVE_S)

    def _run_label(self, name: str) -> tuple[str, Typeset]:
        role = self.role(name)
        return role, self.words(outcome(self, name, "short"), colour=role)

    def _key(self, name: str, method: str) -> VGroup:
        """Which line a run is, and the settings it ran with."""
        role, given = self.role(name), {"lr": self.number(f"{name}/lr", form="short")}
        source = "eta = {lr}"
        if name == "momentum":
            source, given = "eta = {lr}, quad beta = {b}", given | {"b": self.number("momentum")}
        title = self.words(self.optimiser(method), colour=role)
        return row([marker(0, self.look, role), title, self.math(source, 34, role, **given)], style.GAP)
