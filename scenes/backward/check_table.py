"""Autograd beside finite differences, with the digits they share marked."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.place import LEFT_X, RIGHT_X, TOP_Y, at
from scenes.parts.source import escape
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

ROWS = 5
FORM = "+.10f"
PITCH = 0.57
AUTOGRAD_X, DIFFERENCE_X = 3.95, RIGHT_X


class CheckTable(VGroup):
    """The weights of the last layer with the largest gradients; `rows` from top to bottom."""

    def __init__(self, stage: NetworkStage) -> None:
        super().__init__()
        layer = stage.depth
        gradient = stage.array(f"layer{layer}/weight_grad")
        order = np.argsort(-np.abs(gradient), axis=None, kind="stable")[:ROWS]
        self.heads = VGroup(
            stage.words(stage.label("weight"), style.SMALL_PX, "muted").left_at(at(LEFT_X, TOP_Y)),
            stage.words(stage.label("autograd"), style.SMALL_PX, "muted").right_at(at(AUTOGRAD_X, TOP_Y)),
            stage.words(stage.label("differences"), style.SMALL_PX, "muted").right_at(
                at(DIFFERENCE_X, TOP_Y)
            ),
        )
        self.rows: list[tuple[Typeset, Typeset, Typeset]] = []
        for place, flat in enumerate(order):
            unit, source = (int(i) for i in np.unravel_index(int(flat), gradient.shape))
            y = TOP_Y - 0.6 - PITCH * place
            name = stage.math(f"W^(({layer}))_({unit + 1} {source + 1})", 34)
            exact = stage.number(stage.of(layer, "weight_grad"), unit, source, form=FORM)
            measured = stage.number(stage.of(layer, "weight_fd"), unit, source, form=FORM)
            self.rows.append(
                (
                    name.move_to(at(LEFT_X + name.width / 2, y)),
                    self._digits(stage, exact, measured).right_at(at(AUTOGRAD_X, y)),
                    self._digits(stage, measured, exact).right_at(at(DIFFERENCE_X, y)),
                )
            )
        self.add(self.heads, *(part for row in self.rows for part in row))

    @staticmethod
    def _digits(stage: NetworkStage, text: str, other: str) -> Typeset:
        """`text` with the digits it shares with `other` in the gradient's colour, the rest muted."""
        same = next((i for i, (a, b) in enumerate(zip(text, other, strict=False)) if a != b), len(text))
        rest = f"#muted[{escape(text[same:])}]" if same < len(text) else ""
        return Typeset(f"#gradient[{escape(text[:same])}]{rest}", stage.look, 30)
