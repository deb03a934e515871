"""What flows through the layers, as columns: z, a, and the output's z."""

from __future__ import annotations

from manim import Arrow, VGroup

from scenes.parts.folding import fold
from scenes.parts.matrix_product import CENTRE_Y, ROWS_MAX, column, grid
from scenes.parts.place import LEFT_X, RIGHT_X, at
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage


class LayerColumns(VGroup):
    """Columns of the first hidden layer's z and a and of the last layer's z, with named arrows between them."""

    def __init__(self, stage: NetworkStage, keep: tuple[int, ...]) -> None:
        super().__init__()
        last = stage.depth
        hidden = fold(len(stage.array("layer1/z")), ROWS_MAX, keep)
        output = fold(len(stage.array(f"layer{last}/z")), ROWS_MAX)
        self.z = grid(stage, column(stage, stage.of(1, "z"), "activation"), hidden, None, "z^((1))")
        self.a = grid(stage, column(stage, stage.of(1, "a"), "activation"), hidden, None, "a^((1))")
        self.out = grid(
            stage, column(stage, stage.of(last, "z"), "activation"), output, None, f"z^(({last}))"
        )
        xs = (LEFT_X + 0.6, (LEFT_X + RIGHT_X) / 2, RIGHT_X - 0.6)
        for part, x in zip((self.z, self.a, self.out), xs, strict=True):
            part.shift(at(x, 0))
        names = stage.name(stage.s("activation")), "W, b" if last == 2 else "⋯"
        self.arrows = [
            VGroup(
                Arrow(
                    at(a + 0.5, CENTRE_Y),
                    at(b - 0.5, CENTRE_Y),
                    buff=0,
                    color=stage.look.muted,
                    stroke_width=3,
                ),
                stage.words(name, style.LABEL_PX, "muted").move_to(at((a + b) / 2, CENTRE_Y + 0.32)),
            )
            for a, b, name in zip(xs[:-1], xs[1:], names, strict=True)
        ]
        self.add(self.z, self.a, self.out, *self.arrows)
