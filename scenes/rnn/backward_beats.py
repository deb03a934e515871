"""The memory of a recurrent net, its gradient back in time, and the recap: the beats from `memory` on."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Create,
    FadeIn,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    ShowPassingFlash,
    VGroup,
)

from scenes.parts.motion import arrive, leave
from scenes.parts.place import at
from scenes.parts.recurrent_cell import loop
from scenes.rnn.back import BackInTime
from scenes.rnn.long import LongPlot
from scenes.rnn.memory import MemoryMap
from scenes.rnn.recap import recap_lines
from scenes.rnn.stage import CELL_X, INPUT_Y, RecurrentStage
from scenes.stage import style

ALIKE = 0.15  # two losses of gradient count as alike when their decades differ by less than this share


class BackwardBeats(RecurrentStage):
    """The states side by side, the gradient over a few steps and over many."""

    def memory(self) -> None:
        """The states of all steps side by side."""
        pair = [int(t) for t in self.array("same/pair")]
        right = len(pair) == 2 and all(
            self.array("predicted/id")[t] == self.array("target/id")[t] for t in pair
        )
        if not right or self.dense:
            self.variant(("dense" if right else "dense_plain") if self.dense else "plain")
        self.say()
        self.map = MemoryMap(self)
        self._to_columns()
        self.say()
        self.play(FadeIn(self.map.key), run_time=style.MOVE_S)
        self.panel = VGroup(self.map.units, self.map.ground, self.map.key)
        if not right:
            self.say()
            self.say()
            return
        early, late = pair
        self.say(char=self.number("input/character", early, form="character"))
        rows, frames = self.map.pair(early, late), VGroup(*(self.map.frame(t) for t in pair))
        self.play(
            Create(frames), FadeIn(VGroup(*(row[:2] for row in rows[:2])), rows[2]), run_time=style.MOVE_S
        )
        self.panel.add(rows, frames)
        self.say(
            first=self.number("predicted/character", early, form="character"),
            second=self.number("predicted/character", late, form="character"),
        )
        self.play(FadeIn(VGroup(*(row[2:] for row in rows[:2]))), run_time=style.MOVE_S)

    def _to_columns(self) -> None:
        """Each cell's strip becomes its column; the inputs move under the columns."""
        gone = VGroup(
            *self.boxes.values(), self.flows, *self.links, self.cell_dots,
            self.input_dots, *self.outs.values(), *(one[1] for one in self.contents.values()),
        )  # fmt: skip
        labelled = self.map.labelled()
        kept = list(self.shown) if self.map.names_inputs else []
        gone.add(*(self.tiles[t] for t in self.shown if t not in kept))
        self.play(*self.clear_panel(), *self.no_formula(), leave(gone), run_time=style.MOVE_S)
        columns = {t: self.map.column(t) for t in self.shown}
        flights: list[Animation] = [
            ReplacementTransform(self.contents[t][0], column) for t, column in columns.items()
        ]
        labels = self._column_labels(labelled)
        flights += [ReplacementTransform(self.tiles[t], labels[t]) for t in kept]
        self.play(FadeIn(self.map.ground), *flights, run_time=style.SLOW_S)
        left_out = [t for t in range(self.count) if t not in columns]
        others = self.map.others(left_out)
        rest = [*([others] if left_out else []), *(labels[t] for t in labels if t not in kept)]
        self.play(*(FadeIn(one) for one in rest), FadeIn(self.map.units), run_time=style.MOVE_S)
        shown = columns if self.dense else columns | dict(zip(left_out, others, strict=True))
        self.columns = [shown[t] for t in sorted(shown)] + ([others] if self.dense else [])
        self.labels = VGroup(*labels.values())

    def _column_labels(self, steps: list[int]) -> dict[int, Mobject]:
        """The characters read, or the numbers of the steps, under the columns."""
        y = self.map.label_y
        if self.map.names_inputs:
            return {t: self.sign("input", t, 34, "input").centre_at(at(self.map.x(t), y)) for t in steps}
        return {
            t: self.value("step", t, form="d", px=style.NUMBER_MIN_PX, colour="muted").centre_at(
                at(self.map.x(t), y)
            )
            for t in steps
        }

    def back_in_time(self) -> None:
        """One pulse from the last step to the first; every cell as bright as its gradient."""
        norms = self.array("gradient/start_norm")
        if not norms[0] < norms[-1]:
            self.variant("kept")
        self.say()
        graph = BackInTime(self)
        self.play(*self.clear_panel(), leave(self.labels), run_time=style.MOVE_S)
        if self.dense:
            self.play(leave(*self.columns), arrive(*graph.cells), run_time=style.SLOW_S)
        else:
            pairs = zip(self.columns, graph.cells, strict=True)
            self.play(
                *(ReplacementTransform(one, VGroup(cell)) for one, cell in pairs), run_time=style.SLOW_S
            )
        self.play(arrive(graph.group), FadeIn(graph.arrows[:2]), run_time=style.MOVE_S)
        self.say()
        lights = [graph.cells[t].animate.become(graph.lit(t)) for t in reversed(range(self.count))]
        curve, dots = graph.line()
        self.play(
            LaggedStart(*lights, lag_ratio=0.6),
            Create(curve),
            LaggedStart(*(FadeIn(dot) for dot in dots), lag_ratio=0.6),
            *(
                [LaggedStart(*(Create(one) for one in graph.arrows[2:]), lag_ratio=0.6)]
                if graph.arrows[2:]
                else []
            ),
            run_time=3 * style.PULSE_S,
        )
        self.say(last=self.number("gradient/start_norm", self.count - 1, form=graph.form))
        values = VGroup(graph.value(self.count - 1), graph.value(0))
        self.play(FadeIn(values[0]), run_time=style.MOVE_S)
        self.say(first=self.number("gradient/start_norm", 0, form=graph.form))
        self.play(FadeIn(values[1]), run_time=style.MOVE_S)
        self.panel = VGroup(graph.group, curve, dots, graph.arrows, values, *graph.cells)

    def long(self) -> None:
        """The same over many steps, for a plain RNN and two LSTMs."""
        norms = [self.array(f"long{run}/gradient_norm") for run in (1, 2)]
        if not self._alike(*norms):
            self.variant("differ")
        self.say(length=self.number("long/length", form="d"))
        plot = LongPlot(self)
        self.play(*self.clear_panel(), arrive(plot.group), run_time=style.MOVE_S)
        self.play(FadeIn(plot.head), run_time=style.QUICK_S)
        fields = {1: "rnn", 2: "lstm", 3: "open"}
        for run in plot.runs:
            said = {fields[run]: self.number(f"long{run}/gradient_norm", 0, form=plot.form)}
            if bool(self.array(f"long{run}/forget_open")):
                said["bias"] = self.number("long/forget_bias")
            self.say(**said)
            curve, marks = plot.lines[run]
            self.play(
                Create(curve),
                LaggedStart(*(FadeIn(mark) for mark in marks), lag_ratio=0.8),
                FadeIn(plot.rows[run][:2]),
                run_time=2 * style.PULSE_S,
            )
            self.play(FadeIn(plot.rows[run][2]), run_time=style.QUICK_S)
        self.panel = VGroup(plot.group, plot.head, *plot.lines.values(), *plot.rows.values())

    @staticmethod
    def _alike(one: np.ndarray, other: np.ndarray) -> bool:
        """Whether two gradients lose about as many decades on the way."""
        if min(one[0], other[0], one[-1], other[-1]) == 0:
            return bool(one[0] == other[0] and one[-1] == other[-1])
        lost = [float(np.log10(norms[-1]) - np.log10(norms[0])) for norms in (one, other)]
        return abs(lost[0] - lost[1]) <= ALIKE * max(abs(lost[0]), abs(lost[1]))

    def recap(self) -> None:
        """The cell with its loop, and the net in formulas."""
        self.say()
        box = self.cell_box(CELL_X)
        around = VGroup(box, loop(self.look, box), self.inflow(CELL_X), self.outflow(CELL_X))
        names = VGroup(
            self.math("input(x_t)", 34).move_to(at(CELL_X, INPUT_Y)),
            self.math("h_t", 34).move_to(at(CELL_X, around[3].get_top()[1] + 0.3)),
            self.state_before(),
        )
        self.play(*self.clear_panel(), arrive(around, names), run_time=style.MOVE_S)
        lines = recap_lines(self)
        for line in lines[:3]:
            self.play(FadeIn(line, shift=at(0.15, 0)), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lines[3], shift=at(-0.15, 0)), run_time=style.MOVE_S)
        back = [around[1].copy().set_stroke(self.look.gradient, width=style.STRONG)]
        for one in back:
            one.reverse_points()
        self.play(*(ShowPassingFlash(one, time_width=0.6) for one in back), run_time=style.SLOW_S)
        self.say()
