"""The first beats of `vanishing`: a loss that stays flat, the nets it belongs to, and the slopes in them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import Create, FadeIn, LaggedStart, VGroup

from scenes.parts.arrays.table import Column
from scenes.parts.charts.loss_chart import LossChart
from scenes.parts.room.motion import arrive
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.slopes import slope_cards
from scenes.vanishing.stage import PATH_S, DeepStage
from scenes.vanishing.words import fate, loss_told

SCORE_PX = 56
FACT_COLUMNS = 3
FACTS = (  # label, series, how it is written (a name of the data: in the film's language)
    ("data", "data/name", ""),
    ("width", "width", "d"),
    ("parameters", "parameters/total", ",d"),
    ("initialisation", "run1/initialisation", ""),
    ("steps", "training/steps", "d"),
    ("rate", "training/learning_rate", "auto"),
)


class Opening(DeepStage):
    """Why does one of them not learn?"""

    def flat_loss(self) -> None:
        """The losses of the compared nets while they are trained, and their scores."""
        puzzle = (fate(self, self.weak), fate(self, self.strong)) == ("flat", "falls")
        self.variant("" if puzzle else "alike")
        self.say(depth=self.number("depth", form="d"), steps=self.number("training/steps", form="d"))
        left, right = self.whole.columns(2.4, 1)
        chart = LossChart(self, left, {run: self.activation(run) for run in self.nets})
        names = {run: self.words(self.activation(run)) for run in self.nets}
        score = Column([self.outcome(run, SCORE_PX) for run in names], self.head("accuracy"))
        table = self.run_table(right, names, [score], pitch=1.2)
        self.play(FadeIn(chart.frame), run_time=style.MOVE_S)
        self.panel = VGroup(chart.frame)
        rest = [run for run in self.nets if run not in (self.weak, self.strong)]
        for key, runs in (("weak", [self.weak]), ("strong", [self.strong, *rest])):
            self.say(**{key: loss_told(self, runs[0])})
            lines = [chart.marked(run) for run in runs]
            self.play(*map(chart.drawn, lines), run_time=PATH_S)
            labels = [chart.labels[run] for run in runs]
            self.play(*map(FadeIn, labels), run_time=style.QUICK_S)
            self.panel.add(*lines, *labels)
        self.say(score=self.learnt(self.weak, self.activation(self.weak)))
        self.one_by_one([table.frame, *table.rows], style.SLOW_S)
        self.say()

    def two_nets(self) -> None:
        """The networks draw themselves; below them what they have in common."""
        if self.item(self.of(1, "initialisation")) == "zeros":
            self.variant("zeros")
        self.say(depth=self.number("depth", form="d"), width=self.number("width", form="d"))
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        grown = [animation for net in self.strips.values() for animation in net.grown()]
        self.play(*grown, run_time=style.SLOW_S)
        self.say()
        self.play(LaggedStart(*map(FadeIn, self.names.values()), lag_ratio=0.3), run_time=style.MOVE_S)
        self.panel = VGroup(self.drawn_nets)
        self.one_by_one(self._common(), PATH_S)
        self.say()
        self.play(*(net.pulse("positive") for net in self.strips.values()), run_time=style.SLOW_S)

    def _common(self) -> list[VGroup]:
        """What the nets have in common, in columns below them."""
        term = f"term:{self.language}"
        forms = ((key, series, form or term) for key, series, form in FACTS)
        facts = [(key, self.value(series, form=form, px=style.TABLE_PX)) for key, series, form in forms]
        if self.normed:
            facts.append(("batch_norm", self.words("✓", style.TABLE_PX)))
        high = -(-len(facts) // FACT_COLUMNS)
        below = replace(self.whole, top=self.key_room.top).columns(*[1.0] * FACT_COLUMNS, gap=2 * style.WIDE)
        parts = [facts[i : i + high] for i in range(0, len(facts), high)]
        return [line for rows, box in zip(parts, below, strict=False) for line in self.facts(rows, box).rows]

    def slope(self) -> None:
        """f of each activation with its tangent, the tangent's slope, and the run's own z on it."""
        weak, strong = self.of(self.weak, ""), self.of(self.strong, "")
        if len(np.unique(self.array(f"{strong}curve_slope"))) > 2:
            self.variant("smooth")
        self.say(z=self.inlet)
        highest = self.form_of("slope_max", runs=self.nets)
        span = comparable([self.item(f"{strong}slope_{end}") for end in ("min", "max")], form=highest)
        cards = slope_cards(self, self.whole)
        self.show(*(card.frame for card in cards.values()))
        drawn = (card.upper.grown(card.value) for card in cards.values())
        self.play(*drawn, run_time=style.SLOW_S)
        self.say(z=self.inlet)
        lower = [card.lower for card in cards.values()]
        self.play(arrive(*lower), *(Create(card.tangent) for card in cards.values()), run_time=style.MOVE_S)
        self.play(*(step for card in cards.values() for step in card.runs_along()), run_time=PATH_S)
        self.say(weak=self.activation(self.weak), weak_max=self.number(f"{weak}slope_max", form=highest))
        self.play(cards[self.weak].to_steepest(), FadeIn(cards[self.weak].largest))
        self.say(
            strong=self.activation(self.strong),
            strong_min=self.number(f"{strong}slope_min", form=span),
            strong_max=self.number(f"{strong}slope_max", form=highest),
        )
        rest = [card for run, card in cards.items() if run != self.weak]
        self.play(*(step for card in rest for step in (card.to_steepest(), FadeIn(card.largest))))
        self.say(z=self.inlet)
        seen = [card.dots for card in cards.values() if len(card.dots)]  # none where all lie beyond the curve
        self.play(*(LaggedStart(*map(FadeIn, dots), lag_ratio=0.1) for dots in seen), run_time=style.SLOW_S)
        self.play(*(FadeIn(card.mean) for card in cards.values()), run_time=style.MOVE_S)
        self.panel = VGroup(*(card.group for card in cards.values()))
