"""The beats of `backward` that put one expression together again: the chain rule from the loss back, and one step."""

from __future__ import annotations

from itertools import pairwise

from manim import Animation, FadeOut, Indicate, VGroup

from scenes.backward.graph_beats import DERIVATIVE_PX, GraphBeats
from scenes.parts.expression import POWER, number_part
from scenes.parts.motion import give_way
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.graph_stage import by
from scenes.stage.provenance import format_value


class ChainBeats(GraphBeats):
    """Gradients from the loss to the variables."""

    def chain(self) -> None:
        """From the loss back: what arrives times local, summed where wires meet."""
        paths = int(self.garray("count/paths").item())
        if self.kinked or self.disputed or paths > 1:
            self.variant("kink" if self.kinked else "disputed" if self.disputed else "paths")
        self.say()
        last = self.nodes.last
        self.play(*self.no_formula(), self.op_graph.arrive(last))
        pending = {i: sum(w.source == i for w in self.edge_of) for i in self.drawn}
        step = self.step_s(len(self.inner)) * 1.2
        self.play(*self._chain_formula([last]), run_time=style.QUICK_S)
        route = [last]
        for place, i in enumerate(reversed(self.inner)):
            if place == 1 or len(self.inner) == 1:
                self.say()
            into = self.derived_into(i)
            self.play(*self.op_graph.multiply(into), run_time=step)
            ready = []
            for wire in into:
                pending[wire.source] -= 1
                if pending[wire.source] == 0:
                    ready.append(wire.source)
            route += [j for j in dict.fromkeys(ready) if self.nodes.leads_to_wrt(j)]
            arrive = [self.op_graph.arrive(j) for j in dict.fromkeys(ready) if j in self.op_graph.gradients]
            band = self._chain_formula(route) if paths == 1 else self._sum_formula(dict.fromkeys(ready))
            self.play(*arrive, *band, run_time=step)
        self.say(
            wrt=self.number(self.g("wrt"), form="name"),
            gradient=self.number(self.g("gradient"), form=self.form),
            paths=self.number(self.g("count/paths"), form="d"),
            **self._sides(),
        )
        if paths > 1:
            self.play(*self._sum_formula({self.nodes.wrt: None}))
        self.play(
            Indicate(self.op_graph.gradients[self.nodes.wrt], scale_factor=1.3, color=self.look.gradient)
        )

    def _sides(self) -> dict[str, str]:
        """The slopes that were measured: at a kink to its left and right, else where torch's is another."""
        names = ("left", "right") if self.kinked else ("left",) if self.disputed else ()
        return {name: self.number(self.g(f"gradient_{name}"), form=self.form) for name in names}

    def _chain_formula(self, route: list[int]) -> list[Animation]:
        """The growing product of the only path, read off its wires."""
        ends = [(b, a) for a, b in pairwise(route)]
        wires = [next(w for w in self.edge_of if (w.source, w.target) == one) for one in ends]
        names = [by(self.nodes.math_name(wire.target), self.nodes.math_name(wire.source)) for wire in wires]
        numbers = [self._factor("edge/local", self.edge_of[wire]) for wire in wires]
        lead = [self._lead(route[-1])] if self.carries_name(route[-1]) else []
        if len(names) > 1 and all(self.carries_name(i) for i in route):
            lead.append(" dot ".join(names))
        product = [" times ".join(numbers)] if len(numbers) > 1 else []
        return self.formula(" = ".join([*lead, *product, self._slope("adjoint", route[-1])]), DERIVATIVE_PX)

    def _lead(self, i: int) -> str:
        """ "∂L/∂node" in Typst math."""
        return by(self.nodes.math_name(self.nodes.last), self.nodes.math_name(i))

    def _factor(self, series: str, index: int) -> str:
        """A number as a factor: a negative one in parentheses."""
        return number_part(self.number(self.g(series), index, form=self.form)).within(POWER)

    def _sum_formula(self, nodes: dict[int, None]) -> list[Animation]:
        """What arrives at a node over all its wires, added up; for the node nearest to what we want."""
        wanted = [i for i in nodes if self.nodes.leads_to_wrt(i)]
        if not wanted:
            return []
        i = wanted[-1]
        terms = [
            f"{self._factor('adjoint', wire.target)} times {self._factor('edge/local', self.edge_of[wire])}"
            for wire in self.edge_of
            if wire.source == i
        ]
        lead = f"{self._lead(i)} = " if self.carries_name(i) else ""
        return self.formula(f"{lead}{' + '.join(terms)} = {self._slope('adjoint', i)}", DERIVATIVE_PX)

    def update(self) -> None:
        """w' = w − η ∂L/∂w, then the values again."""
        before, after = float(self.garray("loss").item()), float(self.garray("loss_after").item())
        if format_value(before, self.loss_form) == format_value(after, self.loss_form):
            self.variant("stays")
        elif after > before:
            self.variant("rises")
        self.say(lr=self.number(self.g("lr"), form=self.form))
        w, last = self.nodes.math_name(self.nodes.wrt), self.nodes.math_name(self.nodes.last)
        rule = f"{w}' = {w} - eta {by(last, w)}"
        self.play(*self.formula(rule, DERIVATIVE_PX))
        self.hold(style.QUICK_S)
        form = comparable([self.garray(f"wrt/{when}").item() for when in ("before", "after")])
        fields = {when: self.number(self.g(f"wrt/{when}"), form=form) for when in ("before", "after")}
        fields |= {"lr": self.number(self.g("lr")), "g": self.number(self.g("gradient"), form=self.form)}
        filled = f"{rule} = {{before}} - {{lr}} times (gradient({{g}})) = positive({{after}})"
        self.play(*self.formula(filled, DERIVATIVE_PX, **fields))
        self.say(wrt=self.number(self.g("wrt"), form="name"))
        fade = [FadeOut(*self.op_graph.chips.values(), *self.op_graph.gradients.values())]
        self.play(*fade, *self._renew(self.nodes.wrt), run_time=style.MOVE_S)
        changed = {self.nodes.wrt}
        step = self.step_s(len(self.inner))
        for i in self.inner:
            if not changed.intersection(self.nodes.operations[i].inputs):
                continue
            changed.add(i)
            live = [w for w in self.wires_into(i) if w.source in changed]
            self.play(*self.op_graph.flash(live, "activation"), run_time=step * 0.8)
            self.play(*self._renew(i), run_time=step * 0.7)
        losses = {
            name: self.number(self.g(series), form=self.loss_form)
            for name, series in (("before", "loss"), ("after", "loss_after"))
        }
        self.say(**losses)
        self.play(
            *self.formula(
                f"{last}: quad {{before}} quad arrow.r.long quad loss({{after}})", DERIVATIVE_PX, **losses
            )
        )
        self.play(Indicate(self.op_graph.values[self.nodes.last], scale_factor=1.2, color=self.look.loss))
        self.panel = VGroup(self.op_graph, *self.op_graph.values.values())

    def _renew(self, i: int) -> list[Animation]:
        """A node's value gives way to the one after the step."""
        old, new = self.op_graph.values[i], self.equation(i, "value_after", self.op_graph.px)
        if old.source == new.source:  # too small a change for its digits: it stays
            return []
        return [give_way(old, self.op_graph.value(i, new))]
