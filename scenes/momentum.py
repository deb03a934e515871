"""Momentum and its family: torch's own optimisers on one loss surface, step by step."""

from __future__ import annotations

from manim import (
    Create,
    FadeIn,
    FadeOut,
    GrowArrow,
    LaggedStart,
    MoveAlongPath,
    TransformFromCopy,
    VGroup,
    linear,
)

from engine.trace import Trace
from scenes import SCENES, style
from scenes.descent_words import (
    arrived,
    flipping_axis,
    gathering,
    motionless,
    outcome,
    over_the_bump,
    rates,
    still,
    zigzag,
)
from scenes.explainer import Explainer
from scenes.panels.momentum_bump import BumpProfile
from scenes.panels.momentum_family import Family, rule_rows
from scenes.panels.momentum_lens import Lens
from scenes.panels.momentum_map import SurfaceMap, drawn
from scenes.panels.momentum_race import Race
from scenes.panels.momentum_table import StepTable, VelocityTable, outcome_rows, start_rows
from scenes.panels.place import at
from scenes.parts.expression import Expression, Operation
from scenes.parts.motion import leave

FIRST_STEPS = 6  # rows of the step table
TAKEN_APART = 1  # the update that is taken apart: the first one that carries a velocity
STEP_S = 0.55


class MomentumFilm(Explainer):
    """See scenes/text/momentum.toml for what each beat says."""

    card = next(card for card in SCENES if card.slug == "momentum")
    reads = (
        "surface/x",
        "surface/y",
        "surface/z",
        "surface/defined",
        "surface/levels",
        "surface/minima",
        "surface/node_value",
        "optimisers",
        "step",
        "start",
        "tolerance",
        "momentum",
        "axis/x",
        "axis/y",
        "axis/step",
        "axis/gap",
        "axis/loss",
        "momentum/carried",
        "momentum/velocity",
        "momentum/move",
        "sgd/flips",
        "sgd/flips_within",
        "momentum/flips",
        "momentum/flips_within",
        "floor",
        "bump/x",
        "bump/profile",
        "bump/sgd/end",
        "bump/momentum/end",
    )

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series named above and those of every optimiser that ran."""
        keys = ("position", "gradient", "loss", "gap", "lr", "reached", "diverged_at", "updates")
        return (*cls.reads, *(f"{name}/{key}" for name in trace["optimisers"].values for key in keys))

    def prepare(self) -> None:
        """The map is the same object in every beat that shows it."""
        self.map = SurfaceMap(self)
        self.start = self.map.dot(self.map.at(*self.trace["start"].values), "ink", 0.1)
        self.panel: VGroup = VGroup()
        self.extra: VGroup = VGroup()

    def positions(self, name: str) -> int:
        """How many positions of a run are recorded."""
        return len(self.trace[f"{name}/position"].values)

    def clear_panel(self) -> list[FadeOut]:
        """Animations that take the panel away."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []

    # -- beats -----------------------------------------------------------------------------------------------------

    def ravine(self) -> None:
        """The map of the surface, and where everyone starts."""
        if not len(self.map.contours):
            self.variant("flat")
        elif still(self):
            self.variant("still")
        self.say()
        self.play(
            FadeIn(self.map.frame, self.map.ticks),
            *self.formula(self._surface_formula()),
            run_time=style.MOVE_S,
        )
        if len(self.map.contours):
            lines = LaggedStart(*(Create(line) for line in reversed(self.map.contours)), lag_ratio=0.15)
            self.play(lines, run_time=2 * style.SLOW_S)
        self.say()
        if len(self.map.marks):
            self.play(*(FadeIn(mark, scale=2) for mark in self.map.marks), run_time=style.MOVE_S)
        self.say()
        rows = start_rows(self)
        self.play(
            FadeIn(self.start, scale=2), LaggedStart(*map(FadeIn, rows), lag_ratio=0.3), run_time=style.SLOW_S
        )
        self.panel = VGroup(*rows)

    def _surface_formula(self) -> str:
        index = {node.id: i for i, node in enumerate(self.trace.nodes)}
        nodes = [
            Operation(node.name, node.operation, tuple(index[one] for one in node.inputs))
            for node in self.trace.nodes
        ]
        shown = Expression(nodes, lambda i: self.number("surface/node_value", i))
        return f"loss(f)(x, y) = {shown.formula()}"

    def sgd(self) -> None:
        """Against the gradient, step by step, then the rest of the way."""
        self.variant(zigzag(self))
        self.say()
        count = min(FIRST_STEPS, self.positions("sgd"))
        table = StepTable(self, "sgd", count)
        rate = self.number("sgd/lr")
        rule = self.formula("theta <- theta - eta gradient(nabla f), quad eta = {lr}", lr=rate)
        self.play(*self.clear_panel(), *rule, FadeIn(table.heads, table.rows[0]), run_time=style.MOVE_S)
        points = self.trace["sgd/position"].values
        path = self.map.line(self.map.path("sgd", 0, count), "positive")
        walker, arrows = self.map.dot(self.map.at(*points[0]), "positive"), VGroup()
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
        rest = self.map.line(self.map.path("sgd", count - 1), "positive")
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
        k = min(TAKEN_APART, len(self.trace["momentum/velocity"].values) - 1)
        self.variant("still" if still(self) else "first" if k == 0 else "")
        self.say()
        table, lens = VelocityTable(self, k), Lens(self, self.map, k)
        fields = {"b": self.number("momentum"), "lr": self.number("momentum/lr")}
        rule = self.formula(
            "v <- activation(beta v) + gradient(nabla f), quad theta <- theta - eta v, "
            "quad beta = {b}, quad eta = {lr}",
            40,
            **fields,
        )
        muted = self.sgd_path.animate.set_stroke(self.look.muted, 2, 0.35)
        here = self.trace["momentum/position"].values[k]
        there = self.walker.animate.move_to(self.map.at(*self.map.within(here)))
        self.play(*self.clear_panel(), muted, there, *rule, run_time=style.MOVE_S)
        before = self.map.line(self.map.path("momentum", 0, k + 1), "positive")
        self.play(*drawn(before), run_time=style.MOVE_S)
        self.play(FadeIn(lens.spot), run_time=style.QUICK_S)
        self.play(TransformFromCopy(lens.spot, lens.frame), FadeIn(table.heads), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lens.arrows[0]), FadeIn(table.gradient), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lens.arrows[1]), FadeIn(table.carried), run_time=style.MOVE_S)
        self.play(FadeIn(table.rule, table.velocity), run_time=style.MOVE_S)
        move = self.map.arrow(here, here + self.trace["momentum/move"].values[k], "positive")
        self.play(FadeIn(lens.arrows[2]), FadeIn(table.move), FadeIn(move), run_time=style.MOVE_S)
        self.panel = VGroup(table, lens.frame, *lens.arrows)
        self.arrows, self.before = VGroup(lens.spot, move), before

    def momentum(self) -> None:
        """The whole path beside that of plain SGD."""
        self.variant(gathering(self))
        self.say()
        start = self.map.at(*self.trace["start"].values)
        path = self.map.line(self.map.path("momentum"), "positive")
        back = self.walker.animate.move_to(start)
        self.play(*self.clear_panel(), FadeOut(self.arrows, self.before), back, run_time=style.MOVE_S)
        self.say(within=self.number("momentum/flips_within", form="d"))
        self.play(*drawn(path, self.walker), run_time=3 * style.SLOW_S, rate_func=linear)
        self.say(outcome=outcome(self, "momentum", "say"))
        rows = outcome_rows(self, ("sgd", "momentum"))
        self.play(LaggedStart(*map(FadeIn, rows), lag_ratio=0.4), run_time=style.SLOW_S)
        self.panel, self.path = VGroup(*rows), path

    def race(self) -> None:
        """Loss against step for both."""
        if self.trace.flags["falling"]:
            self.variant("falling")
        self.say()
        race = Race(self)
        self.play(*self.clear_panel(), FadeIn(race.plot, race.ticks), run_time=style.MOVE_S)
        if len(race.goal):
            self.say(goal=self.label(race.goal_label, tolerance=self.number("tolerance")))
            self.play(Create(race.goal), run_time=style.MOVE_S)
        else:
            self.say()
        results = {name: outcome(self, name, "short") for name in ("sgd", "momentum")}
        both = "result" if arrived(self, "sgd", "momentum") else "result_mixed"
        self.say(result=self.label(both, **results))
        for name in ("sgd", "momentum"):
            self.play(Create(race.curves[name]), run_time=2 * style.SLOW_S, rate_func=linear)
            self.play(FadeIn(race.names[name]), run_time=style.QUICK_S)
        self.panel = race.group

    def shallow_minimum(self) -> None:
        """A bump stops SGD; momentum has speed left."""
        self.variant(over_the_bump(self))
        self.say()
        profile = BumpProfile(self)
        stage = VGroup(self.map.group, self.start, self.sgd_path, self.path, self.walker)
        self.play(*self.clear_panel(), leave(stage), *self.no_formula(), run_time=style.MOVE_S)
        self.play(FadeIn(profile.axes), Create(profile.curve), run_time=style.SLOW_S)
        shown = VGroup(profile.group)
        for name in ("sgd", "momentum"):
            self.say()
            ball, way = profile.ball(name), profile.way(name)
            self.play(FadeIn(ball), run_time=style.QUICK_S)
            self.play(MoveAlongPath(ball, way), run_time=3 * style.SLOW_S, rate_func=linear)
            result = profile.result(name)
            self.play(FadeIn(result), run_time=style.QUICK_S)
            shown.add(ball, result)
        self.panel = shown

    def family(self) -> None:
        """Every optimiser in a map of its own, all at once."""
        names = set(map(str, self.trace["optimisers"].values))
        if motionless(self):
            self.variant("still")
        elif not {"adagrad", "rmsprop"} <= names:
            self.variant("plain")
        self.say()
        family = Family(self)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(LaggedStart(*map(FadeIn, family.cards), lag_ratio=0.2), run_time=style.SLOW_S)
        self.say()
        paths = [animation for path in family.paths.values() for animation in drawn(path)]
        self.play(*paths, run_time=3 * style.SLOW_S, rate_func=linear)
        self.say(rates=rates(self))
        self.play(*(FadeIn(result) for result in family.results.values()), run_time=style.MOVE_S)
        self.panel = VGroup(*family.cards, *family.paths.values(), *family.results.values())

    def recap(self) -> None:
        """The update rules, one a line."""
        names = set(map(str, self.trace["optimisers"].values))
        if not {"adagrad", "rmsprop", "adam"} <= names:
            self.variant("plain")
        self.say()
        rows = rule_rows(self)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        for i, row in enumerate(rows):
            if i == 2:
                self.say()
            self.play(FadeIn(row, shift=at(0.2, 0)), run_time=style.MOVE_S)
        self.say()
        self.panel = VGroup(*rows)
