"""One unit's weighted sum, term by term: weight × input = product, the bias, the sum, and the running sum as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from manim import VGroup

from scenes.parts.arrays.table import Cell, Column, Table
from scenes.parts.charts.waterfall import Waterfall
from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.style import Look

PX = 36
TABLE_SHARE = 1.75  # of the width, to one of the bars


@dataclass
class Terms:
    """Texts of the terms that `fold` shows: what each is called, its weight, its input and their product."""

    fold: Fold
    names: Sequence[Typeset]
    weights: Sequence[Typeset]
    inputs: Sequence[Typeset]
    products: Sequence[Typeset]


class WeightedSum(VGroup):
    """`heads` are those of weight, input and product; `bias` and `total` a name and a value.

    running: the sum after each term, and after the bias (term+1,). `frame` is what is there before the first term,
    with names and inputs. `steps` are the terms, hidden ones as one, and the bias, each with its bar in `bars`; `last`
    is the sum with its.
    """

    def __init__(
        self,
        look: Look,
        box: Box,
        terms: Terms,
        heads: tuple[Typeset, Typeset, Typeset],
        bias: tuple[Typeset, Typeset],
        total: tuple[Typeset, Typeset],
        running: np.ndarray,
    ) -> None:
        super().__init__()
        shown, gap, count = terms.fold.shown, terms.fold.gap, terms.fold.count
        none: list[Cell] = [None, None]
        times, equals = ([words(sign, look, PX, "muted") for _ in shown] for sign in "×=")
        columns = [
            Column([*terms.names, bias[0], total[0]], align="left"),
            Column([*terms.weights, *none], heads[0]),
            Column([*times, *none]),
            Column([*terms.inputs, *none], heads[1]),
            Column([*equals, *none]),
            Column([*terms.products, bias[1], total[1]], heads[2]),
        ]
        left, right = box.columns(TABLE_SHARE, 1, gap=style.GAP)
        rows = Fold(count + 2, (*shown, count, count + 1), gap)
        rule = (len(shown) + 1, 0, len(columns) - 1)
        self.table = Table(look, columns, left, rows=rows, rules=[rule], gap=style.WIDE)
        reached = list(shown)  # by each bar: the last of its terms
        if gap is not None:
            reached.insert(gap, shown[gap] - 1)
        levels = np.array([0.0, *running[reached], running[-1]])
        ys = [self.table.y(slot) for slot in range(rows.slots)]
        self.bars = Waterfall(look, levels, ys, right.left, right.right, "activation")
        known = VGroup(*(cell for row in self.table.rows[: len(shown)] for cell in (row[0], row[3])))
        lines: list[VGroup] = [VGroup(row[1:3], row[4:]) for row in self.table.rows[: len(shown)]]
        lines += self.table.rows[len(shown) :]
        if gap is not None:
            lines.insert(gap, self.table.ellipsis)
        whole = self.bars.bar(0, float(running[-1]), ys[-1], "activation")
        self.steps, self.last = lines[:-1], VGroup(lines[-1], whole, self.table.rules)
        self.frame = VGroup(self.table.heads, self.bars.axis, known)
        self.add(*self.steps, self.last, self.bars, self.frame)
