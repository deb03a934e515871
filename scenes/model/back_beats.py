"""The way back: the gradient block by block, and how large it is at each."""

from __future__ import annotations

import numpy as np
from manim import FadeIn

from scenes.model.stage import NAME_PX, ModelStage
from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.charts.scale import LogScale
from scenes.stage import style
from scenes.stage.comparing import comparable

READ_S = 0.8
BAR_SPAN = 3.0  # the axis begins at the smallest size divided by this
NAME_ROOM = 1.9


class BackBeats(ModelStage):
    """`backward` and `norms`."""

    def returning(self) -> list[int]:
        """Blocks that the gradient reached, in the order in which it did."""
        order, reached = self.array("gradient/order"), self.array("gradient/reached")
        tensors = {i: self.folded.tensor(self.trace, i) for i in self.flowing()}
        return sorted((i for i, one in tensors.items() if reached[one]), key=lambda i: int(order[tensors[i]]))

    def backward(self) -> None:
        """Light runs back from the loss, and the gradient that arrived stands beside the map."""
        self.say()
        ends = [i for i, one in enumerate(self.folded.blocks) if one.kind == "loss"]
        self.play(*self.map.rest(), *self.clear_panel(), run_time=style.QUICK_S)
        self.play(*(self.map.light(i, "loss") for i in ends), run_time=style.QUICK_S)
        blocks = self.returning()
        half = len(blocks) // 2
        for number in blocks[:half]:
            self._back_to(number)
        self.say()
        for number in blocks[half:]:
            self._back_to(number)

    def _back_to(self, number: int) -> None:
        lit = [*self.map.arriving(number, "gradient", back=True), self.map.light(number, "gradient")]
        self.show_block(number, "gradient", *lit)
        self.hold(READ_S)

    def norms(self) -> None:
        """The size of the gradient at each block's output, as bars on a logarithmic axis."""
        blocks = sorted(self.returning())
        tensors = [self.folded.tensor(self.trace, i) for i in blocks]
        lost = [self.broken("gradient", one) for one in tensors]
        sizes = np.array([float(self.array("gradient/norm")[one]) for one in tensors])
        some = sizes[(sizes > 0) & ~np.array(lost, dtype=bool)]
        none, still = not blocks, not any(lost) and not len(some)
        self.vary(none=none, lost=any(lost), still=still and not none)
        self.say()
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        if blocks:
            table = self._norm_table(blocks, tensors, lost, sizes, some)
            self.play(FadeIn(table.frame), run_time=style.QUICK_S)
            self.panel.add(table.frame)
            self.one_by_one(reversed(table.rows), style.SLOW_S)
        ends = {"least": np.argmin, "most": np.argmax} if blocks else {}
        fields = {
            name: self.number("gradient/norm", tensors[int(which(sizes))], form="short")
            for name, which in ends.items()
        }
        self.say(**fields)

    def _norm_table(
        self, blocks: list[int], tensors: list[int], lost: list[bool], sizes: np.ndarray, some: np.ndarray
    ) -> Table:
        """A row for each block; where a gradient is not finite, its size is not told."""
        low, high = (float(some.min()) / BAR_SPAN, float(some.max())) if len(some) else (1.0, 2.0)
        scale = LogScale(low, high)
        shares = [
            scale.share(one) if one > 0 and not gone else None for one, gone in zip(sizes, lost, strict=True)
        ]
        form = comparable(some, form="short", every=False) if len(some) else "short"
        told = self.values("gradient/norm", tensors, form, NAME_PX, "gradient")
        no_number = self.label("no_number")
        numbers = [
            self.words(no_number, NAME_PX, "loss") if gone else text
            for text, gone in zip(told, lost, strict=True)
        ]
        names = [self.cut(self.block_name(self.folded.blocks[i]), NAME_ROOM, NAME_PX) for i in blocks]
        columns: list[Column | Bars] = [
            Column(names, align="left"),
            Bars(shares, "gradient", self.head("norms")),
            Column(numbers),
        ]
        return Table(self.look, columns, self.side, gap=style.GAP)
