"""The whole pass as lines of mathematics, one a stage."""

from __future__ import annotations

from collections.abc import Mapping

from manim import VGroup

from scenes.parts.place import LEFT_X, TOP_Y, at
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

FUNCTIONS = {"relu": '"ReLU"', "leaky_relu": '"LeakyReLU"', "tanh": "tanh", "sigmoid": "sigma"}
FORMULA_X = LEFT_X + 1.55
ROOM = 6.5 - FORMULA_X


def recap_lines(stage: NetworkStage, label: int) -> list[VGroup]:
    """Lines for the input, each layer, the probabilities and the loss, from top to bottom."""
    last, function = stage.depth, FUNCTIONS[stage.function]
    lines: list[tuple[str, str, Mapping[str, str]]] = [("input", "a^((0)) = input(x)", {})]
    for n in range(1, last + 1):
        z = f"z^(({n})) = W^(({n})) a^(({n - 1})) + b^(({n}))"
        if n == last:
            lines.append(("output", z, {}))
        else:
            lines.append(("hidden", f"{z}, quad a^(({n})) = {function}(z^(({n})))", {}))
    p = {"p": stage.number(stage.of(last, "a"), label, form=stage.share_form())}
    lines.append(("softmax", f'p = "softmax"(z^(({last}))), quad p_y = {{p}}', p))
    loss = {"l": stage.number(stage.s("loss/value"), form=stage.net_loss_form())}
    lines.append(("loss", "loss(L) = -log p_y = loss({l})", loss))
    pitch = min(0.88, 4.0 / len(lines))
    out = []
    for i, (key, source, fields) in enumerate(lines):
        y = TOP_Y - i * pitch
        name = stage.words(stage.label(f"step_{key}"), style.SMALL_PX, "muted").left_at(at(LEFT_X, y))
        formula = stage.math(source, 36, **fields)
        if formula.width > ROOM:
            formula.scale(ROOM / formula.width)
        out.append(VGroup(name, formula.move_to(at(FORMULA_X + formula.width / 2, y))))
    return out
