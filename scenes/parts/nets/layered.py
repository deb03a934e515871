"""Places for the nodes of a directed graph: ranks by grandalf, in one column, or down one and up a second beside it.

Pure geometry, no Manim: nodes are numbers, in the order of flow, and edges pairs of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from grandalf.graphs import Edge as LayoutEdge
from grandalf.graphs import Graph as LayoutGraph
from grandalf.graphs import Vertex
from grandalf.layouts import SugiyamaLayout, VertexViewer

from scenes.parts.room.box import Box

ONE_COLUMN = 6  # ranks; more of them go down one column and up another
ABREAST = (4, 2)  # nodes of a rank: in one column, and in one of two
LANE = 0.22  # between two lines that run along a column
CORRIDOR_LEAST = 0.75  # between two columns
BESIDE = 0.24  # between two nodes of a rank
NODE_SHARE, NODE_MOST = 0.62, 0.62  # a node's height: of the pitch, and at most
LIFT = 0.55  # of the room between two nodes of one column: what a node hands on is written below it
NODE_WIDTHS = (4.6, 3.0)  # at most: in one column, in one of two

Edge = tuple[int, int]
Point = tuple[float, float]


@dataclass(frozen=True)
class Layered:
    """`boxes` of the nodes, `routes` of the edges as corners from node to node, `up` for nodes of a rising column.

    `pitch` is the way from a rank to the next one, from middle to middle.
    """

    boxes: list[Box]
    routes: dict[Edge, list[Point]]
    up: list[bool]
    pitch: float


@dataclass
class _Plan:
    """Which rank each node is in, and which column each rank."""

    ranks: list[list[int]]
    of: dict[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.of = {node: place for place, rank in enumerate(self.ranks) for node in rank}
        self.columns = 1 if len(self.ranks) <= ONE_COLUMN else 2
        self.long = -(-len(self.ranks) // self.columns)

    def column(self, node: int) -> int:
        return self.of[node] // self.long

    def level(self, node: int) -> int:
        """From the top: the second column runs up beside the first one."""
        rank = self.of[node]
        return rank if rank < self.long else 2 * self.long - 1 - rank

    def turn_out(self, edges: Sequence[Edge]) -> None:
        """In a rank of several nodes, those with wires along the side stand at that side, and so does their branch."""
        wish: dict[int, float] = {}
        for rank in reversed(self.ranks):
            if len(rank) == 1:
                continue
            for node in rank:
                after = [wish[target] for source, target in edges if source == node and target in wish]
                wish[node] = self._towards_right(node, edges) or (sum(after) / len(after) if after else 0.0)
            rank.sort(key=lambda node: wish[node])
        for rank in self.ranks:  # what nothing pulls stands where its branch does
            if len(rank) > 1 and not any(wish[node] for node in rank):
                before = {node: [wish[a] for a, b in edges if b == node and a in wish] for node in rank}
                wish |= {node: sum(found) / len(found) for node, found in before.items() if found}
                rank.sort(key=lambda node: wish[node])

    def _towards_right(self, node: int, edges: Sequence[Edge]) -> float:
        kinds = [self.edge_kind(edge) for edge in edges if node in edge]
        along = kinds.count("cross") - kinds.count("side")
        return float(along if self.columns == 2 and self.column(node) == 0 else -along)

    def edge_kind(self, edge: Edge) -> str:
        """`next` rank, `side` along a column, `turn` at the foot, or `cross` from one column to the other."""
        source, target = edge
        apart = self.column(source) != self.column(target)
        if self.of[target] - self.of[source] == 1:
            return "turn" if apart else "next"
        return "cross" if apart else "side"


def layered(count: int, edges: Iterable[Edge], box: Box) -> Layered:
    """Place `count` nodes in a box; edges go from a node to a later one."""
    wires = list(dict.fromkeys(edges))
    plan = _Plan(_ranks(count, wires))
    plan.turn_out(wires)
    kinds = {wire: plan.edge_kind(wire) for wire in wires}
    sides = [
        _lanes(plan, [w for w in wires if kinds[w] == "side" and plan.column(w[0]) == c]) for c in (0, 1)
    ]
    across = _lanes(plan, [w for w in wires if kinds[w] == "cross"])
    widths = [LANE * (max(one.values(), default=-1) + 1) + 0.08 * bool(one) for one in sides]
    corridor = max(CORRIDOR_LEAST, LANE * (max(across.values(), default=-1) + 2)) if plan.columns > 1 else 0.0
    room = (box.width - sum(widths) - corridor) / plan.columns
    wide = min(room, NODE_WIDTHS[plan.columns - 1])
    pitch = box.height / plan.long
    high = min(NODE_SHARE * pitch, NODE_MOST)
    used = sum(widths) + corridor + plan.columns * wide
    left = box.left + (box.width - used) / 2 + widths[0]
    starts = [left, left + wide + corridor]
    if plan.columns == 1:  # its lanes run on the right
        starts[0] -= widths[0]
    boxes = [
        _place(plan, node, starts[plan.column(node)], wide, box.top, pitch, high) for node in range(count)
    ]
    routes = {}
    for wire in wires:
        a, b = (boxes[node] for node in wire)
        column, kind = plan.column(wire[0]), kinds[wire]
        if kind == "next":
            down = plan.column(wire[0]) == 0
            begin, end = (a.bottom, b.top) if down else (a.top, b.bottom)
            routes[wire] = _bent((a.centre[0], begin), (b.centre[0], end))
        elif kind == "turn":
            routes[wire] = [(a.right, a.centre[1]), (b.left, b.centre[1])]
        elif kind == "side":
            right = column == 1 or plan.columns == 1
            edge = starts[column] + (wide if right else 0.0)
            lane = edge + (1 if right else -1) * (0.08 + LANE * (sides[column][wire] + 0.5))
            ends = (a.right, b.right) if right else (a.left, b.left)
            shift = 0.14 * high
            y0, y1 = a.centre[1], b.centre[1]
            y0, y1 = (y0 - shift, y1 + shift) if y0 > y1 else (y0 + shift, y1 - shift)
            routes[wire] = [(ends[0], y0), (lane, y0), (lane, y1), (ends[1], y1)]
        else:
            lane = starts[0] + wide + LANE * (across[wire] + 1)
            y0, y1 = a.centre[1], b.centre[1]
            corners = [(a.right, y0), (lane, y0), (lane, y1), (b.left, y1)]
            routes[wire] = corners if abs(y0 - y1) > 1e-6 else [corners[0], corners[-1]]
    return Layered(boxes, routes, [plan.column(node) == 1 for node in range(count)], pitch)


def _bent(start: Point, end: Point) -> list[Point]:
    (x0, y0), (x1, y1) = start, end
    if abs(x0 - x1) < 1e-6:
        return [start, end]
    middle = (y0 + y1) / 2
    return [(x0, y0), (x0, middle), (x1, middle), (x1, y1)]


def _place(plan: _Plan, node: int, left: float, wide: float, top: float, pitch: float, high: float) -> Box:
    rank = plan.ranks[plan.of[node]]
    own = (wide - BESIDE * (len(rank) - 1)) / len(rank)
    start = left + rank.index(node) * (own + BESIDE)
    lift = LIFT * (pitch - high) / 2 if plan.columns == 1 else 0.0
    middle = top - (plan.level(node) + 0.5) * pitch + lift
    return Box(start, start + own, middle - high / 2, middle + high / 2)


def _lanes(plan: _Plan, wires: Sequence[Edge]) -> dict[Edge, int]:
    """A lane for the wires of each source, so that sources whose wires pass the same level have different ones.

    Short ways run nearest to the nodes.
    """
    spans: dict[int, tuple[int, int]] = {}
    for source in dict.fromkeys(source for source, _ in wires):
        levels = [plan.level(node) for wire in wires if wire[0] == source for node in wire]
        spans[source] = min(levels), max(levels)
    taken: list[list[tuple[int, int]]] = []
    lanes = {}
    for source in sorted(spans, key=lambda one: spans[one][1] - spans[one][0]):
        low, high = spans[source]
        free = (i for i, lane in enumerate(taken) if all(end < low or high < begin for begin, end in lane))
        lanes[source] = next(free, len(taken))
        if lanes[source] == len(taken):
            taken.append([])
        taken[lanes[source]].append((low, high))
    return {wire: lanes[wire[0]] for wire in wires}


def _ranks(count: int, edges: Sequence[Edge]) -> list[list[int]]:
    """Ranks in the order of flow, none with too many nodes; in each, nodes stand below those that lead to them."""
    if not edges:
        return [[node] for node in range(count)]
    rank = _sugiyama(count, edges)
    follows: dict[int, list[int]] = {node: [] for node in range(count)}
    comes: dict[int, list[int]] = {node: [] for node in range(count)}
    for source, target in edges:
        follows[source].append(target)
        comes[target].append(source)
    for node in range(count):  # what is handed in stands where it is used, not where everything begins
        if not comes[node] and follows[node]:
            rank[node] = min(rank[one] for one in follows[node]) - 1
    levels: dict[int, list[int]] = {}
    for node in range(count):
        levels.setdefault(rank[node], []).append(node)
    rows: list[list[int]] = []
    place: dict[int, float] = {}  # across its rank, 0 to 1
    for level in sorted(levels):
        before = {node: [place[one] for one in comes[node]] or [0.5] for node in levels[level]}
        row = sorted(levels[level], key=lambda node: sum(before[node]) / len(before[node]))
        place |= {node: (k + 0.5) / len(row) for k, node in enumerate(row)}
        rows.append(row)
    most = ABREAST[0] if len(rows) <= ONE_COLUMN else ABREAST[1]
    split = [row[start : start + most] for row in rows for start in range(0, len(row), most)]
    if len(split) > ONE_COLUMN >= len(rows):
        most = ABREAST[1]
        split = [row[start : start + most] for row in rows for start in range(0, len(row), most)]
    return split


def _sugiyama(count: int, edges: Sequence[Edge]) -> dict[int, int]:
    """The rank of each node, as grandalf finds it; what hangs together with nothing stands where it comes in the run.

    Its order within a rank is not taken: that depends on where in memory its vertices lie.
    """
    vertices = [Vertex(node) for node in range(count)]
    for one in vertices:
        one.view = VertexViewer(w=1, h=1)
    graph = LayoutGraph(vertices, [LayoutEdge(vertices[a], vertices[b]) for a, b in edges])
    rank: dict[int, int] = {}
    for core in graph.C:
        if len(core.sV) == 1:
            (alone,) = core.sV
            rank[alone.data] = alone.data
            continue
        layout = SugiyamaLayout(core)
        layout.init_all(roots=[one for one in core.sV if not one.e_in()])
        rank |= {vertex.data: layout.grx[vertex].rank for vertex in core.sV}
    return rank
