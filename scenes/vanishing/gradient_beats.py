"""The beats of `vanishing` on the gradient: the way back, its size by layer, and what a layer makes of it."""

from __future__ import annotations

from manim import Animation, Create, DashedLine, FadeIn, Indicate, Transform, VGroup

from scenes.parts.charts.layer_chart import LAYERS_MOST, LayerChart
from scenes.parts.room.layout import apart, row
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.layer_factors import LayerFactors
from scenes.parts.text.source import quote
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown
from scenes.vanishing.opening import Opening
from scenes.vanishing.stage import PATH_S, SIZE
from scenes.vanishing.words import passed_told, passing

NEXT = "(partial loss(L)) / (partial z^((l+rule(1))))"
HERE = '(partial loss(L)) / tag("z", ∂z^((l)))'
PASSED = f'tag("w", (W^((l+rule(1))))^top) gradient({NEXT}) dot.o tag("f", f\' ({{inlet}}^((l))))'
NORM = 'tag("j", (J^((l)))^top)'  # what batch norm makes of a small change
RULE = f"{HERE} = {PASSED.format(inlet='z')}"
RULE_NORMED = f"{HERE} = {NORM} ({PASSED.format(inlet='u')})"
NAMES = 0.34  # of the axis: room for names before the first layer
DASH = 0.6  # a sample of the dashed line
LETTERS = 0.5  # between the names of two neighbouring layers, at least


class GradientBeats(Opening):
    """Beats before any training."""

    chart: LayerChart
    curves: dict[int, VGroup]
    letters_y: float

    def backward(self) -> None:
        """One pulse back; every layer as bright as its gradient."""
        self.vary(with_norm=self.normed)
        self.say()
        rule = self.formula(RULE_NORMED if self.normed else RULE, 38)
        ticks = {int(n): text for n, text in self.ticks("layer", form="d", most=LAYERS_MOST).items()}
        numbers_y = self.key_room.top - style.TIGHT
        self.letters_y = numbers_y - LETTERS
        numbers = self.strips.across(ticks, numbers_y, self.head("layer"))
        meant = self.math(f"l: word({quote(self.label('layer'))})", style.LABEL_PX)
        numbers.add(meant.left_at([style.LEFT, self.letters_y, 0]))
        name = row([self.math(SIZE.format(""), 32, "gradient"), self.head("norm")])
        legend = self.brightness.legend(name, self.key_room.without(top=0.8))
        self.play(*self.clear_panel(), arrive(self.strips, numbers, legend), *rule, run_time=style.MOVE_S)
        self.panel = VGroup(numbers, legend)
        self._one_layer(self.last // 2)
        lit = (net.shone("gradient", self.brightness.shares(run)) for run, net in self.strips.nets.items())
        self.play(*lit, run_time=1.6 * PATH_S)
        for run in (self.weak, self.strong):
            last, first = (self._size(run, layer) for layer in (self.last, 0))
            self.say(told=passed_told(self, run, last, first))
            texts = [self.words(text, style.LABEL_PX, "gradient") for text in (last, first)]
            columns = zip((self.last + 1, 1), texts, strict=True)
            self.one_by_one([self.strips.above(run, column, text) for column, text in columns], style.SLOW_S)

    def _one_layer(self, layer: int) -> None:
        """What comes to a layer from the next one: through W, and then times f'; its sizes above each net."""
        nets, role = self.strips.nets, "gradient"
        ways = {run: self._way(run, layer) for run in nets}
        shares = {run: self._shares(run, layer) for run in nets}
        came = VGroup(*(net.lit(layer + 1, role, shares[run][0]) for run, net in nets.items()))
        step = VGroup(self._letters(layer), came, *(way[:1] for way in ways.values()))
        self.play(FadeIn(step), run_time=style.MOVE_S)
        self.hold(style.SLOW_S)
        self.say()
        through = VGroup(*(net.lit_wires(layer, "positive") for net in nets.values()))
        units = VGroup(*(net.lit(layer, role, shares[run][1]) for run, net in nets.items()))
        self.play(*self._lights("w", "positive"), FadeIn(through), run_time=style.MOVE_S)
        hops = (net.hop(layer, role) for net in nets.values())
        self.play(*hops, arrive(units, *(way[1:3] for way in ways.values())), run_time=style.SLOW_S)
        self.hold(style.MOVE_S)
        self.say()
        left = (net.lit(layer, role, shares[run][2]) for run, net in nets.items())
        self.play(*self._lights("fj" if self.normed else "f", role))
        dimmer = [*map(Transform, units, left), *(FadeIn(way[3:]) for way in ways.values())]
        self.play(*self._lights("z", role), *dimmer, run_time=style.SLOW_S)
        left_over = (Indicate(way[-1], 1.15, self.look.colour(role)) for way in ways.values())
        self.play(*left_over, run_time=style.SLOW_S)
        self.hold(style.PULSE_S)
        self.say()
        self.play(leave(step, through, units, *ways.values()), run_time=style.QUICK_S)

    def _lights(self, tags: str, role: str) -> list[Animation]:
        """Parts of the rule take a colour."""
        return [self.formula_piece(tag).animate.set_color(self.look.colour(role)) for tag in tags]

    def _sizes(self, layer: int) -> list[tuple[str, int]]:
        """Where the gradient's sizes on its way into a layer (from 1) stand in the trace."""
        return [("delta_norm", layer), ("arrived_norm", layer - 1), ("delta_norm", layer - 1)]

    def _shares(self, run: int, layer: int) -> list[float]:
        """How bright these are on the scale of all layers."""
        sizes = (float(self.array(self.of(run, key))[place]) for key, place in self._sizes(layer))
        return [self.brightness.share(size) for size in sizes]

    def _way(self, run: int, layer: int) -> VGroup:
        """Above a net, from right to left: a size, W and what it makes of it, f' and what that leaves."""
        places = [(self.of(run, key), place) for key, place in self._sizes(layer)]
        form = comparable([self.array(series)[place] for series, place in places], form="short")
        sizes = [
            self.value(series, place, form=form, px=style.TABLE_PX, colour="gradient")
            for series, place in places
        ]
        came, arrived, left = sizes
        w = self.math("arrow.l W^top", style.TABLE_PX, "positive")
        f = self.math("arrow.l J^top dot.o f'" if self.normed else "arrow.l dot.o f'", style.TABLE_PX)
        row([left, f, arrived, w, came], style.TIGHT)
        middle = [(self.strips.x(layer) + self.strips.x(layer + 1)) / 2, self.strips.height_above(run), 0]
        parts = VGroup(came, w, arrived, f, left)
        return parts.shift(middle - w.get_center())

    def _letters(self, layer: int) -> VGroup:
        """What the rule calls a layer and the next one, below their numbers."""
        xs = apart([self.strips.x(layer + k) for k in (0, 1)], LETTERS, style.LEFT, style.RIGHT)
        letters = (self.math(one, 34, "gradient") for one in ("l", "l+rule(1)"))
        return VGroup(
            *(letter.centre_at([x, self.letters_y, 0]) for letter, x in zip(letters, xs, strict=True))
        )

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
        self.say(largest=largest)
        chart_room, table_room = self.whole.columns(1, 1)
        chart = self.size_chart(chart_room, self.names, NAMES)
        leads = [*chart.leads.values()]
        pale = [*self.chart.lit(0, self.curves, chart), FadeIn(*leads)]
        self.play(leave(self.strips), Transform(self.chart.frame, chart.frame), *pale)
        ideal = self.array(self.of(self.weak, "ideal_norm"))[::-1]
        alone = self.label("alone", largest=largest)
        line = chart.held_against(ideal, self.words(alone), self.weak)
        pair = {run: self.words(self.activation(run)) for run in (self.weak, self.strong)}
        factors = LayerFactors(self, pair)
        ratio = self.number(self.of(self.weak, "ideal_ratio"), form="short")
        dash = DashedLine([0, 0, 0], [DASH, 0, 0], color=self.look.ink, stroke_width=style.LINE)
        above, below = table_room.rows(1, 1.4, gap=style.GAP)
        powers = factors.powers(below, pair, [(dash, self.words(alone), *factors.power(largest, ratio))])
        self.play(Create(line[0]), FadeIn(*line[1:]), run_time=PATH_S)
        self.panel.add(*leads, line)
        self.one_by_one([powers.frame, powers.rows[0]], style.MOVE_S)
        table = factors.table(above, {run: name.copy() for run, name in pair.items()})
        for place, run in enumerate(pair):
            kept = {"who": self.activation(run), "factor": factors.factor(run)}
            self.say(**kept, told=self.label("kept_alike" if factors.slopes_tell else "kept", **kept))
            self.play(*self.chart.lit(run, self.curves, chart), run_time=style.QUICK_S)
            self.one_by_one([*([] if place else [table.frame]), table.rows[place]], style.MOVE_S)
            self.one_by_one([powers.rows[place + 1]], style.MOVE_S)
