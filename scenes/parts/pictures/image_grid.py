"""Images of one kind in rows and columns: filters and what they make, states, whatever is looked at side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from manim import DOWN, Animation, FadeIn, LaggedStart, VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, line_box
from scenes.parts.room.motion import DRIFT
from scenes.parts.text.typeset import Typeset
from scenes.stage import style


class ImageGrid(VGroup):
    """As many columns as each of `rows` has images, each drawn into its box by its row's `draw(number, box)`.

    `heads` say what the rows show, above their first images. `images[row][column]` is an image.
    """

    def __init__(
        self,
        box: Box,
        columns: int,
        rows: Sequence[Callable[[int, Box], VMobject]],
        heads: Sequence[Typeset] = (),
        gap: float = style.GAP,
    ) -> None:
        super().__init__()
        self.images: list[list[VMobject]] = []
        self.heads = list(heads)
        for number, (draw, row) in enumerate(zip(rows, box.rows(*[1.0] * len(rows), gap=gap), strict=True)):
            head = heads[number] if heads else None
            room = row.without(top=line_box(head).height + style.TIGHT) if head is not None else row
            boxes = room.columns(*[1.0] * columns, gap=gap)
            self.images.append([draw(column, one) for column, one in enumerate(boxes)])
            if head is not None:
                left = line_box(self.images[-1][0]).left
                fit(head, Box(left, row.right, room.top + style.TIGHT, row.top), "left", "bottom")
            self.add(*self.images[-1], *([head] if head is not None else []))

    def move(self, row: int, other: ImageGrid, to: int) -> list[Animation]:
        """A row and its head go where a row of another grid stands."""
        kept = zip([self.heads[row], *self.images[row]], [other.heads[to], *other.images[to]], strict=True)
        return [old.animate.move_to(new) for old, new in kept]

    def row(self, number: int) -> VGroup:
        """A row with its head."""
        return VGroup(self.heads[number], *self.images[number])

    def reveal(self, row: int, lag: float = 0.1) -> Animation:
        """The images of a row one after the other, below its head; those of later rows drift in from above."""
        shift = DRIFT * DOWN * (row > 0)
        return LaggedStart(
            *map(FadeIn, self.heads[row : row + 1]),
            *(FadeIn(one, shift=shift) for one in self.images[row]),
            lag_ratio=lag,
        )
