"""The beats of `momentum` that compare: the race, the shallow minimum, the family and its rules."""

from __future__ import annotations

from manim import Create, FadeIn, LaggedStart, VGroup, linear

from scenes.momentum.race import Race
from scenes.momentum.stage import PAIR, ROLES, DescentStage
from scenes.momentum.tables import rules
from scenes.momentum.words import arrived, motionless, outcome, over_the_bump, rates
from scenes.parts.box import Box
from scenes.parts.contour_map import ContourMap
from scenes.parts.layout import column, fit
from scenes.parts.motion import Run, drawn, leave
from scenes.parts.profile import Profile
from scenes.stage import style
from scenes.stage.comparing import comparable

TITLE_HEIGHT = 0.4
COLUMNS = ((4, 2), (6, 3), (8, 4))  # up to so many maps, so many beside each other
LIFT, LIFT_MORE = 1.15, 2.2  # of a name above a ball; of the second one above the same place


class ResultBeats(DescentStage):
    """Beats on what came of the runs."""

    def race(self) -> None:
        """Loss against step for both, at once on the map and on the chart."""
        if self.trace.flags["falling"]:
            self.variant("falling")
        self.say()
        race = Race(self, self.side)
        walkers = {name: self.map.ball(self.array("start"), ROLES[name]) for name in PAIR}
        gone = VGroup(self.path, self.walker, self.sgd_path)
        self.play(*self.clear_panel(), leave(gone), FadeIn(race.frame), run_time=style.MOVE_S)
        if len(race.goal):
            self.say(goal=self.label(race.goal_label, tolerance=self.number("tolerance")))
            self.play(Create(race.goal), run_time=style.MOVE_S)
        else:
            self.say()
        results = {name: outcome(self, name, "short") for name in PAIR}
        self.say(result=self.label("result" if arrived(self, *PAIR) else "result_mixed", **results))
        ways = {name: self.map.way(self.places(name), ROLES[name], style.LINE) for name in PAIR}
        going = [one for name in PAIR for one in (*race.going(name), *drawn(ways[name], walkers[name]))]
        self.play(FadeIn(*walkers.values(), *race.dots.values()), run_time=style.QUICK_S)
        self.play(*going, run_time=4 * style.SLOW_S, rate_func=linear)
        self.play(FadeIn(*race.labels.values()), run_time=style.QUICK_S)
        shown = (race.curves, race.dots, race.labels)
        self.panel = VGroup(race.frame, race.goal, *(one for each in shown for one in each.values()))
        self.on_map = VGroup(*ways.values(), *walkers.values())

    def shallow_minimum(self) -> None:
        """A bump stops SGD; momentum has speed left."""
        self.variant(over_the_bump(self))
        self.say()
        names = self.math("x", 34, "muted"), self.math("loss(f)", 34)
        profile = Profile(self.look, self.whole, self.array("bump/x"), self.array("bump/profile"), names)
        stage = VGroup(self.map.group, self.start, self.on_map)
        self.play(*self.clear_panel(), leave(stage), *self.no_formula(), run_time=style.MOVE_S)
        self.play(FadeIn(profile.frame), Create(profile.curve), run_time=style.SLOW_S)
        self.panel = VGroup(profile.frame, profile.curve)
        form = comparable([self.item(f"bump/{name}/end") for name in PAIR], form="short")
        flags = self.trace.flags
        together = flags["bump/momentum/escapes"] == flags["bump/sgd/escapes"]
        for name in PAIR:
            self.say()
            places = self.array(f"bump/{name}/position")[:, 0]
            ball = profile.ball(places[0], ROLES[name])
            self.play(FadeIn(ball), run_time=style.QUICK_S)
            self.play(
                Run(ball, profile.rolled(places), even_speed=True),
                run_time=3 * style.SLOW_S,
                rate_func=linear,
            )
            loss = self.label("ends", loss=self.number(f"bump/{name}/end", form=form))
            lines = [self.title(name), self.words(loss, style.LABEL_PX, "loss")]
            lift = LIFT_MORE if together and name == "momentum" else LIFT
            result = column(lines, align="centre").move_to(profile.on(places[-1])).shift([0, lift, 0])
            self.play(FadeIn(result), run_time=style.QUICK_S)
            self.panel.add(ball, result)

    def family(self) -> None:
        """Every optimiser in a map of its own, all at once."""
        if motionless(self):
            self.variant("still")
        elif not {"adagrad", "rmsprop"} <= set(self.optimisers):
            self.variant("plain")
        self.say()
        columns = next(columns for most, columns in COLUMNS if len(self.optimisers) <= most)
        boxes = self.whole.grid(-(-len(self.optimisers) // columns), columns)
        cards = [self._card(*one) for one in zip(self.optimisers, boxes, strict=False)]
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(LaggedStart(*(FadeIn(card) for card, _, _ in cards), lag_ratio=0.2), run_time=style.SLOW_S)
        self.say()
        going = [one for _, path, _ in cards for one in drawn(path)]
        self.play(*going, run_time=3 * style.SLOW_S, rate_func=linear)
        self.say(rates=rates(self))
        self.play(FadeIn(*(result for _, _, result in cards)), run_time=style.MOVE_S)
        self.panel = VGroup(*(part for card in cards for part in card))

    def _card(self, name: str, place: Box) -> tuple[VGroup, VGroup, VGroup]:
        """A small map below its optimiser's name, the path on it, and what came of it."""
        top = place.without(bottom=place.height - TITLE_HEIGHT)
        small = ContourMap(self, place.without(top=TITLE_HEIGHT), small=True)
        head = fit(self.title(name, style.SMALL_PX, "bold"), top, "left")
        result = self.words(outcome(self, name, "short"), style.SMALL_PX)
        fit(result, top.without(left=head.width + style.GAP), "right")
        start = small.ball(self.array("start"), "ink", 0.06)
        return VGroup(small.group, head, start), small.way(self.places(name), ROLES[name], 3.5), result

    def recap(self) -> None:
        """The update rules, one a line."""
        if not {"adagrad", "rmsprop", "adam"} <= set(self.optimisers):
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
