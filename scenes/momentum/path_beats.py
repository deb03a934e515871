"""The beats of `momentum` on the map: the surface, plain SGD, one step taken apart, the path of momentum."""

from __future__ import annotations

import numpy as np
from manim import Create, FadeIn, FadeOut, GrowArrow, LaggedStart, TransformFromCopy, VGroup, linear

from scenes.momentum.stage import DescentStage
from scenes.momentum.tables import PARTS, outcome_table, start_table, step_table, update_table
from scenes.momentum.words import flipping_axis, gathering, outcome, still, taken_apart, zigzag
from scenes.parts.expression import Expression, Operation
from scenes.parts.lens import Lens
from scenes.parts.motion import drawn
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow

FIRST_STEPS = 6  # rows of the step table
STEP_S = 0.55
VELOCITY = "v <- activation(beta v) + gradient(nabla f), quad theta <- theta - eta v"
TYPED, TYPED_CHARS = 1e-8, 12  # a constant of the formula is shown as it was typed, if it is not too long


class PathBeats(DescentStage):
    """Beats that walk over the surface."""

    def ravine(self) -> None:
        """The map of the surface, and where everyone starts."""
        if not len(self.map.contours):
            self.variant("flat")
        elif still(self):
            self.variant("still")
        self.say()
        self.play(FadeIn(self.map.frame), *self.formula(self._surface_formula()), run_time=style.MOVE_S)
        if len(self.map.contours):
            lines = LaggedStart(*(Create(line) for line in reversed(self.map.contours)), lag_ratio=0.15)
            self.play(lines, run_time=2 * style.SLOW_S)
        self.say()
        self.play(*(FadeIn(mark, scale=2) for mark in self.map.crosses), run_time=style.MOVE_S)
        self.say()
        table = start_table(self, self.side)
        self.play(FadeIn(self.start, scale=2), FadeIn(table.frame), run_time=style.MOVE_S)
        self.one_by_one(table.rows)
        self.panel = table

    def _surface_formula(self) -> str:
        index = {node.id: i for i, node in enumerate(self.trace.nodes)}
        values = self.array("surface/node_value")
        nodes = [
            Operation(node.name, node.operation, tuple(index[one] for one in node.inputs))
            for node in self.trace.nodes
        ]

        def typed(i: int) -> str:
            form = comparable(values[i], fine=TYPED * abs(float(values[i])), most=TYPED_CHARS)
            return self.number("surface/node_value", i, form=form)

        return f"loss(f)(x, y) = {Expression(nodes, typed).formula()}"

    def sgd(self) -> None:
        """Against the gradient, step by step, then the rest of the way."""
        self.variant(zigzag(self))
        self.say()
        points = self.array("sgd/position")
        count = min(FIRST_STEPS, len(points))
        table = step_table(self, "sgd", count, self.side)
        rule = self.formula(
            "theta <- theta - eta gradient(nabla f), quad eta = {lr}", lr=self.number("sgd/lr")
        )
        self.play(*self.clear_panel(), *rule, FadeIn(table.frame, table.rows[0]), run_time=style.MOVE_S)
        first, rest = (self.map.way(one, "negative") for one in (points[:count], points[count - 1 :]))
        walker, arrows = self.map.ball(points[0], "negative"), VGroup()
        for k in range(count - 1):
            if k == 2:
                self._say_flips()
            arrow = self.map.arrow(points[k], points[k + 1], "gradient")
            arrows.add(arrow)
            self.play(*map(GrowArrow, arrow), run_time=STEP_S)
            there = [walker.animate.move_to(one.get_end()) for one in arrow]
            self.play(*there, FadeIn(table.rows[k + 1]), run_time=STEP_S)
        if count <= 3:
            self._say_flips()
        self.play(FadeOut(arrows), *drawn(first), run_time=style.MOVE_S)
        self.say(outcome=outcome(self, "sgd", "say"))
        self.play(*drawn(rest, walker), run_time=2 * style.SLOW_S, rate_func=linear)
        self.sgd_path, self.walker, self.panel = VGroup(first, rest), walker, table

    def _say_flips(self) -> None:
        axis = flipping_axis(self, "sgd")
        within, flips = (
            self.number(f"sgd/{key}", *index, form="d")
            for key, index in (("flips_within", ()), ("flips", (axis,)))
        )
        self.say(axis="xy"[axis], within=within, flips=flips)

    def velocity(self) -> None:
        """Gradient and carried velocity make one step of momentum."""
        k = taken_apart(self)
        self.variant("still" if still(self) else "" if k else "first")
        self.say()
        lens_box, below = self.side.rows(1.35, 1, gap=style.TIGHT)
        here, ways = self.array("momentum/position")[k], [self.array(series)[k] for series, _, _ in PARTS]
        lens = Lens(self.map, np.array([here, here + ways[0], here + ways[2]]), lens_box)
        parts = [
            (way, role, self.math(symbol, 32, role))
            for way, (_, symbol, role) in zip(ways, PARTS, strict=True)
        ]
        arrows, table = lens.head_to_tail(here, parts[:2], parts[2]), update_table(self, k, below)
        rule = self.formula(
            f"{VELOCITY}, quad beta = {{b}}, quad eta = {{lr}}",
            40,
            b=self.number("momentum"),
            lr=self.number("momentum/lr"),
        )
        muted = self.sgd_path.animate.set_stroke(self.look.muted, 2, 0.35)
        back = self.walker.animate.move_to(self.start).set_color(self.look.positive)
        self.play(*self.clear_panel(), muted, back, *rule, run_time=style.MOVE_S)
        before = self.map.way(self.array("momentum/position")[: k + 1], "positive")
        self.play(*drawn(before, self.walker), run_time=style.SLOW_S)
        self.play(FadeIn(lens.spot), run_time=style.QUICK_S)
        allow(lens.frame, "text-over-line", "the frame flies from the map to its place", moving=True)
        self.play(TransformFromCopy(lens.spot, lens.frame), FadeIn(table.heads), run_time=style.MOVE_S)
        for i, arrow in enumerate(arrows):
            if i < 2:
                self.say()
            move = self.map.arrow(here, here + ways[2], "positive") if i == 2 else VGroup()
            self.play(FadeIn(arrow, move, table.rows[i], *table.rules[: i // 2]), run_time=style.MOVE_S)
        self.panel = VGroup(table, lens.frame, *arrows)
        self.arrows = VGroup(lens.spot, move, before)

    def momentum(self) -> None:
        """The whole path beside that of plain SGD."""
        self.variant(gathering(self))
        self.say()
        path = self.map.way(self.array("momentum/position"), "positive")
        back = self.walker.animate.move_to(self.start)
        self.play(*self.clear_panel(), FadeOut(self.arrows), back, run_time=style.MOVE_S)
        self.say(within=self.number("momentum/flips_within", form="d"))
        self.play(*drawn(path, self.walker), run_time=3 * style.SLOW_S, rate_func=linear)
        self.say(outcome=outcome(self, "momentum", "say"))
        table = outcome_table(self, self.side)
        self.one_by_one(table.rows)
        self.panel, self.path = table, path
