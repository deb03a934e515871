"""The beats of `vanishing` on the gradient: the nets, the slopes, the way back, its size by layer."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from manim import Animation, Create, FadeIn, LaggedStart, Transform, VGroup

from scenes.parts.layer_chart import LayerChart
from scenes.parts.motion import arrive
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.key import end_values, key
from scenes.vanishing.slopes import slope_cards
from scenes.vanishing.stage import PATH_S, DeepStage
from scenes.vanishing.words import passing

FACT_COLUMNS = 3
FACTS = (  # label, series, how it is written (a name of the data: in the film's language)
    ("data", "data/name", ""),
    ("depth", "depth", "d"),
    ("width", "width", "d"),
    ("parameters", "parameters/total", ",d"),
    ("initialisation", "run1/initialisation", ""),
    ("rate", "training/learning_rate", "auto"),
)


class GradientBeats(DeepStage):
    """Beats before any training."""

    chart: LayerChart
    curves: dict[int, VGroup]

    def two_nets(self) -> None:
        """The networks draw themselves; below them what they have in common."""
        if self.item(self.of(1, "initialisation")) == "zeros":
            self.variant("zeros")
        self.say(depth=self.number("depth", form="d"))
        for net in self.strips.values():
            self.play(*net.grown(), run_time=style.SLOW_S)
        self.say()
        self.play(LaggedStart(*map(FadeIn, self.names.values()), lag_ratio=0.3), run_time=style.MOVE_S)
        self.panel = VGroup(self.drawn_nets)
        self.one_by_one(self._common(), PATH_S)
        self.say()
        self.play(*(net.pulse("activation") for net in self.strips.values()), run_time=style.SLOW_S)

    def _common(self) -> list[VGroup]:
        """What the nets have in common, in columns below them."""
        term = f"term:{self.language}"
        forms = ((key, series, form or term) for key, series, form in FACTS)
        facts = [(key, self.value(series, form=form, px=style.TABLE_PX)) for key, series, form in forms]
        if self.item(self.of(1, "batch_norm")):
            facts.append(("batch_norm", self.words("✓", style.TABLE_PX)))
        high = -(-len(facts) // FACT_COLUMNS)
        below = replace(self.whole, top=self.key_room.top).columns(*[1.0] * FACT_COLUMNS, gap=2 * style.WIDE)
        parts = [facts[i : i + high] for i in range(0, len(facts), high)]
        return [line for rows, box in zip(parts, below, strict=False) for line in self.facts(rows, box).rows]

    def slope(self) -> None:
        """f' of each activation with the run's own z on it."""
        weak, strong = self.of(self.weak, ""), self.of(self.strong, "")
        if len(np.unique(self.array(f"{strong}curve_slope"))) > 2:
            self.variant("smooth")
        self.say()
        highest = self.form_of("slope_max")
        span = comparable([self.item(f"{strong}slope_{end}") for end in ("min", "max")], form=highest)
        cards = slope_cards(self, self.whole)
        self.show(*(card.frame for card in cards.values()))
        self.play(*(Create(card.curve) for card in cards.values()), run_time=style.SLOW_S)
        self.say(weak=self.activation(self.weak), weak_max=self.number(f"{weak}slope_max", form=highest))
        self.play(FadeIn(cards[self.weak].facts[0]), run_time=style.MOVE_S)
        self.say(
            strong=self.activation(self.strong),
            strong_min=self.number(f"{strong}slope_min", form=span),
            strong_max=self.number(f"{strong}slope_max", form=highest),
        )
        rest = [card.facts[0] for run, card in cards.items() if run != self.weak]
        self.play(*map(FadeIn, rest), run_time=style.MOVE_S)
        self.say()
        seen = [card.dots for card in cards.values() if len(card.dots)]  # no z beyond the curve
        self.play(*(LaggedStart(*map(FadeIn, dots), lag_ratio=0.1) for dots in seen), run_time=style.SLOW_S)
        self.play(*(FadeIn(card.facts[1]) for card in cards.values()), run_time=style.MOVE_S)
        self.panel = VGroup(*(card.group for card in cards.values()))

    def backward(self) -> None:
        """One pulse back; every layer's wires as bright as its gradient."""
        self.variant("mild" if passing(self) else "")
        self.say()
        rule = self.formula(
            "(partial loss(L)) / (partial z^((l))) = (W^((l+rule(1))))^top "
            "(partial loss(L)) / (partial z^((l+rule(1)))) dot.o f' (z^((l)))",
            36,
        )
        self.play(*self.clear_panel(), arrive(self.drawn_nets), *rule, run_time=style.MOVE_S)
        self.say()
        self.one_by_one([key(self)], style.QUICK_S)
        self.play(*map(self._back, self.nets), run_time=2 * PATH_S)
        form = self.form_of("gradient_norm", 0, len(self.array("layer")) - 1)
        for who, run in (("weak", self.weak), ("strong", self.strong)):
            norm = self.number(self.of(run, "gradient_norm"), 0, form=form)
            self.say(**{who: self.activation(run), f"{who}_norm": norm})
            self.one_by_one([end_values(self, run)], style.MOVE_S)
        others = [end_values(self, run) for run in self.nets if run not in (self.weak, self.strong)]
        self.panel.add(*others)
        self.play(*map(FadeIn, others), run_time=style.MOVE_S)

    def _back(self, run: int) -> Animation:
        """The wires of each layer take their brightness, last layer first."""
        norms = self.array(self.of(run, "gradient_norm"))
        return self.strips[run].shone("gradient", [*map(self.brightness.share, norms)])

    def norms(self) -> None:
        """The same sizes on a chart, every point below its layer."""
        self.variant(passing(self))
        self.say()
        self.chart = self._chart(self.whole.bottom)
        self.play(*self.clear_panel(), *self.no_formula(), *self.shrink(), run_time=style.MOVE_S)
        self.play(FadeIn(self.chart.frame), run_time=style.MOVE_S)
        self.say()
        self.curves = {run: self.chart.marked(run) for run in self.nets}
        self._draw(*(run for run in self.nets if run != self.weak))
        self.say(weak=self.activation(self.weak), strong=self.activation(self.strong))
        self._draw(self.weak)
        self.panel = VGroup(self.chart.frame, *self.curves.values(), *self.chart.labels.values())

    def _chart(self, bottom: float) -> LayerChart:
        """Below the strips, down to a height."""
        room = replace(self.chart_room, bottom=bottom)
        return self.norm_chart(room, {run: self.activation(run) for run in self.nets}, self.strips[1].box)

    def _draw(self, *runs: int) -> None:
        drawn = (self.chart.drawn(self.curves[run], reversed(self.strips[run].wires)) for run in runs)
        self.play(*drawn, run_time=PATH_S)
        self.play(*(FadeIn(self.chart.labels[run]) for run in runs), run_time=style.QUICK_S)

    def product(self) -> None:
        """The ideal product of the largest slopes beside the measured ratio."""
        run, keys = self.weak, ["ideal_ratio", "ratio"]
        if not self.item(self.of(run, "ratio_defined")):
            keys.remove("ratio")
            self.variant("none")
        elif passing(self) == "underflow":
            self.variant("underflow")
        self.say()
        form = comparable([self.item(self.of(run, key)) for key in keys], form="short")
        largest = self.number(self.of(run, "slope_max"), form="short")
        fields = {"f": largest, "n": self.number("depth", form="d")}
        fields |= {key: self.number(self.of(run, key), form=form) for key in keys}
        slopes = f'{{f}}^{{n}} = {{ideal_ratio}} quad word("({self.label("ideal")})")'
        chart = self._chart(self.room.bottom)
        steps: list[Animation] = [Transform(self.chart.frame, chart.frame)]
        for one, line in self.curves.items():
            steps += self.chart.becomes(one, line, "gradient" if one == run else "muted", chart)
        self.play(*steps, run_time=style.MOVE_S)
        self.play(*self.formula(f"(max f')^n = {slopes}", 40, **fields), run_time=style.MOVE_S)
        slopes_alone = self.array(self.of(run, "ideal_norm"))[::-1]
        ideal = chart.reference(chart.layers, slopes_alone, self.words(self.label("ideal"), style.SMALL_PX))
        self.play(Create(ideal[0]), FadeIn(ideal[1]), run_time=PATH_S)
        self.say()
        self.panel.add(ideal)
        if "ratio" in keys:
            first, last = map(self.norm_of, (0, len(self.array("layer")) - 1))
            measured = f'{first} / {last} = gradient({{ratio}}) quad word("({self.label("measured")})")'
            self.play(*self.formula(f"{slopes} wide {measured}", 38, **fields), run_time=style.MOVE_S)
        self.say(ideal=fields["ideal_ratio"], ratio=fields.get("ratio", ""))
