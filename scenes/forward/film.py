"""The forward pass of a trained classifier on one real sample, from the question to the answer."""

from __future__ import annotations

from manim import LEFT, RIGHT, AnimationGroup, FadeIn, GrowFromEdge, LaggedStart, VGroup

from scenes.forward import CARD
from scenes.forward.loss_beats import LossBeats
from scenes.forward.tables import recap
from scenes.parts.room.motion import arrive, carry, give_way, leave
from scenes.stage import style
from scenes.stage.class_scores import ClassScores
from scenes.stage.specimen import Specimen

FEW = 4  # classes between whose names there is room for a line
GROWN_S = 2.2  # for bars that grow one after the other
KIND = 1.9  # room for the picture of a class beside its name


class Forward(LossBeats):
    """See scenes/forward/text.toml for what each beat says; here those from the scores to the answer, and the last."""

    card = CARD

    def prepare(self) -> None:
        """The network is the same object in every beat; it begins between the sample and its classes."""
        listed = self.room.columns(1.75, 1)[0]
        self.build_network(self.sides(self.room)[1])
        self.specimen = Specimen(self, self.whole if Specimen.pictured(self) else listed)

    def softmax(self) -> None:
        """Scores, their exponentials, and shares of the sum."""
        self.say(sum=self.number("softmax/sum"))
        table = ClassScores(self, self.room)
        rows = table.level(self.room.left, self.room.right, self.net.folds[-1].slots)
        room = rows.without(right=rows.width - table.widths[0])
        alone = self.move_network(room, named=False, part=(self.depth, self.depth), pitch=table.pitch)
        zero, total, one = table.ends
        sums = table.sum_name, table.score_total, table.rules[0]
        start = arrive(table.heads[0], *table.scores, table.score_bars, table.zero, zero, *sums)
        self.play(*self.clear_panel(), *self.no_formula(), *alone, start, run_time=style.SLOW_S)
        self.hold(style.SLOW_S)
        self.say()
        gone = leave(table.score_bars, table.zero, zero)
        self.play(gone, arrive(table.heads[1], table.scale), run_time=style.MOVE_S)
        each = zip(table.bars, table.scores, table.exps, strict=True)
        grown = (AnimationGroup(GrowFromEdge(bar, LEFT), carry(z, exp)) for bar, z, exp in each)
        self.play(LaggedStart(*grown, lag_ratio=0.4), run_time=GROWN_S)
        self.play(FadeIn(table.total, table.rules[1], table.tracks, total), run_time=style.MOVE_S)
        self.say(label=self.spoken("data/classes", self.given_class))
        given = self.number("softmax/exp", self.given_class, form=table.form)
        p = self.number(self.of(self.depth, "a"), self.given_class, form=self.share_form())
        parts = {"e": given, "sum": self.number("softmax/exp_sum", form=table.form), "p": p}
        rule = self.formula("p = e^z / (sum e^z) = {e} / {sum} = activation({p})", 38, **parts)
        self.play(*rule, FadeIn(table.heads[2]), run_time=style.MOVE_S)
        self.say(sum=self.number("softmax/sum"))
        shares = self.copies(table.exps, table.shares)
        self.play(give_way(total, one), leave(table.scale[1:]), shares, run_time=style.SLOW_S)
        form = ".3f" if self.share_form() == ".3f" else ".2f"
        fill = self.fill_column(self.depth, self.of(self.depth, "a"), "activation", form)
        self.play(FadeIn(table.one, table.rules[2]), fill, run_time=style.MOVE_S)
        self.panel, self.table = table, table

    def answer(self) -> None:
        """The class with the largest probability, beside what the classes look like; then the true one."""
        given, true, table, last = self.given_class, self.true_class, self.table, (self.depth, self.depth)
        if given != true:
            self.variant("wrong")
        p = self.number(self.of(self.depth, "a"), given, form=self.share_form())
        self.say(label=self.spoken("data/classes", given), p=p)
        left, room = self.sides(self.whole)
        classes = self.net.folds[-1]
        lanes = self.whole.rows(*[1.0] * classes.slots, gap=0)
        spread = self.move_network(self.corner(room, last), False, last, pitch=lanes[0].height)
        seen = [lanes[classes.slot(kind)] for kind in classes.shown]
        pictures, begin = table.turned(seen, self.side, KIND if self.specimen.kinds else 0.0)
        back = self.specimen.back(left, dict(zip(classes.shown, pictures, strict=True)))
        self.play(*self.no_formula(), *spread, *begin, run_time=style.SLOW_S)
        self.play(*back, run_time=style.MOVE_S)
        row = classes.shown.index(given)
        named = self.class_names[row].animate.set_color(self.look.activation)
        self.play(table.chosen(row), named, run_time=style.MOVE_S)
        self.say(label=self.spoken("data/classes", true))
        self.play(
            *self.mark_truth("input", below=not self.specimen.kinds or classes.slots <= FEW),
            run_time=style.MOVE_S,
        )
        shown = self.specimen.picture, *self.specimen.kinds.values()
        self.panel = VGroup(table.kept, *(shown if self.specimen.kinds else ()))

    def recap(self) -> None:
        """The whole pass, layer by layer and line by line, and how often it is right."""
        self.say()
        wide = self.move_network(self.half(self.whole, 1.0), named=False)
        self.play(*self.clear_panel(), *self.no_formula(), *wide, run_time=style.SLOW_S)
        table, tested = recap(self, self.side)
        start, *layers, shares, loss = table.rows
        self.play(FadeIn(start, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        for n, layer in enumerate(layers, start=1):
            self.play(*self.light_layer(n), FadeIn(layer, shift=0.2 * RIGHT), run_time=style.SLOW_S)
        self.play(FadeIn(shares, shift=0.2 * RIGHT), *self.light_all(), run_time=style.MOVE_S)
        self.play(FadeIn(loss, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        counts = {"right": "training/test_correct", "count": "data/test_count"}
        self.say(**{key: self.number(series, form="d") for key, series in counts.items()})
        self.play(FadeIn(tested, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.hold(style.SLOW_S + style.QUICK_S)
        self.panel = VGroup(table, tested)
