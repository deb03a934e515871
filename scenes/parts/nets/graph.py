"""A graph of operations drawn from left to right; grandalf's layered layout decides who stands where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from grandalf.graphs import Edge as LayoutEdge
from grandalf.graphs import Graph as LayoutGraph
from grandalf.graphs import Vertex
from grandalf.layouts import SugiyamaLayout
from manim import (
    DL,
    RIGHT,
    UP,
    UR,
    Animation,
    Circle,
    FadeIn,
    RoundedRectangle,
    ShowPassingFlash,
    VGroup,
    VMobject,
)

from engine.errors import InputError
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.style import PX, Look, blend

LEAF_HEIGHT, LEAF_ROOM = 0.52, 0.60  # a leaf's pill, and the room it takes
OP_RADIUS, OP_ROOM = 0.32, 1.22  # an operation's circle, and with its value above and gradient below
LEAF_PAD = 0.3
SYMBOL_ROOM = 0.58  # the width of an operation's symbol in its circle
SIDE_GAP = 0.14  # between a leaf's pill and its gradient on the left
CHIP_PAD = 0.2  # a local derivative's box is this much wider than its number
WIRE_ROOM = 0.45  # the height a wire takes where it passes a column
CHIP_ROW = 0.25  # half the height of a local derivative's box, where a wire bends
CHIP_ROOM = 0.08  # free wire beside that box
CHIP_CLEAR = 0.14  # and round it, where there is room
COLUMN_GAP, ROW_GAP = 0.12, 0.02
TEXT_PX = 34  # em size of the graph's texts before it is fitted to the stage
SHRINK_MIN = style.NUMBER_MIN_PX / TEXT_PX  # fitted, they stay at 26 px or more
GROW_MAX = 1.4  # a small graph is drawn larger, up to this
SPREAD = (
    1.7,
    2.0,
)  # a small graph spreads out rather than huddling in the middle, up to this many times as wide, high
CHIP_FILL = 0.2  # share of the gradient's colour behind a local derivative that has been multiplied in
TEXT_LEFT = (
    0.6  # an operation's texts stand in the middle over it, but reach no further to the left than this
)
BESIDE = 0.08  # from a local derivative to the product that is made with it
BOW = 0.6  # how far two wires between the same nodes part

Corners = tuple[np.ndarray, np.ndarray]


@dataclass(frozen=True)
class Wire:
    """One input of one operation: nodes by index, and which of its inputs it is."""

    source: int
    target: int
    slot: int


@dataclass(frozen=True)
class Face:
    """What a node shows, in units: `left` and `right` of its centre is the room it takes; `pill` is a leaf's width."""

    left: float
    right: float
    pill: float = 0.0

    @property
    def leaf(self) -> bool:
        """Whether the node is a variable or a constant."""
        return self.pill > 0

    @classmethod
    def of_leaf(cls, text: float, gradient: float) -> Face:
        """A leaf whose text and gradient are that wide."""
        pill = text + LEAF_PAD
        return cls(pill / 2 + (gradient + SIDE_GAP if gradient else 0.0), pill / 2, pill)

    @classmethod
    def of_operation(cls, text: float, local: float) -> Face:
        """An operation whose widest text and widest local derivative are that wide; its texts stand in the middle over
        and under it, and the local derivatives on the wires before it."""
        left = min(text / 2, TEXT_LEFT)
        return cls(max(OP_RADIUS, left) + local + CHIP_PAD + CHIP_ROOM, max(OP_RADIUS, text - left))


class _View:
    """What grandalf needs of a vertex. It lays layers out downwards, so its w is our height."""

    def __init__(self, along: float, across: float) -> None:
        self.w, self.h = along, across
        self.xy = (0.0, 0.0)


class _Path:
    def __init__(self) -> None:
        self.points: list[tuple[float, float]] = []

    def setpath(self, points: list[tuple[float, float]]) -> None:
        self.points = points


@dataclass(frozen=True)
class Layout:
    """Places of nodes and the points each wire passes, in frame units; `scale` is how much all shrank to fit."""

    places: dict[int, np.ndarray]
    routes: dict[Wire, list[np.ndarray]]
    scale: float


def lay_out(faces: dict[int, Face], wires: Sequence[Wire], box: Box) -> Layout:
    """Place the nodes of a graph with one output in a box.

    Raises InputError when it does not fit even at the smallest size that can be read.
    """
    vertices = {i: Vertex(i) for i in faces}
    for i, face in faces.items():
        vertices[i].view = _View(LEAF_ROOM if face.leaf else OP_ROOM, face.left + face.right)
    edges: dict[tuple[int, int], LayoutEdge] = {}
    for wire in wires:
        # From the output to the inputs, so that a leaf stands right before its first use.
        key = (wire.target, wire.source)
        if key not in edges:
            edges[key] = LayoutEdge(vertices[wire.target], vertices[wire.source])
            edges[key].view = _Path()
    core = LayoutGraph(list(vertices.values()), list(edges.values())).C[0]
    sugiyama = SugiyamaLayout(core)
    sugiyama.xspace, sugiyama.yspace = ROW_GAP, COLUMN_GAP
    sugiyama.dw = WIRE_ROOM
    sugiyama.init_all(roots=[vertices[max(faces)]], optimize=True)
    sugiyama.draw(12)
    places = {}
    for i, vertex in vertices.items():
        across, along = vertex.view.xy
        places[i] = np.array([(faces[i].left - faces[i].right) / 2 - along, across, 0.0])
    routes = {
        key: [np.array([-b, a, 0.0]) for a, b in reversed(edge.view.points)] for key, edge in edges.items()
    }
    return _fit(faces, wires, places, routes, box)


def _fit(
    faces: dict[int, Face],
    wires: Sequence[Wire],
    places: dict[int, np.ndarray],
    routes: dict[tuple[int, int], list[np.ndarray]],
    box: Box,
) -> Layout:
    width, height = box.width, box.height
    left = min(places[i][0] - f.left for i, f in faces.items())
    right = max(places[i][0] + f.right for i, f in faces.items())
    bends = [point for points in routes.values() for point in points[1:-1]]
    doubled = max(len([w for w in wires if (w.source, w.target) == (v.source, v.target)]) for v in wires) > 1
    room = {i: (LEAF_ROOM if f.leaf else OP_ROOM) / 2 for i, f in faces.items()}
    bottom, top = min(places[i][1] - room[i] for i in faces), max(places[i][1] + room[i] for i in faces)
    bottom = min([bottom, *(point[1] - CHIP_ROW for point in bends)]) - (BOW / 2 if doubled else 0)
    top = max([top, *(point[1] + CHIP_ROW for point in bends)]) + (BOW / 2 if doubled else 0)
    scale = min(GROW_MAX, width / (right - left), height / (top - bottom))
    if scale < SHRINK_MIN:
        wide = width / (right - left) < height / (top - bottom)
        where = "one after another" if wide else "side by side"
        raise InputError(
            f"The expression's graph of {len(faces)} nodes is too large to read: too many operations stand {where}. "
            "Shorten the expression, or give a part of it a value of its own in --at."
        )
    centre = np.array([(left + right) / 2, (top + bottom) / 2, 0])
    spread = np.array(
        [min(SPREAD[0] * scale, width / (right - left)), min(SPREAD[1] * scale, height / (top - bottom)), 1]
    )

    def move(point: np.ndarray) -> np.ndarray:
        return (point - centre) * spread + box.centre

    moved = {key: [move(p) for p in points] for key, points in routes.items()}
    through = {wire: moved[wire.target, wire.source] for wire in wires}
    return Layout({i: move(p) for i, p in places.items()}, through, scale)


class OperationGraph(VGroup):
    """Nodes and wires of a layout. `symbol(i)` draws what stands inside a node.

    `values` are the nodes' values, `gradients` what arrives at them on the way back, `chips` the local derivatives on
    the wires: all where they stand, and shown by whoever has the film.
    """

    def __init__(
        self,
        look: Look,
        layout: Layout,
        faces: dict[int, Face],
        symbol: Callable[[int], Typeset],
        role: Callable[[int], str],
    ) -> None:
        super().__init__()
        self.look, self.layout, self.faces = look, layout, faces
        self.bodies: dict[int, VMobject] = {}
        self.symbols: dict[int, Typeset] = {}
        for i, face in faces.items():
            self.bodies[i] = self._body(i, face, role(i))
            self.symbols[i] = symbol(i).centre_at(layout.places[i])
            self.symbols[i].scale(layout.scale)
        self.wires: dict[Wire, VMobject] = {wire: self._wire(wire) for wire in layout.routes}
        self.values: dict[int, Typeset] = {}
        self.gradients: dict[int, Typeset] = {}
        self.chips: dict[Wire, VGroup] = {}
        self.add(*self.wires.values(), *self.bodies.values(), *self.symbols.values())

    def _body(self, i: int, face: Face, role: str) -> VMobject:
        s = self.layout.scale
        if face.leaf:
            height = LEAF_HEIGHT * s
            body: VMobject = RoundedRectangle(corner_radius=height / 2, width=face.pill * s, height=height)
        else:
            body = Circle(OP_RADIUS * s)
        body.set_stroke(self.look.colour(role), width=style.LINE).set_fill(self.look.surface, opacity=1)
        return body.move_to(self.layout.places[i])

    def _wire(self, wire: Wire) -> VMobject:
        """A smooth line through the route, leaving and arriving level; doubled wires bow apart."""
        points = list(self.layout.routes[wire])
        s = self.layout.scale
        reach = (self.faces[wire.source].pill / 2 or OP_RADIUS) * s
        start = self.layout.places[wire.source] + np.array([reach, 0, 0])
        end = self.layout.places[wire.target] - np.array([OP_RADIUS * s, 0, 0])
        twins = [w for w in self.layout.routes if (w.source, w.target) == (wire.source, wire.target)]
        bow = (BOW * (twins.index(wire) - (len(twins) - 1) / 2) * 2) if len(twins) > 1 else 0.0
        stops = [start, *points[1:-1], end]
        line = VMobject(color=self.look.muted, stroke_width=style.LINE)
        line.start_new_path(stops[0])
        for a, b in pairwise(stops):
            pull = np.array([max(0.45 * (b[0] - a[0]), 0.15), 0, 0])
            lift = np.array([0, -bow, 0])
            line.add_cubic_bezier_curve_to(a + pull + lift, b - pull + lift, b)
        return line

    # -- where things go -------------------------------------------------------------------------------------------

    @property
    def px(self) -> float:
        """Em size of the graph's numbers, in px."""
        return TEXT_PX * self.layout.scale

    def value(self, i: int, label: Typeset) -> Typeset:
        """Place a node's value: in a leaf's pill, or over an operation's circle."""
        leaf, place = self.faces[i].leaf, self.layout.places[i]
        self.values[i] = label.centre_at(place) if leaf else label.left_at(place + self._start(label, 1))
        return label

    def differentiate(self, local: dict[Wire, Typeset], gradients: dict[int, Typeset]) -> None:
        """Place local derivatives on wires, and gradients under operations and on the left of leaves."""
        s = self.layout.scale
        for i, label in gradients.items():
            place, face = self.layout.places[i], self.faces[i]
            if face.leaf:
                label.right_at(place - np.array([(face.pill / 2 + SIDE_GAP) * s, 0, 0]))
            else:
                label.left_at(place + self._arrival(i, label))
        self.gradients = gradients
        self.chips = self._chips(local, [*self.values.values(), *gradients.values()])

    def _start(self, label: Typeset, up: int) -> np.ndarray:
        """Where a text over (or under) an operation begins, from its middle."""
        s = self.layout.scale
        return np.array([-min(label.width / 2, TEXT_LEFT * s), up * (OP_RADIUS * s + 0.62 * self.px * PX), 0])

    def _arrival(self, i: int, label: Typeset) -> np.ndarray:
        """Where the gradient of an operation begins, from its middle: under it."""
        return self._start(label, -1)

    def beside(self, wire: Wire, text: Typeset) -> VGroup:
        """A text on a plate near the local derivative of a wire, above or below it: where it covers least."""
        chip, pad = self.chips[wire][0], CHIP_PAD * self.layout.scale
        plate = RoundedRectangle(corner_radius=0.1, width=text.width + pad, height=chip.height)
        plate.set_fill(self.look.background, opacity=1).set_stroke(width=0)
        drawn = (*self.bodies.values(), *self.values.values(), *self.gradients.values(), *self.chips.values())
        taken = [_box(one) for one in drawn if one is not self.chips[wire]]
        size = np.array([plate.width, plate.height])
        up, across = chip.height + BESIDE, plate.width / 4
        steps = [np.array([i * across, j * up, 0]) for i in range(-3, 4) for j in (1, -1, 1.5, -1.5, 2, -2)]
        spots = [
            chip.get_center() + step for step in sorted(steps, key=lambda one: float(np.hypot(*one[:2])))
        ]
        low, high = style.STAGE_BOTTOM + size[1] / 2, style.STAGE_TOP - size[1] / 2
        inside = [spot for spot in spots if low <= spot[1] <= high] or spots
        place = min(inside, key=lambda spot: _overlap(spot[:2], size, taken))
        return VGroup(plate.move_to(place), text.centre_at(place)).set_z_index(2)

    def _chips(self, labels: dict[Wire, Typeset], texts: list[Typeset]) -> dict[Wire, VGroup]:
        """Local derivatives in framed boxes on their wires, clear of each other, of nodes and of `texts`."""
        taken = [_box(body) for body in self.bodies.values()] + [_box(text) for text in texts]
        placed = {}
        for wire, label in labels.items():
            box = RoundedRectangle(
                corner_radius=0.1 * self.layout.scale,
                width=label.width + CHIP_PAD * self.layout.scale,
                height=1.5 * self.px * PX,
            )
            box.set_fill(self.look.background, opacity=1).set_stroke(self.look.gradient, width=style.HAIRLINE)
            spots = [self.wires[wire].point_from_proportion(share) for share in self._shares(wire)]
            size = np.array([box.width, box.height])
            place = min(spots, key=lambda spot: _overlap(spot[:2], size, taken))
            taken.append((place[:2] - size / 2, place[:2] + size / 2))
            placed[wire] = VGroup(box.move_to(place), label.centre_at(place)).set_z_index(1)  # over pulses
        return placed

    # -- what scenes do with it ------------------------------------------------------------------------------------

    def appear(self, i: int) -> Animation:
        """A node without its value."""
        return FadeIn(self.bodies[i], self.symbols[i], scale=0.6)

    def into(self, i: int) -> list[Wire]:
        """The wires that end in a node."""
        return [wire for wire in self.wires if wire.target == i]

    def flash(self, wires: Iterable[Wire], role: str, reverse: bool = False) -> list[Animation]:
        """A glow that runs along wires, forward or back."""
        out: list[Animation] = []
        for wire in wires:
            glow = self.wires[wire].copy().set_stroke(self.look.colour(role), width=style.EDGE_MAX)
            out.append(ShowPassingFlash(glow.reverse_points() if reverse else glow, time_width=0.6))
        return out

    def multiply(self, wires: Sequence[Wire]) -> list[Animation]:
        """A gradient runs back along wires, and the boxes of the local derivatives that it meets fill."""
        fill = blend(self.look.background, self.look.gradient, CHIP_FILL)
        boxes = (self.chips[wire][0].animate for wire in wires if wire in self.chips)
        filled = [box.set_fill(fill, opacity=1).set_stroke(width=style.LINE) for box in boxes]
        return [*self.flash(wires, "gradient", reverse=True), *filled]

    def arrive(self, i: int) -> Animation:
        """A node's gradient, from the side on which it comes."""
        return FadeIn(self.gradients[i], shift=0.15 * (RIGHT if self.faces[i].leaf else UP))

    def _shares(self, wire: Wire) -> list[float]:
        """Places along a wire, the best first: the middle of its last stretch, or near its leaf."""
        middle = 0.34 if self.faces[wire.source].leaf else 0.5
        return sorted(np.linspace(0.1, 0.9, 33), key=lambda share: abs(share - middle))


def _box(mobject: VMobject | Typeset) -> Corners:
    return mobject.get_corner(DL)[:2], mobject.get_corner(UR)[:2]


def _overlap(centre: np.ndarray, size: np.ndarray, taken: list[Corners]) -> float:
    """Area that a box would share with those already taken, a little margin included."""
    low, high = centre - size / 2 - CHIP_CLEAR, centre + size / 2 + CHIP_CLEAR
    return float(sum(np.prod(np.clip(np.minimum(high, b) - np.maximum(low, a), 0, None)) for a, b in taken))
