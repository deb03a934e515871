"""The beats of `momentum` on the map: the surface, plain descent, one step taken apart, momentum's path and its β."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

import numpy as np
from manim import RIGHT, Create, Dot, FadeIn, FadeOut, GrowArrow, LaggedStart, VGroup, linear

from scenes.momentum import words as wording
from scenes.momentum.stage import PARTS, DescentStage
from scenes.parts.charts.lens import Lens
from scenes.parts.charts.outcome import goal
from scenes.parts.charts.step_shares import StepShares
from scenes.parts.charts.surface_tables import FIRST_STEPS, on_the_map, parts_table, step_table
from scenes.parts.charts.sweep import Sweep, best_tried
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, drawn, give_way, in_step, leave
from scenes.stage import style

STEP_S, BAR_S, SUM_S, KEY_PX = 0.45, 0.32, 2.6, 36
BARS, SLOWLY = 8, 2  # of momentum's first steps are shown part by part; of these, bar after bar
BOUNCE_S, CARRY_S, FIRST_S = 2.4, 2.7, 2.2
SHARES = {"momentum/kept": "activation", "momentum/downhill": "gradient"}
MARKED = 9  # width of the step that is spoken of
UNDER = 0.55  # from the map to what stands below it: for the numbers of its axis
RUN = {"run_time": style.SLOW_S, "rate_func": linear}
DESCENT = "theta <- theta - eta gradient(nabla f), quad eta = {lr}"
CARRIED = "positive(v_k) = beta activation(v_(k - rule(1))) + gradient(nabla f), quad eta = {lr}"
LIMIT = (
    "positive(v_k) = beta activation(v_(k - rule(1))) + gradient(nabla f), quad beta = {b}, quad "
    "rule(1) \\/ (rule(1) - beta) approx {most}"
)
HEAVIER = f"{CARRIED}, quad beta = {{b}}"
VELOCITY = (
    "positive(v_k) = beta activation(v_(k - rule(1))) + gradient(nabla f), quad "
    "theta <- theta - eta positive(v_k), quad v_(rule(0)) = rule(0), quad beta = {b}"
)
ADDED = "positive(-eta v_k) = activation(-eta beta v_(k - rule(1))) gradient(- eta nabla f)"


class PathBeats(DescentStage):
    """Beats that walk over the surface."""

    def ravine(self) -> None:
        """The map of the surface, where everyone starts, the question how far it is, and what counts as arrived."""
        table = on_the_map(self, self.side)
        rows, lined = list(table.rows), len(self.map.contours) > 0
        if wording.still(self):
            self.variant("still" if lined else "flat")
        self.say()
        formula = self.surface_formula()
        self.play(FadeIn(self.map.frame, rows.pop(0)), *formula, run_time=style.MOVE_S)
        if lined:
            lines = LaggedStart(*(Create(line) for line in reversed(self.map.contours)), lag_ratio=0.15)
            self.play(lines, run_time=style.SLOW_S)
        self.say(lines=self.label("lines_cross" if len(self.map.crosses) else "lines"))
        if lined:
            self.play(FadeIn(rows.pop(0)), run_time=style.MOVE_S)
        if len(self.map.crosses):
            crosses = (FadeIn(mark, scale=2) for mark in self.map.crosses)
            self.play(*crosses, FadeIn(rows.pop(0)), run_time=style.MOVE_S)
        self.say(puzzle=self.label("puzzle" if self.goal_known else "puzzle_open"))
        self.play(FadeIn(self.start, scale=2), FadeIn(*rows[:2]), run_time=style.MOVE_S)
        self.say(goal=goal(self)[0])
        self.play(FadeIn(rows[2]), run_time=style.MOVE_S)
        self.add(self.map.group)
        self.panel, self.map_there = VGroup(table), True

    def sgd(self) -> None:
        """Against the gradient, step by step, then the rest of the way."""
        self.variant(wording.zigzag(self))
        self.say()
        points, table = self.array("sgd/position"), step_table(self, "sgd", self.side)
        gone, ball = self.fresh(), self.ball("sgd")
        rule = self.formula(DESCENT, lr=self.number("sgd/lr"))
        self.play(*gone, *rule, FadeIn(table.heads, table.rows[0], ball), run_time=style.MOVE_S)
        self.say()
        first = min(FIRST_STEPS, len(points)) - 1
        for k in range(first):
            arrow, piece = self.map.arrow(points[k], points[k + 1], "gradient"), self.way("sgd", [k, k + 1])
            self.trails.add(piece)
            if k == 0 and len(arrow):  # one that is named
                name = self.math("-eta nabla f", KEY_PX, "gradient").next_to(arrow[0], RIGHT, style.GAP)
                arrow.add(self.plated(name))
                self.play(*map(FadeIn, arrow), run_time=style.MOVE_S)
                self.hold(style.QUICK_S)
            else:
                self.play(*map(GrowArrow, arrow), run_time=STEP_S)
            gives = [FadeOut(arrow)] if len(arrow) else []
            self.play(*drawn(piece, ball), *gives, FadeIn(table.rows[k + 1]), run_time=STEP_S)
        self.say(**wording.flips(self, "sgd"))
        within = max(int(self.item("sgd/flips_within")), first)
        parts = [self.way("sgd", range(a, b + 1)) for a, b in ((first, within), (within, len(points) - 1))]
        self.play(*drawn(parts[0], ball), **RUN)
        self.say(outcome=wording.outcome(self, "sgd", "say"))
        self.play(*drawn(parts[1], ball), **RUN)
        self.play(FadeIn(table.ellipsis, *table.rows[first + 1 :]), run_time=style.QUICK_S)
        self.trails.add(*parts, ball)
        self.panel = VGroup(table)

    def smaller_rate(self) -> None:
        """Plain descent again at a smaller rate, and how long it takes at others."""
        narrow = self.item("curvature/ratio") > 0
        self.variant("still" if wording.still(self) else "" if narrow else "wide")
        rate, told = self.number("smaller/lr", form="short"), wording.at_smaller_rate(self)
        self.say(lr=rate)
        ball, near = self.ball("smaller"), [self.item(f"{one}/lr") for one in ("sgd", "smaller")]
        *way, there = self.trails or [VGroup()]  # its ball, last, would hide the next one
        before, self.trails = VGroup(*way), VGroup()
        muted = before.animate.set_stroke(self.look.muted, 2, 0.35)
        chart = Sweep(self, self.side, "rate", "lr", "eta", "negative", near)
        gone = [*self.fresh(), muted, leave(there), *self.formula(DESCENT, lr=rate)]
        self.play(*gone, arrive(chart.frame, chart.shows(near[0])), run_time=style.MOVE_S)
        self.say(**told)
        shown = max(self.item("smaller/reached"), 0) or len(self.array("smaller/position")) - 1
        path = self.way("smaller", range(shown + 1))
        self.play(*drawn(path, ball), **RUN)
        self.say(**told)
        self.play(FadeIn(chart.shows(near[1]), scale=1.5), run_time=style.MOVE_S)
        self.trails = VGroup(before, path, ball)
        self.say(**told)
        self.play(*self.formula(DESCENT.partition(",")[0]), run_time=style.QUICK_S)
        self._others(chart, *near)
        if narrow and not wording.still(self):
            self._why(told, shown)

    def _why(self, told: Mapping[str, str], shown: int) -> None:
        """A run at the limiting rate goes on from side to side; the slower one creeps along the valley."""
        bounce, bouncer, slow = self.way("limit"), self.ball("limit"), self.trails[1:]
        rates = told["limit"], self.number("smaller/lr", form="short")
        notes = [self.noted("eta = {lr}", "negative", lr=rate) for rate in rates]
        self.say(**told)
        gone = leave(self.trails)
        self.play(
            gone, *self.surface_formula(told["steep"]), arrive(bouncer, notes[0]), run_time=style.MOVE_S
        )
        self.play(*drawn(bounce, bouncer), run_time=BOUNCE_S, rate_func=linear)
        self.say(**told)
        gone, dots = leave(bounce, bouncer), self.footsteps("smaller", range(1, shown + 1))
        self.play(
            gone, give_way(*notes), *self.surface_formula(told["calm"]), arrive(slow), run_time=style.MOVE_S
        )
        self.play(*in_step(dots), run_time=BOUNCE_S, rate_func=linear)
        self.trails = VGroup(*slow, dots, notes[1])

    def _others(self, chart: Sweep, *there: float) -> None:
        """What came of the settings that are not there yet."""
        dots, notes = chart.rest(*there)
        self.play(LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=0.3), run_time=style.SLOW_S)
        if notes:
            self.play(FadeIn(*notes), run_time=style.QUICK_S)
        self.panel = chart.panel

    def velocity(self) -> None:
        """What a velocity is, and how gradient and carried velocity make one step of momentum."""
        k = self.item("momentum/apart")
        variant, axes = wording.taken_apart(self)
        self.variant(variant)
        self.say()
        gone, ball = self.fresh(), self.ball("momentum")
        rule = self.formula(VELOCITY, b=self.number("momentum"))
        upper, lower = self.side.rows(1.1, 1)
        step = {"k": self.integer("step", k + 1)}
        places, ways = self.array("momentum/position"), [self.array(series)[k] for series, _, _ in PARTS]
        here, last = places[k], self.map.arrow(places[max(k - 1, 0)], places[k], "activation")
        lens = Lens(self.map, np.array([here, here + ways[0], here + ways[2]]), upper)
        parts = [
            (way, role, self.math(symbol, 36, role))
            for way, (_, symbol, role) in zip(ways, PARTS, strict=True)
        ]
        name = fit(
            self.words(self.label("at_step", **step), KEY_PX),
            upper.without(left=0.2, top=0.2),
            "left",
            "top",
        )
        opened = VGroup(lens.frame, name, Dot(lens.at(here), radius=0.1, color=self.look.colour("positive")))
        arrows, table = lens.head_to_tail(here, parts[:2], parts[2]), parts_table(self, PARTS, k, lower)
        signs = {"v_k": ("velocity", None), "beta": ("kept", "momentum"), "eta": ("rate", "momentum/lr")}
        rows = {
            one: (key, self.value(series, px=KEY_PX) if series else None)
            for one, (key, series) in signs.items()
        }
        key = self.symbols(rows, self.side, KEY_PX)
        self.play(*gone, *rule, arrive(key), FadeIn(ball), run_time=style.MOVE_S)
        self.say()
        before = self.way("momentum", range(k + 1))
        self.play(*drawn(before, ball), run_time=style.SLOW_S, rate_func=linear)
        self.say(**step)
        self.play(FadeIn(lens.spot), leave(key), run_time=style.QUICK_S)
        self.play(Create(lens.rays), FadeIn(opened, table.heads), run_time=style.MOVE_S)
        for i, arrow in enumerate(arrows):
            carried = i == 1 and len(last) > 0
            if i == 1:
                self.say(**step, beta=self.number("momentum"))
            if carried:
                self.play(lens.carries(last, self.item("momentum"), arrow[0]), run_time=CARRY_S)
            new, move = (
                arrow[carried:],
                self.map.arrow(here, here + ways[2], "positive") if i == 2 else VGroup(),
            )
            self.play(FadeIn(new, move, table.rows[i], *table.rules[: i // 2]), run_time=style.MOVE_S)
        if axes:
            self.say(**axes)
        self.panel = VGroup(table, opened, lens.rays, *arrows)
        self.trails = VGroup(lens.spot, move, before, last, ball)

    def momentum(self) -> None:
        """The whole path, what its first steps are made of along each axis, and two of those sums."""
        self.variant(wording.gathering(self))
        self.say(same=wording.same_rate(self))
        total = len(self.array("momentum/position")) - 1
        high, low = replace(self.side, bottom=self.whole.bottom), self.map.outer
        under = Box(low.left, low.right, self.whole.bottom, self.map.box.bottom - UNDER)
        shares = StepShares(self, high, SHARES, ("momentum/move", "positive"), min(BARS, total))
        added, arrived = under.rows(1, 1, gap=style.TIGHT)
        rule = fit(self.math(ADDED), added)
        result = fit(self.words(wording.outcome(self, "momentum", "short"), 52, "positive", "bold"), arrived)
        slowly = min(SLOWLY, shares.count)
        cuts = pairwise((*range(slowly + 1), shares.count, total))
        *ways, first, rest = (self.way("momentum", range(start, end + 1)) for start, end in cuts)
        gone, ball = self.fresh(), self.ball("momentum")
        self.play(*gone, FadeIn(rule, ball, shares.legend), run_time=style.MOVE_S)
        self.play(FadeIn(shares.frame), run_time=style.MOVE_S)
        self.panel, self.trails = shares.panel, VGroup(*ways, first, rest, ball)
        self.say(within=self.integer("momentum/flips_within"))
        for k, way in enumerate(ways):
            self.play(*drawn(way, ball), *shares.building(k), run_time=FIRST_S, rate_func=linear)
        steps_s, told_of = BAR_S * max(shares.count - slowly, 1), VGroup()
        self.play(*drawn(first, ball), *shares.growing(slowly), run_time=steps_s, rate_func=linear)
        for way in ("agree", "oppose"):
            update, axis = map(int, self.array(f"momentum/{way}"))
            sums = shares.said(update, axis)[0] if update >= 0 else {}
            total_told = sums.get("positive", "")
            self.say(k=self.integer("step", update + 1), axis="xy"[axis], total=total_told)
            if update >= 0:
                old, told_of = (
                    told_of,
                    self.way("momentum", (update, update + 1), MARKED).set_color(self.look.ink),
                )
                marked = [leave(old), FadeIn(told_of)]
                self.play(*shares.point_out(update, axis), *marked, run_time=style.MOVE_S)
                self.hold(SUM_S)
        self.say(outcome=wording.outcome(self, "momentum", "say"))
        self.play(*drawn(rest, ball), leave(told_of), *shares.all_bright(), **RUN)
        self.play(FadeIn(result, scale=1.3), run_time=style.QUICK_S)
        self.panel.add(rule, result)

    def beta(self) -> None:
        """How long momentum takes with other β, and what more of it does."""
        if wording.still(self):
            self.variant("still")
        self.say(none=self.number("betas/beta", 0))
        before, self.trails = self.trails, VGroup()
        chart = Sweep(self, self.side, "beta", "beta", "beta", "positive", [0.0, self.item("heavy/beta")])
        gone, muted = self.fresh(), before.animate.set_stroke(opacity=0.35)
        rule = self.formula(CARRIED, lr=self.number("momentum/lr"))
        limit = {"b": self.number("momentum"), "most": self.number("momentum/limit", form="short")}
        self.play(*gone, muted, *rule, arrive(chart.frame, chart.shows(0.0)), run_time=style.MOVE_S)
        self.say(limit=limit["most"])
        self.play(*self.formula(LIMIT, b=limit["b"], most=limit["most"]), run_time=style.MOVE_S)
        self.say(tried=best_tried(self, "beta", "beta"))
        self._others(chart, 0.0)
        self.say(more=wording.more_carried(self))
        ball, path = self.ball("heavy"), self.way("heavy")
        heavy = {"lr": self.number("momentum/lr"), "b": self.number("heavy/beta")}
        plate = self.noted("beta = {b}", "positive", b=heavy["b"])
        self.play(
            *self.formula(HEAVIER, lr=heavy["lr"], b=heavy["b"]), FadeIn(ball, plate), run_time=style.MOVE_S
        )
        self.play(*drawn(path, ball), run_time=1.5 * style.SLOW_S, rate_func=linear)
        self.trails = VGroup(before, path, ball, plate)
