"""Folds the calls of a recorded model to the few blocks that a map can show. No Manim.

A block is a stretch of the run: nodes one after the other. So blocks can never lead back to each other, whatever the
model does. They are opened from the outside to the inside while there is room, modules of one class all or none;
where even the outermost calls are too many, repeated neighbours, then plain functions, then what is left are joined.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from engine.trace import Trace

MOST = 14  # blocks on a map
INSIDE_MOST = 12  # of those that one of them opens into
PLAIN = ("function", "closed")


@dataclass(frozen=True)
class Block:
    """Nodes `first` … `last` − 1 of the run, drawn as one. `kind` is input, output, loss, module, function, joined, or
    entry for what goes into a block that was opened.

    `call` is the module call that it is (−1: none) and `node` the node that names it; `repeat`: how many neighbours of
    one structure it stands for; `module` is the (first) module, −1 where it is none.
    """

    kind: str
    first: int
    last: int
    node: int
    module: int = -1
    call: int = -1
    repeat: int = 1


@dataclass(frozen=True)
class Link:
    """Blocks by index, and the first tensor that goes from one to the other."""

    source: int
    target: int
    tensor: int


@dataclass(frozen=True)
class Folded:
    """The blocks in the order of flow, and what goes from one to another. `hidden`: some of them hold more nodes."""

    blocks: tuple[Block, ...]
    links: tuple[Link, ...]
    hidden: bool

    def tensor(self, trace: Trace, block: int) -> int:
        """What a block gives: of a module its output, else what its last node made; −1 for nothing."""
        one = self.blocks[block]
        handed = [link.tensor for link in self.links if link.source == block]
        if one.call >= 0 and one.repeat == 1:
            given = int(trace["call/tensor"][one.call])
            if given >= 0 and (given in handed or not handed):  # of an LSTM the part that is used
                return given
        if handed and one.kind != "input":
            return handed[-1]
        made = [int(trace["node/tensor"][node]) for node in range(one.first, one.last)]
        if one.kind == "output" and made[0] < 0:  # what it got, handed on
            sources = trace["edge/tensor"].values[trace["edge/target"].values == one.first]
            return int(sources[0]) if len(sources) else -1
        return next((tensor for tensor in reversed(made) if tensor >= 0), -1)


def folded(trace: Trace, most: int = MOST) -> Folded:
    """The blocks of a recorded model, at most so many."""
    run = _Run(trace)
    blocks = run.opened(most + run.has_loss)  # the loss stands beside the output
    hidden = any(one.last - one.first > 1 and one.kind not in ("loss", "output") for one in blocks)
    return Folded(tuple(blocks), tuple(run.links(blocks)), hidden)


def inside(trace: Trace, block: Block, most: int = INSIDE_MOST) -> Folded | None:
    """What is in a module's call, behind what goes into it; of a repeated one the first. None: nothing to open."""
    if block.call < 0:
        return None
    run = _Run(trace)
    parts = run.contents(replace(block, repeat=1, last=run.table["call/last"][block.call]))
    if len(parts) < 2:
        return None
    parts = run.fitting(parts, most)
    source = next(
        (a for a, b, _ in run.edges if parts[0].first <= b < parts[-1].last and a < parts[0].first), 0
    )
    blocks = [Block("entry", -1, -1, source), *parts]
    return Folded(tuple(blocks), tuple(run.links(blocks)), False)


class _Run:
    """The tables of a trace as lists."""

    def __init__(self, trace: Trace) -> None:
        names = (
            "node/kind node/stage node/module node/parameters call/module call/parent call/first call/last"
        )
        self.table = {name: trace[name].values.tolist() for name in names.split()}
        for name in ("call/node", "module/block", "module/repeat", "module/structure", "node/operation"):
            self.table[name] = trace[name].values.tolist()
        edges = (trace[f"edge/{name}"].values.tolist() for name in ("source", "target", "tensor"))
        self.edges = list(zip(*edges, strict=True))
        self.count = len(self.table["node/kind"])
        self.has_loss = "loss" in self.table["node/stage"]
        self.inside: dict[int, list[int]] = {}
        for call, parent in enumerate(self.table["call/parent"]):
            self.inside.setdefault(parent, []).append(call)

    # -- one level of the run ---------------------------------------------------------------------------------------

    def stretch(self, first: int, last: int, calls: Sequence[int]) -> list[Block]:
        """The blocks of nodes `first` … `last` − 1: each of `calls`, and each node between them."""
        blocks, at = [], first
        for call in calls:
            begin, end = self.table["call/first"][call], self.table["call/last"][call]
            if end <= begin:  # a call in which nothing happened
                continue
            blocks += [self.single(node) for node in range(at, begin)]
            module = self.table["call/module"][call]
            blocks.append(Block("module", begin, end, begin, module, call))
            at = end
        return blocks + [self.single(node) for node in range(at, last)]

    def single(self, node: int) -> Block:
        """A node that is no module's call."""
        stage, kind = self.table["node/stage"][node], self.table["node/kind"][node]
        if stage == "loss":
            return Block("loss", node, node + 1, node)
        return Block("function" if kind in PLAIN else kind, node, node + 1, node)

    def contents(self, block: Block) -> list[Block]:
        """What is in the call that a block is; itself, where that is one node."""
        if block.call < 0 or block.repeat > 1 or self.table["call/node"][block.call] >= 0:
            return [block]
        return self.stretch(block.first, block.last, self.inside.get(block.call, ()))

    # -- opening ---------------------------------------------------------------------------------------------------

    def opened(self, most: int) -> list[Block]:
        """Blocks from the outside to the inside, as far as there is room for them."""
        tops = [
            call for call in self.inside.get(-1, ()) if self.table["node/stage"][self._node(call)] != "loss"
        ]
        blocks = self.stretch(0, self.count, tops)
        blocks = _joined_ends(blocks)
        for call in tops:  # the model itself is no block
            at = next((i for i, one in enumerate(blocks) if one.call == call), None)
            if at is not None:
                blocks[at : at + 1] = self.contents(blocks[at])
        return self.fitting(blocks, most)

    def fitting(self, blocks: list[Block], most: int) -> list[Block]:
        """At most so many: folded where there are more, opened further where there is room."""
        if len(blocks) > most:
            blocks = self.repeated(blocks)
        if len(blocks) > most:
            blocks = self.absorbed(blocks, most)
        if len(blocks) > most:
            return joined(blocks, most)
        return self._opened_further(blocks, most)

    def _node(self, call: int) -> int:
        return min(self.table["call/first"][call], self.count - 1)

    def _opened_further(self, blocks: list[Block], most: int) -> list[Block]:
        refused: set[int] = set()
        while True:
            groups: dict[int, list[Block]] = {}
            for one in blocks:
                key = self.table["module/structure"][one.module] if one.call >= 0 else -1
                if one.call >= 0 and key not in refused and self.contents(one) != [one]:
                    groups.setdefault(key, []).append(one)
            if not groups:
                return blocks
            key, alike = min(groups.items(), key=lambda item: (self._depth(item[1][0]), item[1][0].first))
            tried = [part for one in blocks for part in (self.contents(one) if one in alike else [one])]
            for wanted in (tried, self.repeated(tried)):
                if len(wanted) <= most:
                    blocks = wanted
                    break
            else:
                refused.add(key)

    def _depth(self, block: Block) -> int:
        depth, call = 0, block.call
        while call >= 0:
            depth, call = depth + 1, self.table["call/parent"][call]
        return depth

    # -- folding ---------------------------------------------------------------------------------------------------

    def repeated(self, blocks: list[Block]) -> list[Block]:
        """Neighbours of one structure that follow each other become one block."""
        out: list[Block] = []
        for one in blocks:
            before = out[-1] if out else None
            if before is not None and self._follows(before, one):
                out[-1] = replace(before, last=one.last, repeat=before.repeat + 1)
            else:
                out.append(one)
        return [one if self._whole(one) else replace(one, repeat=1, kind="joined") for one in out]

    def _whole(self, block: Block) -> bool:
        """Whether it is all of its run of neighbours, so that their recorded number is true of it."""
        return block.repeat == 1 or self.table["module/repeat"][block.module] == block.repeat

    def _follows(self, before: Block, one: Block) -> bool:
        if before.call < 0 or one.call < 0 or before.module == one.module:
            return False
        same = self.table["module/block"][before.module] == self.table["module/block"][one.module]
        return same and before.last == one.first and self._leads(before, one)

    def _leads(self, before: Block, one: Block) -> bool:
        """Whether what the one gives goes into the other: heads beside each other are no chain."""
        return any(
            before.first <= source < before.last and one.first <= target < one.last
            for source, target, _ in self.edges
        )

    def absorbed(self, blocks: list[Block], most: int) -> list[Block]:
        """Functions without parameters go into the block before them: of each kind all, the commonest first."""
        plain = [
            one for one in blocks if one.kind == "function" and not self.table["node/parameters"][one.node]
        ]
        counts = Counter(self.table["node/operation"][one.node] for one in plain)
        nodes, gone = {one.first for one in plain}, set[str]()
        out = blocks
        for operation, _ in counts.most_common():
            if len(out) <= most:
                break
            gone.add(operation)
            out = []
            for one in blocks:
                before = out[-1] if out else None
                goes = one.first in nodes and self.table["node/operation"][one.node] in gone
                if goes and before is not None and before.kind in ("module", "function", "joined"):
                    out[-1] = replace(before, last=one.last, call=-1)
                else:
                    out.append(one)
        return out

    # -- links -----------------------------------------------------------------------------------------------------

    def links(self, blocks: Sequence[Block]) -> list[Link]:
        """What goes from block to block, each pair once."""
        where = {node: place for place, one in enumerate(blocks) for node in range(one.first, one.last)}
        found: dict[tuple[int, int], Link] = {}
        for source, target, tensor in self.edges:
            if target not in where:
                continue
            pair = where.get(source, 0), where[target]  # what comes from outside comes through the entry
            if pair[0] != pair[1]:
                found.setdefault(pair, Link(*pair, tensor))
        return [found[pair] for pair in sorted(found)]


def _joined_ends(blocks: list[Block]) -> list[Block]:
    """All of the loss is one block, and so are outputs beyond two."""
    out: list[Block] = []
    outputs = sum(one.kind == "output" for one in blocks)
    for one in blocks:
        before = out[-1] if out else None
        alike = before is not None and before.kind == one.kind
        if alike and before is not None and (one.kind == "loss" or (one.kind == "output" and outputs > 2)):
            out[-1] = replace(before, last=one.last)
        else:
            out.append(one)
    return out


def joined(blocks: list[Block], most: int) -> list[Block]:
    """The neighbours with the fewest nodes become one block, again and again, until there are at most so many."""
    out = list(blocks)
    while len(out) > most:
        inner = [
            i for i in range(len(out) - 1) if "output" not in (out[i].kind, out[i + 1].kind)
            and "loss" not in (out[i].kind, out[i + 1].kind)
            and (out[i].kind == "input") == (out[i + 1].kind == "input")
        ] or list(range(len(out) - 1))  # fmt: skip
        at = min(inner, key=lambda i: out[i + 1].last - out[i].first)
        one, other = out[at], out[at + 1]
        kind = "input" if one.kind == other.kind == "input" else "joined"
        out[at : at + 2] = [replace(one, kind=kind, last=other.last, call=-1, repeat=1)]
    return out
