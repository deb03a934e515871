"""A row of recurrent cells, unrolled over steps: inputs below, the state between, outputs above, gradients back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from manim import (
    Animation,
    AnimationGroup,
    Create,
    ReplacementTransform,
    ShowPassingFlash,
    VGroup,
    VMobject,
)

from scenes.parts.room.box import Box
from scenes.parts.room.folding import Fold
from scenes.parts.room.motion import arrive
from scenes.parts.room.slots import Slots
from scenes.parts.sequences.recurrent_cell import WAY, CellBox, arrow, looped
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.explainer import Explainer
from scenes.stage.style import Look

HEIGHTS = (1.42, 1.95, 0.72)  # of outputs, cells and inputs, as shares
CELL_MAX, CELL_SHARE = 2.3, 0.74  # width of a cell: at most, and as a share of its column
DOTS_ROOM = 0.5
LIFT, UNDER = 0.3, 0.2  # of a name above its arrow; of one of the way back, under the cells
FORTH, BACK = 0.7, 0.3  # where state and gradient go between two cells, as shares of their height
LOSS_WAY = 0.7  # from a loss to the last cell
FLASH = style.STRONG + 3
COPY_S = 1.1


class RecurrentRow(VGroup):
    """One cell for each step of `drawn`; `outputs`, `cells` and `inputs` are the places around them, by step.

    `cell` makes a cell in a box, `state` the name of what a step hands on. What is drawn belongs to the row: `boxes`
    are its cells, `links` what lies between a cell and the next one that is drawn. A `bare` row has cells only.
    """

    def __init__(
        self,
        look: Look,
        room: Box,
        drawn: Fold,
        cell: Callable[[Box], CellBox],
        state: Callable[[int], Typeset] | None = None,
        heights: tuple[float, float, float] = HEIGHTS,
        bare: bool = False,
    ) -> None:
        super().__init__()
        self.look, self.drawn, self.cell, self.state, self.bare = look, drawn, cell, state, bare
        rows = [room] * 3 if bare else room.rows(*heights, gap=WAY)
        self.outputs, self.cells, self.inputs = (Slots(one, drawn) for one in rows)
        self.boxes: dict[int, CellBox] = {}
        self.links: list[VGroup] = []

    def place(self, step: int) -> Box:
        """What the cell of a step takes of its column."""
        return self.cells[step].middle(width=min(CELL_MAX, CELL_SHARE * self.cells[step].width))

    def stand(self, step: int) -> VGroup:
        """A cell with its loop and its arrows at the place of a step; the row keeps all but the loop."""
        whole = looped(self.cell(self.place(step)))
        self.boxes[step] = whole[0]
        self.add(whole[0], *([] if self.bare else whole[2:]))
        return whole

    def fill(self, slots: Slots, make: Callable[[int, Box], VMobject]) -> list[VMobject]:
        """Something at every drawn step of `inputs` or `outputs`, and the ellipsis; what was made."""
        made = [make(step, slots[step]) for step in self.drawn.shown]
        self.add(*made, slots.ellipsis(self.look))
        return made

    def between(
        self,
        step: int,
        later: int,
        name: Callable[[int], VMobject] | None,
        role: str = "activation",
        up: float = 0.5,
        back: bool = False,
    ) -> VGroup:
        """Arrows, each with what it carries, from a cell to the next one that is drawn, or `back`.

        There are two where steps are left out. `name` is asked for the step before each, if they have one; `up`: at
        which share of the cells' height the arrows lie.
        """
        start, end = self.place(step).at(1, up), self.place(later).at(0, up)
        ways = [(start, end, step)]
        if later > step + 1 and self.cells.gap is not None:
            gap = self.cells.gap.middle(width=DOTS_ROOM)
            ways = [(start, gap.at(0, up), step), (gap.at(1, up), end, later - 1)]
        out = VGroup()
        for a, b, t in ways[::-1] if back else ways:
            out.add(arrow(self.look, *((b, a) if back else (a, b)), role))
            if name is not None:
                middle = (a + b) / 2
                above = self.place(step).bottom - UNDER if back else middle[1] + LIFT
                out.add(name(t).move_to([middle[0], above, 0]))
        return out

    def link(self, step: int, later: int, up: float = 0.5) -> VGroup:
        """What the state goes through between two drawn cells, with the ellipsis where steps are left out."""
        dots = self.cells.ellipsis(self.look) if later > step + 1 else VGroup()
        self.links.append(VGroup(*self.between(step, later, self.state, up=up), *dots))
        self.add(self.links[-1])
        return self.links[-1]

    def standing(self) -> RecurrentRow:
        """The whole row, to be shown at once; the state goes above, so that the gradient can come back below."""
        for step in self.drawn.shown:
            self.stand(step)
        for pair in pairwise(self.drawn.shown):
            self.link(*pair, up=FORTH)
        return self

    def back(
        self, loss: VMobject, name: Callable[[int], VMobject] | None = None, up: float = BACK
    ) -> list[VGroup]:
        """Arrows of the gradient from `loss`, which is put right of the last cell, on to the first cell."""
        end = self.place(self.drawn.shown[-1]).at(1, up)
        loss.move_to(end).shift([LOSS_WAY + loss.width / 2, 0, 0])
        first = VGroup(arrow(self.look, loss.get_left(), end, "gradient"))
        pairs = list(pairwise(self.drawn.shown))[::-1]
        return [first, *(self.between(*pair, name, "gradient", up, back=True) for pair in pairs)]

    def flows_back(
        self, ways: list[VGroup], shares: Sequence[float], role: str = "gradient"
    ) -> list[Animation]:
        """The arrows of `back` are drawn, one animation each; a cell that is met glows by the share of its step."""
        lit = (self.boxes[step].animate.glow(role, shares[step]) for step in reversed(self.drawn.shown))
        return [AnimationGroup(Create(way), cell) for way, cell in zip(ways, lit, strict=True)]

    def flash(self, outline: VMobject) -> Animation:
        """A light runs around an outline."""
        around = outline.copy().set_fill(opacity=0).set_stroke(width=FLASH)
        return ShowPassingFlash(around, time_width=0.6)


def unroll(film: Explainer, row: RecurrentRow, first: VGroup) -> None:
    """The loop of the first cell, as `stand` made it, opens into a copy for every further step."""
    loop = first[1]
    for before, step in pairwise(row.drawn.shown):
        copy, _, *ways = row.stand(step)
        link, way = row.link(before, step), copy.get_center() - row.boxes[before].get_center()
        allow(copy, "text-over-text", "the copy comes out from under its original", moving=True)
        film.bring_to_back(copy.shift(-way).set_z_index(0.5))
        new = ReplacementTransform(loop, link[0]) if loop is not None else Create(link[0])
        film.play(copy.animate.shift(way), new, arrive(link[1:], *ways), run_time=COPY_S)
        copy.set_z_index(1)
        loop = None
