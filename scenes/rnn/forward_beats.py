"""What a recurrent net reads, how its cell works, and what it gives out: the beats up to `steps`."""

from __future__ import annotations

from manim import (
    RIGHT,
    Animation,
    Create,
    FadeIn,
    LaggedStart,
    ReplacementTransform,
    TransformFromCopy,
    VGroup,
)

from scenes.parts.forecast import Forecast
from scenes.parts.held_state import held
from scenes.parts.layout import fit, row
from scenes.parts.likely import Likely
from scenes.parts.motion import leave
from scenes.parts.recurrent_cell import arrow
from scenes.parts.recurrent_row import unroll
from scenes.rnn.formulas import equations
from scenes.rnn.sequence import input_formula, series_curve
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow

LEFT_SHARE, RIGHT_SHARE = 1.0, 2.1  # of the stage: one large cell, and what is said of it
TABLE_MOST = 2.4  # width of a table of probabilities


class ForwardBeats(RecurrentStage):
    """The sequence, the cell, the unrolled row of cells, and the run step by step.

    What one beat makes and later ones move is kept by step: `tiles`, `contents`. `rest` is what stands around the row.
    """

    def sequence(self) -> None:
        """The sequence becomes pairs: what goes in, and what is to come out."""
        numbers = not self.of_characters
        self.variant("numbers" if numbers else "")
        self.say(**({"count": self.number("count/numbers", form="d")} if numbers else {}))
        self._enter()
        self.say()
        self._pairs()
        one = () if numbers else (0, int(self.array("input/id")[0]))
        self.say(**({"one": self.number("input", *one, form="d")} if one else {}))
        self.play(*input_formula(self), run_time=style.MOVE_S)

    def _enter(self) -> None:
        """The whole sequence, then its steps as tiles at their places."""
        drawn, box = self.row.drawn, self.row.outputs.row
        self.tiles = {t: self.tile("input", t, self.row.inputs[t], "input") for t in drawn.shown}
        self.dots = self.row.inputs.ellipsis(self.look)
        arrivals: list[Animation] = [FadeIn(tile) for tile in self.tiles.values()]
        if self.of_characters:
            word = [self.tile("input", t, box, "input") for t in drawn.shown]
            word.append(self.tile("target", self.count - 1, box, "input"))
            arrivals = [TransformFromCopy(*pair) for pair in zip(word, self.tiles.values(), strict=False)]
            if drawn.gap is not None:
                word.insert(drawn.gap, self.words("⋯", colour="muted"))
            whole = allow(
                fit(row(word), box), "text-over-line", "the tiles' copies leave the word", moving=True
            )
        else:
            whole = VGroup(series_curve(self, box))
        self.one_by_one(whole)
        self.play(LaggedStart(*arrivals, FadeIn(self.dots), lag_ratio=0.15), run_time=style.SLOW_S)

    def _pairs(self) -> None:
        """An arrow from every input to its target."""
        for t, tile in self.tiles.items():
            target = self.tile("target", t, self.row.cells[t], "loss")
            way = arrow(self.look, tile.get_top(), target.get_bottom())
            self.play(Create(way), FadeIn(target), run_time=style.QUICK_S)
            self.panel.add(way, target)
        names = {"step_input": ("input", self.row.inputs), "target": ("loss", self.row.cells)}
        rest = [self.row_name(key, *one) for key, one in names.items()]
        self.one_by_one([VGroup(*rest, self.row.cells.ellipsis(self.look))], style.QUICK_S)

    def cell(self) -> None:
        """One cell with its loop, and its equations with the numbers of one unit."""
        if self.kind != "rnn":
            self.variant(self.kind)
        self.step = self.row.drawn.shown[1]  # the first that has a state before it
        self.say()
        tile = self.tiles[self.step]
        others = [one for one in self.tiles.values() if one is not tile]
        self.play(*self.clear_panel(), *self.no_formula(), leave(*others, self.dots), run_time=style.MOVE_S)
        left, right = self.whole.columns(LEFT_SHARE, RIGHT_SHARE)
        self.one = self.large_cell(left)
        box, loop, *ways = self.one.drawn
        self.play(tile.animate.move_to(self.one.place.centre), FadeIn(box), run_time=style.MOVE_S)
        names = self.one.names.add(self.math("input(x_t)", 38).next_to(tile, RIGHT, style.GAP))
        self.play(*map(Create, (loop, *ways)), FadeIn(names), run_time=style.SLOW_S)
        self.say()
        self.panel = VGroup(names)
        formulas = equations(self, self.step, 0, right)
        self.one_by_one(formulas.letters, style.QUICK_S * (3 + len(formulas.letters)))
        self.say(
            step=self.number("step", self.step, form="d"),
            unit=self.number("unit", 0, form="d"),
            h=self.number("h", self.step, 0, form=".3f"),
        )
        self.play(*formulas.work_out(), run_time=style.SLOW_S)
        self.panel = VGroup(names, formulas.numbers)

    def unroll(self) -> None:
        """The loop opens into one copy of the cell for every step."""
        self.say()
        small = self.row.stand(self.row.drawn.shown[0])
        home = self.tiles[self.step].animate.move_to(self.row.inputs[self.step].centre)
        self.play(*self.clear_panel(), run_time=style.MOVE_S)
        self.play(ReplacementTransform(self.one.drawn, small), home, run_time=style.MOVE_S)
        name = self.row_name("step_input", "input", self.row.inputs)
        back = [tile for t, tile in self.tiles.items() if t != self.step]
        self.play(FadeIn(*back, self.dots, name), run_time=style.QUICK_S)
        self.rest = VGroup(self.dots, name)
        self.say(steps=self.number("count/steps", form="d"))
        unroll(self, self.row, small)
        self.say(parameters=self.number("parameters/recurrent", form=",d"))
        a, b = self.number("step", 0, form="d"), self.number("count/steps", form="d")
        state, old = (
            ("(h_t, c_t)", "h_(t-rule(1)), c_(t-rule(1))")
            if self.kind == "lstm"
            else ("h_t", "h_(t-rule(1))")
        )
        rule = f"{state} = positive(f_W)(input(x_t), {old}), quad t = {{a}}, ..., {{b}}"
        self.play(*self.formula(rule, a=a, b=b), run_time=style.MOVE_S)
        self.play(*(self.row.flash(one.box) for one in self.row.boxes.values()), run_time=style.SLOW_S)

    def steps(self) -> None:
        """The hidden state fills step by step; above it stands what the net gives out."""
        learned = bool(self.item("training/learned"))
        names = ("", "not_learned") if self.of_characters else ("numbers", "numbers_not_learned")
        self.variant(names[not learned])
        self.say(updates=self.number("training/steps", form="d"))
        self.contents = {}
        for place, (t, box) in enumerate(self.row.boxes.items()):
            if place == 1:
                self.say()
            self.contents[t] = held(self, self.states, "h", t, box.inner)
            filled = [self.row.flash(self.tiles[t][0]), *box.holds(self.contents[t])]
            self.play(*filled, run_time=style.MOVE_S)
            given = self._output(t)
            self.play(FadeIn(given), run_time=style.MOVE_S)
            key = [] if place else self._output_rule()
            self.play(FadeIn(given.mark), *key, run_time=style.MOVE_S if key else style.QUICK_S)
            self.rest.add(given, given.mark)
        if self.of_characters:
            self.say()
            reached = {"right": "predicted/right", "total": "count/steps"}
            said = {"learned": "training/learned_step"} if learned else reached
            self.say(**{key: self.number(name, form="d") for key, name in said.items()})
            return
        losses = {"repeating": "loss/repeating", "loss": "loss/value"}
        form = comparable([self.item(name) for name in losses.values()], form="short")
        for field, source in losses.items():
            self.say(**{field: self.number(source, form=form)})

    def _output(self, step: int) -> Likely | Forecast:
        """What the net gives out at a step."""
        box = self.row.outputs[step]
        if not self.of_characters:
            ends = self.item("data/least"), self.item("data/largest")
            return Forecast(self, box, "prediction/raw", "target/raw", step, ends, self.raw_form)
        answer, guess = (int(self.array(f"{name}/id")[step]) for name in ("target", "predicted"))
        room = box.without(left=style.GAP).middle(TABLE_MOST)
        return Likely(self, room, "vocabulary", "probabilities", step, guess=guess, answer=answer)

    def _output_rule(self) -> list[Animation]:
        """How the output comes from h, and the signs of prediction and target above the cells."""
        shape, rule = ("square", '"softmax"(W h_t + b)') if self.of_characters else ("circle", "W h_t + b")
        signs = [("activation", "filled", "prediction"), ("loss", "stroked", "target")]
        key = (f'quad {role}({shape}.{fill} thick word("{self.label(name)}"))' for role, fill, name in signs)
        source = f"h_t in RR^({{n}}), quad y_t = {rule} wide {' '.join(key)}"
        return self.formula(source, n=self.number("hidden", form="d"))
