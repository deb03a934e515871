"""The beats of `momentum` on the map: the surface, plain SGD, one step taken apart, the path of momentum."""

from __future__ import annotations

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

from scenes.momentum.lens import Lens
from scenes.momentum.map import drawn
from scenes.momentum.stage import DescentStage
from scenes.momentum.table import outcome_table, start_table, step_table, velocity_table
from scenes.momentum.words import (
    flipping_axis,
    gathering,
    outcome,
    still,
    zigzag,
)
from scenes.parts.expression import Expression, Operation
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow

FIRST_STEPS = 6  # rows of the step table
TAKEN_APART = 1  # the update that is taken apart: the first one that carries a velocity
STEP_S = 0.55
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
        self.play(
            FadeIn(self.map.frame),
            *self.formula(self._surface_formula()),
            run_time=style.MOVE_S,
        )
        if len(self.map.contours):
            lines = LaggedStart(*(Create(line) for line in reversed(self.map.contours)), lag_ratio=0.15)
            self.play(lines, run_time=2 * style.SLOW_S)
        self.say()
        if len(self.map.crosses):
            self.play(*(FadeIn(mark, scale=2) for mark in self.map.crosses), run_time=style.MOVE_S)
        self.say()
        table = start_table(self, self.side)
        self.play(FadeIn(self.start, scale=2), FadeIn(table.frame), run_time=style.MOVE_S)
        self.one_by_one(table.rows)
        self.panel = table

    def _surface_formula(self) -> str:
        index = {node.id: i for i, node in enumerate(self.trace.nodes)}
        nodes = [
            Operation(node.name, node.operation, tuple(index[one] for one in node.inputs))
            for node in self.trace.nodes
        ]
        values = self.array("surface/node_value")

        def typed(i: int) -> str:
            form = comparable(values[i], fine=TYPED * abs(float(values[i])), most=TYPED_CHARS)
            return self.number("surface/node_value", i, form=form)

        shown = Expression(nodes, typed)
        return f"loss(f)(x, y) = {shown.formula()}"

    def sgd(self) -> None:
        """Against the gradient, step by step, then the rest of the way."""
        self.variant(zigzag(self))
        self.say()
        count = min(FIRST_STEPS, len(self.array("sgd/position")))
        table = step_table(self, "sgd", count, self.side)
        rate = self.number("sgd/lr")
        rule = self.formula("theta <- theta - eta gradient(nabla f), quad eta = {lr}", lr=rate)
        self.play(*self.clear_panel(), *rule, FadeIn(table.frame, table.rows[0]), run_time=style.MOVE_S)
        points = self.array("sgd/position")
        path = self.map.trail(self.map.path("sgd", 0, count), "positive")
        walker, arrows = self.map.ball(points[0], "positive"), VGroup()
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
        self.play(FadeOut(arrows), *drawn(path), run_time=style.MOVE_S)
        self.say(outcome=outcome(self, "sgd", "say"))
        rest = self.map.trail(self.map.path("sgd", count - 1), "positive")
        self.play(*drawn(rest, walker), run_time=2 * style.SLOW_S, rate_func=linear)
        self.sgd_path, self.walker, self.panel = VGroup(path, rest), walker, table

    def _say_flips(self) -> None:
        axis = flipping_axis(self, "sgd")
        self.say(
            axis="xy"[axis],
            within=self.number("sgd/flips_within", form="d"),
            flips=self.number("sgd/flips", axis, form="d"),
        )

    def velocity(self) -> None:
        """Gradient and carried velocity make one step of momentum."""
        k = min(TAKEN_APART, len(self.array("momentum/velocity")) - 1)
        self.variant("still" if still(self) else "first" if k == 0 else "")
        self.say()
        above, below = self.side.rows(1, 1.15)
        table, lens = velocity_table(self, k, below), Lens(self, self.map, k, above)
        fields = {"b": self.number("momentum"), "lr": self.number("momentum/lr")}
        rule = self.formula(
            "v <- activation(beta v) + gradient(nabla f), quad theta <- theta - eta v, "
            "quad beta = {b}, quad eta = {lr}",
            40,
            **fields,
        )
        muted = self.sgd_path.animate.set_stroke(self.look.muted, 2, 0.35)
        here = self.array("momentum/position")[k]
        there = self.walker.animate.move_to(self.map.at(*self.map.within(here)))
        self.play(*self.clear_panel(), muted, there, *rule, run_time=style.MOVE_S)
        before = self.map.trail(self.map.path("momentum", 0, k + 1), "positive")
        self.play(*drawn(before), run_time=style.MOVE_S)
        self.play(FadeIn(lens.spot), run_time=style.QUICK_S)
        allow(lens.frame, "text-over-line", "the frame flies from the map to its place", moving=True)
        self.play(TransformFromCopy(lens.spot, lens.frame), FadeIn(table.heads), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lens.arrows[0]), FadeIn(table.rows[0]), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lens.arrows[1]), FadeIn(table.rows[1]), run_time=style.MOVE_S)
        self.play(FadeIn(table.rules, table.rows[2]), run_time=style.MOVE_S)
        move = self.map.arrow(here, here + self.array("momentum/move")[k], "positive")
        self.play(FadeIn(lens.arrows[2]), FadeIn(table.rows[3]), FadeIn(move), run_time=style.MOVE_S)
        self.panel = VGroup(table, lens.frame, *lens.arrows)
        self.arrows, self.before = VGroup(lens.spot, move), before

    def momentum(self) -> None:
        """The whole path beside that of plain SGD."""
        self.variant(gathering(self))
        self.say()
        start = self.start.get_center()
        path = self.map.trail(self.map.path("momentum"), "positive")
        back = self.walker.animate.move_to(start)
        self.play(*self.clear_panel(), FadeOut(self.arrows, self.before), back, run_time=style.MOVE_S)
        self.say(within=self.number("momentum/flips_within", form="d"))
        self.play(*drawn(path, self.walker), run_time=3 * style.SLOW_S, rate_func=linear)
        self.say(outcome=outcome(self, "momentum", "say"))
        table = outcome_table(self, ("sgd", "momentum"), self.side)
        self.one_by_one(table.rows)
        self.panel, self.path = table, path
