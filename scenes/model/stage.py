"""What the beats of the film model share: the map on the left, and on the right whatever a block is shown by."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
from manim import Animation, VGroup

from scenes.parts.arrays.tensor_view import MAPS_MOST, tensor_view
from scenes.parts.charts.tensor_statistics import TensorStatistics
from scenes.parts.nets.block_map import INSIDE, BlockMap, Face
from scenes.parts.nets.call_blocks import Block, Folded, folded
from scenes.parts.nets.layered import layered
from scenes.parts.pictures.image import pictured
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.room.motion import arrive, leave
from scenes.parts.sequences.number_tiles import number_tiles
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.declare import allow
from scenes.stage.provenance import Shown
from scenes.stage.stage import Stage

MAP_SHARE = (1.36, 1)  # of the stage: the map, and what stands beside it
NAME_PX, HEAD_PX, ALONE_PX = style.NUMBER_MIN_PX, 34, 72
LARGE_PX, LARGE_FROM = style.LABEL_PX, 0.82  # where ranks are so far apart
NAME_MOST = 2.2  # units of a name in a block
ROLES = {"input": "input", "entry": "input", "loss": "loss"}
PICTURE = 0.62  # of the panel's height, under its heads
NUMBERED, NUMBER_PITCH = 6, 1.2  # numbers that also stand below their bars, and their room


class ModelStage(Stage):
    """A run of a user's model, drawn as blocks."""

    folded: Folded
    map: BlockMap
    standing: VGroup  # the heads of statistics, which stay while block after block is shown

    def prepare(self) -> None:
        """Fold the run to blocks and give them their places."""
        self.standing, self.standing_for = VGroup(), ""
        left, self.side = self.whole.without(top=0.05, bottom=0.05).columns(*MAP_SHARE)
        self.folded = folded(self.trace)
        self.map = self.map_of(self.folded, left)

    def map_of(self, folded: Folded, box: Box) -> BlockMap:
        """Blocks with their names, parameters and shapes, in a box."""
        edges = [(link.source, link.target) for link in folded.links]
        layout = layered(len(folded.blocks), edges, box)
        px = LARGE_PX if layout.pitch > LARGE_FROM else NAME_PX
        pairs = zip(folded.blocks, layout.boxes, strict=True)
        faces = [self._face(block, one.width - 2 * INSIDE, px) for block, one in pairs]
        notes = {}
        for number in range(len(folded.blocks)):
            tensor = folded.tensor(self.trace, number)
            text = self.shape(tensor) if tensor >= 0 else self.join()
            if text:
                note = self.words(text, px, "muted")
                half = layout.boxes[number].width / 2
                notes[number] = note if note.width < half else self.words(text, NAME_PX, "muted")
        return BlockMap(self.look, layout, faces, notes)

    # -- names -----------------------------------------------------------------------------------------------------

    def shape(self, tensor: int) -> Shown:
        """A tensor's shape as 1×3×28×28; nothing for a single number."""
        return self.number("tensor/shape", tensor, form="shape")

    def block_name(self, block: Block) -> Shown:
        """A module by its name, or its class where that is only a number; a function by its own name."""
        if block.kind == "entry":
            return self.label("grid_in")
        if block.kind == "joined":
            return self.join(self._node_name(block.first), " … ", self._node_name(block.last - 1))
        if block.module < 0:
            return self._node_name(block.node)
        return self.module_name(block.module)

    def _node_name(self, node: int) -> Shown:
        kind = self.array("node/kind")[node]
        if kind == "output" and str(self.array("node/name")[node]).startswith("["):
            return self.label("outputs")
        if self.array("node/stage")[node] == "loss":
            return self.label("loss")
        if kind == "module":
            return self.number("node/name", node, form="tail")
        return self.number(
            "node/name" if kind in ("input", "output") else "node/operation", node, form="name"
        )

    def block_about(self, block: Block) -> Shown:
        """The class of a module that has a name of its own, or why a block is closed; nothing for functions."""
        closed = str(self.array("node/closed")[block.node]) if block.last - block.first == 1 else ""
        if closed:
            return self.label(f"closed_{closed}")
        if block.module < 0 or block.kind == "joined":
            return self.join()
        return self.module_about(block.module)

    def module_about(self, module: int) -> Shown:
        """The class of a module, unless that is what it is called by."""
        named = self._has_name(module)
        return self.number("module/class", module, form="name") if named else self.join()

    def module_name(self, module: int) -> Shown:
        """A module by the end of its name, or its class where that is only a number."""
        if self._has_name(module):
            return self.number("module/name", module, form="tail")
        return self.number("module/class", module, form="name")

    def _has_name(self, module: int) -> bool:
        name = str(self.array("module/name")[module])
        return bool(name) and not name.isdigit()

    def parameters(self, block: Block) -> Shown:
        """How many parameters a block holds; nothing where it has none."""
        if block.module >= 0 and block.kind != "joined":
            count = int(self.array("module/parameters")[block.module])
            return self.number("module/parameters", block.module, form=",d") if count else self.join()
        if block.kind == "entry":
            return self.join()
        own = int(self.array("node/parameters")[block.node]) if block.last - block.first == 1 else 0
        return self.number("node/parameters", block.node, form=",d") if own else self.join()

    def _face(self, block: Block, room: float, px: float) -> Face:
        texts = [self.cut(self.block_name(block), min(room, NAME_MOST), px)]
        if block.repeat > 1:
            times = self.number("module/repeat", block.module)
            texts.append(self.words(self.join("×", times), px, "ink"))
        about = self.block_about(block)
        if about and block.repeat == 1:
            texts.append(self.words(about, px, "muted"))
        count = self.parameters(block)
        right = self.words(count, px, "positive") if count else None
        role = ROLES.get(block.kind, "positive" if count else "muted")
        return Face(texts, right, role, block.kind == "function", block.repeat > 1)

    def cut(self, text: str, room: float, px: float, colour: str = "ink") -> Typeset:
        """Text of one size, with "…" where it is too long."""
        return self.fitted(text, room, px, colour, least_px=px)

    # -- beside the map --------------------------------------------------------------------------------------------

    def broken(self, family: str, tensor: int) -> bool:
        """Whether among its numbers is one that is not finite: what is kept of those are zeros."""
        return bool(self.array(f"{family}/nonfinite")[tensor])

    def heads(self, block: Block, tensor: int, values: np.ndarray, family: str = "value") -> VGroup:
        """The name of a block, and below it what it is, the shape of what it gives, and which part of that is drawn."""
        about = [self.block_about(block), self.shape(tensor)]
        sides = [
            int(one) for one in str(self.array("tensor/shape")[tensor]).strip("()").split(",") if one.strip()
        ]
        if values.ndim in (4, 5) and sides[1] > MAPS_MOST:
            last = min(MAPS_MOST, values.shape[1]) - 1
            shown = self.position(f"{family}/{tensor}", 0, last, *(0,) * (values.ndim - 2), axis=1, first=1)
            about.append(self.label("first_maps", n=shown))
        elif values.ndim > 1 and sides[0] > 1:
            about.append(self.label("first"))
        return self.head_lines(self.block_name(block), about)

    def head_lines(self, name: Shown, about: Sequence[Shown]) -> VGroup:
        """A name at the top of what stands beside the map, and below it what there is to say of it."""
        top = Box(self.side.left, self.side.right, self.side.top - 0.34, self.side.top)
        below = Box(self.side.left, self.side.right, top.bottom - 0.42, top.bottom - 0.1)
        out = VGroup(fit(self.cut(name, self.side.width, HEAD_PX), top, "left"))
        parts = [self.words(one, style.NUMBER_PX, "muted") for one in about if one]
        return out.add(fit(row(parts, style.GAP), below, "left")) if parts else out

    @property
    def _rooms(self) -> tuple[Box, Box]:
        """For a picture of a block's numbers, and for their statistics."""
        picture, spread = self.side.without(top=0.95).rows(PICTURE, 1 - PICTURE, gap=style.GAP)
        return picture, spread

    def panel_of(self, number: int, family: str = "value") -> VGroup:
        """What is shown of a block: its name, its numbers as a picture, how they are spread, statistics."""
        block, tensor = self.folded.blocks[number], self.folded.tensor(self.trace, number)
        role = "gradient" if family == "gradient" else ("input" if block.kind == "input" else "activation")
        series = f"{family}/{tensor}"
        values = self.array(series) if series in self.trace.series else np.zeros(0)
        out = VGroup(self.heads(block, tensor, values, family))
        if self.broken("gradient" if family == "gradient" else "forward", tensor):
            return out.add(fit(self.words(self.label("no_number"), ALONE_PX, "loss"), self._rooms[0]))
        if values.size == 1:
            alone = self.value(series, *(0,) * values.ndim, px=ALONE_PX, colour=role)
            out.add(fit(alone, self._rooms[0]))
        elif role == "input" and self._is_picture(tensor):
            out.add(self._picture(self._rooms[0]))
        elif values.size:
            out.add(self.view(series, self._rooms[0], role))
        few = 0 < values.size <= NUMBERED
        return out.add(self.statistics(family).numbers(tensor, role, few))

    def _is_picture(self, tensor: int) -> bool:
        """Whether a tensor is the picture that was given as a file."""
        return "picture/tensor" in self.trace.series and self.item("picture/tensor") == tensor

    def _picture(self, box: Box) -> VGroup:
        """That picture as it was, and not the few of its numbers that are kept as a tensor."""
        low, high = float(self.item("picture/low")), float(self.item("picture/high"))
        pixels = self.array("picture/pixel")
        shares = np.clip((pixels.astype(float) - low) / ((high - low) or 1.0), 0, 1)
        rgb = np.broadcast_to(np.rint(255 * shares[:, :, :3]), (*pixels.shape[:2], 3)).astype(np.uint8)
        return pictured(rgb, self.look, box)

    def view(self, series: str, box: Box, role: str) -> VGroup:
        """The numbers of a series as a picture; of whole numbers and of few ones the numbers themselves, too."""
        values = self.array(series)
        front = (0,) if values.ndim > 1 else ()
        first = values[front] if values.size else values
        if first.ndim == 1 and first.dtype.kind in "ib" and role == "input":
            dots = self.words("…", style.LABEL_PX, "muted")
            number = partial(self.value, series, *front, form="d", px=NAME_PX)
            return number_tiles(self.look, box, len(first), number, dots)
        if first.ndim != 1 or len(first) > NUMBERED or values.ndim > 2:
            return tensor_view(self.look, values, box, role)
        numbers = Box(box.left, box.right, box.bottom, box.bottom + 0.3)
        pitch = min(box.width / len(first), NUMBER_PITCH)
        bars = box.without(bottom=0.45).middle(width=pitch * len(first))
        out = tensor_view(self.look, values, bars, role, wide=NUMBER_PITCH)
        form = comparable(first, form="short", every=False, most=6)
        texts = [self.value(series, *front, k, form=form, px=NAME_PX) for k in range(len(first))]
        if max(text.width for text in texts) > pitch - style.TIGHT:
            return out
        for k, text in enumerate(texts):
            out.add(text.centre_at([bars.left + (k + 0.5) * pitch, numbers.centre[1], 0]))
        return out

    def statistics(self, family: str) -> TensorStatistics:
        """Statistics of what flows forward, or of gradients, at their place."""
        return TensorStatistics(self, self._rooms[1], "gradient" if family == "gradient" else "forward")

    def clear_panel(self) -> list[Animation]:
        """The heads of statistics go with what they belong to."""
        gone = super().clear_panel()
        old, self.standing, self.standing_for = self.standing, VGroup(), ""
        return [*gone, leave(old)] if len(old) else gone

    def beside(self, new: VGroup, *also: Animation) -> None:
        """Put something beside the map, in place of what stands there."""
        allow(new, "blink", "something else stands there")
        self.play(*self.clear_panel(), arrive(new), *also, run_time=style.MOVE_S)
        self.panel = new

    def show_block(self, number: int, family: str, *also: Animation) -> None:
        """Put what is shown of a block beside the map; the heads of the statistics stay from block to block."""
        panel = allow(self.panel_of(number, family), "blink", "block after block stands there")
        if self.standing_for == family:
            gone, coming = super().clear_panel(), [arrive(panel)]
        else:
            gone = self.clear_panel()
            heads = self.statistics(family).heads()
            coming = [arrive(panel), arrive(heads)]
            self.standing, self.standing_for = heads, family
        self.play(*gone, *coming, *also, run_time=style.MOVE_S)
        self.panel = panel

    def flowing(self) -> Sequence[int]:
        """Blocks in the order of flow that give something, without the loss."""
        blocks = enumerate(self.folded.blocks)
        return [
            i
            for i, one in blocks
            if one.kind not in ("loss", "output") and self.folded.tensor(self.trace, i) >= 0
        ]
