"""The map of a model, what goes into it, and how that flows through its blocks."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.model.stage import ModelStage
from scenes.parts.nets.call_blocks import inside
from scenes.parts.text.facts import facts
from scenes.stage import style
from scenes.stage.declare import allow

BLOCK_S, READ_S = 0.35, 1.0  # for a block to appear; for what stands beside one to be seen
FACT_PX = 64
INPUTS_MOST = 3
OPENED_MOST, OPENED_S = 2, 0.25  # blocks that are opened; for one of their parts to appear


class FlowBeats(ModelStage):
    """`map`, `input` and `flow`."""

    def beat_map(self) -> None:
        """The blocks in the order of flow, and how large the model is."""
        ended = self._ended()
        going = ended is None
        opened = self._openable() if going else []
        self.vary(failed=not going, opened=bool(opened), folded=going and self.folded.hidden and not opened)
        last = len(self.array("node/kind")) - 1
        calls = self.position("node/kind", last, first=1)
        total = self.number("parameters/total", form=",d")
        self.say()
        self.play(self.map.draw(BLOCK_S * (len(self.folded.blocks) + 2)))
        self.say(calls=calls)
        told = {"total": (total, "positive")}
        if self.item("parameters/trained") != self.item("parameters/total"):
            told["trained"] = self.number("parameters/trained", form=",d"), "positive"
        modules = len(self.array("module/name")) - 1
        told["modules"] = self.position("module/name", modules, first=1), "ink"
        told["calls"] = calls, "ink"
        numbers = [self.words(text, FACT_PX, role) for text, role in told.values()]
        pairs = list(zip(numbers, map(self.head, told), strict=True))
        self.one_by_one(facts(pairs, self.side.middle(height=4.2)))
        self.say(total=total)
        for number in opened:
            self._open(number)
        if ended is not None:
            self.play(self.map.light(ended, "loss"), run_time=style.QUICK_S)

    def _openable(self) -> list[int]:
        """Blocks that hold more than one step, of each structure one: those that stand for several first."""
        blocks, structure = self.folded.blocks, self.array("module/structure")
        closed = sorted(
            (i for i, one in enumerate(blocks) if inside(self.trace, one) is not None),
            key=lambda i: (-blocks[i].repeat, blocks[i].first - blocks[i].last),
        )
        alike = {int(structure[blocks[i].module]): i for i in reversed(closed)}
        return [i for i in closed if alike[int(structure[blocks[i].module])] == i][:OPENED_MOST]

    def _open(self, number: int) -> None:
        """What is in a block, as a map of its own."""
        block = self.folded.blocks[number]
        parts = inside(self.trace, block)
        assert parts is not None
        head = self.head_lines(self.block_name(block), [self.block_about(block)])
        self.beside(VGroup(head), *self.map.rest(), self.map.light(number, "activation"))
        opened = allow(self.map_of(parts, self.side.without(top=1.0)), "blink", "one block after the other")
        self.play(opened.draw(OPENED_S * len(parts.blocks)))
        self.panel = VGroup(self.panel, opened)  # a new one: what stands there leaves with its parts
        self.hold(style.MOVE_S)

    def _ended(self) -> int | None:
        """The block in which a run that failed ended."""
        if not self.item("failure/sentence"):
            return None
        blocks, node = self.folded.blocks, int(self.item("failure/node"))
        return next((i for i, one in enumerate(blocks) if one.first <= node < one.last), len(blocks) - 1)

    def input(self) -> None:
        """What was handed in: a picture, a row, tokens; below each other where there are several."""
        blocks = [i for i, one in enumerate(self.folded.blocks) if one.kind == "input"][:INPUTS_MOST]
        self.vary(several=len(blocks) > 1)
        self.say()
        lights = [self.map.light(i, "input") for i in blocks]
        lights += self.map.rest(i for i in range(len(self.folded.blocks)) if i not in blocks)
        if len(blocks) == 1:
            self.show_block(blocks[0], "value", *lights)
        else:
            self.beside(self._inputs(blocks), *lights)
        self.say(shape=self.shape(self.folded.tensor(self.trace, blocks[0])))

    def _inputs(self, blocks: list[int]) -> VGroup:
        out = VGroup()
        for number, box in zip(blocks, self.side.rows(*[1.0] * len(blocks), gap=style.WIDE), strict=True):
            tensor = self.folded.tensor(self.trace, number)
            series = f"value/{tensor}"
            values = self.array(series) if series in self.trace.series else np.zeros(0)
            head = self.heads(self.folded.blocks[number], tensor, values)
            head.shift([0, box.top - self.side.top, 0])
            room = box.without(top=0.95, right=0.2)
            out.add(head)
            if values.size and not self.broken("forward", tensor):
                out.add(self.view(series, room, "input"))
        return out

    def flow(self) -> None:
        """Light goes from block to block, and what each one gives stands beside the map."""
        self.vary(failed=self._ended() is not None)
        self.say()
        blocks = [i for i in self.flowing() if self.folded.blocks[i].kind != "input"]
        inputs = [i for i, one in enumerate(self.folded.blocks) if one.kind == "input"]
        self.play(*self.map.rest(inputs), run_time=style.QUICK_S)
        half = len(blocks) // 2
        for number in blocks[:half]:
            self._through(number)
        self.say()
        for number in blocks[half:]:
            self._through(number)
        self.say()

    def _through(self, number: int) -> None:
        lit = [*self.map.arriving(number, "activation"), self.map.light(number, "activation")]
        self.show_block(number, "value", *lit)
        self.hold(READ_S)
