"""The beats of `momentum` that compare: a shallow minimum, and the answer to the question of the beginning."""

from __future__ import annotations

import numpy as np
from manim import LEFT, UP, Create, Dot, FadeIn, FadeOut, VGroup, linear

from scenes.momentum.stage import PARTS, SCALING, DescentStage
from scenes.momentum.words import answers, no_promise, outcome, over_the_bump, scaling, still
from scenes.parts.charts.descent_chart import DescentChart
from scenes.parts.charts.markers import marker
from scenes.parts.charts.profile import Profile
from scenes.parts.room.layout import column, fit, row
from scenes.parts.room.motion import drawn, give_way
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable

HELD_S = 0.5  # of what the film ends on
OLDER = 0.35  # opacity of paths that others are laid over
ROLL = {"run_time": style.SLOW_S, "rate_func": linear}
# Between a ball and the arrows above it; these are so many times as long as steps.
PUSH_LIFT, PUSH_POWER, PUSH_S = 0.42, 3, 1.6
RESULT_PX = 34
# Of a result from its ball, below the line or above it; of a ring around another ball: its size.
LIFT, RIM = {"sgd": -0.86, "momentum": 1.05, "less": 1.0}, 1.4
BETAS = {"momentum": "momentum", "less": "bump/too_little"}
BOTH = ("sgd", "momentum")
SCALED = "eta \\/ sqrt(s)"
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
        note = self._settings(profile, "momentum")
        self.panel = VGroup(profile.frame, profile.curve, note)
        form = comparable([self.item(f"bump/{name}/end") for name in BOTH], form=".2f")
        over = {name: self.trace.flags[f"bump/{name}/escapes"] for name in BOTH}
        for name in BOTH:
            self.say()
            places = self.array(f"bump/{name}/position")[:, 0]
            ball = profile.ball(places[0], self.role(name))
            self.play(FadeIn(ball, *[note] * (name == "momentum")), run_time=style.QUICK_S)
            uphill = max(self.item("bump/uphill"), 0) if name == "momentum" and over[name] else 0
            if uphill:  # as far as the bump, where the gradient pushes back
                self.play(profile.rolling(ball, places[: uphill + 1]), **ROLL)
                self.say()
                self._push(profile, uphill)
            self.play(profile.rolling(ball, places[uphill:]), **ROLL)
            self._result(profile, name, form, ball)
        self.say(promise=no_promise(self))
        if over["momentum"] and self.item("bump/too_little") >= 0:
            self._too_little(profile, note, form)

    def _settings(self, profile: Profile, beta: str) -> Typeset:
        """The rate, and a β."""
        given = {"lr": self.number("bump/lr"), "b": self.number(beta)}
        return fit(self.math("eta = {lr}, quad beta = {b}", 48, **given), profile.box, "right", "top")

    def _result(self, profile: Profile, name: str, form: str, ball: Dot) -> None:
        """What came of a run, beside its ball."""
        titles = [self.title(name, RESULT_PX)] if name in BOTH else []
        if name in BETAS:
            titles.append(self.math("beta = {b}", 40, "positive", b=self.number(BETAS[name])))
        loss = self.label("ends", loss=self.number(f"bump/{name}/end", form=form))
        place = profile.on(self.array(f"bump/{name}/position")[-1, 0])
        lines = column([*titles, self.words(loss, RESULT_PX, "loss")], style.TIGHT, "centre").move_to(place)
        self.play(FadeIn(lines.shift([0, LIFT[name], 0])), run_time=style.QUICK_S)
        self.panel.add(ball, lines)

    def _too_little(self, profile: Profile, old: Typeset, form: str) -> None:
        """Momentum with less of it, which does not get over the bump."""
        note = self._settings(profile, "bump/too_little")
        places = self.array("bump/less/position")[:, 0]
        ball = profile.ball(places[0], self.role("momentum")).scale(RIM)
        ball.set_fill(opacity=0).set_stroke(width=style.STRONG, opacity=1)
        self.panel.remove(old).add(note)
        self.play(give_way(old, note), FadeIn(ball), run_time=style.MOVE_S)
        self.add(self.panel[2])  # the ball of plain descent stays in front
        self.play(profile.rolling(ball, places), **ROLL)
        self._result(profile, "less", form, ball)

    def _push(self, profile: Profile, k: int) -> None:
        """On the way up the gradient pushes back, and what is carried is more."""
        arrows, x = VGroup(), float(self.array("bump/momentum/position")[k, 0])
        note = self.words(self.label("enlarged"), style.LABEL_PX, "muted")
        note.next_to(profile.on(x), UP, buff=3 * PUSH_LIFT).align_to(profile.on(x), LEFT)
        for series, (_, symbol, role) in zip(("bump/downhill", "bump/kept"), PARTS, strict=False):
            name = self.math(f"{symbol} = {{v}}", 42, role, v=self.number(series, form="short"))
            lift = PUSH_LIFT * (len(arrows) + 1)
            arrows.add(profile.push(x, PUSH_POWER * self.item(series), role, name, lift))
        self.play(FadeIn(arrows, note), run_time=style.MOVE_S)
        self.hold(PUSH_S)
        self.play(FadeOut(arrows, note), run_time=style.QUICK_S)

    def recap(self) -> None:
        """The question again; the fastest plain path, then momentum's, each with its loss; and the other methods'."""
        others, told = scaling(self), answers(self)
        self.variant("still" if still(self) else "" if others else "alone")
        self.say(answer=self.label("answer" if self.goal_known else "answer_open"))
        above, below = self.side.rows(0.24, 1)
        runs = {
            name: (self.role(name), self.words(outcome(self, name, "short"), 38, self.role(name)))
            for name in ("plain", "momentum")
        }
        chart = DescentChart(self, below, runs)
        steps = np.arange(round(chart.x.scale.high) + 1)
        keys = [self._key(*one) for one in zip(runs, BOTH, strict=True)]
        fit(column(keys, style.TIGHT), above, "left")
        self.play(*self.fresh(), FadeIn(chart.frame, chart.line_of_goal), run_time=style.MOVE_S)
        self.panel = VGroup(chart.frame, chart.line_of_goal)
        for name, pair in zip(runs, keys, strict=False):
            self.say(**told)
            if name == "momentum":
                self.play(*self.formula(ANSWER), run_time=style.QUICK_S)
            way, ball, dot = self.way(name, steps), self.ball(name), chart.dots[name]
            self.play(FadeIn(pair, ball, dot), run_time=style.QUICK_S)
            self.play(
                *drawn(way, ball),
                *drawn(chart.curves[name], dot),
                chart.arriving(name),
                run_time=1.5 * style.SLOW_S,
                rate_func=linear,
            )
            self.panel.add(pair, chart.curves[name], dot, chart.labels[name], chart.arrivals[name])
            self.trails.add(way, ball)
        if others:
            self.say()
            named = [part for name in others for part in (", ", self.optimiser(name))][1:]
            texts = [self.words(self.join(*named), colour=SCALING), self.math(SCALED, 34, SCALING)]
            corner = self.map.box.without(right=style.TIGHT, bottom=style.TIGHT)
            note = self.plated(fit(row(texts, style.GAP), corner, "right", "bottom"))
            ways = VGroup(*(self.way(name, steps) for name in others))
            lines = (one for way in ways for one in drawn(way))
            older = self.trails.animate.set_stroke(opacity=OLDER)
            self.play(FadeIn(note), older, *lines, run_time=style.SLOW_S, rate_func=linear)
            self.trails.add(ways, note)
            self.say()
        self.hold(HELD_S)

    def _key(self, name: str, method: str) -> VGroup:
        """Which line a run is, and the settings it ran with."""
        role, given = self.role(name), {"lr": self.number(f"{name}/lr", form="short")}
        source = "eta = {lr}"
        if name == "momentum":
            source, given = "eta = {lr}, quad beta = {b}", given | {"b": self.number("momentum")}
        title = self.words(self.optimiser(method), colour=role)
        return row([marker(0, self.look, role), title, self.math(source, 34, role, **given)], style.GAP)
