"""The beats of `backward` between graph and network: the output and one hidden unit as graphs, by the same rule."""

from __future__ import annotations

from manim import RIGHT, FadeIn, Indicate, LaggedStart

from scenes.backward.tables import delta_table
from scenes.backward.unit_graphs import output_graph, paths_graph, weighted_sum
from scenes.parts.room.motion import arrive
from scenes.parts.text.source import quote
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage


class BridgeBeats(NetworkStage):
    """Chain rule on the graphs of single units of the recorded classifier."""

    prefix = "net/"

    def output(self) -> None:
        """The network after its forward pass and what is asked of it; then its output as a graph."""
        p = self.number(self.s(self.of(self.depth, "a")), self.true_class, form=self.share_form())
        self.say(data=self.name("net/data/name"), p=p)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.MOVE_S)
        self.build_network(self.whole)
        labels = [self.set_column(0, "sample/input", "input")]
        labels += [self.set_column(n, self.of(n, "a"), "activation") for n in range(1, self.depth + 1)]
        self.play(FadeIn(self.net, self.names, *labels), run_time=style.MOVE_S)
        self.play(*self.mark_truth(), run_time=style.QUICK_S)
        self.play(Indicate(self.net.values[self.depth, self.true_class], color=self.look.ink))
        self.say(count=self.number("net/parameters/total", form="d"))
        for n in reversed(range(self.depth)):
            self.play(self.net.flash(n, "gradient", reverse=True), run_time=style.PULSE_S)
        self.say()
        own = f"p_(word({quote(self.label('own'))}))"
        rule = self.formula(f'p = "softmax"(z), quad loss(L) = -log {own}', 40)
        self.play(*self.move_network(self.corner(self.room), named=False), *rule, run_time=style.MOVE_S)
        self.op = output_graph(self, self.side)
        self.panel = self.op.grow()

    def delta_out(self) -> None:
        """δ of the output through its graph, and what it comes to: p − y."""
        self.vary(certain=not self.op.chips)
        self.say()
        last, nth = self.depth, self.nth(self.depth)
        rule = f"delta^({nth}) = (partial loss(L)) / (partial z^({nth}))"
        self.play(*self.formula(rule, 40), run_time=style.MOVE_S)
        self.panel = self.op.back()
        self.say()
        table = delta_table(self, self.side)
        names, p, minus, y, equals, delta = map(table.column, range(6))
        start = arrive(names, table.heads, table.ellipsis)
        self.play(*self.clear_panel(), *self.formula(f"{rule} = p - y", 40), start, run_time=style.MOVE_S)
        sources = [self.net.values[last, c] for c in self.net.folds[-1].shown]
        self.play(self.copies(sources, p), FadeIn(y, minus, equals), run_time=style.MOVE_S)
        found = LaggedStart(*(FadeIn(cell, shift=0.15 * RIGHT) for cell in delta), lag_ratio=0.3)
        self.play(found, self.delta_column(last), run_time=style.SLOW_S)
        self.panel = table

    def delta_column(self, column: int) -> LaggedStart:
        """A layer's δ into its units."""
        return self.fill_column(column, self.of(column, "delta"), "gradient")

    def paths(self) -> None:
        """One hidden unit: δ comes back over each of its wires, and all that comes is added."""
        hidden, unit = self.depth - 1, int(self.item("path/unit"))
        self.say(count=self.number(self.s("widths"), self.depth, form="d"))
        graph = paths_graph(self, unit, self.side)
        own = self.light_from(hidden, unit)
        asked = Indicate(self.net.values[hidden, unit], color=self.look.ink)
        self.play(*self.clear_panel(), *self.no_formula(), *own, asked, run_time=style.MOVE_S)
        graph.grow()
        self.say()
        self.panel = graph.back()
        self.say(gradient=self.number(self.s(self.of(hidden, "upstream")), unit, form=self.delta_form))
        self.play(*self.formula(weighted_sum(self, unit), 38), run_time=style.MOVE_S)
        self.play(Indicate(graph.gradients[0], scale_factor=1.3, color=self.look.gradient))
