"""The five beats of `backward` about one expression: graph, values, local derivatives, chain rule, update."""

from __future__ import annotations

from itertools import pairwise

from manim import (
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Indicate,
    LaggedStart,
    ReplacementTransform,
    VGroup,
)

from scenes.parts.expression import POWER, number_part
from scenes.parts.graph import Wire
from scenes.parts.motion import give_way
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.graph_stage import GraphStage
from scenes.stage.provenance import format_value
from scenes.stage.style import blend

CHIP_FILL = 0.2  # share of the gradient's colour behind a local derivative that has been multiplied in
TOTAL_S = 7.0  # a sweep over all operations takes about this long, however many there are


class GraphBeats(GraphStage):
    """Beats drawn on the recorded expression."""

    def step_s(self, count: int) -> float:
        """Time for one of `count` operations."""
        return min(style.MOVE_S, max(0.35, TOTAL_S / max(count, 1) / 1.6))

    @property
    def inner(self) -> list[int]:
        """The drawn operations, in topological order."""
        return [i for i in self.drawn if not self.is_leaf(i)]

    def wires_into(self, i: int) -> list[Wire]:
        """The drawn inputs of an operation, in order."""
        return sorted((w for w in self.edge_of if w.target == i), key=lambda w: w.slot)

    def derived_into(self, i: int) -> list[Wire]:
        """The inputs an operation is differentiated by: all but the constants."""
        return [w for w in self.wires_into(i) if not self.is_constant(w.source)]

    # -- graph -----------------------------------------------------------------------------------------------------

    def graph(self) -> None:
        """The formula stands in the middle, moves to the band, and is taken apart."""
        last = len(self.operations) - 1
        source = f"{self.math_name(last)} = {self.expression.formula()}"
        big = self._formula_of(source, 80).move_to([0, style.STAGE_Y, 0])
        self.say()
        self.play(FadeIn(big, shift=0.2 * UP))
        self.hold(style.QUICK_S)
        self.op_graph = self.build_graph()
        self.say(operations=self.number(self.g("count/operations"), form="d"))
        small = self._formula_of(source, style.FORMULA_PX).move_to([0, style.FORMULA_Y, 0])
        self.play(ReplacementTransform(big, small), run_time=style.MOVE_S)
        self._formula = small
        leaves = [i for i in self.drawn if self.is_leaf(i)]
        self.play(LaggedStart(*(self._appear(i) for i in leaves), lag_ratio=0.2), run_time=style.MOVE_S)
        step = self.step_s(len(self.inner))
        for i in self.inner:
            wires = [Create(self.op_graph.wires[w]) for w in self.wires_into(i)]
            self.play(*wires, run_time=step * 0.7)
            self.play(self._appear(i), run_time=step * 0.6)

    def _formula_of(self, source: str, px: float) -> Typeset:
        formula = self.math(source, px)
        room = style.RIGHT - style.LEFT
        return formula.scale(room / formula.width) if formula.width > room else formula

    def _appear(self, i: int) -> FadeIn:
        return FadeIn(self.op_graph.bodies[i], self.op_graph.symbols[i], scale=0.6)

    # -- values ----------------------------------------------------------------------------------------------------

    def values(self) -> None:
        """Each node's value, in the order it was computed."""
        self.value_labels: dict[int, Typeset] = {}
        self.say()
        leaves = [i for i in self.drawn if self.is_leaf(i)]
        self.play(*self.no_formula(), LaggedStart(*(self._leaf_value(i) for i in leaves), lag_ratio=0.2))
        step = self.step_s(len(self.inner))
        for place, i in enumerate(self.inner):
            if place == len(self.inner) // 2:
                self.say(loss=self.number(self.g("loss"), form=self.loss_form))
            self.play(*self.pulse(self.wires_into(i), self.op_graph, "activation"), run_time=step)
            label = self.op_graph.value_place(i, self._scaled(self.equation(i)))
            self.value_labels[i] = label
            self.play(FadeIn(label, shift=0.1 * UP), *self._value_formula(i), run_time=step * 0.8)

    def _leaf_value(self, i: int) -> Animation:
        """The name in a leaf becomes "name = value"."""
        old = self.op_graph.symbols[i]
        if self.is_constant(i):
            self.value_labels[i] = old
            return Indicate(old, scale_factor=1.05, color=old[0].get_fill_color())
        new = self.op_graph.value_place(i, self._scaled(self.equation(i)))
        self.value_labels[i] = new
        self.op_graph.remove(old)
        return give_way(old, new)

    def _scaled(self, label: Typeset) -> Typeset:
        return label.scale(self.op_graph.layout.scale)

    def _value_formula(self, i: int) -> list[Animation]:
        """The band shows the operation with its inputs' numbers."""
        shape = self.expression.one(i, self.operand)
        filled = self.expression.one(
            i, lambda j: number_part(self.number(self.g("value"), j, form=self.form_of(j))), "times"
        )
        result = f'num("{self.number(self.g("value"), i, form=self.form_of(i))}")'
        named = self.all_named(i)
        return self.formula(
            f"{self.math_name(i)} = {shape} = {filled} = {result}" if named else f"{filled} = {result}"
        )

    # -- local -----------------------------------------------------------------------------------------------------

    def local(self) -> None:
        """The derivative of each operation by each of its inputs, on the wires."""
        self.chips = self._chips()
        if self.kinked:
            self.variant("kink")
        self.say()
        step = self.step_s(len(self.inner))
        for place, i in enumerate(reversed(self.inner)):
            if place == 1:
                self.say()
            chips = [self.chips[wire] for wire in self.derived_into(i)]
            self.play(*(FadeIn(chip, scale=0.7) for chip in chips), *self._local_formula(i), run_time=step)
            self.hold(step * 0.8)
        if len(self.inner) == 1:
            self.say()

    def _chips(self) -> dict[Wire, VGroup]:
        """All local derivatives, placed clear of each other and of where gradients will stand."""
        labels = {
            wire: self.value(
                self.g("edge/local"), edge, form=self.form, px=self.op_graph.px, colour="gradient"
            )
            for wire, edge in self.edge_of.items()
            if not self.is_constant(wire.source)
        }
        self.gradients = {i: self._gradient(i) for i in self.drawn if not self.is_constant(i)}
        return self.op_graph.chips(labels, [*self.value_labels.values(), *self.gradients.values()])

    def _gradient(self, i: int) -> Typeset:
        label = self.value(self.g("adjoint"), i, form=self.form, px=self.op_graph.px, colour="gradient")
        return self.op_graph.gradient_place(i, label)

    def _local_formula(self, i: int) -> list[Animation]:
        """ "∂s/∂ŷ = … = number" for each input of operation i."""
        parts = []
        for wire in self.derived_into(i):
            rule = self.rule(wire)
            number = (
                f'gradient(num("{self.number(self.g("edge/local"), self.edge_of[wire], form=self.form)}"))'
            )
            lead = self.quotient(wire)
            parts.append(f"{lead} = {rule} = {number}" if rule else f"{lead} = {number}")
        return self.formula(", quad ".join(parts), px=36) if parts else []

    # -- chain -----------------------------------------------------------------------------------------------------

    def chain(self) -> None:
        """From the loss back: what arrives times local, summed where wires meet."""
        paths = int(self.garray("count/paths").item())
        if self.kinked or self.disputed or paths > 1:
            self.variant("kink" if self.kinked else "disputed" if self.disputed else "paths")
        self.say()
        last = len(self.operations) - 1
        self.play(*self.no_formula(), self._arrive(last))
        pending = {i: sum(w.source == i for w in self.edge_of) for i in self.drawn}
        step = self.step_s(len(self.inner)) * 1.2
        self.play(*self._chain_formula([last]), run_time=style.QUICK_S)
        route = [last]
        for place, i in enumerate(reversed(self.inner)):
            if place == 1 or len(self.inner) == 1:
                self.say()
            into = self.derived_into(i)
            glow = [self._light(self.chips[w]) for w in into]
            self.play(*self.pulse(into, self.op_graph, "gradient", reverse=True), *glow, run_time=step)
            ready = []
            for wire in into:
                pending[wire.source] -= 1
                if pending[wire.source] == 0:
                    ready.append(wire.source)
            route += [j for j in dict.fromkeys(ready) if self._leads_to_wrt(j)]
            arrive = [self._arrive(j) for j in dict.fromkeys(ready) if j in self.gradients]
            band = self._chain_formula(route) if paths == 1 else self._sum_formula(dict.fromkeys(ready))
            self.play(*arrive, *band, run_time=step)
        self.say(
            wrt=self.number(self.g("wrt"), form="name"),
            gradient=self.number(self.g("gradient"), form=self.form),
            paths=self.number(self.g("count/paths"), form="d"),
            **self._sides(),
        )
        if paths > 1:
            self.play(*self._sum_formula({self.wrt: None}))
        self.play(Indicate(self.gradients[self.wrt], scale_factor=1.3, color=self.look.gradient))

    def _sides(self) -> dict[str, str]:
        """The slopes that were measured: at a kink to its left and right, else where torch's is another."""
        names = ("left", "right") if self.kinked else ("left",) if self.disputed else ()
        return {name: self.number(self.g(f"gradient_{name}"), form=self.form) for name in names}

    def _light(self, chip: VGroup) -> Animation:
        """A local derivative that has just been multiplied in: its box fills."""
        fill = blend(self.look.background, self.look.gradient, CHIP_FILL)
        return chip[0].animate.set_fill(fill, opacity=1).set_stroke(width=style.LINE)

    def _arrive(self, i: int) -> FadeIn:
        return FadeIn(self.gradients[i], shift=0.15 * (RIGHT if self.is_leaf(i) else UP))

    def _leads_to_wrt(self, i: int) -> bool:
        """Whether node `i` lies between the loss and what we differentiate by."""
        if i == self.wrt:
            return True
        return any(self._leads_to_wrt(j) for j in self.operations[i].inputs)

    def _chain_formula(self, route: list[int]) -> list[Animation]:
        """The growing product of the only path, read off its wires."""
        numbers, names = [self._factor("adjoint", route[0])], []
        for a, b in pairwise(route):
            wire = next(w for w in self.edge_of if (w.source, w.target) == (b, a))
            numbers.append(self._factor("edge/local", self.edge_of[wire]))
            names.append(f"(partial {self.math_name(a)}) / (partial {self.math_name(b)})")
        product = " times ".join(numbers)
        result = f'gradient(num("{self.number(self.g("adjoint"), route[-1], form=self.form)}"))'
        if not all(self.named(i) for i in route):
            lead = f"{self._lead(route[-1])} = " if self.named(route[-1]) else ""
            return self.formula(f"{lead}{product} = {result}", px=36)
        symbols = f" = {' dot '.join(names)} = {product}" if names else ""
        return self.formula(f"{self._lead(route[-1])}{symbols} = {result}", px=36)

    def _lead(self, i: int) -> str:
        """ "∂L/∂node" in Typst math."""
        return f"(partial {self.math_name(len(self.operations) - 1)}) / (partial {self.math_name(i)})"

    def _factor(self, series: str, index: int) -> str:
        """A number as a factor: a negative one in parentheses."""
        return number_part(self.number(self.g(series), index, form=self.form)).within(POWER)

    def _sum_formula(self, nodes: dict[int, None]) -> list[Animation]:
        """What arrives at a node over all its wires, added up; for the node nearest to what we want."""
        wanted = [i for i in nodes if self._leads_to_wrt(i)]
        if not wanted:
            return []
        i = wanted[-1]
        terms = [
            f"{self._factor('adjoint', wire.target)} times {self._factor('edge/local', self.edge_of[wire])}"
            for wire in self.edge_of
            if wire.source == i
        ]
        result = f'gradient(num("{self.number(self.g("adjoint"), i, form=self.form)}"))'
        lead = f"{self._lead(i)} = " if self.named(i) else ""
        return self.formula(f"{lead}{' + '.join(terms)} = {result}", px=36)

    # -- update ----------------------------------------------------------------------------------------------------

    def update(self) -> None:
        """w' = w − η ∂L/∂w, then the values again."""
        before, after = float(self.garray("loss").item()), float(self.garray("loss_after").item())
        if format_value(before, self.loss_form) == format_value(after, self.loss_form):
            self.variant("stays")
        elif after > before:
            self.variant("rises")
        lr = self.number(self.g("lr"), form=self.form)
        self.say(lr=lr)
        w = self.math_name(self.wrt)
        ends = [self.garray(f"wrt/{when}").item() for when in ("before", "after")]
        forms = dict.fromkeys(("wrt/before", "wrt/after"), comparable(ends)) | {"lr": "auto"}
        shown = {key: f'num("{self.number(self.g(key), form=form)}")' for key, form in forms.items()}
        gradient = f'gradient(num("{self.number(self.g("gradient"), form=self.form)}"))'
        last = self.math_name(len(self.operations) - 1)
        rule = f"{w}' = {w} - eta (partial {last}) / (partial {w})"
        self.play(*self.formula(rule, px=38))
        self.hold(style.QUICK_S)
        filled = f"{shown['wrt/before']} - {shown['lr']} times ({gradient}) = positive({shown['wrt/after']})"
        self.play(*self.formula(f"{rule} = {filled}", px=36))
        self.say(wrt=self.number(self.g("wrt"), form="name"))
        fade = [FadeOut(*self.chips.values(), *self.gradients.values())]
        self.play(*fade, *self._renew(self.wrt), run_time=style.MOVE_S)
        changed = {self.wrt}
        step = self.step_s(len(self.inner))
        for i in self.inner:
            if not changed.intersection(self.operations[i].inputs):
                continue
            changed.add(i)
            live = [w for w in self.wires_into(i) if w.source in changed]
            self.play(*self.pulse(live, self.op_graph, "activation"), run_time=step * 0.8)
            self.play(*self._renew(i), run_time=step * 0.7)
        self.say(
            before=self.number(self.g("loss"), form=self.loss_form),
            after=self.number(self.g("loss_after"), form=self.loss_form),
        )
        loss = [f'num("{self.number(self.g(key), form=self.loss_form)}")' for key in ("loss", "loss_after")]
        self.play(*self.formula(f"{last}: quad {loss[0]} quad arrow.r.long quad loss({loss[1]})"))
        self.play(
            Indicate(self.value_labels[len(self.operations) - 1], scale_factor=1.2, color=self.look.loss)
        )

    def _renew(self, i: int) -> list[Animation]:
        """A node's value gives way to the one after the step."""
        old = self.value_labels[i]
        new = self.op_graph.value_place(i, self._scaled(self.equation(i, "value_after")))
        if old.source == new.source:  # too small a change for its digits: it stays
            return []
        self.value_labels[i] = new
        return [give_way(old, new)]

    def leave_graph(self) -> list[Animation]:
        """Animations that take the graph off the stage."""
        return [FadeOut(self.op_graph, *self.value_labels.values())]
