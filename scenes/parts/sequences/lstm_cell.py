"""An LSTM cell drawn: the cell state's line straight through it, gates that multiply, and the hidden state below."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from manim import Arrow, Circle, Line, RoundedRectangle, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.sequences.recurrent_cell import arrow
from scenes.parts.text.typeset import Typeset, math
from scenes.stage import style
from scenes.stage.explainer import Explainer

MARGIN, BELOW = 1.5, 0.75  # left and right of the cell, for the states' names; below it, for its input
NAME = 0.95  # of the margin: a state's name
LEAVE = 0.4  # from a name to its number below
BELT, INNER, GATES, FEED = 0.75, 0.55, 0.31, 0.09  # heights inside the cell, as shares
PLACES = {"f": 0.13, "i": 0.35, "g": 0.58, "o": 0.8}  # of its width: the gates
WRITE, GIVE, ENTER = (
    0.48,
    0.95,
    0.03,
)  # of its width: where c is added to, where h goes down, where x comes in
GATE = (0.17, 0.19)  # of its width and height: a gate
NODE = 0.2  # radius of a multiplication or an addition
GATE_PX, STATE_PX = 40, 44
SIGN_UP = 0.27  # from a gate to its letter and its number
FUNCTIONS = {"f": "sigma", "i": "sigma", "g": "tanh", "o": "sigma"}
STATES = {"c0": "c_(t-rule(1))", "h0": "h_(t-rule(1))", "c": "c_t", "h": "h_t", "x": "input(x_t)"}
LANE = np.array([0, 0.46, 0])  # from the belt up to the gradient's own way along it
TIP, TIP_MORE = 0.16, 0.012  # of an arrow's tip: its length, and what it gains with the arrow's width
LANE_WIDTH, LANE_LEAST = (
    14.0,
    1.0,
)  # of the whole gradient, in stroke units; and of what is left of it, at least


class LstmCell(VGroup):
    """`words` say what each of the gates f, i, g and o is for, beside its function; its letter stands above it.

    The states are c0 and h0 before, c and h after.

    It comes in parts: `frame` and `belt`, then `keeps` (the forget gate), `writes` (what is added) and `gives` (h).
    """

    def __init__(self, film: Explainer, box: Box, words: Mapping[str, Typeset]) -> None:
        super().__init__()
        look = self.look = film.look
        self.box = box
        gates = {
            key: row([word, film.math(FUNCTIONS[key], GATE_PX, "muted")], style.TIGHT)
            for key, word in words.items()
        }
        self.letters = {key: film.math(f"{key}_t", GATE_PX) for key in words}
        self.names = names = gates | {key: film.math(one, STATE_PX) for key, one in STATES.items()}
        self.inside = box.without(left=MARGIN, right=MARGIN, bottom=BELOW)
        body = RoundedRectangle(width=self.inside.width, height=self.inside.height, corner_radius=0.2)
        body.set_stroke(look.positive, style.LINE).set_fill(look.surface, opacity=1).move_to(
            self.inside.centre
        )
        self.ends = {key: self._end(key) for key in ("c0", "h0", "c", "h")}
        self.note = Box(self.at(0.16, 0)[0], self.inside.right, box.bottom, self.inside.bottom - style.TIGHT)
        foot = self.at(ENTER, FEED)
        below = np.array([foot[0], box.bottom + LEAVE, 0])
        names["x"].move_to(below - [0, LEAVE / 2, 0])
        feed = self._line(self.ends["h0"], self.at(PLACES["o"], FEED), "muted")
        self.frame = VGroup(
            body, feed, arrow(look, below, foot, "input"), *(names[one] for one in ("x", "h0", "c0"))
        )
        keep, add = self.at(PLACES["f"], BELT), self.at(WRITE, BELT)
        self.belt = VGroup(
            self._way(self.ends["c0"], keep, 0, NODE), self._way(keep, add, NODE, NODE),
            self._way(add, self.ends["c"], NODE),
        ).set_stroke(width=style.STRONG)  # fmt: skip
        self.belt.add(names["c"])
        self.keeps = VGroup(
            *self._gate("f"), self._way(self._top("f"), keep, 0, NODE, "muted"), self._node(keep, "times")
        )
        product = self.at(WRITE, INNER)
        self.writes = VGroup(*self._gate("i"), *self._gate("g"))
        for key in "ig":
            corner = self.at(PLACES[key], INNER)
            self.writes.add(
                self._line(self._top(key), corner, "muted"), self._way(corner, product, 0, NODE, "muted")
            )
        self.writes.add(
            self._way(product, add, NODE, NODE), self._node(product, "times"), self._node(add, "+")
        )
        self.gives = self._giving()
        self.add(self.frame, self.belt, self.keeps, self.writes, self.gives)

    def at(self, across: float, up: float) -> np.ndarray:
        """The point at these shares of the cell."""
        return self.inside.at(across, up)

    def back(self, times: Typeset, share: float) -> VGroup:
        """The gradient's way above the belt, from what comes after to what was before.

        It meets the forget gate at `times`, and is `share` as thick from there on.
        """
        start, gate, end = (
            one + LANE for one in (self.ends["c"], self.at(PLACES["f"], BELT), self.ends["c0"])
        )
        half = times.centre_at(gate).width / 2 + style.TIGHT
        side = np.array([half, 0, 0])
        pieces = (start, gate + side, LANE_WIDTH), (gate - side, end, share * LANE_WIDTH)
        before, after = (self._thick(a, b, max(width, LANE_LEAST)) for a, b, width in pieces)
        return VGroup(before, times, after)

    def _thick(self, start: np.ndarray, end: np.ndarray, width: float) -> Arrow:
        tip = {"tip_length": TIP + TIP_MORE * width, "max_stroke_width_to_length_ratio": np.inf}
        return Arrow(start, end, buff=0, color=self.look.gradient, stroke_width=width, **tip)

    def value(self, key: str, number: Typeset) -> Typeset:
        """A number beside what it is: under a state's name, beside the arrow out of a gate."""
        if key in self.ends:
            return number.centre_at(self.names[key].get_center() - np.array([0, LEAVE, 0]))
        return self._beside(key, number, "right" if key != "i" else "left")

    def _beside(self, key: str, sign: Typeset, side: str) -> Typeset:
        """Above a gate, on that side of the arrow out of it."""
        away = (sign.width / 2 + style.TIGHT) * (1 if side == "right" else -1)
        return sign.centre_at(self._top(key) + np.array([away, SIGN_UP, 0]))

    def into(self, key: str, sign: Typeset) -> Typeset:
        """Beside the way up into a gate."""
        way = self.at(PLACES[key], (FEED + GATES - GATE[1] / 2) / 2)
        return sign.left_at(way + np.array([style.GAP, 0, 0]))

    def _end(self, key: str) -> np.ndarray:
        """Where a state enters or leaves; its name stands beyond."""
        left, up = key.endswith("0"), BELT if key.startswith("c") else FEED
        y = self.at(0, up)[1]
        edge = self.box.left if left else self.box.right - NAME
        fit(self.names[key], Box(edge, edge + NAME, y - LEAVE / 2, y + LEAVE / 2))
        return np.array([edge + NAME if left else edge, y, 0])

    def _top(self, key: str) -> np.ndarray:
        return self.at(PLACES[key], GATES + GATE[1] / 2)

    def _gate(self, key: str) -> tuple[VGroup, VGroup, VGroup, Typeset]:
        """The way up from the feed, the gate, its name, and its letter."""
        width, height = (
            share * size for share, size in zip(GATE, (self.inside.width, self.inside.height), strict=True)
        )
        box = RoundedRectangle(width=width, height=height, corner_radius=0.1).move_to(
            self.at(PLACES[key], GATES)
        )
        box.set_stroke(self.look.positive, style.LINE).set_fill(self.look.background, opacity=1)
        room = Box(-width / 2, width / 2, -height / 2, height / 2)
        name = fit(self.names[key], room.middle(0.9 * width, 0.6 * height)).shift(box.get_center())
        up = self._way(self.at(PLACES[key], FEED), self.at(PLACES[key], GATES - GATE[1] / 2), role="muted")
        return up, box, name, self._beside(key, self.letters[key], "left" if key != "i" else "right")

    def _giving(self) -> VGroup:
        """From the belt down through tanh, multiplied by the output gate, and out."""
        branch, bend, product, turn = (self.at(GIVE, up) for up in (BELT, INNER, GATES, FEED))
        tanh = math("tanh", self.look, style.LABEL_PX).centre_at(bend)
        half = np.array([0, 0.2, 0])
        return VGroup(
            self._line(branch, bend + half), tanh, self._way(bend - half, product, 0, NODE), *self._gate("o"),
            self._way(self.at(PLACES["o"] + GATE[0] / 2, GATES), product, 0, NODE, "muted"),
            self._node(product, "times"),
            self._line(product - [0, NODE, 0], turn), self._way(turn, self.ends["h"]), self.names["h"],
        )  # fmt: skip

    def _node(self, place: np.ndarray, sign: str) -> VGroup:
        ring = Circle(NODE, color=self.look.ink, stroke_width=style.LINE).set_fill(
            self.look.background, opacity=1
        )
        return VGroup(ring, math(sign, self.look, style.LABEL_PX).centre_at([0, 0, 0])).move_to(place)

    def _line(self, start: np.ndarray, end: np.ndarray, role: str = "activation") -> Line:
        return Line(start, end, color=self.look.colour(role), stroke_width=style.LINE)

    def _way(
        self,
        start: np.ndarray,
        end: np.ndarray,
        after: float = 0.0,
        before: float = 0.0,
        role: str = "activation",
    ) -> VGroup:
        """An arrow that begins so far after its start and ends so far before its end."""
        along = (end - start) / np.linalg.norm(end - start)
        return arrow(self.look, start + after * along, end - before * along, role)
