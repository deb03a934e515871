"""The whole net as lines of mathematics, forward and back."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.place import at
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style

NAME_X, FORMULA_X, RIGHT = -2.2, -0.55, 6.45
TOP, PITCH = 2.1, 1.05
CELLS = {
    "rnn": "h_t = tanh(W_(i h) input(x_t) + b_(i h) + W_(h h) h_(t-1) + b_(h h))",
    "lstm": '(h_t, c_t) = "LSTM"(input(x_t), h_(t-1), c_(t-1))',
    "gru": 'h_t = "GRU"(input(x_t), h_(t-1))',
}


def recap_lines(stage: RecurrentStage) -> list[VGroup]:
    """State, output, loss and the way back, from top to bottom."""
    loss = {"l": stage.number("loss/value", form="short")}
    if stage.of_characters:
        output, formula = (
            'y_t = "softmax"(W h_t + b)',
            "loss(L) = -rule(1)/T sum_t log y_(t, target) = loss({l})",
        )
        formula = formula.replace("target", f'word("{stage.label("target")}")')
    else:
        output = "y_t = W h_t + b"
        formula = "loss(L) = rule(1)/T sum_t (y_t - x_(t+1) )^(rule(2)) = loss({l})"
    state = "s" if stage.kind == "lstm" else "h"
    back = (
        f"gradient((partial L_T) / (partial {state}_t)) = ((partial {state}_(t+1)) / (partial {state}_t))^top "
        f"gradient((partial L_T) / (partial {state}_(t+1)))"
    )
    if stage.kind == "lstm":  # the gradient comes back through the cell state too
        back += ", quad s_t = (h_t, c_t)"
    lines = [
        ("cell", CELLS[stage.kind], {}),
        ("output", output, {}),
        ("loss", formula, loss),
        ("back", back, {}),
    ]
    found = []
    for place, (key, source, fields) in enumerate(lines):
        y = TOP - PITCH * place
        name = stage.words(stage.label(f"step_{key}"), style.SMALL_PX, "muted").left_at(at(NAME_X, y))
        math = stage.math(source, 40, **fields)
        if math.width > RIGHT - FORMULA_X:
            math.scale((RIGHT - FORMULA_X) / math.width)
        found.append(VGroup(name, math.move_to(at(FORMULA_X + math.width / 2, y))))
    return found
