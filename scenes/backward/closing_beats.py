"""The last beats of `backward`: the check by differences, a step of the whole network, and the equations."""

from __future__ import annotations

from manim import LEFT, RIGHT, Create, FadeIn, GrowFromEdge, LaggedStart, VGroup

from scenes.backward import tables
from scenes.backward.bridge_beats import READ_S
from scenes.backward.net_beats import NetBeats
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive
from scenes.stage import style
from scenes.stage.comparing import alike
from scenes.stage.gradient_stage import BAND_PX

SWEEP_S = 0.7  # through one layer, or for one equation
MARKS_S, MAP_S = 1.0, 2.7  # for the marks of weights, which differ, to come, and then to be looked at


class ClosingBeats(NetBeats):
    """Beats that use the gradients."""

    def check(self) -> None:
        """The loss at one weight and beside it, and the slope that gives; then digit for digit."""
        last = self.depth
        self.say(epsilon=self.number("net/check/epsilon"))
        moves = self.show_layers(last - 1, last, {n: self.held(n, "delta") for n in (last - 1, last)})
        nudge = tables.nudge_chart(self, self.side)
        self.play(*moves, *self.formula(tables.nudged_weight(self), BAND_PX), FadeIn(nudge.frame))
        values = [self.fill_column(n, self.of(n, "a"), "activation") for n in (last - 1, last)]
        glow = self.glow(*tables.checked(self)[0])
        signs = self.sign({n: self.held(n) for n in (last - 1, last)})
        self.play(*values, *signs, *self.light_all(), FadeIn(glow))
        for ways in ((1,), (0, 2)):
            here = [one for k in ways for one in (FadeIn(nudge.dots[k], scale=2), FadeIn(nudge.guides[k]))]
            self.play(*here, run_time=style.MOVE_S)
        self.say()
        self.play(
            Create(nudge.line), *self.formula(tables.nudged_slope(self), BAND_PX), run_time=style.SLOW_S
        )
        self.hold(READ_S)
        self.say()
        self.panel = VGroup(nudge.parts, glow)
        above, below = self.side.rows(6, 1)
        table = tables.check_table(self, above)
        names, exact, measured = map(table.column, range(3))
        self.play(*self.clear_panel(), arrive(table.heads, names, exact), run_time=style.MOVE_S)
        compared = LaggedStart(*(FadeIn(one, shift=0.2 * RIGHT) for one in measured), lag_ratio=0.6)
        self.play(compared, run_time=style.SLOW_S)
        count = self.number("net/parameters/total", form="d")
        bound = self.number("net/check/difference_bound", form="decade")
        worst = self.words(self.label("worst", count=count, bound=bound), style.LABEL_PX)
        self.play(FadeIn(fit(worst, below)), run_time=style.MOVE_S)
        self.say(passes=self.number("net/check/passes", form="d"))
        self.panel = VGroup(table, worst)

    def step(self) -> None:
        """Every parameter moves against its gradient, and the loss falls: the network's question is answered."""
        label, last = self.true_class, self.depth
        form, loss_form = self.share_form(tables.AFTER), self.net_loss_form(tables.LOSS_AFTER)
        losses = [float(self.array(name)) for name in ("loss/value", tables.LOSS_AFTER)]
        shares = [float(self.array(name)[label]) for name in (self.of(last, "a"), tables.AFTER)]
        # A caption has no room for more than the usual digits; the panel has.
        little = alike(".3f", *shares) or alike(".3f", *losses)
        self.vary(rises=losses[1] >= losses[0], little=little)
        counts = {name: self.number(f"net/step/{name}", form="d") for name in ("moved", "still")}
        still = int(self.item("step/still"))
        zero = self._zero() if still else ""
        told = self.label("some_move" if still else "all_move", **counts, zero=zero)
        lr = self.number("net/step/learning_rate")
        rules = [f"Δ {p} = - eta (partial loss(L)) / (partial {p})" for p in "Wb"]
        source = ", quad ".join([*rules, "eta = {lr}"])
        key = self.change_key()
        box = self.room.without(top=key.height + style.TIGHT, right=0.6)
        self.say(lr=lr)
        self.play(*self.formula(source, BAND_PX, lr=lr), *self.sign({}), *self.move_network(box, named=False))
        values = [self.fill_column(n, self.of(n, "a"), "activation") for n in range(1, last + 1)]
        marks = self.change_marks()
        self.play(*values, *self.repaint("weight_change", "gradient"), run_time=style.MOVE_S)
        shown = LaggedStart(*map(FadeIn, marks), lag_ratio=0.2)
        self.play(FadeIn(key), shown, run_time=MARKS_S)
        self.say(moves=told)
        self.hold(MAP_S)
        self.panel = VGroup(key, marks)
        before = self.number(self.s(self.of(last, "a")), label, form=form)
        after = self.number(self.s(tables.AFTER), label, form=form)
        self.play(*self.clear_panel(), *self.repaint("weight_after"), run_time=style.QUICK_S)
        signs = {n: self.held(n) for n in range(last + 1)}
        moves, step = self.show_layers(0, last, signs), tables.step_table(self, self.side)
        self.play(*moves, *self.no_formula(), arrive(step.first), run_time=style.MOVE_S)
        for n in range(1, last + 1):
            if n == last:
                self.say(before=before, after=after)
            into = self.fill_column(n, self.of(n, "a_after"), "activation")
            self.play(self.net.flash(n - 1, "activation"), into, run_time=SWEEP_S)
        grow = LaggedStart(*(GrowFromEdge(bar, LEFT) for bar in step.bars), lag_ratio=0.1)
        *shares_after, loss_after = step.numbers
        self.play(grow, FadeIn(*shares_after), run_time=style.MOVE_S)
        self.say(
            loss=self.number("net/loss/value", form=loss_form),
            loss_after=self.number(self.s(tables.LOSS_AFTER), form=loss_form),
        )
        self.play(FadeIn(loss_after, shift=0.2 * RIGHT), run_time=style.MOVE_S)
        self.panel = VGroup(step.table)

    def recap(self) -> None:
        """Four equations, once forward and once back."""
        self.say()
        table = tables.equations(self, self.side)
        for row, light in zip(table.rows, self.lights(), strict=True):
            self.play(FadeIn(row), run_time=style.QUICK_S)
            self.play(*light, run_time=style.QUICK_S)
        self.panel = VGroup(table)
        self.say()
        for n in range(self.depth):
            self.play(self.net.flash(n, "activation"), run_time=SWEEP_S)
        for n in reversed(range(self.depth)):
            self.play(self.pulse_back(n), run_time=SWEEP_S)
        self.say()
