"""What a recurrent net reads, how its cell works, and what it gives out: the beats up to `steps`."""

from __future__ import annotations

from itertools import pairwise

from manim import (
    RIGHT,
    Animation,
    Create,
    FadeIn,
    LaggedStart,
    ReplacementTransform,
    ShowPassingFlash,
    TransformFromCopy,
    VGroup,
)

from scenes.parts.motion import arrive, leave
from scenes.parts.recurrent_cell import arrow
from scenes.rnn.formulas import equations, input_formula, worked_out
from scenes.rnn.outputs import content, forecast, probabilities
from scenes.rnn.sequence import whole_sequence
from scenes.rnn.stage import LEFT_SHARE, RIGHT_SHARE, RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow

STEP_S = 1.1
FLASH = style.STRONG + 3


class ForwardBeats(RecurrentStage):
    """The sequence, the cell, the unrolled row of cells, and the run step by step.

    What one beat makes and later ones move is kept by step: `tiles`, `boxes`, `contents`. `row` is the rest of the row.
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
        self.tiles = {t: self.tile("input", t, self.inputs[t], "input") for t in self.drawn.shown}
        self.dots = self.inputs.ellipsis(self.look)
        whole = whole_sequence(self, self.outputs.row)
        allow(whole, "text-over-line", "the tiles' copies leave the word", moving=True)
        self.one_by_one(whole)
        arrivals: list[Animation] = [FadeIn(tile) for tile in self.tiles.values()]
        if self.of_characters:
            pairs = zip(whole, self.tiles.values(), strict=False)
            arrivals = [TransformFromCopy(one, tile) for one, tile in pairs]
        self.play(LaggedStart(*arrivals, FadeIn(self.dots), lag_ratio=0.15), run_time=style.SLOW_S)

    def _pairs(self) -> None:
        """An arrow from every input to its target."""
        for t, tile in self.tiles.items():
            target = self.tile("target", t, self.cells[t], "loss")
            way = arrow(self.look, tile.get_top(), target.get_bottom())
            self.play(Create(way), FadeIn(target), run_time=style.QUICK_S)
            self.panel.add(way, target)
        names = {"step_input": ("input", self.inputs), "target": ("loss", self.cells)}
        rest = VGroup(
            *(self.row_name(key, *one) for key, one in names.items()), self.cells.ellipsis(self.look)
        )
        self.play(FadeIn(rest), run_time=style.QUICK_S)
        self.panel.add(rest)

    def cell(self) -> None:
        """One cell with its loop, and its equations with the numbers of one unit."""
        if self.kind != "rnn":
            self.variant(self.kind)
        self.step = self.drawn.shown[1]  # the first that has a state before it
        self.say()
        tile = self.tiles[self.step]
        others = [one for one in self.tiles.values() if one is not tile]
        self.play(*self.clear_panel(), *self.no_formula(), leave(*others, self.dots), run_time=style.MOVE_S)
        left, right = self.room.columns(LEFT_SHARE, RIGHT_SHARE)
        self.one, names, place = self.one_cell(left)
        box, loop, *ways = self.one
        self.play(tile.animate.move_to(place.centre), FadeIn(box), run_time=style.MOVE_S)
        names.add(self.math("input(x_t)", 38).next_to(tile, RIGHT, style.GAP))
        self.play(*map(Create, (loop, *ways)), FadeIn(names), run_time=style.SLOW_S)
        self.say()
        self.panel = VGroup(names)
        table = equations(self, self.step, 0, right)
        self.one_by_one(table.column(0), style.QUICK_S * (2 + len(table.rows)))
        self.say(
            step=self.number("step", self.step, form="d"),
            unit=self.number("unit", 0, form="d"),
            h=self.number("h", self.step, 0, form=".3f"),
        )
        self.one_by_one([table.heads, *table.column(1)])
        self.play(*worked_out(self, self.step, 0), run_time=style.MOVE_S)

    def unroll(self) -> None:
        """The loop opens into one copy of the cell for every step."""
        self.say()
        first = self.drawn.shown[0]
        small = self.looped(self.cell_room(first))
        home = self.tiles[self.step].animate.move_to(self.inputs[self.step].centre)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.MOVE_S)
        self.play(ReplacementTransform(self.one, small), home, run_time=style.MOVE_S)
        box, loop, *ways = small
        self.boxes, self.row = {first: box}, VGroup(box, *ways)
        name = self.row_name("step_input", "input", self.inputs)
        back = [tile for t, tile in self.tiles.items() if t != self.step]
        self.play(FadeIn(*back, self.dots, name), run_time=style.QUICK_S)
        self.row.add(self.dots, name)
        self.say(steps=self.number("count/steps", form="d"))
        for before, step in pairwise(self.drawn.shown):
            link, (copy, _, *ways) = self.link(before, step), self.looped(self.cell_room(step))
            self.boxes[step], way = copy, copy.get_center() - self.boxes[before].get_center()
            allow(copy, "text-over-text", "the copy comes out from under its original", moving=True)
            self.bring_to_back(copy.shift(-way).set_z_index(0.5))
            new = ReplacementTransform(loop, link[0]) if before == first else Create(link[0])
            self.play(copy.animate.shift(way), new, arrive(link[1:], *ways), run_time=STEP_S)
            self.row.add(copy.set_z_index(1), link, *ways)
        self.say(parameters=self.number("parameters/recurrent", form=",d"))
        a, b = self.number("step", 0, form="d"), self.number("count/steps", form="d")
        state, old = (
            ("(h_t, c_t)", "h_(t-rule(1)), c_(t-rule(1))")
            if self.kind == "lstm"
            else ("h_t", "h_(t-rule(1))")
        )
        rule = f"{state} = positive(f_W)(input(x_t), {old}), quad t = {{a}}, ..., {{b}}"
        self.play(*self.formula(rule, a=a, b=b), run_time=style.MOVE_S)
        self.play(*(self._flash(one.box) for one in self.boxes.values()), run_time=style.SLOW_S)

    @staticmethod
    def _flash(outline: VGroup) -> Animation:
        return ShowPassingFlash(outline.copy().set_fill(opacity=0).set_stroke(width=FLASH), time_width=0.6)

    def steps(self) -> None:
        """The hidden state fills step by step; above it stands what the net gives out."""
        learned = bool(self.item("training/learned"))
        names = ("", "not_learned") if self.of_characters else ("numbers", "numbers_not_learned")
        self.variant(names[not learned])
        self.say(updates=self.number("training/steps", form="d"))
        outputs = probabilities if self.of_characters else forecast
        self.contents = {}
        for place, (t, box) in enumerate(self.boxes.items()):
            if place == 1:
                self.say()
            self.contents[t] = content(self, t, box)
            self.play(
                self._flash(self.tiles[t][0]), leave(box.weights), arrive(self.contents[t]),
                run_time=style.MOVE_S,
            )  # fmt: skip
            box.remove(box.weights)
            given, mark = outputs(self, t)
            self.play(FadeIn(given), run_time=style.MOVE_S)
            key = [] if place else self._output_rule()
            self.play(FadeIn(mark), *key, run_time=style.MOVE_S if key else style.QUICK_S)
            self.row.add(given, mark)
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

    def _output_rule(self) -> list[Animation]:
        """How the output comes from h, and the signs of prediction and target above the cells."""
        shape, rule = ("square", '"softmax"(W h_t + b)') if self.of_characters else ("circle", "W h_t + b")
        signs = [("activation", "filled", "prediction"), ("loss", "stroked", "target")]
        key = (f'quad {role}({shape}.{fill} thick word("{self.label(name)}"))' for role, fill, name in signs)
        source = f"h_t in RR^({{n}}), quad y_t = {rule} wide {' '.join(key)}"
        return self.formula(source, n=self.number("hidden", form="d"))
