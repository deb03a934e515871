"""What a recurrent net reads, how its cell works, and what it gives out: the beats up to `steps`."""

from __future__ import annotations

from manim import RIGHT, Animation, AnimationGroup, Create, FadeIn, LaggedStart, Restore, VGroup
from manim import ReplacementTransform as Becomes

from scenes.parts.arrays.table import Column, Table
from scenes.parts.charts.asked_series import AskedSeries
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.room.layout import column, fit, row
from scenes.parts.room.motion import arrive, leave
from scenes.parts.sequences.forecast import Forecast
from scenes.parts.sequences.fork import Fork
from scenes.parts.sequences.held_state import held
from scenes.parts.sequences.likely import Likely
from scenes.parts.sequences.recurrent_cell import arrow
from scenes.parts.sequences.recurrent_row import unroll
from scenes.parts.sequences.token import TokenRow, token
from scenes.parts.text.cell_rules import CALL, OUTPUT
from scenes.rnn.formulas import added_up, counted, equations, input_formula, state_formula
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.recurrent_stage import MARK_PX, NAME_ROOM, RecurrentStage

LEFT_SHARE, RIGHT_SHARE = 1.0, 2.1  # of the stage: one large cell, and what is said of it
WORD_MOST, PAIRS_MOST = 8, 5  # characters that are drawn, and pairs
WORD_HEIGHT = 0.8  # of the word when it is small
TOKEN, TOKEN_PX, GROW = 1.1, 60, 1.7
TABLE_MOST = 2.5  # width of a table of probabilities
SIGN_PX = 40
FIRST_S = 0.5  # the first step, before the others follow


class ForwardBeats(RecurrentStage):
    """The sequence, the cell, the unrolled row of cells, and the run step by step.

    What one beat makes and later ones move is kept by step: `tiles`, `contents`. `rest` is what stands around the row.
    """

    def question(self) -> None:
        """What comes next, and why the last thing read does not say it."""
        steps = [int(t) for t in self.array("same/pair")]
        self.variant(("" if steps else "plain") if self.of_characters else "numbers")
        if not self.of_characters:
            self.say(count=self.number("count/numbers", form="d"))
            self.show(self._curve(self.whole))
            self.say()
            self.say()
            return
        self.say()
        above, below = self.whole.rows(1, 2)
        self.word = TokenRow(self.look, above, fold(self.count + 1, WORD_MOST), self._item)
        self.word.save_state().scale(min(GROW, self.whole.width / self.word.width)).move_to(self.whole.centre)
        self.one_by_one(self.word)
        self.panel = VGroup()
        places = zip(
            ("first", "second", "char"), ("target", "target", "input"), (*steps, *steps[:1]), strict=False
        )
        self.say(**self.characters(**{key: (which, t) for key, which, t in places}))
        self.play(Restore(self.word), run_time=style.QUICK_S)
        if steps:
            same, after = [self._item(t) for t in steps], [self._item(t + 1, "loss") for t in steps]
            ways = Fork(self.look, below, same, after)
            below = ways.beside
            self.play(*map(self.word.gives, steps, ways.same), run_time=style.SLOW_S)
            self.remove(*ways.same[1:])
            new = map(self.word.gives, [t + 1 for t in steps], after)
            self.play(*map(Create, ways.ways), *new, run_time=style.SLOW_S)
            self.play(FadeIn(ways.asked, scale=1.5), run_time=style.QUICK_S)
            self.panel.add(ways)
        right, total = (self.number(name, form="d") for name in ("table/right", "count/steps"))
        self.say(right=right, total=total)
        told = self._by_the_last(below)
        self.one_by_one([told.frame, *told.rows])

    def _curve(self, box: Box) -> AskedSeries:
        name = self.fitted(self.number("data/name", form="name"), box.width / 2, style.SMALL_PX, "muted")
        return AskedSeries(self, box, "input/raw", ("data/largest", "data/least"), name, self.raw_form)

    def _item(self, place: int, role: str = "input") -> VGroup:
        """The character at a place of the text, of which the last one is only a target."""
        last = place == self.count
        return token(self.look, self.sign("target" if last else "input", place - last, TOKEN_PX), TOKEN, role)

    def _by_the_last(self, box: Box) -> Table:
        """What the last character alone tells at each step, and whether that is right."""
        rows = fold(self.count, PAIRS_MOST)
        hits = self.array("table/hit")
        keys, roles = ("read", "prediction", "target"), ("input", "activation", "loss")
        signs = zip(keys, ("input", "table", "target"), roles, strict=True)
        columns = [
            Column([self.sign(one, t, MARK_PX, role) for t in rows.shown], self.head(key), "centre")
            for key, one, role in signs
        ]
        columns.append(Column([self.right_or_not(bool(hits[t])) for t in rows.shown], align="centre"))
        return Table(self.look, columns, box, rows=rows, up="centre", gap=style.WIDE)

    def sequence(self) -> None:
        """The sequence becomes pairs: what goes in, and what is to come out."""
        self.variant("" if self.of_characters else "numbers")
        self.say()
        self.tiles = {t: self.tile("input", t, self.row.inputs[t], "input") for t in self.row.drawn.shown}
        self.dots = self.row.inputs.ellipsis(self.look)
        if self.of_characters:
            small = fit(self.word.copy(), self.row.outputs.row.middle(height=WORD_HEIGHT))
            self.play(*self.clear_panel(), self.word.animate.become(small), run_time=style.MOVE_S)
            self.panel = VGroup(self.word)
        else:
            self.show(self._curve(self.row.outputs.row))
        self.play(LaggedStart(*map(FadeIn, self.tiles.values()), FadeIn(self.dots), lag_ratio=0.15))
        self._pairs()
        one = (0, int(self.array("input/id")[0])) if self.of_characters else ()
        self.say(**({"one": self.number("input", *one, form="d")} if one else {}))
        self.play(*input_formula(self), run_time=style.MOVE_S)

    def _pairs(self) -> None:
        """An arrow from every input to its target."""
        targets = [self.tile("target", t, self.row.cells[t], "loss") for t in self.tiles]
        ends = zip(self.tiles.values(), targets, strict=True)
        ways = [arrow(self.look, tile.get_top(), end.get_bottom()) for tile, end in ends]
        coming = LaggedStart(*map(Create, ways), *map(FadeIn, targets), lag_ratio=0.15)
        self.play(coming, run_time=style.MOVE_S)
        self.panel.add(*ways, *targets)
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
        left, right = self.room.columns(LEFT_SHARE, RIGHT_SHARE)
        self.one = self.large_cell(left, self.step)
        aside = (self.room.centre[0] - left.centre[0]) * RIGHT  # alone it stands in the middle
        box, loop, *ways = self.one.drawn.shift(aside)
        self.play(tile.animate.move_to(self.one.place.centre + aside), FadeIn(box), run_time=style.MOVE_S)
        read = row([self.at_step("x", self.step, 40), self.said("step_input")], style.TIGHT)
        read[0].set_color(self.look.input)
        names = self.one.names.shift(aside).add(read.next_to(tile, buff=style.GAP))
        self.play(*map(Create, (loop, *ways)), FadeIn(names), run_time=style.MOVE_S)
        self.say(n=self.number("hidden", form="d"), zero=self.number("h/start", 0, form="d"))
        self.play(*state_formula(self, self.step), run_time=style.MOVE_S)
        self.say()
        self.play(VGroup(self.one.drawn, names, tile).animate.shift(-aside), run_time=style.MOVE_S)
        self.panel = VGroup(names)
        above, below = right.rows(1, 1.9) if self.kind == "rnn" else (right, right)
        formulas = equations(self, self.step, above)
        self.one_by_one(formulas.letters, style.QUICK_S * (3 + len(formulas.letters)))
        self.say(
            step=self.number("step", self.step, form="d"),
            unit=self.number("unit", 0, form="d"),
            h=self.number("h", self.step, 0, form=".3f"),
        )
        self.play(*formulas.work_out(), run_time=style.SLOW_S)
        self.panel = VGroup(names, formulas.numbers)
        if self.kind == "rnn":
            bars = added_up(self, self.step, below)
            self.one_by_one([bars.axis, *bars.rows], 2 * style.PULSE_S)

    def unroll(self) -> None:
        """The loop opens into one copy of the cell for every step."""
        self.say()
        small = self.row.stand(self.row.drawn.shown[0])
        home = self.tiles[self.step].animate.move_to(self.row.inputs[self.step].centre)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.MOVE_S)
        self.play(Becomes(self.one.drawn, small), home, run_time=style.MOVE_S)
        name = self.row_name("step_input", "input", self.row.inputs)
        back = [tile for t, tile in self.tiles.items() if t != self.step]
        self.play(FadeIn(*back, self.dots, name), run_time=style.QUICK_S)
        self.rest = VGroup(self.dots, name)
        self.say(steps=self.number("count/steps", form="d"))
        a, b = self.number("step", 0, form="d"), self.number("count/steps", form="d")
        rule = f"{CALL[self.kind]}, quad t = {{a}}, dots, T, quad T = {{b}}"
        self.play(*self.formula(rule, a=a, b=b), run_time=style.QUICK_S)
        unroll(self, self.row, small)
        self.say(parameters=self.number("parameters/recurrent", form=",d"))
        self.panel = VGroup(counted(self, self.row.outputs.row))
        self.play(*self.no_formula(), FadeIn(self.panel), run_time=style.MOVE_S)
        self.play(*(self.row.flash(one.box) for one in self.row.boxes.values()), run_time=style.SLOW_S)

    def steps(self) -> None:
        """The hidden state fills step by step; above it stands what the net gives out."""
        self.variant("" if self.of_characters else "numbers")
        self.say()
        self.contents = {}
        for place, (t, box) in enumerate(self.row.boxes.items()):
            self.contents[t], given = held(self, self.states, "h", t, box.inside), self._output(t)
            filled = AnimationGroup(self.row.flash(self.tiles[t][0]), *box.holds(self.contents[t]))
            answered = LaggedStart(FadeIn(given), FadeIn(given.mark), lag_ratio=0.5)
            self.rest.add(given, given.mark)
            if place:
                self.play(LaggedStart(filled, answered, lag_ratio=0.5), run_time=style.PULSE_S)
                continue
            signs = [] if self.states.dense else [self._signs()]
            self.rest.add(*signs)
            self.play(filled, *self.clear_panel(), *map(arrive, signs), run_time=style.SLOW_S)
            self.say(n=self.number("hidden", form="d"))
            self.play(*self._output_rule(), answered, run_time=style.SLOW_S)
            self.hold(FIRST_S)
        if self.of_characters:
            reached = {"right": "predicted/right", "total": "count/steps"}
            self.say(**{key: self.number(name, form="d") for key, name in reached.items()})
            return
        losses = {"repeating": "loss/repeating", "loss": "loss/value"}
        form = comparable([self.item(name) for name in losses.values()], form="short")
        self.say(**{field: self.number(source, form=form) for field, source in losses.items()})

    def _signs(self) -> VGroup:
        """What filled and hollow squares of the states mean, left of the cells."""
        places = self.row.cells.row
        room = Box(places.left - NAME_ROOM, places.left, places.bottom, places.top)
        signs = (
            f"activation(square.{fill}) thick {sign}" for fill, sign in (("filled", "+"), ("stroked", "-"))
        )
        return fit(column([self.math(one, SIGN_PX) for one in signs], style.GAP), room, "left")

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
        shape = "square" if self.of_characters else "circle"
        signs = [("activation", "filled", "prediction"), ("loss", "stroked", "target")]
        key = (f'quad {role}({shape}.{fill} thick word("{self.label(name)}"))' for role, fill, name in signs)
        return self.formula(f"{OUTPUT[self.of_characters]} wide {' '.join(key)}")
