"""The beats of `momentum` on the map: the surface, plain SGD at two rates, one step taken apart, momentum's path."""

from __future__ import annotations

import numpy as np
from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowArrow,
    LaggedStart,
    TransformFromCopy,
    VGroup,
    linear,
)

from scenes.momentum.charts import BARS, rate_chart, step_bars
from scenes.momentum.stage import DescentStage
from scenes.momentum.tables import PARTS, start_table, step_table, update_table
from scenes.momentum.words import (
    at_smaller_rate,
    flips,
    gathering,
    outcome,
    same_rate,
    still,
    zigzag,
)
from scenes.parts.charts.lens import Lens
from scenes.parts.room.motion import InStep, drawn, leave
from scenes.parts.text.recorded_formula import recorded_formula
from scenes.stage import style
from scenes.stage.declare import allow

FIRST_STEPS = 6  # rows of the step table
STEP_S, BAR_S = 0.45, 0.42
DESCENT = "theta <- theta - eta gradient(nabla f), quad eta = {lr}"
VELOCITY = (
    "v <- activation(beta v) + gradient(nabla f), quad theta <- theta - positive(eta v), quad beta = {b}"
)
ADDED = "positive(-eta v) = activation(-eta beta v) gradient(- eta nabla f)"


class PathBeats(DescentStage):
    """Beats that walk over the surface."""

    def ravine(self) -> None:
        """The map of the surface, where everyone starts, and the question how far it is."""
        drawn_map = self.place_map(self.room, 0.6)
        if not len(self.map.contours):
            self.variant("flat")
        elif still(self):
            self.variant("still")
        self.say()
        formula = self.formula(f"loss(f)(x, y) = {recorded_formula(self, 'surface/node_value')}")
        self.play(FadeIn(self.map.frame), *formula, run_time=style.MOVE_S)
        if len(self.map.contours):
            lines = LaggedStart(*(Create(line) for line in reversed(self.map.contours)), lag_ratio=0.15)
            self.play(lines, run_time=2 * style.SLOW_S)
        self.say()
        self.play(*(FadeIn(mark, scale=2) for mark in self.map.crosses), run_time=style.MOVE_S)
        self.say(puzzle=self.label("puzzle" if self.goal_known else "puzzle_open"))
        table, asked = start_table(self, self.side), VGroup()
        self.play(FadeIn(self.start, scale=2), FadeIn(table.frame), run_time=style.MOVE_S)
        if self.goal_known and not still(self):
            nearest = min(
                self.array("surface/minima"), key=lambda one: np.linalg.norm(one - self.array("start"))
            )
            asked.add(self.map.guide(tuple(self.array("start")), tuple(nearest)))
            self.play(Create(asked[0]), run_time=style.MOVE_S)
        self.one_by_one(table.rows)
        self.add(drawn_map)
        self.panel = VGroup(table, asked)

    def sgd(self) -> None:
        """Against the gradient, step by step, then the rest of the way."""
        self.variant(zigzag(self))
        self.say()
        points = self.array("sgd/position")
        count = min(FIRST_STEPS, len(points))
        table = step_table(self, "sgd", count, self.side)
        rule = self.formula(DESCENT, lr=self.number("sgd/lr"))
        self.play(*self.clear_panel(), *rule, FadeIn(table.frame, table.rows[0]), run_time=style.MOVE_S)
        first, rest = (self.map.way(one, "negative") for one in (points[:count], points[count - 1 :]))
        self.walker, arrows = self.ball("sgd"), VGroup()
        for k in range(count - 1):
            if k == 2:
                self.say(**flips(self, "sgd"))
            arrow = self.map.arrow(points[k], points[k + 1], "gradient")
            arrows.add(arrow)
            self.play(*map(GrowArrow, arrow), run_time=STEP_S)
            there = [self.walker.animate.move_to(one.get_end()) for one in arrow]
            self.play(*there, FadeIn(table.rows[k + 1]), run_time=STEP_S)
        if count <= 3:
            self.say(**flips(self, "sgd"))
        self.play(FadeOut(arrows), *drawn(first), run_time=style.MOVE_S)
        self.say(outcome=outcome(self, "sgd", "say"))
        self.play(*drawn(rest, self.walker), run_time=2 * style.SLOW_S, rate_func=linear)
        self.path, self.panel = VGroup(first, rest), table

    def smaller_rate(self) -> None:
        """Plain SGD again at a smaller rate, and how long it takes at others."""
        if still(self):
            self.variant("still")
        rate, told = self.number("smaller/lr", form="short"), at_smaller_rate(self)
        self.say(lr=rate)
        muted = self.path.animate.set_stroke(self.look.muted, 2, 0.35)
        back, rule = self.walker.animate.move_to(self.start), self.formula(DESCENT, lr=rate)
        self.play(*self.clear_panel(), muted, back, *rule, run_time=style.MOVE_S)
        self.say(**told)
        places = self.array("smaller/position")
        shown = max(self.item("smaller/reached"), 0) or len(places) - 1
        path = self.map.way(places[: shown + 1], "negative")
        self.play(*drawn(path, self.walker), run_time=2 * style.SLOW_S, rate_func=linear)
        self.say(**told)
        chart, notes = rate_chart(self, self.side)
        self.play(FadeIn(chart.frame), run_time=style.MOVE_S)
        self.say(**told)
        dots = LaggedStart(*(FadeIn(dot, scale=2) for dot in chart.dots), lag_ratio=0.3)
        self.play(dots, run_time=style.SLOW_S)
        self.play(FadeIn(notes), run_time=style.QUICK_S)
        self.panel, self.path = VGroup(chart.frame, chart.dots, notes), VGroup(self.path, path)

    def velocity(self) -> None:
        """Gradient and carried velocity make one step of momentum."""
        k = self.item("momentum/apart")
        self.variant("still" if still(self) else "" if k else "first")
        self.say()
        gone = leave(VGroup(self.path, self.walker))
        self.play(*self.clear_panel(), gone, *self.resize_map(self.room, 0.5), run_time=style.MOVE_S)
        lens_box, table_box = self.side.columns(1.2, 1, gap=style.GAP)
        here, ways = self.array("momentum/position")[k], [self.array(series)[k] for series, _, _ in PARTS]
        lens = Lens(self.map, np.array([here, here + ways[0], here + ways[2]]), lens_box)
        parts = [
            (way, role, self.math(symbol, 34, role))
            for way, (_, symbol, role) in zip(ways, PARTS, strict=True)
        ]
        arrows, table = lens.head_to_tail(here, parts[:2], parts[2]), update_table(self, k, table_box)
        self.walker = self.ball("momentum")
        rule = self.formula(VELOCITY, b=self.number("momentum"))
        self.play(FadeIn(self.walker), *rule, run_time=style.QUICK_S)
        before = self.map.way(self.array("momentum/position")[: k + 1], "positive")
        self.play(*drawn(before, self.walker), run_time=style.SLOW_S)
        self.play(FadeIn(lens.spot), run_time=style.QUICK_S)
        allow(lens.frame, "text-over-line", "the frame flies from the map to its place", moving=True)
        self.play(TransformFromCopy(lens.spot, lens.frame), FadeIn(table.heads), run_time=style.MOVE_S)
        for i, arrow in enumerate(arrows):
            if i < 2:
                self.say(k=self.integer("step", k + 1))
            move = self.map.arrow(here, here + ways[2], "positive") if i == 2 else VGroup()
            self.play(FadeIn(arrow, move, table.rows[i], *table.rules[: i // 2]), run_time=style.MOVE_S)
        self.panel, self.path = VGroup(table, lens.frame, *arrows), VGroup(lens.spot, move, before)

    def momentum(self) -> None:
        """The whole path, and what its first steps are made of along each axis."""
        self.variant(gathering(self))
        self.say(same=same_rate(self))
        points = self.array("momentum/position")
        count = min(BARS, len(points) - 1)
        first, rest = (self.map.way(one, "positive") for one in (points[: count + 1], points[count:]))
        charts = [step_bars(self, axis, box) for axis, box in enumerate(self.side.rows(1, 1))]
        back = self.walker.animate.move_to(self.start)
        self.play(*self.clear_panel(), leave(self.path), back, run_time=style.MOVE_S)
        self.play(*(FadeIn(chart.frame) for chart in charts), *self.formula(ADDED), run_time=style.MOVE_S)
        self.say(within=self.integer("momentum/flips_within"))
        bars = [InStep(chart.steps[:count]) for chart in charts] if count else []
        self.play(*drawn(first, self.walker), *bars, run_time=BAR_S * max(count, 1), rate_func=linear)
        self.say(outcome=outcome(self, "momentum", "say"))
        self.play(*drawn(rest, self.walker), run_time=2 * style.SLOW_S, rate_func=linear)
        self.panel = VGroup(*(VGroup(chart.frame, chart.steps) for chart in charts))
        self.path = VGroup(first, rest)
