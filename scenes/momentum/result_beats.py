"""The beats of `momentum` that compare: the race, the shallow minimum, the family and its rules, and the answer."""

from __future__ import annotations

from manim import Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.momentum.charts import Race
from scenes.momentum.stage import PAIR, ROLES, DescentStage
from scenes.momentum.tables import PARTS, answer_table, rates_table, rules, symbols
from scenes.momentum.words import answers, motionless, outcome, over_the_bump, rates, still
from scenes.parts.charts.outcome import arrived
from scenes.parts.charts.profile import Profile
from scenes.parts.room.layout import column, fit
from scenes.parts.room.motion import drawn, leave, together
from scenes.stage import style
from scenes.stage.comparing import comparable

ROLL, RUN = ({"run_time": times * style.SLOW_S, "rate_func": linear} for times in (1.5, 3))
SIGNED = 24  # of so many steps some bear the sign of their optimiser, each others than the next one's
PUSH_LIFT, PUSH_POWER = (
    0.42,
    3,
)  # between a ball and arrows above it, which are so many times as long as steps
LIFT, LIFT_MORE = 1.9, 2.95  # of a name above a ball and arrows; of the second one above the same place
WIDEST, THINNER = 7.5, 0.6  # of a path, and of the one drawn over it, so that both are seen where they meet


class ResultBeats(DescentStage):
    """Beats on what came of the runs."""

    def race(self) -> None:
        """Loss against step for both, at once on the map and on the chart."""
        if self.trace.flags["falling"]:
            self.variant("falling")
        self.say()
        gone = (*self.clear_panel(), leave(VGroup(self.path, self.walker)), *self.no_formula())
        self.play(*gone, *self.resize_map(self.whole, 0.36), run_time=style.MOVE_S)
        race = Race(self, self.side)
        walkers, ways = ({name: make(name) for name in PAIR} for make in (self.ball, self.way))
        self.play(FadeIn(race.frame), run_time=style.MOVE_S)
        if len(race.line_of_goal):
            self.say(goal=self.label(race.goal_label, tolerance=self.number("tolerance")))
            self.play(Create(race.line_of_goal), run_time=style.MOVE_S)
        else:
            self.say()
        results = {name: outcome(self, name, "short") for name in PAIR}
        self.say(result=self.label("result" if arrived(self, *PAIR) else "result_mixed", **results))
        self.play(FadeIn(*walkers.values(), *race.dots.values()), run_time=style.QUICK_S)
        self.play(*together(race.curves, race.dots), *together(ways, walkers), **RUN)
        self.play(FadeIn(*race.labels.values()), run_time=style.QUICK_S)
        self.panel = VGroup(self.map.group, self.start, race, *ways.values(), *walkers.values())

    def shallow_minimum(self) -> None:
        """A bump stops SGD; momentum has speed left."""
        self.variant(over_the_bump(self))
        self.say()
        names = self.math("x", 34, "muted"), self.math("loss(f)", 34)
        profile = Profile(self.look, self.whole, self.array("bump/x"), self.array("bump/profile"), names)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(FadeIn(profile.frame), Create(profile.curve), run_time=style.SLOW_S)
        lr, beta = self.number("bump/lr"), self.number("momentum")
        note = fit(self.math("eta = {lr}, quad beta = {b}", lr=lr, b=beta), profile.box, "right", "top")
        self.play(FadeIn(note), run_time=style.QUICK_S)
        self.panel = VGroup(profile.frame, profile.curve, note)
        form = comparable([self.item(f"bump/{name}/end") for name in PAIR], form="short")
        over = {name: self.trace.flags[f"bump/{name}/escapes"] for name in PAIR}
        for name in PAIR:
            self.say()
            places = self.array(f"bump/{name}/position")[:, 0]
            ball = profile.ball(places[0], ROLES[name])
            self.play(FadeIn(ball), run_time=style.QUICK_S)
            uphill = max(self.item("bump/uphill"), 0) if name == "momentum" and over[name] else 0
            if uphill:
                self.play(profile.rolling(ball, places[: uphill + 1]), **ROLL)
                self._push(profile, uphill)
            self.play(profile.rolling(ball, places[uphill:]), **ROLL)
            loss = self.label("ends", loss=self.number(f"bump/{name}/end", form=form))
            lines = [self.title(name), self.words(loss, colour="loss")]
            lift = LIFT_MORE if name == "momentum" and over["momentum"] == over["sgd"] else LIFT
            result = column(lines, align="centre").move_to(profile.on(places[-1])).shift([0, lift, 0])
            self.play(FadeIn(result), run_time=style.QUICK_S)
            self.panel.add(ball, result)

    def _push(self, profile: Profile, k: int) -> None:
        """On the way up the gradient pushes back, and what is carried is more."""
        arrows, x = VGroup(), float(self.array("bump/momentum/position")[k, 0])
        for series, (_, symbol, role) in zip(("bump/downhill", "bump/kept"), PARTS, strict=False):
            name = self.math(f"{symbol} = {{v}}", 38, role, v=self.number(series, form="short"))
            lift = PUSH_LIFT * (len(arrows) + 1)
            arrows.add(profile.push(x, PUSH_POWER * self.item(series), role, name, lift))
            self.play(FadeIn(arrows[-1]), run_time=style.MOVE_S)
        self.hold(style.PULSE_S)
        self.play(FadeOut(arrows), run_time=style.QUICK_S)

    def family(self) -> None:
        """Every optimiser on one map, all at once, each with its rate."""
        if motionless(self):
            self.variant("still")
        elif not {"adagrad", "rmsprop"} <= set(self.optimisers):
            self.variant("plain")
        self.say()
        drawn_map, table = self.place_map(self.whole, 0.75), rates_table(self, self.side)
        self.show(drawn_map, table.frame)
        balls = {name: self.ball(name) for name in self.optimisers}
        rows = LaggedStart(*map(FadeIn, table.rows), lag_ratio=0.25)
        self.play(rows, FadeIn(*balls.values()), run_time=style.SLOW_S)
        self.say()
        widths = [*(style.LINE for _ in PAIR), *(WIDEST * THINNER**i for i in range(len(self.optimisers)))]
        ways = {name: self.way(name, width) for name, width in zip(self.optimisers, widths, strict=False)}
        self.play(*together(ways, balls), **RUN)
        early = [self.array(f"{name}/position")[i : SIGNED : len(ROLES)] for i, name in enumerate(ways, 2)]
        signs = VGroup(*map(self.map.signs, early, map(self.sign, ways)))
        self.play(FadeIn(signs), run_time=style.MOVE_S)
        self.say(rates=rates(self))
        self.panel = VGroup(drawn_map, table, signs, *ways.values(), *balls.values())

    def rules(self) -> None:
        """The update rules, one a line, with what each remembers."""
        if not {"adagrad", "rmsprop", "adam"} <= set(self.optimisers):
            self.variant("plain")
        self.say()
        above, below = self.whole.rows(9, 1)
        table, meanings = rules(self, above), symbols(self, below)
        self.show(table.frame)
        for i, row in enumerate(table.rows):
            if i == 1:
                self.say()
            self.play(FadeIn(row), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(meanings), run_time=style.MOVE_S)
        self.panel = VGroup(table, meanings)

    def recap(self) -> None:
        """The question again, with both paths and the counted steps."""
        if still(self):
            self.variant("still")
        drawn_map, told = self.place_map(self.room, 0.54), answers(self)
        self.say(answer=self.label("answer" if self.goal_known else "answer_open"))
        self.show(drawn_map)
        table = answer_table(self, self.side)
        for name, rows, step in (
            ("sgd", table.rows[:-1], "gradient(nabla f)"),
            ("momentum", table.rows[-1:], "positive(v)"),
        ):
            self.say(**told)
            way, ball = self.way(name), self.ball(name)
            formula = self.formula(f"theta <- theta - eta {step}")
            self.play(*formula, *drawn(way, ball), run_time=2 * style.SLOW_S, rate_func=linear)
            self.panel.add(way, ball)
            self.one_by_one(rows)
