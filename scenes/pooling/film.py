"""Pooling: what it keeps of a feature map, what it costs, and whether it makes a net indifferent to a move."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, LaggedStart, Succession, TransformFromCopy, VGroup

from scenes.parts.box import Box
from scenes.parts.layout import column, fit
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
        by = self.number("moved/by", form="d")
        self.say(by=by)
        head = self.titled("digit_moved", by=by)
        digit_moved = Grid(self, "frame/moved", second[0], head, role="input")
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
        self.map = Grid(self, "map", left, self.titled("feature_map"), strong=False)
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
        before = Grid(self, "map", left, self.titled("feature_map"))
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
        lines = [
            column([self.words(text, 60, "activation"), self.head(key)], style.TIGHT + 0.1, "centre")
            for key, text in counts.items()
        ]
        facts = [line.move_to(box.centre) for line, box in zip(lines, right.rows(1, 1, 1), strict=True)]
        self.panel = VGroup(before, after)
        self.one_by_one(facts[:2])
        self.say()
        self.one_by_one(facts[2:], style.MOVE_S)

    def shift(self) -> None:
        """How much a move changes each of them, for this digit and for all."""
        changes = dict(zip(self.array("change/kind"), self.array("change/one"), strict=True))
        if not changes["map"] > changes["max"] > changes["coarse"] > changes["global"]:
            self.variant("mixed")
        self.say(by=self.number("moved/by", form="d"))
        most = max(float(self.array(f"change/{whom}").max()) for whom in ("one", "all")) or 1.0
        names = Column([self._kind(str(name)) for name in changes], align="left")
        tables = []
        for whom, box in zip(("one", "all"), self.room.columns(1.25, 1, gap=1.0), strict=True):
            bars = Bars([float(value) / most for value in self.array(f"change/{whom}")], head=self.head(whom))
            numbers = Column(self.values(f"change/{whom}", range(len(changes)), ".0%", 36))
            named = [names] if whom == "one" else []
            tables.append(Table(self.look, [*named, bars, numbers], box, pitch=0.75, up="centre"))
        rows = [VGroup(*pair) for pair in zip(*(table.rows for table in tables), strict=True)]
        frames = VGroup(*(table.frame for table in tables))
        self.play(*self.clear_panel(), *self.formula(CHANGE), arrive(frames), run_time=style.MOVE_S)
        self.panel = VGroup(*tables)
        self._rows(rows[:1])
        self.say(change=self.number("change/one", 1, form=".0%"))
        self._rows(rows[1:3])
        self.hold(style.PULSE_S)
        self.say()
        self._rows(rows[3:])
        self.say()

    def _kind(self, name: str) -> Typeset:
        """What a row of a table is about: a way of pooling with the side of its windows."""
        side = "size/coarse" if name == "coarse" else "size/window"
        sized = {"k": self.number(side, form="d")} if name in ("max", "mean", "coarse") else {}
        return self.words(self.label(f"kind_{name}", **sized), style.LABEL_PX)

    def gradient(self) -> None:
        """Where the gradient of the pooled cells goes."""
        arriving = self.number("gradient/arriving", form="d")
        self.say(g=arriving)
        left, right = self.whole.columns(1, 1)
        found = Grid(self, "map", left, self._reached("max"))
        shared = Grid(self, "gradient/mean", right, self._reached("mean"), role="gradient", largest=1.0)
        top = [self._windows(one) for one in (found, shared)]
        ones = [self._arriving(windows) for windows in top]
        first = [found, shared.head, *top, *ones]
        self.play(*self.clear_panel(), *self.no_formula(), *map(arrive, first), run_time=style.MOVE_S)
        self.say()
        winners = VGroup(
            *(self._winner(found, place) for place in np.argwhere(self.array("gradient/max") > 0))
        )
        going = [LaggedStart(*map(FadeIn, winners), lag_ratio=0.1)] if len(winners) else []
        self.play(leave(ones[0]), *going, run_time=2 * style.SLOW_S)
        self.say()
        self.say(each=self.number("gradient/mean_each"))
        self.play(leave(ones[1]), self._row_by_row(shared, headed=False), run_time=2 * style.SLOW_S)
        self.panel = VGroup(found, shared, winners, *top)

    def _winner(self, grid: Grid, place: np.ndarray) -> VGroup:
        """A cell that gets a gradient: framed, with what it gets."""
        row, one = map(int, place)
        plate = grid.frame((row, one), role="gradient").set_fill(self.look.background, 1).set_z_index(2)
        text = self.value("gradient/max", row, one, form="d", px=style.NUMBER_MIN_PX, colour="gradient")
        return VGroup(plate, text.centre_at(plate.get_center()).set_z_index(3))

    def _reached(self, kind: str) -> Typeset:
        reached = self.label("reached", count=self.number(f"gradient/{kind}_count", form="d"))
        return self.words(self.join(self.label(kind), ": ", reached), style.SMALL_PX, "gradient")

    def _windows(self, grid: Grid) -> VGroup:
        """A frame around every window, in front of the tiles."""
        side = int(self.item("size/output"))
        frames = VGroup(*(grid.window(row, one, self.side) for row in range(side) for one in range(side)))
        return frames.set_stroke(self.look.muted, style.HAIRLINE).set_z_index(1)

    def _arriving(self, windows: VGroup) -> VGroup:
        """In every window the gradient that arrives at what was pooled from it."""
        ones = VGroup()
        for window in windows:
            plate = window.copy().scale(0.5).set_fill(self.look.background, 1).set_stroke(width=0)
            text = self.value("gradient/arriving", form="d", colour="gradient")
            ones.add(VGroup(plate, text.centre_at(plate.get_center()).set_z_index(2)))
        return ones

    def one_number(self) -> None:
        """One number for the whole map, and nets that were trained with each pooling."""
        form = comparable([self.item("whole/max"), self.item("whole/moved")], form="short")
        most = [self.number(f"whole/{name}", form=form) for name in ("max", "moved")]
        self.say(most=most[0])
        above, below = self.whole.rows(1.15, 1)
        first, second = above.columns(1, 1)
        pairs = [
            self._survivor("map", "straight", most[0], first),
            self._survivor("moved/map", "moved", most[1], second),
        ]
        self.play(*self.clear_panel(), *(arrive(pair) for pair in pairs), run_time=style.MOVE_S)
        self.say(filters=self.number("nets/filters", form="d"))
        table = self._nets_table(below)
        self.play(FadeIn(table.frame), run_time=style.MOVE_S)
        self.say(count=self.number("nets/test_count", form="d"))
        ends = [self.number("nets/moved", i, form=".0%") for i in (0, len(table.rows) - 1)]
        self.say(fine=ends[0], whole=ends[1])
        self._rows(table.rows)
        self.say()
        self.panel = VGroup(*pairs, table)

    def _survivor(self, series: str, head: str, text: str, box: Box) -> VGroup:
        """A map with its largest cell framed, and that number beside it."""
        left, right = box.columns(1.5, 1, gap=style.GAP)
        grid = Grid(self, series, left, self.head(f"whole_{head}"))
        row, one = map(int, np.argwhere(self.array(series) == self.array(series).max())[0])
        frame = grid.frame((row, one), role="ink").set_z_index(1)
        number = fit(self.words(text, 64, "activation"), right, "left")
        return VGroup(grid, frame, number)

    def _nets_table(self, box: Box) -> Table:
        """Each net's pooling, and how much of the test set it names rightly, straight and moved."""
        nets = range(len(self.array("nets/kind")))
        names = [self._kind(str(name)) for name in self.array("nets/kind")]
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
    def _row_by_row(grid: Grid, headed: bool = True) -> Animation:
        """A grid's words, then its rows from the top."""
        rows = (FadeIn(grid.row(number)) for number in range(grid.rows))
        return LaggedStart(*([FadeIn(grid.head)] if headed else []), *rows, lag_ratio=0.2)

    def _rows(self, rows: list[VGroup]) -> None:
        for row in rows:
            self.play(FadeIn(row), run_time=style.MOVE_S)
