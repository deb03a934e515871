"""The beats of `momentum` that compare: the race, the shallow minimum, the family and its rules."""

from __future__ import annotations

from manim import (
    Create,
    FadeIn,
    LaggedStart,
    VGroup,
    linear,
)

from scenes.momentum.bump import BumpProfile
from scenes.momentum.family import Family, rules
from scenes.momentum.map import drawn
from scenes.momentum.race import Race
from scenes.momentum.stage import DescentStage
from scenes.momentum.words import (
    arrived,
    motionless,
    outcome,
    over_the_bump,
    rates,
)
from scenes.parts.motion import Run, leave
from scenes.stage import style


class ResultBeats(DescentStage):
    """Beats on what came of the runs."""

    def race(self) -> None:
        """Loss against step for both."""
        if self.trace.flags["falling"]:
            self.variant("falling")
        self.say()
        race = Race(self, self.side)
        self.play(*self.clear_panel(), FadeIn(race.frame), run_time=style.MOVE_S)
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
            self.play(FadeIn(race.labels[name]), run_time=style.QUICK_S)
        self.panel = VGroup(race.frame, race.goal, *race.curves.values(), *race.labels.values())

    def shallow_minimum(self) -> None:
        """A bump stops SGD; momentum has speed left."""
        self.variant(over_the_bump(self))
        self.say()
        profile = BumpProfile(self, self.whole)
        stage = VGroup(self.map.group, self.start, self.sgd_path, self.path, self.walker)
        self.play(*self.clear_panel(), leave(stage), *self.no_formula(), run_time=style.MOVE_S)
        self.play(FadeIn(profile.frame), Create(profile.profile), run_time=style.SLOW_S)
        shown = VGroup(profile.frame, profile.profile)
        for name in ("sgd", "momentum"):
            self.say()
            ball, way = profile.ball(name), profile.way(name)
            self.play(FadeIn(ball), run_time=style.QUICK_S)
            self.play(Run(ball, way, even_speed=True), run_time=3 * style.SLOW_S, rate_func=linear)
            result = profile.result(name)
            self.play(FadeIn(result), run_time=style.QUICK_S)
            shown.add(ball, result)
        self.panel = shown

    def family(self) -> None:
        """Every optimiser in a map of its own, all at once."""
        names = set(map(str, self.array("optimisers")))
        if motionless(self):
            self.variant("still")
        elif not {"adagrad", "rmsprop"} <= names:
            self.variant("plain")
        self.say()
        family = Family(self, self.whole)
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
        names = set(map(str, self.array("optimisers")))
        if not {"adagrad", "rmsprop", "adam"} <= names:
            self.variant("plain")
        self.say()
        table = rules(self, self.whole)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        for i, row in enumerate(table.rows):
            if i == 2:
                self.say()
            self.play(FadeIn(row), run_time=style.MOVE_S)
        self.say()
        self.panel = table
