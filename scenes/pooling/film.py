"""Pooling: what it keeps of a feature map, what it costs, and whether it makes a net indifferent to a move."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, Create, FadeIn, LaggedStart, TransformFromCopy, VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.handed_back import HandedBack
from scenes.parts.arrays.lens import Lens
from scenes.parts.arrays.shares import Shares
from scenes.parts.arrays.summit import Summit
from scenes.parts.arrays.table import Column
from scenes.parts.arrays.terms import terms
from scenes.parts.arrays.tiles import Tiles
from scenes.parts.arrays.walk import Walk
from scenes.parts.charts.measure import Measure
from scenes.parts.nets.flow import flow
from scenes.parts.room.box import Box
from scenes.parts.room.motion import arrive, carry, give_way, leave
from scenes.parts.text.facts import facts
from scenes.parts.text.typeset import Typeset
from scenes.pooling import CARD
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.stage import Stage

FORM = ".2f"  # of a number in a tile
STEP_S, HURRY_S = (
    0.3,
    0.1,
)  # of the window to its next place, and to rest there: in the first row, and after it
SIZE = "o = (n - k) / s + rule(1) = ({input} - {window}) / {stride} + rule(1) = {output}"
LAYERS = ("input", "filters", "relu", "pooling", "linear", "classes")
NONE, FINE, COARSE, GLOBAL = (
    0,
    1,
    3,
    4,
)  # ways of pooling: of the smallest windows, and of one over the whole map
UNDER = 0.6  # the room for words below a grid
ASIDE = 1.2  # how far grids go to the left once what measured them has left
PART = 6  # cells a side of the part of a map whose gradients are drawn


class Pooling(Stage):
    """See scenes/pooling/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """What a window is, and where the one stands that is taken apart."""
        self.k = int(self.item("size/window"))
        self.three = self.room.columns(1.2, 0.8, 1.2)  # of a map, a window of it and the pooled map
        self.at = int(self.item("window/y")), int(self.item("window/x"))

    def tiles(self, series: str, box: Box, head: Typeset | None = None, **options: Any) -> Tiles:
        """A grid on the scale of the map."""
        return Tiles(self, series, box, head, **({"largest": float(self.array("map").max())} | options))

    def count(self, series: str, *index: int) -> str:
        """A whole number."""
        return self.number(series, *index, form=",d")

    def head(self, key: str, **fields: str) -> Typeset:
        """The words above a grid or a column, large enough for the last row."""
        return self.words(self.label(key, **fields))

    def moved(self) -> None:
        """A digit and its map; both move by a pixel, and what the maps differ by."""
        first, second, third = self.room.columns(1, 1, 1)
        label, by = self.count("digit/label"), self.count("moved/by")
        head = self.head("digit", label=label)
        digit = Tiles(self, "frame/pixel", first, head, role="input")
        found = self.tiles("map", second, self.head("found", kernel=self.name("kernel/name")))
        self.say(label=label)
        self.play(FadeIn(digit, found.ground), run_time=style.QUICK_S)
        self.play(*found.by_rows(), run_time=style.SLOW_S)
        self.say(by=by)
        renamed = digit.titled(self.head("digit_moved", by=by))
        self.play(*digit.slide(int(self.item("moved/by"))), give_way(head, renamed), run_time=style.MOVE_S)
        moved = self.tiles("moved/map", third, self.head("moved/map"))
        self.play(FadeIn(moved.ground), TransformFromCopy(found.lit, moved.lit), run_time=style.SLOW_S)
        self.say()
        goes = (one.animate.shift(first.centre - second.centre) for one in (found, moved))
        allow(VGroup(digit, found), "blink", "another grid moves to its place")
        self.play(leave(digit, renamed), *goes, run_time=style.MOVE_S)
        difference = self.tiles("moved/difference", third, self.head("difference"), role="ink")
        self.play(FadeIn(difference.ground), *difference.by_rows(), run_time=style.SLOW_S)
        self.say()
        self.play(*self.formula("norm(m) = sqrt(sum m^rule(2))"), run_time=style.MOVE_S)
        change = self.number("change/one", 0, form=".0%")
        self.say(change=change)
        self.play(*self.formula(self._change("m", "size_map"), v=change), run_time=style.MOVE_S)
        self.say()
        self.panel = VGroup(found, moved, difference)

    def largest(self) -> None:
        """One window taken apart, then all of them."""
        left, _, right = self.three
        self.map = self.tiles("map", left, self.head("map"))
        self.pooled = self.tiles("pool/max", right, self.head("max"), form=FORM, zeros=True)
        self.say(k=self.count("size/window"))
        shown = arrive(self.map), arrive(self.pooled.ground)
        self.play(*self.clear_panel(), *self.no_formula(), *shown, run_time=style.MOVE_S)
        corners = self.k * np.arange(self.pooled.rows)
        self.walk = Walk((self.map, self.pooled), corners, corners, (self.k, self.k), at=self.at)
        window, mark = self.walk.window, self.walk.mark
        VGroup(window, mark).set_stroke(self.look.ink)
        lens = self._lens(self.at)
        self.play(Create(window), run_time=style.QUICK_S)
        self.play(TransformFromCopy(window[0], lens.frame), FadeIn(lens.tiles), run_time=style.MOVE_S)
        largest = self.number("window/max", form=FORM)
        self.say(max=largest)
        values, fields = terms(self, "window/value", FORM)
        source = f"max({', '.join(values)}) = activation({{max}})"
        self.play(*self.formula(source, style.FORMULA_PX, max=largest, **fields), run_time=style.QUICK_S)
        best = lens.tiles.cell(divmod(int(self.array("window/value").argmax()), self.k))
        allow(best, "text-covered", "the number flies out of itself", moving=True)
        self.play(TransformFromCopy(best, self.pooled.cell(self.at)), Create(mark), run_time=style.SLOW_S)
        self.say()
        self.play(*self.no_formula(), run_time=style.QUICK_S)
        for i, at in enumerate((*self.pooled.places(), self.at)):
            slow = i < self.pooled.columns
            self.play(*self.walk.go(at), run_time=STEP_S if slow else HURRY_S)
            self.remove(*lens)
            lens = self._lens(at)
            self.add(lens, self.pooled.cell(at))
            self.hold(STEP_S if slow else 0)
        self.lens = lens

    def mean(self) -> None:
        """The mean of the same windows, beside their largest."""
        count, mean = self.count("window/count"), self.number("window/mean", form=FORM)
        self.say(n=count)
        values, fields = terms(self, "window/value", FORM)
        source = f"({' + '.join(values)}) / {{n}} = activation({{mean}})"
        self.play(*self.formula(source, 38, n=count, mean=mean, **fields), run_time=style.MOVE_S)
        self.say(max=self.number("window/max", form=FORM), mean=mean)
        means = self.tiles("pool/mean", self.three[0], self.head("mean"), form=FORM, zeros=True)
        gone = leave(self.map, self.walk.window)
        self.play(gone, arrive(means.ground), run_time=style.MOVE_S)
        mark = means.frame(self.at, role="ink")
        allow(VGroup(self.lens.frame, mark), "text-over-line", "the window becomes a cell", moving=True)
        arrives = carry(self.lens.tiles, means.cell(self.at))
        self.play(TransformFromCopy(self.lens.frame, mark), arrives, run_time=style.MOVE_S)
        self.say()
        self.play(*means.by_rows(but=[self.at]), run_time=style.SLOW_S)
        self.panel = VGroup(self.pooled, self.walk.mark, self.lens, means, mark)

    def size(self) -> None:
        """The formula, its letters on the maps, and what is left: numbers, maps, and what the next filter sees."""
        sizes = {name: self.count(f"size/{name}") for name in ("input", "window", "stride", "output")}
        left, middle, right = self.room.columns(6.2, 2.2, 3.4)
        before = self.tiles("map", left.without(left=2.5, bottom=0.6), self.head("map"))
        after = self.tiles("pool/max", middle.without(bottom=0.6), self.head("max"), most=before.pitch[1])
        self.say(**sizes)
        steps = VGroup(*(before.frame((i * self.k, 0), (self.k, self.k), "ink") for i in range(3)))
        one, two = (1 - i * self.k / before.rows for i in (1, 2))  # where windows end, as shares of the map
        at, end = before.box.at, after.box.at
        letters = [
            self._measure(at(0, 0), at(1, 0), DOWN, "n", sizes["input"]),
            self._measure(at(0, 1), at(0, one), LEFT, "k", sizes["window"]),
            self._measure(at(0, one), at(0, two), LEFT, "s", sizes["stride"]),
            self._measure(end(0, 0), end(1, 0), DOWN, "o", sizes["output"]),
        ]
        formula = self.formula(SIZE, style.FORMULA_PX, **sizes)
        self.play(*self.clear_panel(), arrive(before), *formula, run_time=style.MOVE_S)
        self.one_by_one([steps, *letters[:3]])
        self.play(FadeIn(after.ground, letters[3]), *after.by_rows(), run_time=style.SLOW_S)
        self.panel = VGroup(before, after)
        counts = {key: self.count(f"count/{key}") for key in ("before", "after", "parameters", "strided")}
        self.say(**counts)
        aside = VGroup(before, after).animate.shift(ASIDE * LEFT)
        self.play(leave(steps, *letters), *self.no_formula(), run_time=style.QUICK_S)
        kernel = self.count("size/kernel")
        fewer = self.join(counts["before"], " → ", counts["after"])
        numbers = {"fewer": fewer, "parameters": counts["parameters"], "strided": counts["strided"]}
        told = [
            (self.words(text, 54, "activation"), self.head(f"count_{key}", k=kernel, s=sizes["stride"]))
            for key, text in numbers.items()
        ]
        drawn = facts(told, right)
        self.play(aside, run_time=style.MOVE_S)
        self.one_by_one(drawn, 4 * style.QUICK_S)
        self.say(filters=self.count("nets/filters"))
        self.panel.remove(drawn[-1])
        self.play(leave(drawn[-1]), run_time=style.QUICK_S)
        self.one_by_one([one.sheets().shift(ASIDE * LEFT) for one in (before, after)])
        self.say(kernel=kernel, sees=self.count("size/sees"))
        looks, sees = (int(self.item(f"size/{name}")) for name in ("kernel", "sees"))
        small = after.frame((1, 1), (looks, looks), "positive").shift(ASIDE * LEFT)
        wide = before.frame((self.k, self.k), (sees, sees), "positive").shift(ASIDE * LEFT)
        self.play(Create(small), run_time=style.QUICK_S)
        self.play(TransformFromCopy(small, wide), run_time=style.SLOW_S)
        self.panel.add(small, wide)

    def border(self) -> None:
        """Some rows of the map under its windows: what leaves a window changes it, what stays does not."""
        line, by, stride = (int(self.item(name)) for name in ("strip/row", "moved/by", "size/stride"))
        kept, moved, far = (self.array(f"{name}/max")[line] for name in ("pool", "moved", "stride"))
        calm, cut = not self.array("moved/changed")[line].any(), not np.array_equal(far[1:], kept[:-1])
        self.variant("_".join(["calm"] * calm + ["cut"] * cut))
        self.say(k=self.count("size/window"))
        above, *below = self.whole.without(left=1.8).rows(1.9, 1, 1, 1)
        options: dict[str, Any] = {"form": FORM, "wide": True, "most": 0.8}
        rows = line * self.k, (line + 1) * self.k
        strip = self.tiles("map", above, rows=rows, side=self.words(self.label("map")), **options)
        later = self.tiles("moved/map", above, rows=rows, **options)
        sides = [self.label("unmoved")]
        sides += [self.label("moved_by", by=self.count(name)) for name in ("moved/by", "size/stride")]
        options |= {"rows": (line, line + 1), "zeros": True}
        first, second, third = (
            self.tiles(f"{name}/max", box, side=self.words(side), **options)
            for name, side, box in zip(("pool", "moved", "stride"), sides, below, strict=True)
        )
        windows = strip.windows(self.k).set_z_index(1)
        allow(windows, "text-over-line", "numbers move from window to window", moving=True)
        self.play(*self.clear_panel(), *self.no_formula(), arrive(strip, windows), run_time=style.MOVE_S)
        self._result(windows, first)
        self.say(by=self.count("moved/by"))
        self.play(*strip.slide(by), run_time=style.SLOW_S)
        self.remove(*strip.lit)
        self.add(*later.lit)
        self._result(windows, second)
        changed = second.frames(self.array("moved/changed")[[line]])
        self.play(*map(Create, changed), run_time=style.MOVE_S)
        self.say()
        stays = ((kept == moved) & (kept > 0))[None]
        same = VGroup(*(row.frames(stays, "input") for row in (first, second)))
        self.play(*(Create(one) for one in same if len(one)), run_time=style.MOVE_S)
        self.say(s=self.count("size/stride"))
        self.play(*later.slide(stride - by), run_time=style.SLOW_S)
        self._result(windows, third)
        self.panel = VGroup(strip.ground, *later.lit, windows, first, second, third, changed, same)

    def shift(self) -> None:
        """How much of the pooled map a move changes; and how much it changes others, for this digit and for all."""
        changes = dict(zip(self.array("change/kind"), self.array("change/one"), strict=True))
        mixed = not changes["map"] > changes["max"] > changes["coarse"] > changes["global"]
        self.vary(mixed=mixed)
        first, second, third = self.room.columns(1, 1, 1)
        pair = (("pool/max", first), ("moved/max", second))
        grids = [self.tiles(name, box, self.head(name), form=FORM, zeros=True) for name, box in pair]
        difference = self.tiles("moved/max_difference", third, self.head("difference_pooled"), role="ink")
        counts = {key: self.count(f"count/{key}") for key in ("before", "after")}
        changed = {"map": "moved/map_changed_count", "pooled": "moved/changed_count"}
        self.say(**counts, **{key: self.count(series) for key, series in changed.items()})
        shown = map(arrive, (*grids, difference.ground))
        self.play(*self.clear_panel(), *self.no_formula(), *shown, run_time=style.MOVE_S)
        self.play(*difference.by_rows(), run_time=style.SLOW_S)
        change = self.number("change/one", FINE, form=".0%")
        self.say(change=change)
        self.play(*self.formula(self._change("p", "size_pooled"), v=change), run_time=style.MOVE_S)
        self.say()
        means = self.head("all", count=self.count("change/count"))
        heads = {"change/one": self.head("one"), "change/all": means}
        table = Shares(self, self._kinds("change/kind"), heads, self.whole.without(bottom=0.2))
        gone = leave(*grids, difference), *self.no_formula()
        self.play(*gone, arrive(table.frame, table.rows[0]), run_time=style.MOVE_S)
        self.play(LaggedStart(*map(FadeIn, table.rows[1:]), lag_ratio=0.7), run_time=2 * style.SLOW_S)
        self.play(*table.light(*((GLOBAL,) if mixed else (FINE, COARSE, GLOBAL))), run_time=style.MOVE_S)
        self.say()
        self.play(*table.light(GLOBAL), run_time=style.MOVE_S)
        self.panel = VGroup(table)

    def gradient(self) -> None:
        """Where the gradient of the pooled cells goes, in a part of the map."""
        self.say(g=self.count("gradient/arriving"))
        top, left = (int(self.item(f"gradient/{name}")) for name in ("top", "left"))
        part: dict[str, Any] = {"rows": (top, top + PART), "columns": (left, left + PART)}
        boxes = self.whole.without(bottom=UNDER).columns(1, 1, 1)
        values = self.tiles("map", boxes[0], self.head("values"), form=FORM, zeros=True, **part)
        part["largest"] = float(self.array("map").max())
        back = {
            kind: HandedBack(
                self, "map", box, self.head(kind), self.k, f"gradient/{kind}", "gradient/arriving", **part
            )
            for kind, box in zip(("max", "mean"), boxes[1:], strict=True)
        }
        first = VGroup(values, values.windows(self.k, "muted"), back["max"])
        self.play(*self.clear_panel(), *self.no_formula(), *map(arrive, first), run_time=style.MOVE_S)
        self.say()
        self.play(*back["max"].hand(), run_time=2 * style.SLOW_S)
        self.say(each=self.number("gradient/mean_each"), n=self.count("window/count"))
        self.play(FadeIn(back["mean"]), run_time=style.MOVE_S)
        self.play(*back["mean"].hand(), run_time=2 * style.SLOW_S)
        self.say()
        self.play(*(each for one in back.values() for each in one.stop()), run_time=style.SLOW_S)
        self.panel = VGroup(*first, back["mean"])
        every = self.count("gradient/lit_count")
        reached = (self.head("reached", count=self.count(f"gradient/{kind}_lit"), all=every) for kind in back)
        feet = [one.grid.footed(text) for one, text in zip(back.values(), reached, strict=True)]
        self.one_by_one(feet, style.MOVE_S)

    def nets(self) -> None:
        """Nets with each pooling, trained on digits as they are, tested on the same and on moved ones."""
        self.say()
        above, below = self.whole.rows(1, 4.6)
        sizes = {"side": "size/input", "n": "nets/filters", "k": "nets/kernel", "classes": "nets/classes"}
        fields = {field: self.count(series) for field, series in sizes.items()}
        parts = [self.words(self.label(f"layer_{name}", **fields)) for name in LAYERS]
        line = flow(self.look, parts, above, marked=LAYERS.index("pooling"))
        by, kinds = self.count("moved/by"), self._kinds("nets/kind")
        numbers = Column(self.values("nets/numbers", range(len(kinds)), ",d", 36), self.head("numbers"))
        heads = {"nets/accuracy": self.head("straight"), "nets/moved": self.head("tested_moved", by=by)}
        table = Shares(self, kinds, heads, below, [numbers])
        pairs = (map(table.column, (i, i + 1)) for i in (0, 2, 4))
        named, straight, moved = (VGroup(head, *pair) for head, pair in zip(table.heads, pairs, strict=True))
        self.play(*self.clear_panel(), *self.no_formula(), arrive(line, named), run_time=style.MOVE_S)
        self.say(train=self.count("nets/train_count"), count=self.count("nets/test_count"))
        self.play(FadeIn(straight), run_time=style.MOVE_S)
        none, fine, whole = (self.number("nets/moved", i, form=".0%") for i in (NONE, FINE, GLOBAL))
        self.say(by=by, none=none)
        self.play(FadeIn(moved), run_time=style.MOVE_S)
        self.play(*table.light(NONE), run_time=style.MOVE_S)
        self.say(k=self.count("size/window"), fine=fine, whole=whole)
        self.play(*table.light(FINE, GLOBAL), run_time=style.MOVE_S)
        self.hold(style.PULSE_S)
        self.panel = VGroup(line, table)

    def place(self) -> None:
        """Two maps that global pooling cannot tell apart, and who can say to which side a digit was moved."""
        self.say(most=self.number("whole/left", form=FORM))
        left, right = self.whole.columns(1.35, 1)
        boxes = zip(("left", "moved"), left.columns(1, 1, gap=style.GAP), strict=True)
        pairs = VGroup(*(self._survivor(name, box) for name, box in boxes))
        aside = left.centre - self.whole.centre
        pairs.shift(-aside)
        self.play(*self.clear_panel(), arrive(pairs), run_time=style.MOVE_S)
        self.say(guess=self.number("nets/guess", form=".0%"))
        table = Shares(self, self._kinds("nets/kind"), {"nets/sides": self.head("sides")}, right)
        self.play(pairs.animate.shift(aside), run_time=style.MOVE_S)
        self.play(FadeIn(table), run_time=style.MOVE_S)
        fine, whole = (self.number("nets/sides", i, form=".0%") for i in (FINE, GLOBAL))
        self.say(k=self.count("size/window"), fine=fine, whole=whole)
        self.play(*table.light(FINE, GLOBAL), run_time=style.MOVE_S)
        self.say()

    def _lens(self, at: Place) -> Lens:
        """The window that becomes a pooled cell, large."""
        head, largest = self.head("window"), float(self.array("map").max())
        return Lens(self, "map", self.three[1], head, at, self.k, form=FORM, largest=largest)

    def _change(self, letter: str, size: str) -> str:
        """How large a change is, in letters, in words and as {v}."""
        words = " / ".join(f'word("{self.label(key)}")' for key in ("size_difference", size))
        return f"norm({letter}' - {letter}) / norm({letter}) = {words} = {{v}}"

    def _measure(self, start: np.ndarray, end: np.ndarray, away: np.ndarray, sign: str, text: str) -> Measure:
        """What a letter of the formula measures."""
        source = f'word("{self.label(f"side_{sign}")}") thick {sign} = {{v}}'
        return Measure(self.look, start, end, away, self.math(source, style.LABEL_PX, v=text))

    def _result(self, windows: VGroup, row: Tiles) -> None:
        """A row of pooled cells arrives from its windows."""
        cells = (carry(window, row.cell((0, i))) for i, window in enumerate(windows))
        self.play(FadeIn(row.ground), run_time=style.QUICK_S)
        self.play(LaggedStart(*cells, lag_ratio=0.2), run_time=style.MOVE_S)

    def _kinds(self, series: str) -> list[Typeset]:
        """Ways of pooling, with the side of their windows."""
        names = map(str, self.array(series))
        sides = {name: self.count("size/coarse" if name == "coarse" else "size/window") for name in names}
        return [self.words(self.label(f"kind_{name}", k=side)) for name, side in sides.items()]

    def _survivor(self, name: str, box: Box) -> Summit:
        """The map moved to one side, and its largest number."""
        above, below = box.rows(3.6, 1)
        grid = self.tiles(f"{name}/map", above, self.head(f"went_{name}", by=self.count("moved/by")))
        text = self.value(f"whole/{name}", form=FORM, px=64, colour="activation")
        return Summit(self.look, grid, self.array(f"{name}/map"), text, below)
