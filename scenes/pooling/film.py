"""Pooling: what it keeps of a feature map, what it costs, and whether it makes a net indifferent to a move."""

from __future__ import annotations

from typing import Any

import numpy as np
from manim import DOWN, LEFT, Create, FadeIn, TransformFromCopy, VGroup

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.handed_back import HandedBack
from scenes.parts.arrays.lens import Lens
from scenes.parts.arrays.pooled_rows import PooledRows
from scenes.parts.arrays.pooled_sides import PooledSides
from scenes.parts.arrays.shares import Shares
from scenes.parts.arrays.summit import Summits
from scenes.parts.arrays.table import Column
from scenes.parts.arrays.terms import terms
from scenes.parts.arrays.tiles import Tiles
from scenes.parts.arrays.walk import Walk
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
STEP_S, HURRY_S = 0.6, 0.06  # of the window at its first places, and at the others
SIZE = "o = (n - k) / s + rule(1) = ({input} - {window}) / {stride} + rule(1) = {output}"
LAYERS = ("input", "filters", "relu", "pooling", "linear", "classes")
NONE, FINE, COARSE, GLOBAL = 0, 1, 3, 4  # rows of the tables: windows from none to the whole map
UNDER = 0.6  # the room for words below a grid
ASIDE = 1.2 * LEFT + 0.4 * DOWN  # the way of grids once what measured them has left
PAIR = 7.2  # the width of two maps beside each other
PART = 6  # cells a side of the part of a map whose gradients are drawn


class Pooling(Stage):
    """See scenes/pooling/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """What a window is, and where the one stands that is taken apart."""
        self.k = int(self.item("size/window"))
        self.above = self.room.without(bottom=0.3)  # fractions are high
        self.three = self.above.columns(1.2, 0.8, 1.2)  # of a map, a window of it and the pooled map
        self.most = float(self.array("map").max())  # what is in full colour
        self.at = int(self.item("window/y")), int(self.item("window/x"))

    def tiles(self, series: str, box: Box, head: Typeset | None = None, **options: Any) -> Tiles:
        """A grid on the scale of the map."""
        role: dict[str, Any] = {"role": "ink"} if series.endswith("difference") else {}
        return Tiles(self, series, box, head, **({"largest": self.most} | role | options))

    def count(self, series: str, *index: int) -> str:
        """A whole number."""
        return self.number(series, *index, form=",d")

    def head(self, key: str, **fields: str) -> Typeset:
        """The words above a grid or a column, large enough for the last row."""
        return self.words(self.label(key, **fields))

    def moved(self) -> None:
        """A digit and its map; both move by a pixel, and what the maps differ by."""
        label, by = self.count("digit/label"), self.count("moved/by")
        first, second, third = self.above.columns(1, 1, 1)
        head = self.head("digit", label=label)
        digit = Tiles(self, "frame/pixel", first, head, role="input")
        found = self.tiles("map", second, self.head("found", kernel=self.name("kernel/name")))
        self.say(label=label)
        self.play(FadeIn(digit, found.ground), run_time=style.QUICK_S)
        self.play(*found.by_rows(), run_time=style.SLOW_S)
        self.say(by=by)
        renamed = digit.titled(self.head("digit_moved", by=by))
        self.play(*digit.slide(int(self.item("moved/by"))), give_way(head, renamed), run_time=style.MOVE_S)
        digit.ground.remove(head)  # or it would leave a second time
        moved = self.tiles("moved/map", third, self.head("moved/map"))
        self.say()
        self.play(FadeIn(moved.ground), TransformFromCopy(found.lit, moved.lit), run_time=style.SLOW_S)
        self.say()
        way = first.centre - second.centre
        goes = (one.animate.shift(way) for one in (found, moved))
        allow(VGroup(digit, found), "blink", "another grid moves to its place")
        self.play(leave(digit, renamed), *goes, run_time=style.MOVE_S)
        difference = self.tiles("moved/difference", third, self.head("difference"))
        self.play(FadeIn(difference.ground), *difference.by_rows(), run_time=style.SLOW_S)
        self.say()
        self.play(*self.formula("norm(m) = sqrt(sum m^rule(2))"), run_time=style.MOVE_S)
        change = self.number("change/one", 0, form=".0%")
        self.say(change=change)
        self.play(*self.formula(self._change("m", "size_map"), v=change), run_time=style.MOVE_S)
        self.say()
        self.panel = VGroup(found, moved, difference)
        before, after = self.array("map"), self.array("moved/map")
        for i, grid in enumerate((found, moved)):
            self.one_by_one([grid.turns(before, after)[i].shift(way), difference.turns(before, after)[i]])

    def largest(self) -> None:
        """One window taken apart, then all of them."""
        left, _, right = self.three
        self.map = self.tiles("map", left, self.head("map"))
        self.pooled = self.tiles("pool/max", right, self.head("max"), form=FORM, zeros=True)
        shown = arrive(self.map), arrive(self.pooled.ground)
        self.play(*self.clear_panel(), *self.no_formula(), *shown, run_time=style.MOVE_S)
        self.say(k=self.count("size/window"))
        corners = self.k * np.arange(self.pooled.rows)
        self.walk = Walk((self.map, self.pooled), corners, corners, (self.k, self.k), at=self.at)
        window, mark = self.walk.window, self.walk.mark
        VGroup(window, mark.set_z_index(1)).set_stroke(self.look.ink)
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
        allow(VGroup(self.walk.marks, self.pooled), "blink", "window after window")
        for i, at in enumerate((*self.pooled.places(), self.at)):
            self.walk.hop(at)
            self.remove(*lens)
            lens = self._lens(at)
            self.add(lens)
            seconds = STEP_S if i < self.pooled.columns // 2 else HURRY_S
            self.play(FadeIn(self.pooled.cell(at)), run_time=seconds)
        self.lens = lens

    def mean(self) -> None:
        """The mean of the same windows, beside their largest."""
        count, mean = self.count("window/count"), self.number("window/mean", form=FORM)
        self.say(n=count)
        values, fields = terms(self, "window/value", FORM)
        source = f"({' + '.join(values)}) / {{n}} = activation({{mean}})"
        self.play(*self.formula(source, 38, n=count, mean=mean, **fields), run_time=style.MOVE_S)
        self.say(max=self.number("window/max", form=FORM), mean=mean)
        first, second, _ = self.above.columns(0.8, 1.2, 1.2)
        means = self.tiles("pool/mean", second, self.head("mean"), form=FORM, zeros=True)
        aside = self.lens.animate.shift(first.centre - self.three[1].centre)
        self.play(leave(self.map, self.walk.window), aside, arrive(means.ground), run_time=style.MOVE_S)
        mark = means.frame(self.at, role="ink")
        self.play(carry(self.lens, VGroup(*means.cell(self.at), mark)), run_time=style.MOVE_S)
        self.say()
        self.play(*means.by_rows(but=[self.at]), run_time=style.SLOW_S)
        self.panel = VGroup(self.pooled, self.walk.mark, self.lens, means, mark)

    def size(self) -> None:
        """The formula, its letters on the maps, and what is left: numbers, maps, and what the next filter sees."""
        sizes = {name: self.count(f"size/{name}") for name in ("input", "window", "stride", "output")}
        left, middle, _ = self.room.without(bottom=0.6).columns(6.2, 2.2, 3.4)
        right = self.whole.columns(6.2, 2.2, 3.4)[2]
        before = self.tiles("map", left.without(left=2.5), self.head("map"))
        after = self.tiles("pool/max", middle, self.head("max"), most=before.pitch[1])
        signs = {sign: f'word("{self.label(f"side_{sign}")}") thick {sign} = {{v}}' for sign in "nkso"}
        sides = zip(signs, sizes.values(), strict=True)
        names = {sign: self.math(signs[sign], style.LABEL_PX, v=size) for sign, size in sides}
        letters = PooledSides(before, after, self.k, names)
        self.play(*self.clear_panel(), *self.no_formula(), arrive(before), run_time=style.QUICK_S)
        self.say(**sizes)
        self.one_by_one(letters.on_map)
        self.play(*self.formula(SIZE, style.FORMULA_PX, **sizes), run_time=style.MOVE_S)
        self.play(FadeIn(after.ground, letters.on_pooled), run_time=style.QUICK_S)
        self.play(*after.by_rows(), run_time=style.PULSE_S)
        self.panel = VGroup(before, after)
        counts = {key: self.count(f"count/{key}") for key in ("before", "after", "parameters", "strided")}
        self.say(**counts)
        self.play(leave(letters), *self.no_formula(), run_time=style.QUICK_S)
        kernel, filters = self.count("size/kernel"), self.count("nets/filters")
        fewer = self.join(counts["before"], " → ", counts["after"])
        numbers = {"fewer": fewer, "parameters": counts["parameters"], "strided": counts["strided"]}
        heads = [self.head(f"count_{key}", k=kernel) for key in numbers]
        large = [self.words(text, 54, "activation") for text in numbers.values()]
        self.play(VGroup(before, after).animate.shift(ASIDE), run_time=style.MOVE_S)
        self.one_by_one(facts(list(zip(large, heads, strict=True)), right), 4 * style.QUICK_S)
        self.say(filters=filters)
        stacks = ((one.sheets(), one.footed(self.head("maps", n=filters))) for one in (before, after))
        self.one_by_one([VGroup(*stack).shift(ASIDE) for stack in stacks])
        self.say(kernel=kernel, sees=self.count("size/sees"))
        looks, sees = (int(self.item(f"size/{name}")) for name in ("kernel", "sees"))
        small = after.frame((1, 1), (looks, looks), "positive").shift(ASIDE)
        wide = before.frame((self.k, self.k), (sees, sees), "positive").shift(ASIDE)
        self.play(Create(small), run_time=style.QUICK_S)
        self.play(TransformFromCopy(small, wide), run_time=style.SLOW_S)
        self.panel.add(small, wide)

    def border(self) -> None:
        """Some rows of the map under its windows: what leaves a window changes it, what stays does not."""
        line, by, stride = (int(self.item(name)) for name in ("strip/row", "moved/by", "size/stride"))
        kept, moved, far = (self.array(f"{name}/max")[line] for name in ("pool", "moved", "stride"))
        self.vary(calm=np.array_equal(kept, moved), cut=not np.array_equal(far[1:], kept[:-1]))
        rows = PooledRows(self, self.whole.without(left=2), line, self.k, 3, form=FORM, largest=self.most)
        strip, later = rows.of_map("map", self.head("rows")), rows.of_map("moved/map")
        ways = (self.head("moved_by", by=self.count(name)) for name in ("moved/by", "size/stride"))
        named = enumerate(zip(("pool", "moved", "stride"), (self.head("unmoved"), *ways), strict=True))
        first, second, third = (rows.result(f"{name}/max", i, side) for i, (name, side) in named)
        self.play(*self.clear_panel(), *self.no_formula(), arrive(strip, rows.windows), run_time=style.MOVE_S)
        self.say(k=self.count("size/window"))
        rows.fill(first)
        self.say(by=self.count("moved/by"))
        self.play(*strip.slide(by), run_time=style.SLOW_S)
        self.remove(*strip.lit)
        self.add(*later.lit)
        rows.fill(second)
        self.say()
        stays = ((kept == moved) & (kept > 0))[None]
        same = VGroup(*(row.frames(stays, "input") for row in (first, second)))
        self.play(*(Create(one) for one in same if len(one)), run_time=style.MOVE_S)
        self.say(s=self.count("size/stride"))
        self.play(*later.slide(stride - by), run_time=style.SLOW_S)
        rows.fill(third)
        self.panel = VGroup(strip.ground, *later.lit, rows.windows, first, second, third, same)

    def shift(self) -> None:
        """How much of the pooled map a move changes; and how much it changes others, for this digit and for all."""
        changes = dict(zip(self.array("change/kind"), self.array("change/one"), strict=True))
        self.vary(mixed=not changes["map"] > changes["max"] > changes["coarse"] > changes["global"])
        names = "pool/max", "moved/max", "moved/max_difference"
        boxes = zip(names, self.above.columns(1, 1, 1), strict=True)
        grids = [self.tiles(name, box, self.head(name), form=FORM, zeros=True) for name, box in boxes]
        self.play(*self.clear_panel(), *self.no_formula(), arrive(*grids), run_time=style.MOVE_S)
        self.say(after=self.count("count/after"), pooled=self.count("moved/changed_count"))
        self.one_by_one(grids[2].turns(self.array("pool/max"), self.array("moved/max")))
        self.panel.add(*grids)
        was, fine, _, coarse, whole = (self.number("change/one", i, form=".0%") for i in range(len(changes)))
        self.say(was=was, change=fine)
        self.play(*self.formula(self._change("p", "size_pooled"), v=fine), run_time=style.MOVE_S)
        title, count = self.head("changes", by=self.count("moved/by")), self.count("change/count")
        heads = {"change/one": self.head("one"), "change/all": self.head("all", count=count)}
        table = Shares(self, self._kinds("change/kind"), heads, self.whole.without(bottom=0.2), title=title)
        self.tell()  # what was said has been read before its picture goes
        self.play(*self.clear_panel(), *self.no_formula(), arrive(table.frame), run_time=style.QUICK_S)
        self.say(k=self.count("size/window"), fine=fine, coarse=coarse)
        self.one_by_one(table.rows, style.SLOW_S)
        self.play(*table.light(FINE, COARSE, GLOBAL), run_time=style.QUICK_S)
        self.say(whole=whole)
        self.panel.add(table.frame)
        self.tell()
        self.show(self._summits({"max": self.head("map"), "moved": self.head("moved/map")}))
        self.say(most=self.number("whole/max", form=FORM))
        self.say()

    def gradient(self) -> None:
        """Where the gradient of the pooled cells goes, in a part of the map."""
        top, left = (int(self.item(f"gradient/{name}")) for name in ("top", "left"))
        part: dict[str, Any] = {"rows": (top, top + PART), "columns": (left, left + PART)}
        boxes = self.whole.without(bottom=UNDER).columns(1, 1, 1)
        values = self.tiles("map", boxes[0], self.head("values"), form=FORM, zeros=True, **part)
        back, part["largest"] = {}, self.most
        for kind, box in zip(("max", "mean"), boxes[1:], strict=True):
            given = f"gradient/{kind}", "gradient/arriving"
            back[kind] = HandedBack(self, "map", box, self.head(f"back_{kind}"), self.k, *given, **part)
        first = VGroup(values, values.windows(self.k, "muted"), back["max"])
        self.play(*self.clear_panel(), *self.no_formula(), *map(arrive, first), run_time=style.MOVE_S)
        self.say(g=self.count("gradient/arriving"))
        self.say()
        self.play(*back["max"].hand(), run_time=2 * style.SLOW_S)
        self.say(each=self.number("gradient/mean_each"), n=self.count("window/count"))
        self.play(FadeIn(back["mean"]), run_time=style.MOVE_S)
        self.play(*back["mean"].hand(), run_time=2 * style.SLOW_S)
        self.say()
        self.play(*(each for one in back.values() for each in one.stop()), run_time=style.SLOW_S)
        self.panel = VGroup(*first, back["mean"])
        every = self.count("gradient/lit_count")
        lit = [self.head("reached", count=self.count(f"gradient/{kind}_lit"), all=every) for kind in back]
        self.say()
        self.one_by_one(map(lambda one, foot: one.grid.footed(foot), back.values(), lit), style.MOVE_S)

    def nets(self) -> None:
        """Nets with each pooling, trained on digits as they are, tested on the same and on moved ones."""
        above, below = self.whole.rows(1, 4.6)
        sizes = {"side": "size/input", "n": "nets/filters", "k": "nets/kernel", "classes": "nets/classes"}
        fields = {field: self.count(series) for field, series in sizes.items()}
        parts = [self.words(self.label(f"layer_{name}", **fields)) for name in LAYERS]
        line = flow(self.look, parts, above, marked=LAYERS.index("pooling"))
        by, kinds = self.count("moved/by"), self._kinds("nets/kind")
        numbers = Column(self.values("nets/numbers", range(len(kinds)), ",d", 36), self.head("numbers"))
        heads = {"nets/accuracy": self.head("straight"), "nets/moved": self.head("tested_moved", by=by)}
        table = Shares(self, kinds, heads, below.without(bottom=0.2), [numbers])
        self.play(*self.clear_panel(), *self.no_formula(), arrive(line, table.named), run_time=style.MOVE_S)
        self.say()
        self.say(train=self.count("nets/train_count"), count=self.count("nets/test_count"))
        self.play(FadeIn(table.measured[0]), run_time=style.MOVE_S)
        self.say()
        self.play(line[LAYERS.index("linear")][0].animate.set_stroke(self.look.ink, style.STRONG))
        none, fine, whole = (self.number("nets/moved", i, form=".0%") for i in (NONE, FINE, GLOBAL))
        self.say(by=by, none=none)
        self.play(FadeIn(table.measured[1]), run_time=style.MOVE_S)
        self.play(*table.light(NONE), run_time=style.SLOW_S)
        self.say(k=self.count("size/window"), fine=fine, whole=whole)
        self.play(*table.light(FINE, GLOBAL), run_time=style.MOVE_S)
        self.panel = VGroup(line, table)

    def place(self) -> None:
        """Two maps that global pooling cannot tell apart, and who can say to which side a digit was moved."""
        left, right = self.whole.columns(1.35, 1)
        by, aside = self.count("moved/by"), left.centre - self.whole.centre
        pair = self._summits({name: self.head(f"went_{name}", by=by) for name in ("left", "moved")})
        self.show(pair)
        self.say(most=self.number("whole/left", form=FORM))
        self.say(guess=self.number("nets/guess", form=".0%"))
        table = Shares(self, self._kinds("nets/kind"), {"nets/sides": self.head("sides")}, right)
        self.play(pair.animate.shift(aside), arrive(table.named), run_time=style.SLOW_S)
        fine, whole = (self.number("nets/sides", i, form=".0%") for i in (FINE, GLOBAL))
        self.say(k=self.count("size/window"), fine=fine, whole=whole)
        self.play(FadeIn(table.measured[0]), run_time=style.SLOW_S)
        self.play(*table.light(FINE, GLOBAL), run_time=style.SLOW_S)
        self.say()

    def _lens(self, at: Place) -> Lens:
        """The window that becomes a pooled cell, large."""
        box, head = self.three[1], self.head("window")
        return Lens(self, "map", box, head, at, self.k, form=FORM, largest=self.most)

    def _summits(self, heads: dict[str, Typeset]) -> Summits:
        """Maps and what global pooling keeps of them."""
        maps = {f"whole/{name}": "map" if name == "max" else f"{name}/map" for name in heads}
        return Summits(self, maps, list(heads.values()), self.whole.middle(PAIR), FORM, largest=self.most)

    def _change(self, letter: str, size: str) -> str:
        """How large a change is, in letters, in words and as {v}."""
        words = " / ".join(f'word("{self.label(key)}")' for key in ("size_difference", size))
        return f"norm({letter}' - {letter}) / norm({letter}) = {words} = {{v}}"

    def _kinds(self, series: str) -> list[Typeset]:
        """Ways of pooling, with the side of their windows."""
        names = map(str, self.array(series))
        sides = {name: self.count("size/coarse" if name == "coarse" else "size/window") for name in names}
        return [self.words(self.label(f"kind_{name}", k=side)) for name, side in sides.items()]
