"""The beats of `forward` about the loss: of one example, and on average of all that the network is trained on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from manim import LEFT, RIGHT, UP, Animation, Create, FadeIn, Mobject, Restore, VGroup, VMobject

from scenes.forward.curves import END, PX, SURE, contrast, loss_curve, rescale, training_chart
from scenes.forward.layer_beats import LayerBeats
from scenes.parts.charts.chart import Chart
from scenes.parts.charts.curve import Curve
from scenes.parts.charts.swarm import Swarm, Wander
from scenes.parts.nets.network import RADIUS_MAX
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.class_scores import ClassScores
from scenes.stage.comparing import alike, comparable
from scenes.stage.network_stage import LOSS_CHARS
from scenes.stage.provenance import Shown

LOW, NUMBER = 0.1, 0.12  # a p that can be read off, and how far two of them must be apart for their numbers
LAID = 0.14  # height of a bar that lies on an axis
APART = 1.2  # between classes, where what is said of one stands below its name
WANDER_S = 3.0  # for what training does
LEFT_OUT, MEANS = 1.2, 3.5  # room left of the training chart, and right of it for what the means are called
NO_LAYER = 0, -2  # the part of the network that is seen where none is
TOLD_S = 3.3  # for what the loss is
DOTS_S = 2.3  # for the training examples, besides their coming
LINES = 0.5  # from one of their names to the other, at least


class LossBeats(LayerBeats):
    """From the probabilities to the loss."""

    table: ClassScores
    curve: Curve  # of the loss, until training
    raised: tuple[VMobject, ...] = ()  # what stood out for a while

    def parting(self, name: str) -> list[Animation]:
        """Training begins with the bare curve: what was said of one example leaves, and the caption with it."""
        if name != "training":
            return []
        return [*self.clear_panel(), *self.no_formula(), *map(Restore, self.raised)]

    def loss(self) -> None:
        """−log of the true class's probability: its bar is laid on the axis of p."""
        true, last, other = self.true_class, (self.depth, self.depth), self._other()
        self.vary(far=other is None)
        self.say()
        alone = self.move_network(self.corner(self.room, last), False, last, APART)
        chart = loss_curve(self, self.side)
        shares = self.of(self.depth, "a")
        point = float(self.array(shares)[true]), float(self.item("loss/value"))
        bar = self.table.bars[self.net.folds[-1].shown.index(true)].copy()
        self.add(bar)
        laid = bar.animate.stretch_to_fit_width(chart.at(point[0], 0)[0] - chart.at(0, 0)[0])
        laid.stretch_to_fit_height(LAID).move_to(chart.at(0, 0), aligned_edge=LEFT)
        self.play(*self.clear_panel(), *alone, arrive(chart.frame), laid, run_time=style.SLOW_S)
        self.say()
        self.play(*self.formula("loss(L) = -log p_y"), run_time=style.MOVE_S)
        self.hold(TOLD_S - style.MOVE_S)
        self.say()
        self.play(Create(chart.curve), run_time=style.SLOW_S)
        self.hold(TOLD_S - style.SLOW_S)
        p = self.number(shares, true, form=self.truth_form())
        loss = self.number("loss/value", form=self.net_loss_form())
        self.say(p=p, loss=loss)
        texts = self.words(p, PX, "activation"), self.words(loss, PX, "loss")
        points = chart.read(self, point, *texts)
        filled = self.formula("loss(L) = -log p_y = -log {p} = loss({l})", p=p, l=loss)
        self.play(*filled, run_time=style.MOVE_S)
        self.curve, self.panel = chart, VGroup(bar, points, self._aside(chart, other, points[1]))

    def _other(self) -> int | None:
        """The class that would be the next most likely to be the true one, if its p can be read off beside it."""
        p, true = self.array(self.of(self.depth, "a")), self.true_class
        others = [one for one in self.net.folds[-1].shown if one != true]
        best = max(others, key=lambda one: float(p[one]), default=true)
        return best if LOW <= p[best] <= SURE and abs(p[best] - p[true]) >= NUMBER else None

    def _aside(self, chart: Curve, other: int | None, level: Mobject) -> VGroup:
        """A point of the curve that is not this run's, with its numbers; the lower one is level with this run's.

        It is that of the class `other`, or else any.
        """
        at = contrast(self) if other is None else other
        names = ("loss/curve_p", "loss/curve") if other is None else (self.of(self.depth, "a"), "loss/each")
        forms = "auto" if other is None else self.share_form(), ".3f"
        p, loss = (self.number(name, at, form=form) for name, form in zip(names, forms, strict=True))
        if other is None:
            self.say()
        else:
            self._raise(other)
        self.say(p=p, loss=loss)
        x, y = (float(self.array(name)[at]) for name in names)
        up, _, dot = chart.read_off(x, y, "ink")
        below = self.words(p, PX).move_to(up).match_y(level)
        beside = self.words(loss, PX).next_to(dot, UP + RIGHT, buff=0)
        out = VGroup(up, dot, below, beside)
        if other is None:
            self.play(FadeIn(out), run_time=style.MOVE_S)
            return out
        self.play(self.copies([self.net.values[self.depth, other]], [below]), run_time=style.MOVE_S)
        self.play(Create(up), FadeIn(dot), run_time=style.MOVE_S)
        self.play(
            FadeIn(beside), *self.formula("loss(L) = -log {p} = {l}", p=p, l=loss), run_time=style.MOVE_S
        )
        return out

    def _raise(self, other: int) -> None:
        """A class stands out as if it were the true one."""
        self.say(label=self.spoken("data/classes", other))
        node = self.net.nodes[self.depth][other]
        name = self.class_names[self.net.folds[-1].shown.index(other)]
        self.raised = node, name
        for one in self.raised:
            one.save_state()
        lit = node.animate.set_stroke(self.look.ink, style.STRONG), name.animate.set_color(self.look.ink)
        self.play(*lit, run_time=style.QUICK_S)

    def training(self) -> None:
        """All training examples on the curve, before training and after it, with their mean loss."""
        before, after = float(self.array("training/loss")[0]), float(self.item("training/loss_after"))
        form = comparable([before, after], form=".3f", most=LOSS_CHARS)
        self.vary(kept=after >= before or alike(form, before, after))
        places = [self.array(f"training/p_{one}") for one in ("before", "after")]
        n = self.number("data/train_count", form="d")
        chart, xs, ys = training_chart(self, self.room.without(left=LEFT_OUT, right=MEANS))
        curve = chart.line(xs, ys, "loss", style.LINE)
        swarm = Swarm(chart, xs, ys, places[0])
        gone, self.truth = leave(*self.truth), VGroup()
        here = self.room.without(right=self.room.width - 2 * RADIUS_MAX)
        away = self.move_network(here, False, NO_LAYER, APART)
        self.play(gone, *away, *rescale(self.curve, chart, curve), run_time=style.SLOW_S)
        self.say(train=n)
        self.play(FadeIn(swarm), run_time=style.MOVE_S)
        self.hold(DOTS_S)
        means = self.number("training/loss", 0, form=form), self.number("training/loss_after", form=form)
        self.say(loss=means[0])
        rule = "rule(1) / {n} sum_i loss(L)_i = loss({l})"
        first, last = (min(one, chart.y.scale.high) for one in (before, after))
        heights = [chart.at(1, one)[1] for one in (first, last)]
        names = self._names(chart, means, heights)
        kept, mean = chart.guide((0, first), (END, first), "muted"), chart.line([0, END], [first] * 2, "loss")
        self.play(*self.formula(rule, n=n, l=means[0]), FadeIn(kept, mean, names[0]), run_time=style.MOVE_S)
        self.say(loss=means[1])
        moved = mean.animate(run_time=WANDER_S).shift((heights[1] - heights[0]) * UP)
        self.play(Wander(swarm, *places, run_time=WANDER_S), moved, *self.no_formula())
        self.play(FadeIn(names[1]), *self.formula(rule, n=n, l=means[1]), run_time=style.MOVE_S)
        self.hold(style.QUICK_S)
        self.panel = VGroup(chart.frame, curve, swarm, kept, mean, names)

    def _names(self, chart: Chart, means: Sequence[Shown], heights: Sequence[float]) -> VGroup:
        """What the means are, right of their lines, far enough from each other."""
        up = 1 if heights[0] >= heights[1] else -1
        way = up * max(0.0, LINES - abs(heights[0] - heights[1])) / 2
        out = VGroup()
        for key, role, mean, y in zip(("before", "after"), ("muted", "loss"), means, heights, strict=True):
            text: Typeset = self.words(self.join(self.label(key), " ", mean), self.name_px, role)
            out.add(text.left_at(np.array([chart.frame.get_right()[0] + style.TIGHT, y + way, 0])))
            way = -way
        return out
