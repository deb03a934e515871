"""True numbers of a model: of one layer, of its answer, and of its largest weights."""

from __future__ import annotations

import numpy as np
from manim import SurroundingRectangle, VGroup

from scenes.model.stage import ALONE_PX, NAME_PX, ModelStage
from scenes.parts.arrays.number_part import NumberPart, part_of
from scenes.parts.arrays.piece import Share, steepest
from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.arrays.tensor_view import BARS_MOST, tensor_view
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import Shown

COLUMNS, ROWS = 5, {"in": 3, "weights": 4, "out": 3}
TOP = 4  # outputs that are named
FOLLOWED = ("Linear", "Conv1d", "Conv2d", "Conv3d")
LAYERS, LYING = 3, 1.5
CLASS_ROOM = 2.0  # of a class's name
Place = tuple[int, ...]


class NumberBeats(ModelStage):
    """`inside`, `answer` and `weights`."""

    # -- a layer ---------------------------------------------------------------------------------------------------

    def layer(self) -> tuple[int, int]:
        """The node that is looked into and its weights: in focus, or the first that can be followed."""
        uses = zip(self.array("use/node").tolist(), self.array("use/parameter").tolist(), strict=True)
        kept = [(n, p) for n, p in uses if self._there("weight", p) and self.array(f"weight/{p}").ndim > 1]
        names = self.array("module/name")
        wanted = self.trace.params["resolved"].get("focus") or ()
        for focus in wanted.split(",") if isinstance(wanted, str) else wanted:
            for node, parameter in kept:
                if _within(str(names[self.array("node/module")[node]]), focus.strip()):
                    return node, parameter
        return min(kept, key=lambda one: (not self._followed(one[0]), self._cut(one[0])), default=(-1, -1))

    def _followed(self, node: int) -> bool:
        """Whether what goes out can be worked out by hand from what comes in and the weights."""
        return self.trace.nodes[node].operation in FOLLOWED

    def _cut(self, node: int) -> int:
        """How many of what goes in and what comes out are not kept whole: their neighbours stand far apart."""
        goes = self.array("edge/tensor")[self.array("edge/target") == node][:1].tolist()
        how = self.array("tensor/kept")
        return sum(str(how[one]) != "whole" for one in (*goes, int(self.array("node/tensor")[node])))

    def _there(self, family: str = "", index: str | int = "") -> bool:
        """Whether these numbers are kept, and all of them are finite."""
        name = f"{family}/{index}"
        return name in self.trace.series and f"{name}/nonfinite" not in self.trace.series

    def inside(self) -> None:
        """What goes into a layer, its weights, and what it gives, in numbers."""
        node, parameter = self.layer()
        self.vary(none=node < 0)
        self.say()
        blocks = [i for i, one in enumerate(self.folded.blocks) if one.first <= node < one.last]
        dim = self.map.rest(i for i in range(len(self.folded.blocks)) if i not in blocks)
        rows: list[tuple[str, str]] = []
        source = self.array("edge/tensor")[self.array("edge/target") == node]
        made = int(self.array("node/tensor")[node])
        named = {"in": f"value/{source[0]}" if len(source) else "", "weights": f"weight/{parameter}"}
        named["out"] = f"value/{made}"
        rows = [(key, series) for key, series in named.items() if self._there(*series.split("/"))]
        panel = VGroup()
        at = steepest(part_of(self, named["in"])) if "in" in dict(rows) else None
        if node >= 0:
            module = int(self.array("node/module")[node])
            panel.add(self.head_lines(self.module_name(module), [self.module_about(module)]))
        room = self.side.without(top=1.0)
        biased = int((self.array("use/node") == node).sum()) > 1
        weights = [1.0 + min(ROWS[key], part_of(self, series).shape[0]) for key, series in rows]
        for (key, series), box in zip(rows, room.rows(*weights, gap=0.1) if rows else [], strict=True):
            panel.add(self._grid(key, series, box, at, biased))
        self.beside(panel, *dim, *(self.map.light(i, "positive") for i in blocks))
        self.say()

    def _grid(self, key: str, series: str, box: Box, at: Share | None, biased: bool) -> NumberPart:
        """Numbers of what goes in, of the weights or of what comes out, under their name."""
        rank = self.array(series).ndim
        piece = at if key != "weights" and rank > 3 else None
        head = "kernel" if key == "weights" and rank > 2 else f"{key}_part" if piece is not None else key
        head += "_bias" if key == "out" and biased else ""
        words = self.words(self.label(f"grid_{head}"), style.SMALL_PX, "muted")
        return NumberPart(self, series, box, words, ROWS[key], COLUMNS, piece)

    # -- the answer ------------------------------------------------------------------------------------------------

    def answer(self) -> None:
        """What the model gave back, and the loss of that."""
        number = next((i for i, one in enumerate(self.folded.blocks) if one.kind == "output"), -1)
        tensor = self.folded.tensor(self.trace, number) if number >= 0 else -1
        series = f"value/{tensor}"
        values = self.array(series) if series in self.trace.series else np.zeros(0)
        first = values[0] if values.ndim > 1 else values.reshape(-1)
        front = (0,) if values.ndim > 1 else ()
        lights = [self.map.light(number, "activation")] if number >= 0 else []
        dim = self.map.rest(i for i in range(len(self.folded.blocks)) if i != number)
        if tensor >= 0 and self.broken("forward", tensor):
            told, panel = self.label("answer_broken"), VGroup()
        elif "answer/class" in self.trace.series:
            told = self.label("answer_class", name=self.number("answer/name", 0, form="name"))
            panel = self._classes(number, tensor, first)
        elif values.size == 1:
            place = (0,) * values.ndim
            one = self.number(series, *place)
            told, panel = self.label("answer_one", value=one), VGroup(self._alone(one))
        elif first.ndim == 1 and len(first) > 1:
            best = int(np.argmax(first))
            largest = self.number(series, *front, best, form="short")
            told = self.label("answer_top", place=self._where(series, front, best), value=largest)
            panel = self._top(number, tensor, series, front, first)
        else:
            told, panel = self.label("answer_whole"), VGroup()
        self.say(answer=told)
        if len(panel):
            self.beside(panel, *dim, *lights)
        else:
            self.show_block(number, "value", *dim, *lights)
        self.say(end=self._outcome())

    def _outcome(self) -> Shown:
        if self.item("loss/tensor") < 0:
            return self.label("end_none")
        if not self.item("loss/finite"):
            return self.label("end_infinite")
        return self.label("end_loss", loss=self.number("loss/value"))

    def _classes(self, number: int, tensor: int, first: np.ndarray) -> VGroup:
        """All scores as bars, and the most probable classes, with a ring around the right one."""
        out, below = self._scores(number, tensor, first)
        ranks = range(min(TOP, len(self.array("answer/class"))))
        shares = [float(self.array("answer/probability")[k]) for k in ranks]
        names = [
            self.cut(self.number("answer/name", k, form="name"), CLASS_ROOM, style.LABEL_PX) for k in ranks
        ]
        roles = ["activation" if k == 0 else "muted" for k in ranks]
        form = comparable(shares, form=".1%", every=False)
        numbers = [
            self.value("answer/probability", k, form=form, px=style.LABEL_PX, colour=roles[k]) for k in ranks
        ]
        columns: list[Column | Bars] = [Column(names, align="left"), Bars(shares, roles), Column(numbers)]
        table = Table(self.look, columns, below, pitch=0.56, gap=style.GAP)
        out.add(table)
        right = self.item("answer/target")
        for k in ranks:
            if right >= 0 and self.array("answer/class")[k] == right:
                frame = SurroundingRectangle(names[k], buff=0.1, corner_radius=0.06, stroke_width=style.LINE)
                out.add(frame.set_stroke(self.look.loss))
        return out

    def _scores(self, number: int, tensor: int, first: np.ndarray) -> tuple[VGroup, Box]:
        """Heads and all scores as bars; and the room below them."""
        kept = f"value/{tensor}"
        values = self.array(kept) if kept in self.trace.series else np.zeros(0)
        out = VGroup(self.heads(self.folded.blocks[number], tensor, values))
        above, below = self.side.without(top=1.0).rows(1, 1.1)
        if len(first) <= BARS_MOST:
            out.add(tensor_view(self.look, first, above.without(bottom=0.1), "activation"))
        return out, below

    def _where(self, series: str, front: Place, place: int) -> Shown:
        return self.position(series, *front, place)

    def _alone(self, text: Shown) -> Typeset:
        return fit(self.words(text, ALONE_PX, "activation"), self.side)

    def _top(self, number: int, tensor: int, series: str, front: Place, first: np.ndarray) -> VGroup:
        """All outputs as bars, and the largest of them with their places."""
        out, below = self._scores(number, tensor, first)
        order = sorted(range(len(first)), key=lambda k: -float(first[k]))[:TOP]
        form = comparable(first[order], form=".3f", most=9)
        names = [
            self.words(self.label("place", k=self._where(series, front, k)), style.LABEL_PX) for k in order
        ]
        values = [
            self.value(series, *front, k, form=form, px=style.LABEL_PX, colour="activation") for k in order
        ]
        room = below.middle(width=4.2)
        return out.add(Table(self.look, [Column(names, align="left"), Column(values)], room, pitch=0.56))

    # -- weights ---------------------------------------------------------------------------------------------------

    def weights(self) -> None:
        """The largest weights as pictures."""
        sizes = self.array("parameter/elements")
        kept = [p for p in range(len(sizes)) if self._there("weight", p)]
        wide = [p for p in kept if self.array(f"weight/{p}").ndim > 1] or kept
        largest = sorted(wide, key=lambda p: -int(sizes[p]))[:LAYERS]
        owners = {int(self.array("parameter/module")[p]) for p in largest}
        names = self.array("module/name")
        self.vary(none=not largest)
        self.say()
        panel = VGroup()
        boxes = self.side.rows(*[1.0] * len(largest), gap=style.GAP) if largest else []
        for parameter, box in zip(largest, boxes, strict=True):
            panel.add(self._weight(parameter, box))
        lit = [
            i for i, one in enumerate(self.folded.blocks)
            if one.module >= 0 and any(_within(str(names[m]), str(names[one.module])) for m in owners)
        ]  # fmt: skip
        dim = self.map.rest(i for i in range(len(self.folded.blocks)) if i not in lit)
        self.beside(panel, *dim, *(self.map.light(i, "positive") for i in lit))
        self.say()

    def _weight(self, parameter: int, box: Box) -> VGroup:
        name = self.cut(
            self.number("parameter/name", parameter, form="name"), 0.62 * box.width, style.LABEL_PX
        )
        shape = self.words(self.number("parameter/shape", parameter, form="shape"), NAME_PX, "muted")
        about = [name, shape]
        if self.array("parameter/kept")[parameter] == "slice":
            about.append(self.words(self.label("part"), NAME_PX, "muted"))
        head = fit(row(about), Box(box.left, box.right, box.top - 0.3, box.top), "left")
        values = self.array(f"weight/{parameter}")
        if values.ndim == 2 and len(values) > LYING * values.shape[1]:
            values = values.T  # a long one lies
        drawn = (
            values[None] if values.ndim <= 2 else values[:, 0].reshape(1, values.shape[0], *values.shape[2:])
        )
        return VGroup(head, tensor_view(self.look, drawn, box.without(top=0.48), "positive"))


def _within(name: str, holder: str) -> bool:
    return name == holder or name.startswith(f"{holder}.") or not holder
