"""What a recurrent net reads, how its cell works, and what it gives out: the beats up to `steps`."""

from __future__ import annotations

from manim import (
    Animation,
    Create,
    FadeIn,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    ShowPassingFlash,
    TransformFromCopy,
    VGroup,
)

from scenes.parts.motion import arrive, leave
from scenes.parts.place import at
from scenes.parts.recurrent_cell import arrow, loop
from scenes.rnn.equations import Equations, worked_out
from scenes.rnn.outputs import outputs
from scenes.rnn.sequence import SeriesCurve, input_formula
from scenes.rnn.stage import CELL_X, CELL_Y, INPUT_Y, TILE, RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow

TARGET_Y, WORD_Y = 0.75, 2.25
STEP_S = 1.1


class ForwardBeats(RecurrentStage):
    """The sequence, the cell, the unrolled row of cells, and the run step by step."""

    def sequence(self) -> None:
        """The sequence becomes pairs: what goes in, and what is to come out."""
        if self.of_characters:
            self.say()
        else:
            self.variant("numbers")
            self.say(count=self.number("count/numbers", form="d"))
        self.panel = VGroup(self._enter())
        self.say()
        self.panel.add(*self._pairs())
        if self.of_characters:
            self.say(one=self.number("input", 0, int(self.array("input/id")[0]), form="d"))
        else:
            self.say()
        self.play(*input_formula(self), run_time=style.MOVE_S)

    def _enter(self) -> VGroup:
        """Play the whole sequence, then its steps as tiles at their places; returns the whole."""
        self.tiles = {t: self.tile("input", t, self.x(t), INPUT_Y, "input") for t in self.shown}
        self.input_dots = self.ellipsis(INPUT_Y)
        row = list(self.tiles.values())
        whole = allow(self._whole(), "text-over-line", "the tiles' copies leave the word", moving=True)
        entering = [FadeIn(one, shift=at(0.2, 0)) for one in whole]
        self.play(LaggedStart(*entering, lag_ratio=0.3), run_time=style.SLOW_S)
        arrivals = [FadeIn(tile) for tile in row]
        if self.of_characters:
            arrivals = [TransformFromCopy(one, tile) for one, tile in zip(whole, row, strict=False)]
        self.play(LaggedStart(*arrivals, FadeIn(self.input_dots), lag_ratio=0.15), run_time=style.SLOW_S)
        return whole

    def _pairs(self) -> list[Mobject]:
        """Play an arrow from every input to its target; returns what was drawn."""
        drawn: list[Mobject] = []
        for t in self.shown:
            target = self.tile("target", t, self.x(t), TARGET_Y, "loss")
            way = at(self.x(t), INPUT_Y + TILE / 2), at(self.x(t), TARGET_Y - TILE / 2)
            drawn += [arrow(self.look, *way), target]
            self.play(Create(drawn[-2]), FadeIn(target), run_time=style.QUICK_S)
        names = [
            self._row_name(key, role, y)
            for key, role, y in (("step_input", "input", INPUT_Y), ("target", "loss", TARGET_Y))
        ]
        rest = [self.ellipsis(TARGET_Y), *names]
        self.play(*(FadeIn(one) for one in rest), run_time=style.QUICK_S)
        return drawn + rest

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
        self.step = self.shown[1]  # the first that has a state before it
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
            self.math("input(x_t)", 34).move_to(at(CELL_X - max(0.75, tile.width / 2 + 0.3), INPUT_Y)),
            self.math("h_t", 34).move_to(at(CELL_X, self.flow_out.get_top()[1] + 0.3)),
            self.state_before(),
        )
        self.play(Create(self.flow_in), FadeIn(names[0]), run_time=style.MOVE_S)
        self.play(Create(self.loop), Create(self.flow_out), FadeIn(names[1:]), run_time=style.MOVE_S)
        self.say()
        equations = Equations(self, self.step, 0)
        pace = style.QUICK_S if len(equations.rows) > 4 else style.MOVE_S
        for row in equations.rows:
            self.play(FadeIn(row[0], shift=at(0.15, 0)), run_time=pace)
        self.say(
            step=self.number("step", self.step, form="d"),
            unit=self.number("unit", 0, form="d"),
            h=self.number("h", self.step, 0, form=".3f"),
        )
        values = [FadeIn(row[1]) for row in equations.rows]
        self.play(FadeIn(equations.head), LaggedStart(*values, lag_ratio=0.5), run_time=style.SLOW_S)
        self.play(*worked_out(self, self.step, 0), run_time=style.MOVE_S)
        self.panel, self.names = VGroup(equations), names

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
        self.boxes, self.flows = {first: self.box}, VGroup(self.flow_in, self.flow_out)
        self.links = self.carries()
        self.cell_dots = self.ellipsis(CELL_Y)
        for place, t in enumerate(self.shown[1:]):
            self._copy(self.shown[place], t, place)
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
        self.boxes[step] = box
        flows = VGroup(self.inflow(self.x(step)), self.outflow(self.x(step)))
        self.flows.add(flows)
        # A left-out stretch has two arrows, so the arrows up to here are counted from where they stand.
        links = [one for one in self.links if self.x(before) < one[0].get_center()[0] < self.x(step)]
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
        self.play(FadeIn(flows), run_time=style.QUICK_S)

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
        if self.of_characters:
            self.say()
            self.say(**self._result(learned))
        else:
            losses = {"repeating": "loss/repeating", "loss": "loss/value"}
            form = comparable([self.item(name) for name in losses.values()], form="short")
            for field, source in losses.items():
                self.say(**{field: self.number(source, form=form)})

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
        key = (f'quad {role}({shape}.{fill} thick word("{self.label(name)}"))' for role, fill, name in signs)
        source = f"h_t in RR^({{n}}), quad y_t = {rule} wide {' '.join(key)}"
        return self.formula(source, 38, n=self.number("hidden", form="d"))
