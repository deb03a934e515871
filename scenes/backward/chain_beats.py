"""The beats of `backward` that put one expression together again: the chain rule from the loss back, and one step."""

from __future__ import annotations

from manim import Animation, FadeOut, Indicate, VGroup

from scenes.backward.graph_beats import DERIVATIVE_PX, GraphBeats
from scenes.parts.room.motion import give_way, swell
from scenes.parts.text.expression import factor
from scenes.parts.text.source import quote
from scenes.stage import style
from scenes.stage.comparing import alike, comparable

KEY_PX = 50  # of the formulas that hold a result


class ChainBeats(GraphBeats):
    """Gradients from the loss to the variables."""

    def chain(self) -> None:
        """From the loss back: what arrives times local, summed where wires meet."""
        paths, last = int(self.garray("count/paths").item()), self.nodes.last
        bent = self.kinked or self.disputed
        self.vary(kink=self.kinked, disputed=self.disputed, paths=paths > 1 and not bent)
        self.say()
        self.play(*self.no_formula(), self.op_graph.arrive(last), run_time=style.QUICK_S)
        loss, out, into = "loss(L)", *(f"word({quote(self.label(key))})" for key in ("output", "input"))
        factors = f"(partial {loss}) / (partial {out}) times (partial {out}) / (partial {into})"
        self.play(
            *self.formula(f"(partial {loss}) / (partial {into}) = {factors}", DERIVATIVE_PX),
            run_time=style.MOVE_S,
        )
        self.sweep_back(self.say)
        self.say(
            wrt=self.number(self.g("wrt"), form="name"),
            gradient=self.gradient_shown,
            paths=self.number(self.g("count/paths"), form="d"),
            **self._sides(),
        )
        route = [i for i in reversed(self.drawn) if self.nodes.leads_to_wrt(i)]
        whole = self.path_product(route) if paths == 1 else self.arriving(self.nodes.wrt)
        self.play(*self.formula(whole, KEY_PX), run_time=style.MOVE_S)
        found = self.op_graph.gradients[self.nodes.wrt]
        self.play(swell(found, 1.15, self.look.gradient), run_time=style.MOVE_S)
        slope = float(self.garray("gradient").item())
        turn = "told" if bent else "level" if slope == 0 else "falls" if slope < 0 else "rises"
        wrt = self.number(self.g("wrt"), form="name")
        self.say(turn=self.label(turn, wrt=wrt, gradient=self.gradient_shown))

    @property
    def gradient_shown(self) -> str:
        """The gradient by the variable that is asked for, as a shown number."""
        return self.number(self.g("gradient"), form=self.form)

    def _sides(self) -> dict[str, str]:
        """The slopes that were measured: at a kink to its left and right, else where torch's is another."""
        names = ("left", "right") if self.kinked else ("left",) if self.disputed else ()
        return {name: self.number(self.g(f"gradient_{name}"), form=self.form) for name in names}

    def update(self) -> None:
        """w' = w − η ∂L/∂w, then the values again: what was asked at the start is answered."""
        before, after = (float(self.garray(name).item()) for name in ("loss", "loss_after"))
        stays = alike(self.loss_form, before, after)
        flat = float(self.garray("gradient").item()) == 0
        self.vary(flat=flat, stays=stays and not flat, rises=after > before and not stays)
        self.say(lr=self.number(self.g("lr"), form=self.form))
        w, last = self.nodes.math_name(self.nodes.wrt), self.nodes.math_name(self.nodes.last)
        rule = f"{w}' = {w} - eta {self.by(self.nodes.wrt)}"
        form = comparable([self.garray(f"wrt/{when}").item() for when in ("before", "after")])
        fields = {when: self.number(self.g(f"wrt/{when}"), form=form) for when in ("before", "after")}
        fields["lr"], g = self.number(self.g("lr")), self.gradient_shown
        filled = f"{rule} = {{before}} - {{lr}} times gradient({factor(g)}) = positive({{after}})"
        self.play(*self.formula(filled, KEY_PX, **fields), run_time=style.MOVE_S)
        fade = FadeOut(*self.op_graph.chips.values(), *self.op_graph.gradients.values())
        self.play(fade, *self._renew(self.nodes.wrt), run_time=style.QUICK_S)
        losses = {
            name: self.number(self.g(series), form=self.loss_form)
            for name, series in (("before", "loss"), ("after", "loss_after"))
        }
        self.say(wrt=self.number(self.g("wrt"), form="name"), **losses)
        changed = {self.nodes.wrt}
        step = self.step_s(len(self.inner))
        for i in self.inner:
            if not changed.intersection(self.nodes.operations[i].inputs):
                continue
            changed.add(i)
            live = [w for w in self.wires_into(i) if w.source in changed]
            self.play(*self.op_graph.flash(live, "activation"), *self._renew(i), run_time=step * 1.3)
        source = f"{last}: quad {{before}} quad arrow.r.long quad loss({{after}})"
        found = Indicate(self.op_graph.values[self.nodes.last], scale_factor=1.2, color=self.look.loss)
        self.play(*self.formula(source, KEY_PX, **losses), found, run_time=style.MOVE_S)
        self.panel = VGroup(self.op_graph, *self.op_graph.values.values())

    def _renew(self, i: int) -> list[Animation]:
        """A node's value gives way to the one after the step."""
        old, new = self.op_graph.values[i], self.equation(i, "value_after", self.op_graph.px)
        if old.source == new.source:  # too small a change for its digits: it stays
            return []
        return [give_way(old, self.op_graph.value(i, new))]
