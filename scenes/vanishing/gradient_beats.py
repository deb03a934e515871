"""The beats of `vanishing` on the gradient: the way back, its size by layer, and what a layer makes of it."""

from __future__ import annotations

from dataclasses import replace

from manim import Animation, Create, FadeIn, Transform, VGroup, VMobject

from scenes.parts.charts.layer_chart import LayerChart
from scenes.parts.room.motion import arrive
from scenes.parts.text.source import num
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.opening import Opening
from scenes.vanishing.stage import PATH_S
from scenes.vanishing.words import passing

HERE, BEHIND = (f"(partial loss(L)) / (partial z^(({layer})))" for layer in ("l", "l+rule(1)"))
PASSED = f"(W^((l+rule(1))))^top {BEHIND} dot.o f' "
RULE = f"{HERE} = {PASSED} (z^((l)))"
RULE_NORMED = f"{HERE} = (J^((l)))^top ({PASSED} (u^((l))))"  # J: what batch norm makes of a small change


class GradientBeats(Opening):
    """Beats before any training."""

    chart: LayerChart
    curves: dict[int, VGroup]

    def backward(self) -> None:
        """One pulse back; every layer as bright as its gradient."""
        self.variant("with_norm" if self.normed else "")
        self.say()
        rule = self.formula(RULE_NORMED if self.normed else RULE, 36)
        numbers = self.layer_numbers()
        self.play(*self.clear_panel(), arrive(self.drawn_nets, numbers), *rule, run_time=style.MOVE_S)
        self.panel = VGroup(numbers)
        self.say()
        sizes = {run: self.array(self.of(run, "delta_norm")) for run in self.nets}
        shares = {run: [*map(self.brightness.share, own)] for run, own in sizes.items()}
        lit = (self.strips[run].shone("gradient", own) for run, own in shares.items())
        self.play(*lit, run_time=2 * PATH_S)
        self.say()
        for layer in (self.last, 0):
            form = self.form_of("delta_norm", layer, runs=self.nets)
            one, other = (
                self.number(self.of(run, "delta_norm"), layer, form=form) for run in (self.weak, self.strong)
            )
            self.say(weak=one, strong=other)
            named = [self.size_name()] if layer == self.last else []
            self.one_by_one([*named, *self.sizes_at(layer)], style.MOVE_S)

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
        names = {run: self.activation(run) for run in self.nets}
        return self.size_chart(room, names, across=self.strips[1].box)

    def _draw(self, *runs: int) -> None:
        drawn = (self.chart.drawn(self.curves[run], self.strips[run].columns[:0:-1]) for run in runs)
        self.play(*drawn, run_time=PATH_S)
        self.play(*(FadeIn(self.chart.labels[run]) for run in runs), run_time=style.QUICK_S)

    def product(self) -> None:
        """The product of the largest slopes alone, then what was measured: a factor for every layer."""
        left = passing(self)
        self.variant(left if left in ("underflow", "zeros", "nothing") else "")
        self.say()
        chart = self._chart(self.room.bottom)
        self.play(
            Transform(self.chart.frame, chart.frame), *self._light(self.weak, chart), run_time=style.MOVE_S
        )
        own = [self.item(self.of(self.weak, key)) for key in ("ideal_ratio", "ratio")]
        form = comparable(own, form="short")
        alone = {"f": self.number(self.of(self.weak, "slope_max"), form="short")}
        alone |= {"n": self.number("depth", form="d")}
        alone |= {"p": self.number(self.of(self.weak, "ideal_ratio"), form=form)}
        source = f'{{f}}^{{n}} = {{p}} quad word("({self.label("ideal")})")'
        self.play(*self.formula(source, 40, **alone), run_time=style.MOVE_S)
        slopes_alone = self.array(self.of(self.weak, "ideal_norm"))[::-1]
        ideal = chart.reference(chart.layers, slopes_alone, self.words(self.label("ideal"), style.SMALL_PX))
        self.play(Create(ideal[0]), FadeIn(ideal[1]), run_time=PATH_S)
        self.panel.add(ideal)
        factor = self.form_of("factor", runs=self.nets)
        quotient, told = f"{self.size_of(0)} / {self.size_of(self.last)}", []
        for run, pause in ((self.weak, "weak"), (self.strong, "strong")):
            self.say(**{pause: self.activation(run), "factor": self._factor(run, factor)})
            told.append(self._measured(run, form if run == self.weak else "short", factor))
            measured = self.formula(f"{quotient} = {' quad '.join(told)}", 38)
            self.play(*(self._light(run, chart) if len(told) > 1 else []), *measured, run_time=style.MOVE_S)

    def _light(self, run: int, chart: LayerChart) -> list[Animation]:
        """The line of one run keeps its colour, on another chart; the others step back."""
        lines: list[tuple[int, VMobject]] = list(self.curves.items())
        return [
            step
            for one, line in lines
            for step in self.chart.becomes(one, line, "gradient" if one == run else "muted", chart)
        ]

    def _factor(self, run: int, form: str) -> str:
        return self.number(self.of(run, "factor"), form=form)

    def _measured(self, run: int, form: str, factor: str) -> str:
        """First layer over last, as a product of equal factors, unless nothing is left; in Typst math."""
        ratio = num(self.number(self.of(run, "ratio"), form=form))
        power = f"gradient({num(self._factor(run, factor))})^{num(self.number('depth', form='d'))}"
        left = f" approx {power}" if self.item(self.of(run, "ratio")) > 0 else ""
        return f'{ratio}{left} thick word("({self.activation(run)})")'
