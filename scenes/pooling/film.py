"""Pooling: what it keeps of a feature map, what it costs, and whether it makes a net indifferent to a move."""

from __future__ import annotations

from manim import Animation, Create, FadeIn, LaggedStart, Succession, TransformFromCopy, VGroup

from scenes.parts.box import Box
from scenes.parts.layout import column
from scenes.parts.motion import arrive, give_way, leave
from scenes.parts.table import Bars, Column, Table
from scenes.parts.typeset import Typeset
from scenes.pooling import CARD
from scenes.pooling.grid import Grid
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

CELL_FORM = ".1f"  # of a number in a tile
CHANGE = "norm(m' - m) / norm(m)"  # of a map m that becomes m'


class Pooling(Stage):
    """See scenes/pooling/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """What a window is, and how its two ways are written."""
        self.side = int(self.item("size/window"))
        self.place = int(self.item("window/y")), int(self.item("window/x"))
        self.pair_form = comparable([self.item("window/max"), self.item("window/mean")], form="short")

    def titled(self, key: str, **fields: str) -> Typeset:
        """The words above a grid."""
        return self.words(self.label(key, **fields), style.SMALL_PX, "muted")

    # -- beats -----------------------------------------------------------------------------------------------------

    def moved(self) -> None:
        """A digit and its map; then the same, moved."""
        boxes = self.room.columns(1, 1, 1, 1, gap=style.GAP)
        first, second = boxes[:2], boxes[2:]
        label = self.number("digit/label", form="d")
        digit = Grid(self, "frame/pixel", first[0], self.titled("digit", label=label), role="input")
        found = Grid(self, "map", first[1], self.titled("map", kernel=self.name("kernel/name")))
        self.say(label=label)
        self.play(FadeIn(digit), run_time=style.MOVE_S)
        self.play(self._row_by_row(found), run_time=style.SLOW_S)
        self.say(by=self.number("moved/by", form="d"))
        digit_moved = Grid(
            self,
            "frame/moved",
            second[0],
            self.titled("digit_moved", by=self.number("moved/by", form="d")),
            role="input",
        )
        found_moved = Grid(self, "moved/map", second[1], self.titled("map_moved"))
        tiles = [one.all() for one in (digit, digit_moved)]
        self.play(TransformFromCopy(*tiles), FadeIn(digit_moved.head), run_time=style.SLOW_S)
        self.play(self._row_by_row(found_moved), run_time=style.SLOW_S)
        change = self.number("change/one", 0, form=".0%")
        self.say(change=change)
        self.play(*self.formula(f"{CHANGE} = {{v}}", style.FORMULA_PX, v=change), run_time=style.MOVE_S)
        self.panel = VGroup(digit, found, digit_moved, found_moved)

    def largest(self) -> None:
        """One window taken apart, then all of them."""
        left, right = self.room.columns(1, 1)
        self.map = Grid(self, "map", left, self.titled("before"), strong=False)
        self.pooled = Grid(self, "pool/max", right, self.titled("max"), form=CELL_FORM)
        k = self.number("size/window", form="d")
        self.say(k=k)
        self.play(*self.clear_panel(), arrive(self.map), run_time=style.MOVE_S)
        frame = self.map.window(*self.place, self.side)
        result = self.pooled.cell(self.place)
        values, fields = self._window_values()
        largest = self.number("window/max", form=self.pair_form)
        formula = self.formula(
            f"max({', '.join(values)}) = activation({{max}})", style.FORMULA_PX, max=largest, **fields
        )
        self.play(Create(frame), *formula, run_time=style.MOVE_S)
        self.say(max=largest)
        self.play(FadeIn(self.pooled.head), TransformFromCopy(frame, result), run_time=style.SLOW_S)
        self.say()
        self._sweep(frame, skip=self.place)
        self.play(frame.animate.move_to(self.map.window(*self.place, self.side)), run_time=style.QUICK_S)
        self.frame, self.panel = frame, VGroup()

    def mean(self) -> None:
        """The mean of the same windows takes the place of their largest."""
        count = self.number("window/count", form="d")
        self.say(n=count)
        values, fields = self._window_values()
        mean = self.number("window/mean", form=self.pair_form)
        source = f"({' + '.join(values)}) / {{n}} = activation({{mean}})"
        formula = self.formula(source, 38, n=count, mean=mean, **fields)
        self.play(*formula, run_time=style.MOVE_S)
        box = self.room.columns(1, 1)[1]
        peak = float(self.array("pool/max").max())
        other = Grid(self, "pool/mean", box, self.titled("mean"), form=CELL_FORM, largest=peak)
        turn = self.pooled.turn_into(other)
        self.say(max=self.number("window/max", form=self.pair_form), mean=mean)
        self.hold(style.PULSE_S)
        self.say()
        self.play(*turn, self._renamed(other), run_time=2 * style.SLOW_S)
        self.panel = VGroup(self.map, self.pooled, self.frame)

    def size(self) -> None:
        """The formula with this run's numbers, and how many numbers are left."""
        sizes = {
            name: self.number(f"size/{name}", form="d") for name in ("input", "window", "stride", "output")
        }
        self.say(**sizes)
        left, middle, right = self.room.columns(1.25, 0.62, 1)
        before = Grid(self, "map", left, self.titled("before"))
        after = Grid(self, "pool/max", middle, self.titled("max"))
        formula = self.formula(
            "o = floor((n - k) / s) + rule(1) = floor(({input} - {window}) / {stride}) + rule(1) = {output}",
            style.FORMULA_PX,
            **sizes,
        )
        self.play(*self.clear_panel(), arrive(before), *formula, run_time=style.MOVE_S)
        self.play(self._row_by_row(after), run_time=style.SLOW_S)
        counts = {name: self.number(f"count/{name}", form="d") for name in ("before", "after", "parameters")}
        self.say(before=counts["before"], after=counts["after"])
        keys = ("numbers_before", "numbers_after", "parameters")
        lines = [
            column([self.words(text, 60, "activation"), self.head(key)], style.TIGHT + 0.1, "centre")
            for key, text in zip(keys, counts.values(), strict=True)
        ]
        facts = [line.move_to(box.centre) for line, box in zip(lines, right.rows(1, 1, 1), strict=True)]
        self.panel = VGroup(before, after)
        self.one_by_one(facts[:2])
        self.say()
        self.one_by_one(facts[2:], style.MOVE_S)

    def shift(self) -> None:
        """How much a move changes each of them, for this digit and for all."""
        changes = {
            name: float(self.array("change/one")[i]) for i, name in enumerate(self.array("change/kind"))
        }
        if not changes["map"] > changes["max"] > changes["coarse"] > changes["global"]:
            self.variant("mixed")
        self.say(by=self.number("moved/by", form="d"))
        kinds = range(len(self.array("change/kind")))
        both = [self.array(f"change/{whom}") for whom in ("one", "all")]
        most = max(float(values.max()) for values in both) or 1.0
        columns: list[Column | Bars] = [Column([self._kind(i) for i in kinds], align="left")]
        for whom, head in (("one", "this_digit"), ("all", "all_digits")):
            values = self.array(f"change/{whom}")
            cells = self.values(f"change/{whom}", kinds, ".0%", 36)
            columns += [Bars([float(value) / most for value in values], head=self.head(head)), Column(cells)]
        table = Table(self.look, columns, self.room, gap=style.WIDE, pitch=0.75, up="centre")
        formula = self.formula(CHANGE)
        self.play(*self.clear_panel(), *formula, arrive(table.frame), run_time=style.MOVE_S)
        self.panel = table
        self.play(FadeIn(table.rows[0]), run_time=style.MOVE_S)
        self.say(change=self.number("change/one", 1, form=".0%"))
        self._rows(table, 1, 3)
        self.hold(style.PULSE_S)
        self.say()
        self._rows(table, 3, len(table.rows))

    def _kind(self, number: int) -> Typeset:
        """What a row of the table is about."""
        name = str(self.array("change/kind")[number])
        size = "size/coarse" if name == "coarse" else "size/window"
        sized = {"k": self.number(size, form="d")} if name in ("max", "mean", "coarse") else {}
        return self.words(self.label(f"kind_{name}", **sized), style.LABEL_PX)

    def gradient(self) -> None:
        """Where the gradient of the pooled cells goes."""
        arriving = self.number("gradient/arriving", form="d")
        self.say(g=arriving)
        left, right = self.whole.columns(1, 1)
        maps = {
            kind: Grid(self, f"gradient/{kind}", box, self._reached(kind), role="gradient", largest=1.0)
            for kind, box in (("max", left), ("mean", right))
        }
        top = [self._windows(one) for one in maps.values()]
        ones = {kind: self._arriving(windows) for kind, windows in zip(maps, top, strict=True)}
        first = [*top, *ones.values()]
        self.play(*self.clear_panel(), *self.no_formula(), *map(arrive, first), run_time=style.MOVE_S)
        self.say()
        self.play(leave(ones["max"]), self._row_by_row(maps["max"]), run_time=2 * style.SLOW_S)
        self.say()
        self.say(each=self.number("gradient/mean_each"))
        self.play(leave(ones["mean"]), self._row_by_row(maps["mean"]), run_time=2 * style.SLOW_S)
        self.panel = VGroup(*maps.values(), *top)

    def _reached(self, kind: str) -> Typeset:
        count = self.number(f"gradient/{kind}_count", form="d")
        reached = self.label("reached", count=count)
        return self.words(self.join(self.label(kind), ": ", reached), style.SMALL_PX, "gradient")

    def _windows(self, grid: Grid) -> VGroup:
        """A frame around every window, in front of the tiles."""
        side = int(self.item("size/output"))
        frames = VGroup(*(grid.window(row, one, self.side) for row in range(side) for one in range(side)))
        return frames.set_stroke(self.look.muted, style.HAIRLINE).set_z_index(1)

    def _arriving(self, windows: VGroup) -> VGroup:
        """In every window the gradient that arrives at what was pooled from it."""
        texts = (
            self.value("gradient/arriving", form="d", px=style.LABEL_PX, colour="gradient") for _ in windows
        )
        return VGroup(*(text.centre_at(one.get_center()) for text, one in zip(texts, windows, strict=True)))

    def one_number(self) -> None:
        """One number for the whole map, and nets that were trained with each pooling."""
        form = comparable([self.item("whole/max"), self.item("whole/moved")], form="short")
        most = [self.number(f"whole/{name}", form=form) for name in ("max", "moved")]
        self.say(most=most[0])
        above, below = self.whole.rows(1, 1.6)
        above = above.without(left=2.5, right=2.5)
        heads = [self.head(f"whole_{how}") for how in ("straight", "moved")]
        pairs = [
            column([self.words(text, 64, "activation"), head], style.GAP, "centre").move_to(box.centre)
            for text, head, box in zip(most, heads, above.columns(1, 1), strict=True)
        ]
        self.play(*self.clear_panel(), *(arrive(pair) for pair in pairs), run_time=style.MOVE_S)
        self.say(count=self.number("nets/test_count", form="d"))
        table = self._nets_table(below)
        self.play(FadeIn(table.frame), run_time=style.MOVE_S)
        last = len(table.rows) - 1
        self.say(
            fine=self.number("nets/moved", 0, form=".0%"), whole=self.number("nets/moved", last, form=".0%")
        )
        self._rows(table, 0, last + 1)
        self.say()
        self.panel = VGroup(*pairs, table)

    def _nets_table(self, box: Box) -> Table:
        """Each net's pooling, and how much of the test set it names rightly, straight and moved."""
        nets = range(len(self.array("nets/kind")))
        names = [self._net(str(self.array("nets/kind")[i])) for i in nets]
        straight = self.values("nets/accuracy", nets, ".0%", 38)
        moved = self.values("nets/moved", nets, ".0%", 38, "activation")
        shares = [float(value) for value in self.array("nets/moved")]
        moved_head = self.words(
            self.label("tested_moved", by=self.number("moved/by", form="d")), style.SMALL_PX, "muted"
        )
        columns: list[Column | Bars] = [
            Column(names, self.head("pooling"), align="left"),
            Column(straight, self.head("straight")),
            Bars(shares, head=moved_head, least=3.0),
            Column(moved),
        ]
        return Table(self.look, columns, box, up="centre", gap=style.WIDE)

    def _net(self, name: str) -> Typeset:
        if name == "global":
            return self.words(self.label("kind_global"), style.LABEL_PX)
        size = self.number("size/coarse" if name == "coarse" else "size/window", form="d")
        return self.words(self.label(f"kind_{name}", k=size), style.LABEL_PX)

    # -- how things come -------------------------------------------------------------------------------------------

    def _window_values(self) -> tuple[list[str], dict[str, str]]:
        """The numbers of the window that is taken apart, as fields of a formula."""
        places = [(row, one) for row in range(self.side) for one in range(self.side)]
        fields: dict[str, str] = {
            f"v{i}": self.number("window/value", *place, form="short") for i, place in enumerate(places)
        }
        return [f"{{{name}}}" for name in fields], fields

    def _sweep(self, frame: VGroup, skip: tuple[int, int]) -> None:
        """The window runs over the map, row by row, and each row of the pooled map appears as it passes."""
        side = self.pooled.rows
        for row in range(side):
            cells = [self.pooled.cell((row, one)) for one in range(side) if (row, one) != skip]
            stops = [frame.animate.move_to(self.map.window(row, one, self.side)) for one in (0, side - 1)]
            appear = LaggedStart(*(FadeIn(cell) for cell in cells), lag_ratio=0.3)
            self.play(Succession(*stops), appear, run_time=style.SLOW_S)

    def _renamed(self, other: Grid) -> Animation:
        """The words above the pooled map give way to those of another."""
        old, self.pooled.head = self.pooled.head, other.head
        self.pooled.remove(old)
        self.pooled.add(other.head)
        return give_way(old, other.head)

    @staticmethod
    def _row_by_row(grid: Grid) -> Animation:
        """A grid's words, then its rows from the top."""
        rows = (FadeIn(grid.row(number)) for number in range(grid.rows))
        return LaggedStart(FadeIn(grid.head), *rows, lag_ratio=0.2)

    def _rows(self, table: Table, first: int, end: int) -> None:
        for row in table.rows[first:end]:
            self.play(FadeIn(row), run_time=style.MOVE_S)
