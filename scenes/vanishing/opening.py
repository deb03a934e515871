"""The first beats of `vanishing`: a loss that stays flat, the nets it belongs to, and the slopes in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from manim import Create, FadeIn, LaggedStart, VGroup

from scenes.parts.arrays.table import Column
from scenes.parts.charts.slope_card import slope_cards
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.stage import PATH_S, DeepStage
from scenes.vanishing.words import fate, loss_told, scores_told

SCORE_PX = 56
FEW = 3  # nets that have room for their first weights
COMMON = (  # label, series, how it is written ("": a name, in the film's language)
    ("initialisation", "run1/initialisation", ""),
    ("parameters", "parameters/total", ",d"),
    ("steps", "training/steps", "d"),
    ("rate", "training/learning_rate", "auto"),
)


class Opening(DeepStage):
    """Why does one of them not learn?"""

    def flat_loss(self) -> None:
        """The losses of the compared nets while they are trained, and their scores."""
        puzzle = (fate(self, self.weak), fate(self, self.strong)) == ("flat", "falls")
        self.variant("" if puzzle else "alike")
        places: dict[str, tuple[Any, ...]] = {"inputs": ("widths", 0), "classes": ("widths", self.last + 1)}
        places |= {"train_count": ("data/train_count",), "test_count": ("data/test_count",)}
        counts = {key: self.number(*place, form="d") for key, place in places.items()}
        told = {"data": self.spoken("data/name")} | counts
        self.say(**told)
        left, right = self.whole.columns(2.2, 1)
        above, below = right.rows(1.1, 1)
        chart = self.loss_chart(left, self.names)
        texts = ((key, self.fitted(text, above.width / 2, style.TABLE_PX)) for key, text in told.items())
        data = self.facts(list(texts), above)
        names = {run: self.words(name) for run, name in self.names.items()}
        score = Column([self.outcome(run, SCORE_PX) for run in names], self.head("accuracy"))
        table = self.run_table(below, names, [score], pitch=1.0)
        nets = self.nets_in(left)
        self.show(data, nets)
        rest = [run for run in self.nets if run not in (self.weak, self.strong)]
        for key, runs in (("weak", [self.weak]), ("strong", [self.strong, *rest])):
            self.say(**{key: loss_told(self, runs[0])})
            if key == "weak":
                self.panel = VGroup(data, chart.frame)
                self.play(leave(nets), arrive(chart.frame), run_time=style.MOVE_S)
            self.draw(chart, *runs)
        self.say()
        self.play(*map(Create, chart.floor[:1]), *map(FadeIn, chart.floor[1:]), run_time=style.SLOW_S)
        self.panel.add(chart.floor)
        self.say(score=scores_told(self))
        self.one_by_one([table.frame, *table.rows], style.SLOW_S)
        self.say(chance=self.number("training/constant_accuracy", form=self.accuracy_form))
        self.say()

    def two_nets(self) -> None:
        """The networks draw themselves, with how many units they have; below them what they have in common."""
        self.vary(zeros=self.item(self.of(1, "initialisation")) == "zeros")
        self.say(width=self.number("width", form="d"))
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        grown = [animation for net in self.strips.nets.values() for animation in net.grown()]
        units, *shape = self.strips.shape(self.key_room.top - style.GAP)
        self.play(*grown, FadeIn(*self.strips.names.values(), units), run_time=style.MOVE_S)
        self.panel = VGroup(self.strips, units)
        self.one_by_one(shape)
        self.say()
        self.one_by_one(self._common(), PATH_S)
        self.say()
        if len(self.nets) <= FEW:
            self.one_by_one(map(self._first_weight, self.nets), style.SLOW_S)

    def _common(self) -> list[VGroup]:
        """What the nets have in common, beside each other below them."""
        forms = {series: form or f"term:{self.language}" for _, series, form in COMMON}
        facts = [(key, self.value(one, form=forms[one], px=style.TABLE_PX)) for key, one, _ in COMMON]
        facts += [("batch_norm", self.words("✓", style.TABLE_PX))] * self.normed
        return self.facts_beside(facts, replace(self.whole, top=self.whole.bottom + style.WIDE))

    def _first_weight(self, run: int) -> Typeset:
        """Where the weights of a net begin, below its name."""
        count = len(self.array(self.of(run, "first_weight")))  # as many as inputs, at most three
        first = (self.number(self.of(run, "first_weight"), place, form="short") for place in range(count)[:2])
        parts = ["W: ", *(part for one in first for part in (one, ", "))]
        text = self.words(self.join(*parts, "…"), style.SMALL_PX, "positive")
        return self.strips.below_name(run, text)

    def slope(self) -> None:
        """f of each activation with its tangent, the tangent's slope, and the run's own z on it."""
        weak, strong = self.of(self.weak, ""), self.of(self.strong, "")
        smooth = len(np.unique(self.array(f"{strong}curve_slope"))) > 2
        self.vary(smooth=smooth)
        self.say(z=self.inlet)
        highest = self.form_of("slope_max", runs=self.nets)
        span = comparable([self.item(f"{strong}slope_{end}") for end in ("min", "max")], form=highest)
        cards = slope_cards(self, self.names, self.inlet, self.whole)
        self.show(*(card.frame for card in cards.values()))
        drawn = (card.upper.grown(card.value) for card in cards.values())
        self.play(*drawn, run_time=style.SLOW_S)
        self.say(z=self.inlet)
        lower = [card.lower for card in cards.values()]
        self.play(arrive(*lower), *(Create(card.tangent) for card in cards.values()), run_time=style.MOVE_S)
        self.play(*(step for card in cards.values() for step in card.runs_along()), run_time=PATH_S)
        self.say(weak=self.activation(self.weak), weak_max=self.number(f"{weak}slope_max", form=highest))
        self.play(cards[self.weak].to_steepest(), FadeIn(cards[self.weak].largest))
        steep = self.number(f"{strong}slope_max", form=highest)
        most = {"strong": self.activation(self.strong), "strong_max": steep}
        self.say(**most, strong_min=self.number(f"{strong}slope_min", form=span))
        rest = [card for run, card in cards.items() if run != self.weak]
        self.play(*(step for card in rest for step in (card.to_steepest(), FadeIn(card.largest))))
        told = {} if smooth else most | {"share": self.number(f"{strong}steep_share", form=".0%")}
        self.say(z=self.inlet, **told)
        seen = [card.dots for card in cards.values() if len(card.dots)]  # none where all lie beyond the curve
        self.play(*(LaggedStart(*map(FadeIn, dots), lag_ratio=0.1) for dots in seen), run_time=style.SLOW_S)
        self.say()
        self.play(*(FadeIn(card.rms) for card in cards.values()), run_time=style.MOVE_S)
        self.panel = VGroup(*(card.group for card in cards.values()))
