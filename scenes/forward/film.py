"""The forward pass of a trained classifier on one real sample, from the question to the answer."""

from __future__ import annotations

from manim import (
    LEFT,
    RIGHT,
    Create,
    FadeIn,
    GrowFromEdge,
    LaggedStart,
    VGroup,
)

from scenes.forward import CARD
from scenes.forward.curves import PX, loss_curve
from scenes.forward.layer_beats import LayerBeats
from scenes.forward.tables import recap, softmax_table
from scenes.parts.room.motion import arrive
from scenes.stage import style
from scenes.stage.specimen import Specimen

SHALLOW = 2  # layers whose names have room beside formulas
LAID = 0.14  # height of a bar that lies on an axis


class Forward(LayerBeats):
    """See scenes/forward/text.toml for what each beat says; here those from the scores on."""

    card = CARD

    def prepare(self) -> None:
        """The network is the same object in every beat; it begins between the sample and its classes."""
        left, self.side = self.whole.columns(1.75, 1)
        self.build_network(self.sides(self.room)[1])
        self.specimen = Specimen(self, left)

    def softmax(self) -> None:
        """Scores, their exponentials, and shares of the sum."""
        self.say()
        table = softmax_table(self, self.room)
        rows = table.level(self.room.left, self.room.right, self.net.folds[-1].slots)
        room = rows.without(right=rows.width - table.widths[0])
        alone = self.move_network(room, named=False, part=(self.depth, self.depth), pitch=table.pitch)
        self.play(*self.clear_panel(), *self.no_formula(), *alone, run_time=style.SLOW_S)
        sources = [self.net.values[self.depth, c] for c in self.net.folds[-1].shown]
        self.play(FadeIn(table.heads[0]), self.copies(sources, table.scores), run_time=style.MOVE_S)
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
        self.panel, self.bars = table, table.bars

    def loss(self) -> None:
        """−log of the true class's probability: its bar is laid on the axis of p."""
        true = self.true_class
        self.say(label=self.name("data/classes", true))
        self.play(*self.mark_truth(), run_time=style.MOVE_S)
        self.say()
        alone = self.move_network(
            self.corner(self.room, (self.depth, self.depth)), False, (self.depth, self.depth)
        )
        chart = loss_curve(self, self.side)
        shares = self.of(self.depth, "a")
        point = float(self.array(shares)[true]), float(self.item("loss/value"))
        rule = self.formula("loss(L) = -log p_y")
        bar = self.bars[self.net.folds[-1].shown.index(true)].copy()
        self.add(bar)
        laid = bar.animate.stretch_to_fit_width(chart.at(point[0], 0)[0] - chart.at(0, 0)[0])
        laid.stretch_to_fit_height(LAID).move_to(chart.at(0, 0), aligned_edge=LEFT)
        start = arrive(chart.frame)
        self.play(*self.clear_panel(), *rule, *alone, start, laid, run_time=style.SLOW_S)
        self.play(Create(chart.curve), run_time=style.SLOW_S)
        p = self.number(shares, true, form=self.truth_form())
        loss = self.number("loss/value", form=self.net_loss_form())
        self.say(p=p, loss=loss)
        texts = self.words(p, PX, "activation"), self.words(loss, PX, "loss")
        points = chart.read(self, point, *texts)
        filled = self.formula("loss(L) = -log p_y = -log {p} = loss({l})", p=p, l=loss)
        self.play(*filled, run_time=style.MOVE_S)
        self.panel = VGroup(chart.frame, chart.curve, bar, points)

    def recap(self) -> None:
        """One pulse through the whole network, line by line."""
        self.say()
        wide = self.move_network(self.half(self.whole, weight=0.85), named=self.depth == SHALLOW)
        self.play(*self.clear_panel(), *self.no_formula(), *wide, run_time=style.SLOW_S)
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

    def answer(self) -> None:
        """The flower again, and what the network says it is."""
        given, true = int(self.item("sample/prediction")), self.true_class
        if given != true:
            self.variant("wrong")
        p = self.number(self.of(self.depth, "a"), given, form=self.share_form())
        self.say(label=self.name("data/classes", given), p=p)
        thumb, room = self.sides(self.whole)
        self.play(*self.clear_panel(), *self.move_network(room), run_time=style.SLOW_S)
        self.play(*self.specimen.back(thumb), run_time=style.QUICK_S)
        self.play(*self.specimen.choose(given), run_time=style.SLOW_S)
        counts = {"right": "training/test_correct", "count": "data/test_count"}
        self.say(**{key: self.number(series, form="d") for key, series in counts.items()})
