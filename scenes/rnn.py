"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

import numpy as np
from manim import (
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    ShowPassingFlash,
    TransformFromCopy,
    VGroup,
)

from engine.trace import Trace
from scenes import SCENES, style
from scenes.declare import allow
from scenes.panels.place import at
from scenes.panels.rnn_back import BackInTime
from scenes.panels.rnn_equations import LINES, Equations, worked_out
from scenes.panels.rnn_long import LongPlot
from scenes.panels.rnn_memory import MemoryMap
from scenes.panels.rnn_outputs import outputs
from scenes.panels.rnn_recap import recap_lines
from scenes.panels.rnn_sequence import SeriesCurve, input_formula
from scenes.parts.motion import arrive, leave
from scenes.parts.recurrent_cell import arrow, loop
from scenes.recurrent_stage import CELL_Y, INPUT_Y, TILE, RecurrentStage

SHARED = (
    "kind", "cell", "hidden", "unit", "step", "count/steps", "h", "training/steps", "training/learned",
    "training/learned_step", "parameters/recurrent", "loss/value", "same/pair", "same/distance",
    "gradient/start_norm", "gradient/decades", "long/step", "long/length", "long/forget_bias", "long/runs",
    "long/decades",
)  # fmt: skip
CHARACTERS = (
    "vocabulary", "input", "input/id", "input/character", "target/id", "target/character", "probabilities",
    "predicted/id", "predicted/character", "predicted/right",
)  # fmt: skip
NUMBERS = (
    "input", "input/raw", "target/raw", "prediction/raw", "data/name", "data/mean", "data/std", "data/least",
    "data/largest", "count/numbers", "loss/repeating",
)  # fmt: skip
CELL_X = -4.7  # the single cell, before the loop opens
TARGET_Y, WORD_Y = 0.75, 2.25
ALIKE = 0.15  # two losses of gradient count as alike when their decades differ by less than this share
STEP_S = 1.1


class RecurrentFilm(RecurrentStage):
    """See scenes/text/rnn.toml for what each beat says."""

    card = next(card for card in SCENES if card.slug == "rnn")
    reads = SHARED

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series of what is learned, of the cell's equations and of every long run."""
        trace.need("kind", "cell", "long/runs")
        own = CHARACTERS if str(trace["kind"].values) == "characters" else NUMBERS
        lines = tuple(series for _, series in LINES[str(trace["cell"].values)])
        runs = range(1, int(trace["long/runs"].values) + 1)
        names = ("cell", "forget_open", "gradient_norm")
        return (*cls.reads, *own, *lines, *(f"long{run}/{name}" for run in runs for name in names))

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        self.check_glyphs()
        self.build_columns()
        self.shown = self.steps_fold.shown

    # -- beats -----------------------------------------------------------------------------------------------------

    def sequence(self) -> None:
        """The sequence becomes pairs: what goes in, and what is to come out."""
        if not self.of_characters:
            self.variant("numbers")
        self.say(**({} if self.of_characters else {"count": self.number("count/numbers", form="d")}))
        self.tiles = {t: self.tile("input", t, self.x(t), INPUT_Y, "input") for t in self.shown}
        self.input_dots = self.ellipsis(INPUT_Y)
        row = [self.tiles[t] for t in self.shown]
        whole = allow(self._whole(), "text-over-line", "the tiles' copies leave the word", moving=True)
        self.play(
            LaggedStart(*(FadeIn(one, shift=at(0.2, 0)) for one in whole), lag_ratio=0.3),
            run_time=style.SLOW_S,
        )
        arrivals = [TransformFromCopy(one, tile) for one, tile in zip(whole, row, strict=False)]
        if not self.of_characters:
            arrivals = [FadeIn(tile) for tile in row]
        self.play(LaggedStart(*arrivals, FadeIn(self.input_dots), lag_ratio=0.15), run_time=style.SLOW_S)
        self.say()
        targets = {t: self.tile("target", t, self.x(t), TARGET_Y, "loss") for t in self.shown}
        arrows = VGroup(
            *(
                arrow(self.look, at(self.x(t), INPUT_Y + TILE / 2), at(self.x(t), TARGET_Y - TILE / 2))
                for t in self.shown
            )
        )
        self.panel = VGroup(whole, *targets.values(), arrows, self.ellipsis(TARGET_Y))
        for t in self.shown:
            place = self.shown.index(t)
            self.play(Create(arrows[place]), FadeIn(targets[t]), run_time=style.QUICK_S)
        rows = VGroup(
            self._row_name("step_input", "input", INPUT_Y), self._row_name("target", "loss", TARGET_Y)
        )
        self.play(FadeIn(self.panel[-1]), FadeIn(rows), run_time=style.QUICK_S)
        self.panel.add(rows)
        self.say(
            **(
                {"one": self.number("input", 0, int(self.array("input/id")[0]), form="d")}
                if self.of_characters
                else {}
            )
        )
        self.play(*input_formula(self), run_time=style.MOVE_S)

    def _row_name(self, key: str, role: str, y: float) -> Mobject:
        """What a row of tiles is, at its left."""
        left = self.x(0) - max(self.tiles[0].width / 2, TILE / 2) - 0.3
        return self.words(self.label(key), style.SMALL_PX, role).right_at(at(max(left, -5.75), y))

    def _whole(self) -> VGroup:
        """The sequence as it was given: its characters in a row, or its numbers as a curve."""
        if not self.of_characters:
            return VGroup(SeriesCurve(self))
        tiles = VGroup(*(self.tile("input", t, self.x(t), WORD_Y, "input") for t in self.shown))
        last = self.count - 1
        end = self.tile("target", last, self.x(last), WORD_Y, "input")
        pitch = min(0.75, 12.0 / (len(tiles) + 2))
        items = [*tiles, end]
        if self.gap_x is not None:
            items.insert(self.steps_fold.gap or 0, self.words("⋯", style.FORMULA_PX, "muted"))
        for place, one in enumerate(items):
            one.shift(at((place - (len(items) - 1) / 2) * pitch, WORD_Y) - one.get_center())
        dots = [one for one in items if one not in [*tiles, end]]
        return VGroup(*tiles, end, *dots)

    def cell(self) -> None:
        """One cell with its loop, and its equations with the numbers of one unit."""
        if self.kind != "rnn":
            self.variant(self.kind)
        self.step = self.shown[min(1, self.count - 1)]  # a step that has a state before it
        self.say()
        tile = self.tiles[self.step]
        others = [self.tiles[t] for t in self.shown if t != self.step]
        self.play(
            *self.clear_panel(), *self.no_formula(), leave(*others, self.input_dots), run_time=style.MOVE_S
        )
        self.box = self.cell_box(CELL_X)
        self.loop = loop(self.look, self.box)
        self.flow_in, self.flow_out = self.inflow(CELL_X), self.outflow(CELL_X)
        self.play(
            tile.animate.shift(at(CELL_X - self.x(self.step), 0)), FadeIn(self.box), run_time=style.MOVE_S
        )
        names = VGroup(
            self.math("input(x_t)", 34).move_to(at(CELL_X - 0.75, INPUT_Y)),
            self.math("h_t", 34).move_to(at(CELL_X, self.flow_out.get_top()[1] + 0.3)),
            self._state_before(),
        )
        self.play(Create(self.flow_in), FadeIn(names[0]), run_time=style.MOVE_S)
        self.play(Create(self.loop), Create(self.flow_out), FadeIn(names[1:]), run_time=style.MOVE_S)
        self.say()
        equations = Equations(self, self.step, 0)
        for row in equations.rows:
            self.play(
                FadeIn(row[0], shift=at(0.15, 0)),
                run_time=style.QUICK_S if len(equations.rows) > 4 else style.MOVE_S,
            )
        self.say(
            step=self.number("step", self.step, form="d"),
            unit=self.number("unit", 0, form="d"),
            h=self.number("h", self.step, 0, form=".3f"),
        )
        values = [FadeIn(row[1]) for row in equations.rows]
        self.play(FadeIn(equations.head), LaggedStart(*values, lag_ratio=0.5), run_time=style.SLOW_S)
        self.play(*worked_out(self, self.step, 0), run_time=style.MOVE_S)
        self.panel, self.names = VGroup(equations), names

    def _state_before(self) -> Mobject:
        """What the loop carries: h, and the cell state of an LSTM."""
        names = ["h_(t-1)", "c_(t-1)"] if self.kind == "lstm" else ["h_(t-1)"]
        found = VGroup(*(self.math(name, 34) for name in names)).arrange(at(0, -1), buff=0.12)
        return found.move_to(at(CELL_X + 1.62 + found.width / 2, CELL_Y))

    def unroll(self) -> None:
        """The loop opens into one copy of the cell for every step."""
        self.say()
        self.play(*self.clear_panel(), *self.no_formula(), leave(self.names), run_time=style.MOVE_S)
        first = self.shown[0]
        move = at(self.x(first) - CELL_X, 0)
        moved = VGroup(self.box, self.flow_in, self.flow_out, self.loop)
        home = self.tiles[self.step].animate.shift(at(self.x(self.step) - CELL_X, 0))
        self.play(moved.animate.shift(move), home, run_time=style.MOVE_S)
        back = [FadeIn(self.tiles[t]) for t in self.shown if t != self.step]
        self.play(*back, FadeIn(self.input_dots), run_time=style.QUICK_S)
        self.say(steps=self.number("count/steps", form="d"))
        self.boxes, self.inflows, self.outflows = (
            {first: self.box},
            {first: self.flow_in},
            {first: self.flow_out},
        )
        self.links = self.carries()
        self.cell_dots = self.ellipsis(CELL_Y)
        for place, t in enumerate(self.shown[1:]):
            self._copy(self.shown[place], t, place)
        if not self.links:
            self.play(FadeOut(self.loop), run_time=style.QUICK_S)
        self.say(parameters=self.number("parameters/recurrent", form=",d"))
        ends = {"a": self.number("step", 0, form="d"), "b": self.number("count/steps", form="d")}
        state, before = ("(h_t, c_t)", "h_(t-1), c_(t-1)") if self.kind == "lstm" else ("h_t", "h_(t-1)")
        rule = f"{state} = positive(f_W)(input(x_t), {before}), quad t = {{a}}, ..., {{b}}"
        self.play(*self.formula(rule, 40, **ends), run_time=style.MOVE_S)
        flashes = [
            ShowPassingFlash(
                self.boxes[t].box.copy().set_fill(opacity=0).set_stroke(width=style.STRONG + 3),
                time_width=0.5,
            )
            for t in self.shown
        ]
        self.play(*flashes, run_time=style.SLOW_S)

    def _copy(self, before: int, step: int, place: int) -> None:
        """One more copy slides out of the cell before it; the first takes the loop with it."""
        box = self.cell_box(self.x(before))
        new = [self.inflow(self.x(step)), self.outflow(self.x(step))]
        # A left-out stretch has two arrows, so the arrows up to here are counted from where they stand.
        links = [one for one in self.links if self.x(before) < one[0].get_center()[0] < self.x(step)]
        self.boxes[step], self.inflows[step], self.outflows[step] = box, new[0], new[1]
        box.set_z_index(0.5)
        allow(box, "text-over-text", "the copy comes out from under the cell it is a copy of", moving=True)
        opening: list[Animation] = [FadeIn(one[1]) for one in links]
        if place == 0:
            opening.append(ReplacementTransform(self.loop, links[0][0]))
        opening += [Create(one[0]) for one in links[1 if place == 0 else 0 :]]
        if len(links) > 1:
            opening.append(FadeIn(self.cell_dots))
        self.bring_to_back(box)  # so that it comes out from under the cell before it
        self.play(box.animate.shift(at(self.x(step) - self.x(before), 0)), *opening, run_time=STEP_S)
        box.set_z_index(1)
        self.play(*(FadeIn(one) for one in new), run_time=style.QUICK_S)

    def steps(self) -> None:
        """The hidden state fills step by step; above it stands what the net gives out."""
        learned = bool(self.array("training/learned"))
        kinds = {
            (True, False): "not_learned",
            (False, True): "numbers",
            (False, False): "numbers_not_learned",
        }
        self.variant(kinds.get((self.of_characters, learned), ""))
        self.say(updates=self.number("training/steps", form="d"))
        self.contents = {t: self.content(t) for t in self.shown}
        self.outs = {t: outputs(self, t) for t in self.shown}
        for place, t in enumerate(self.shown):
            if place == 1:
                self.say()
            tile = self.tiles[t][0].copy().set_fill(opacity=0).set_stroke(width=style.STRONG + 2)
            self.play(
                ShowPassingFlash(tile, time_width=0.6),
                leave(self.boxes[t].weights),
                arrive(self.contents[t]),
                run_time=style.MOVE_S,
            )
            self.boxes[t].remove(self.boxes[t].weights)
            self.play(FadeIn(self.outs[t].bars, self.outs[t].texts), run_time=style.MOVE_S)
            key = self._output_rule() if place == 0 else []
            self.play(FadeIn(self.outs[t].mark), *key, run_time=style.MOVE_S if key else style.QUICK_S)
        if len(self.shown) == 1:
            self.say()
        if self.of_characters:
            self.say()
            self.say(**self._result(learned))
        else:
            self.say(repeating=self.number("loss/repeating", form="short"))
            self.say(loss=self.number("loss/value", form="short"))

    def _result(self, learned: bool) -> dict[str, str]:
        """What the training reached, for the caption."""
        if learned:
            return {"learned": self.number("training/learned_step", form="d")}
        series = {"right": "predicted/right", "total": "count/steps"}
        return {key: self.number(name, form="d") for key, name in series.items()}

    def _output_rule(self) -> list[Animation]:
        """How the output comes from h, and the signs of prediction and target above the cells."""
        shape, rule = ("square", '"softmax"(W h_t + b)') if self.of_characters else ("circle", "W h_t + b")
        signs = [("activation", "filled", "prediction"), ("loss", "stroked", "target")]
        key = (f'quad {role}({shape}.{fill} thick "{self.label(name)}")' for role, fill, name in signs)
        source = f"h_t in RR^({{n}}), quad y_t = {rule} wide {' '.join(key)}"
        return self.formula(source, 38, n=self.number("hidden", form="d"))

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
            *self.boxes.values(), *self.inflows.values(), *self.outflows.values(), *self.links, self.cell_dots,
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
        self.say(last=self.number("gradient/start_norm", self.count - 1, form="short"))
        values = VGroup(graph.value(self.count - 1), graph.value(0))
        self.play(FadeIn(values[0]), run_time=style.MOVE_S)
        self.say(first=self.number("gradient/start_norm", 0, form="short"))
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
            said = {fields[run]: self.number(f"long{run}/gradient_norm", 0, form="short")}
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
        if one[0] == 0 or other[0] == 0:
            return bool(one[0] == other[0])
        lost = [float(np.log10(norms[-1] / norms[0])) for norms in (one, other)]
        return abs(lost[0] - lost[1]) <= ALIKE * max(abs(lost[0]), abs(lost[1]))

    def recap(self) -> None:
        """The cell with its loop, and the net in formulas."""
        self.say()
        box = self.cell_box(CELL_X)
        around = VGroup(box, loop(self.look, box), self.inflow(CELL_X), self.outflow(CELL_X))
        names = VGroup(
            self.math("input(x_t)", 34).move_to(at(CELL_X, INPUT_Y)),
            self.math("h_t", 34).move_to(at(CELL_X, around[3].get_top()[1] + 0.3)),
            self._state_before(),
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

    def clear_panel(self) -> list[Animation]:
        """Animations that take away what only the beat before needed."""
        old, self.panel = self.panel, VGroup()
        return [leave(old)] if len(old) else []
