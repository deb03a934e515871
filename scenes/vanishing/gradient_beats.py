"""The beats of `vanishing` on the gradient: the way back, its size by layer, and what a layer makes of it."""

from __future__ import annotations

from manim import Create, FadeIn, Transform, VGroup

from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.layer_chart import LAYERS_MOST, LayerChart
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.source import num
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown
from scenes.vanishing.opening import Opening
from scenes.vanishing.stage import PATH_S, SIZE
from scenes.vanishing.words import passing

HERE, NEXT = (f"(partial loss(L)) / (partial z^(({layer})))" for layer in ("l", "l+rule(1)"))
PASSED = f"(W^((l+rule(1))))^top {NEXT} dot.o f' "
RULE = f"{HERE} = {PASSED} (z^((l)))"
RULE_NORMED = f"{HERE} = (J^((l)))^top ({PASSED} (u^((l))))"  # J: what batch norm makes of a small change
NAMES = 0.34  # of the axis: room for names before the first layer
POWER_PX = 64  # of the largest slope alone
PLAIN = 0.1  # from here on three decimals say enough


class GradientBeats(Opening):
    """Beats before any training."""

    chart: LayerChart
    curves: dict[int, VGroup]

    def backward(self) -> None:
        """One pulse back; every layer as bright as its gradient."""
        self.vary(with_norm=self.normed)
        self.say()
        rule = self.formula(RULE_NORMED if self.normed else RULE, 36)
        ticks = {int(n): text for n, text in self.ticks("layer", form="d", most=LAYERS_MOST).items()}
        numbers = self.strips.across(ticks, self.key_room.top - style.TIGHT, self.head("layer"))
        self.play(*self.clear_panel(), arrive(self.strips, numbers), *rule, run_time=style.MOVE_S)
        self.panel = VGroup(numbers)
        self.say()
        hops = [net.hop(self.last // 2, "gradient") for net in self.strips.nets.values()]
        self.play(*hops, run_time=style.SLOW_S)
        self.say()
        legend_room = self.key_room.without(top=style.WIDE / 2)
        name = self.math(SIZE.format(""), 28, "gradient")
        self.one_by_one([self.brightness.legend(name, legend_room)], style.MOVE_S)
        lit = (net.shone("gradient", self.brightness.shares(run)) for run, net in self.strips.nets.items())
        self.play(*lit, run_time=1.6 * PATH_S)
        for run in (self.weak, self.strong):
            last, first = (self._size(run, layer) for layer in (self.last, 0))
            self.say(who=self.activation(run), last=last, first=first)
            texts = [self.words(text, style.LABEL_PX, "gradient") for text in (last, first)]
            columns = zip((self.last + 1, 1), texts, strict=True)
            self.one_by_one([self.strips.above(run, column, text) for column, text in columns], style.SLOW_S)

    def _size(self, run: int, layer: int) -> Shown:
        """The gradient's size in a layer (counted from 0), written to be compared with that of the others."""
        form = self.form_of("delta_norm", layer, runs=self.nets)
        return self.number(self.of(run, "delta_norm"), layer, form=form)

    def norms(self) -> None:
        """The same sizes on a chart, every point below its layer."""
        self.variant(passing(self))
        self.say()
        self.chart = self.size_chart(self.chart_room, self.names, across=self.strips.first.box)
        shrunk = [*self.strips.shrunk(self.small_room), arrive(self.chart.frame)]
        self.play(*self.clear_panel(), *self.no_formula(), *shrunk, run_time=style.MOVE_S)
        self.panel.add(self.chart.frame)
        columns = {run: net.columns[:0:-1] for run, net in self.strips.nets.items()}
        rest = [run for run in self.nets if run != self.weak]
        self.curves = self.draw(self.chart, *rest, above=columns)
        self.say()
        self.say(weak=self.activation(self.weak), strong=self.activation(self.strong))
        self.curves |= self.draw(self.chart, self.weak, above=columns)

    def product(self) -> None:
        """The largest slope alone, once for every layer; then what was measured, as a factor for every layer."""
        left = passing(self)
        self.vary(underflow=left == "underflow", nothing=left in ("zeros", "nothing"))
        largest = self.number(self.of(self.weak, "slope_max"), form="short")
        self.say(weak=self.activation(self.weak), largest=largest)
        chart_room, table_room = self.whole.columns(1.25, 1)
        chart = self.size_chart(chart_room, self.names, NAMES)
        leads = [*chart.leads.values()]
        lit = [*self.chart.lit(self.weak, self.curves, chart), FadeIn(*leads)]
        self.play(leave(self.strips), Transform(self.chart.frame, chart.frame), *lit)
        ideal = self.array(self.of(self.weak, "ideal_norm"))[::-1]
        line = chart.held_against(ideal, self.words(self.label("alone", largest=largest)), self.weak)
        depth, ratio = (
            self.number("depth", form="d"),
            self.number(self.of(self.weak, "ideal_ratio"), form="short"),
        )
        alone = fit(self.math("{f}^{n} approx {p}", POWER_PX, f=largest, n=depth, p=ratio), table_room)
        self.play(Create(line[0]), FadeIn(*line[1:], alone), run_time=PATH_S)
        self.panel.add(*leads, line)
        above, below = table_room.rows(1, 1, gap=style.WIDE)
        tables = self._factors(above), self._powers(below)
        for place, run in enumerate((self.weak, self.strong)):
            self.say(who=self.activation(run), factor=self._factor(run))
            step = self.chart.lit(run, self.curves, chart) if place else [leave(alone)]
            self.play(*step, run_time=style.QUICK_S)
            for table in tables:
                self.one_by_one([*([] if place else [table.frame]), table.rows[place]], style.MOVE_S)

    def _form(self, key: str) -> str:
        """Three decimals, in which factors multiply up to what is shown, unless they say too little."""
        values = [self.item(self.of(run, key)) for run in (self.weak, self.strong)]
        return comparable(values, form=".3f" if min(values) > PLAIN else "short")

    def _factor(self, run: int) -> Shown:
        return self.number(self.of(run, "factor"), form=self._form("factor"))

    def _pair(self, box: Box, columns: list[Column]) -> Table:
        """A row for the weakest net and one for the strongest."""
        names = {run: self.words(self.activation(run)) for run in (self.weak, self.strong)}
        return self.run_table(box, names, columns, gap=style.GAP)

    def _factors(self, box: Box) -> Table:
        """What the slopes and the weights make of the gradient, for a layer."""
        roles = {"slope_rms": "ink", "rest": "ink", "factor": "gradient"}
        pair = self.weak, self.strong
        f, w, both = (self.counted(key, pair, form=self._form(key), role=roles[key]) for key in roles)
        return self._pair(box, [f, self.signs("×", len(pair)), w, self.signs("≈", len(pair)), both])

    def _powers(self, box: Box) -> Table:
        """The same for all layers, beside the measured sizes in the first and the last."""
        depth, pair = self.number("depth", form="d"), (self.weak, self.strong)
        powers = [f"gradient({num(self._factor(run))})^{num(depth)}" for run in pair]
        cells = [self.math(power, style.TABLE_PX) for power in powers]
        ratio = self.counted("ratio", pair, form="short")
        ratio.head = self.math(f"{self.size_of(0)} / {self.size_of(self.last)}", 30, "muted")
        return self._pair(
            box, [Column(cells, self.head("powers", depth=depth)), self.signs("≈", len(pair)), ratio]
        )
