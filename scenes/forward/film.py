"""The forward pass of a trained classifier on one real sample, from its measurements to its loss."""

from __future__ import annotations

from manim import LEFT, RIGHT, Create, FadeIn, FadeOut, GrowFromEdge, LaggedStart, VGroup

from scenes.forward import CARD
from scenes.forward.curves import PX, activation_rule, loss_curve
from scenes.forward.input_beats import InputBeats
from scenes.forward.layers import Flow, LayerProduct
from scenes.forward.tables import affine, recap, softmax_table
from scenes.parts.motion import arrive, carry
from scenes.stage import style
from scenes.stage.declare import allow


class Forward(InputBeats):
    """See scenes/forward/text.toml for what each beat says; here those from a whole layer on."""

    card = CARD

    def prepare(self) -> None:
        """The network is the same object in every beat; it begins over the whole stage."""
        box, self.side = self.room.columns(4, 1)
        self.build_network(box)

    def matrix(self) -> None:
        """The same sum for every unit at once: rows of W."""
        self.say()
        product = LayerProduct(self, self.side)
        rule = self.formula(affine(self, 1, "x"), 40)
        self.play(*self.clear_panel(), *rule, arrive(product.before), run_time=style.MOVE_S)
        shown = product.z.rows.shown
        frames = [grid.row_frame(shown[0], "ink") for grid in (product.weight, product.bias)]
        for frame in frames:
            allow(frame, "text-over-line", "the frame slides from row to row", moving=True)
        box = product.x.frame("input")
        self.play(*map(Create, (*frames, box)), *self.light_unit(shown[0]), run_time=style.MOVE_S)
        self.say()
        for unit in shown:
            if unit != shown[0]:
                grids = zip(frames, (product.weight, product.bias), strict=True)
                moves = [frame.animate.move_to(grid.row_frame(unit, "ink")) for frame, grid in grids]
                self.play(*moves, *self.light_unit(unit), run_time=0.4)
            cell = FadeIn(product.z.cells[unit, 0], shift=0.2 * RIGHT)
            seconds = style.MOVE_S if unit == shown[0] else style.QUICK_S
            self.play(cell, self.fill_unit(1, unit, "layer1/z", "activation"), run_time=seconds)
        self.say(units=self.number("widths", 1, form="d"))
        self.play(*map(FadeOut, (*frames, box)), *self.light_all(), run_time=style.MOVE_S)
        self.panel = product

    def layer(self) -> None:
        """z to a, and on to the output's z."""
        if not self.cut_off:
            self.variant("all_on")
        self.say(name=self.name("activation"))
        flow = Flow(self, self.side)
        self.play(*self.clear_panel(), *activation_rule(self), arrive(flow.z), run_time=style.MOVE_S)
        self.play(FadeIn(flow.arrows[0], flow.a.frame_only), run_time=style.QUICK_S)
        cells = zip(flow.z.cells.values(), flow.a.cells.values(), strict=True)
        activate = LaggedStart(*(carry(z, a) for z, a in cells), lag_ratio=0.1)
        self.play(activate, self.fill_column(1, "layer1/a", "activation"), run_time=style.SLOW_S)
        self.say(off=self.number("layer1/cut_off", form="d") if self.cut_off else "")
        a = self.array("layer1/a")
        wires = [line for (_, source), line in self.net.edges[1].items() if a[source] == 0]
        off = [cell for (unit, _), cell in flow.a.cells.items() if a[unit] == 0]
        self.play(*self.silence(wires, off), run_time=style.MOVE_S)
        self.say()
        last = self.depth
        self.play(*self.formula(affine(self, last), 40))
        for layer in range(2, last + 1):
            self.play(self.net.flash(layer - 1, "activation"), run_time=style.PULSE_S)
            series = self.of(layer, "z" if layer == last else "a")
            self.play(self.fill_column(layer, series, "activation"), run_time=style.MOVE_S)
        self.play(FadeIn(flow.arrows[1], flow.out), run_time=style.MOVE_S)
        self.panel = VGroup(flow, *flow.arrows)

    def softmax(self) -> None:
        """Scores, their exponentials, and shares of the sum."""
        self.say()
        table = softmax_table(self, self.side)
        start = arrive(*table.names, table.heads[0], table.ellipsis)
        self.play(*self.clear_panel(), *self.no_formula(), start, run_time=style.MOVE_S)
        sources = [self.net.values[self.depth, c] for c in self.net.folds[-1].shown]
        self.play(self.copies(sources, table.scores), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(table.heads[1]), self.copies(table.scores, table.exps), run_time=style.SLOW_S)
        grow = LaggedStart(*(GrowFromEdge(bar, LEFT) for bar in table.bars), lag_ratio=0.2)
        self.play(FadeIn(table.total, table.sum_name, table.rules[0]), grow, run_time=style.MOVE_S)
        self.say(sum=self.number("softmax/sum"))
        rule = self.formula("p_k = e^(z_k) / (sum_j e^(z_j))", 40)
        self.play(*rule, FadeIn(table.heads[2]), run_time=style.MOVE_S)
        self.play(table.squeezed(), self.copies(table.exps, table.shares), run_time=style.SLOW_S)
        p = self.fill_column(self.depth, self.of(self.depth, "a"), "activation")
        self.play(FadeIn(table.one, table.rules[1]), p, run_time=style.MOVE_S)
        self.panel = table

    def loss(self) -> None:
        """−log of the true class's probability."""
        true = self.true_class
        self.say(label=self.name("data/classes", true))
        self.play(*self.mark_truth(), run_time=style.MOVE_S)
        self.say()
        chart = loss_curve(self, self.side)
        rule = self.formula("loss(L) = -log p_y")
        self.play(*self.clear_panel(), *rule, arrive(chart.frame), run_time=style.MOVE_S)
        self.play(Create(chart.curve), run_time=style.SLOW_S)
        shares = self.of(self.depth, "a")
        p = self.number(shares, true, form=self.share_form())
        loss = self.number("loss/value", form=self.net_loss_form())
        self.say(p=p, loss=loss)
        point = float(self.array(shares)[true]), float(self.item("loss/value"))
        texts = self.words(p, PX, "activation"), self.words(loss, PX, "loss")
        points = chart.read(self, point, *texts)
        filled = self.formula("loss(L) = -log p_y = -log {p} = loss({l})", p=p, l=loss)
        self.play(*filled, run_time=style.MOVE_S)
        self.panel = VGroup(chart.frame, chart.curve, points)

    def recap(self) -> None:
        """One pulse through the whole network, line by line."""
        self.say()
        wide = self.move_network(self.half(self.whole, weight=0.85))
        self.play(*self.clear_panel(), *self.no_formula(), *wide, run_time=style.MOVE_S)
        table = recap(self, self.side)
        start, *layers, shares, loss = table.rows
        self.play(FadeIn(start, shift=0.2 * RIGHT), *self.light_all(), run_time=style.QUICK_S)
        for n, layer in enumerate(layers):
            self.play(self.net.flash(n, "activation"), run_time=style.PULSE_S)
            self.play(FadeIn(layer, shift=0.2 * RIGHT), run_time=style.QUICK_S)
        self.play(FadeIn(shares, shift=0.2 * RIGHT), run_time=style.QUICK_S)
        self.say()
        self.play(FadeIn(loss, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.say()
        self.panel = table
