"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

from functools import partial

from manim import DOWN, Create, FadeIn, ReplacementTransform, VGroup

from scenes.parts.arrays.table import Bars, Column
from scenes.parts.charts.backward_chart import BackwardChart
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, give_way, leave
from scenes.parts.sequences.copies import Copies
from scenes.parts.sequences.guesses import Guesses
from scenes.parts.sequences.held_state import legend
from scenes.parts.sequences.recurrent_row import RecurrentRow
from scenes.parts.text.cell_rules import BACKS, COPIES, COPY, LOSS, MEAN_LOSS, RNN_BACK
from scenes.parts.text.glyphs import require
from scenes.rnn import CARD
from scenes.rnn.long_beats import LongBeats
from scenes.rnn.memory import apart, memory_map, pair
from scenes.stage import style
from scenes.stage.comparing import comparable

PART_PX = 44  # of a copy's part of the gradient
LITTLE = 0.5  # of the last copy's part: from there on the first one's is little
TICKS_ROOM, LOSS_ROOM, NAMES_ROOM = 0.9, 1.3, 0.45  # left of the cells, right of them and below
TITLE_ROOM = 0.25  # above the row of cells, whose states are named there
RULE_PX, RULE_S = 60, 1.5  # of a rule that has the stage below the cells; how long it stays once all shone
SUM_PX = 38


class RecurrentFilm(LongBeats):
    """See scenes/rnn/text.toml for what each beat says; here are the beats on memory, learning and the way back."""

    card = CARD

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        require(self.array("vocabulary") if self.of_characters else [self.item("data/name")])
        self.build_row()

    def memory(self) -> None:
        """The states of all steps side by side."""
        right = steps = self.told_apart()
        if not right or self.states.dense:
            self.variant(("dense" if right else "dense_plain") if self.states.dense else "plain")
        self.say()
        left, beside = self.whole.columns(1.55 if right else 3.2, 1)
        above, middle, below = beside.rows(1, 1.5, 0.6)
        chart = memory_map(self, left)
        signs = legend(self, self.states, "h", above, ("largest", "smallest"), chart.cell)
        gone = [*self.row, *self.rest, *self.tiles.values(), *(one[1] for one in self.contents.values())]
        self.play(*self.no_formula(), leave(*gone), run_time=style.MOVE_S)
        columns = {t: chart.columns([t]) for t in self.contents}
        flights = [ReplacementTransform(self.contents[t][0], one) for t, one in columns.items()]
        self.play(*flights, run_time=style.MOVE_S)
        others = [t for t in range(self.count) if t not in columns]
        rest = VGroup(chart.columns(others) if others else VGroup(), chart.frame)
        self.play(FadeIn(rest), run_time=style.MOVE_S)
        self.play(FadeIn(signs), run_time=style.MOVE_S)
        self.panel = VGroup(*columns.values(), rest, signs)
        if not right:
            self.say()
            self.say()
            return
        self.say(**self.characters(char=("input", steps[0])))
        rows, distance = pair(self, steps, middle), apart(self, steps, below)
        states, tiles, *predictions = (rows.column(number) for number in range(len(rows.columns)))
        outlines = VGroup(*map(chart.outline, steps))
        self.play(Create(outlines), FadeIn(states, tiles, distance), run_time=style.MOVE_S)
        self.panel.add(outlines, states, tiles, distance)
        self.say(**self.characters(first=("predicted", steps[0]), second=("predicted", steps[1])))
        self.one_by_one(predictions, style.MOVE_S)

    def learning(self) -> None:
        """What the net predicted, and its loss, before its training, when it had learned, and after it."""
        times, last = self.array("snapshot/update").tolist(), len(self.array("snapshot/update")) - 1
        self.vary(numbers=not self.of_characters, unlearned=not self.item("training/learned"))
        self.say()
        losses = self.values(
            "snapshot/loss",
            range(len(times)),
            comparable(self.array("snapshot/loss"), form=".3f"),
            role="loss",
        )
        most = float(self.array("snapshot/loss").max()) or 1.0
        bars = [None, *(float(one) / most for one in self.array("snapshot/loss"))]
        after: list[Column | Bars] = [Bars(bars, "loss"), Column([None, *losses], self.math("loss(L)"))]
        if self.of_characters:
            rights = [self.integer("snapshot/predicted/right", k) for k in range(len(times))]
            texts = [self.label("of_all", right=one, all=self.integer("count/steps")) for one in rights]
            after.insert(0, Column([None, *(self.words(one, style.TABLE_PX) for one in texts)]))
        updates = (self.label("updates", n=self.integer("snapshot/update", k)) for k in range(len(times)))
        names = [
            self.words(self.label("target"), style.TABLE_PX, "loss"),
            *(self.words(one, style.TABLE_PX) for one in updates),
        ]
        tiles = [partial(self.guess_tile, k) for k in range(-1, len(times))]
        rows = Guesses(self.look, self.room, self.row.drawn, names, tiles, after)
        rule = f"{LOSS[self.of_characters]('t').format(t=self.label('target'))}, quad {MEAN_LOSS}"
        self.show(rows.frame, *rows.rows[:2])
        self.play(*self.formula(rule, SUM_PX), run_time=style.MOVE_S)
        if self.of_characters:
            right = self.integer("snapshot/predicted/right", 0)
            self.say(right=right, all=self.integer("count/steps"))
        else:
            self.say(loss=self.number("snapshot/loss", 0, form=".3f"))
        fields = {
            "learned": self.integer("training/learned_step"),
            "updates": self.integer("training/steps"),
            "loss": self.number("snapshot/loss", last, form=".3f"),
        }
        if self.of_characters:
            fields["right"] = self.integer("snapshot/predicted/right", last)
        self.say(**fields)
        for row in rows.rows[2:]:
            self.one_by_one([row], style.MOVE_S)

    def back_in_time(self) -> None:
        """The gradient goes from the last step to the first; every cell as bright as its own."""
        norms, last, series = self.array("gradient/start_norm"), self.count - 1, "gradient/start_norm"
        if not norms[0] < norms[last]:
            self.variant("kept")
        start = self.number("gradient/start_loss", form="short")
        self.say(loss=start)
        above, below = self.whole.without(top=TITLE_ROOM).rows(1, 2.6)
        room = above.without(left=TICKS_ROOM, right=LOSS_ROOM, bottom=NAMES_ROOM)
        cells = RecurrentRow(self.look, room, self.row.drawn, self.named_cell, self.state_name, bare=True)
        across = None if cells.drawn.gap else cells.cells.row
        axes = self.said("step"), self.math("norm(partial loss(L_T) \\/ partial h_t)", 36)
        chart = BackwardChart(self, below, ("step", "gradient/decades"), axes, {0: (series, None)}, across)
        loss = self.math("loss(L_T)", 44)
        ways = cells.standing().back(loss, partial(self.times, "gradient/factor", form=".2f", px=36))
        fresh = self.said("fresh").next_to(loss, DOWN, style.GAP)
        defined = LOSS[self.of_characters]("T").format(t=self.label("target")) + " = loss({l})"
        given = fit(self.math(defined, RULE_PX, l=start), below)
        self._in_place(cells, loss, fresh, given)
        self.say()
        words = {one: self.label(one) for one in ("same", "slope")}
        source = RNN_BACK.format(**words) if self.kind == "rnn" else BACKS[self.kind]
        rule = fit(self.math(source, RULE_PX), below)
        self.panel.remove(given)
        self.play(give_way(given, rule), run_time=style.MOVE_S)
        self.play(*(cells.flash(one.box) for one in cells.boxes.values()), run_time=2 * style.PULSE_S)
        self.hold(RULE_S)
        first, end = (self.number(series, t, form=chart.form) for t in (0, last))
        self.say(first=first, last=end)
        self.play(leave(rule), arrive(chart.frame), run_time=style.MOVE_S)
        self.panel.add(chart.frame)
        self.back, self.charted = cells, VGroup(chart.frame)
        shown = [last, *reversed(cells.drawn.shown)]
        steps = zip(cells.flows_back(ways, [*map(chart.share, norms)]), shown, shown[1:], strict=False)
        for number, (way, later, step) in enumerate(steps):
            line, mark = chart.piece(0, later, step)
            at = {0: last, len(ways) - 1: 0}.get(number)
            text = () if at is None else (FadeIn(chart.end(0, at, series, 40)),)
            self.play(way, *([Create(line)] if len(line.points) else []), run_time=style.MOVE_S)
            self.play(FadeIn(mark, scale=2), *text, run_time=style.QUICK_S / 2)
            self.panel.add(line, mark, ways[number], *(one.mobject for one in text))
            self.charted.add(line, mark, *(one.mobject for one in text))
        self.say()

    def weights(self) -> None:
        """Every copy of the cell adds its part to the gradient of the weights that they share."""
        shown, norms = list(self.back.drawn.shown), self.array(series := "gradient/part_norm")
        self.vary(uneven=norms[0] > LITTLE * norms[-1])
        self.say()
        parts = [self.math(COPY, PART_PX, t=self.number("step", t, form="d")) for t in shown]
        form = comparable(norms[shown], form="short")
        texts = [self.label("size", n=self.number(series, t, form=form)) for t in shown]
        copies = Copies(self.look, self.back, self.room.bottom, parts, texts, PART_PX)
        self.panel.remove(*self.charted)
        self.play(leave(self.charted), *self.no_formula(), run_time=style.QUICK_S)
        self.one_by_one(copies.each[::-1], 2 * style.PULSE_S)
        self.one_by_one(copies.signs, style.MOVE_S)
        self.play(*self.formula(COPIES.format(self.label("likewise")), SUM_PX), run_time=style.MOVE_S)
        first, last = (self.number(series, t, form=form) for t in (0, self.count - 1))
        self.say(first=first, last=last)
        self.one_by_one(copies.sizes[::-1], 2 * style.PULSE_S)
