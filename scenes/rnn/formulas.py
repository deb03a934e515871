"""A cell's equations as torch documents them, with numbers, and the net in four lines."""

from __future__ import annotations

from scenes.parts.box import Box
from scenes.parts.typeset import Typeset
from scenes.parts.worked import Line, Worked
from scenes.rnn.stage import RecurrentStage

# Of each cell the equations, with the field of each number under its term; SERIES holds it, unit by unit.
GATE = "W_(i {0}) input(x_t) + b_(i {0}) + W_(h {0}) h_(t-rule(1)) + b_(h {0})".format


def _gate(letter: str, function: str) -> Line:
    return [f"{letter}_t = {function}({GATE(letter)})", ("", letter)]


LINES: dict[str, list[Line]] = {
    "rnn": [
        [
            *("h_t = tanh(", ("W_(i h) input(x_t) + b_(i h)", "x"), "+"),
            *(("W_(h h) h_(t-rule(1)) + b_(h h)", "s"), ")", ("", "h")),
        ],
    ],
    "lstm": [
        _gate("i", "sigma"),
        _gate("f", "sigma"),
        _gate("g", "tanh"),
        _gate("o", "sigma"),
        ["c_t =", ("f_t", "f"), "dot.o", ("c_(t-rule(1))", "c0"), "+", ("i_t", "i"), "dot.o", ("g_t", "g"), ("", "c")],
        ["h_t =", ("o_t", "o"), "dot.o tanh(", ("c_t", "c"), ")", ("", "h")],
    ],
    "gru": [
        _gate("r", "sigma"),
        _gate("z", "sigma"),
        ["n_t = tanh(W_(i n) input(x_t) + b_(i n) + r_t dot.o (W_(h n) h_(t-rule(1)) + b_(h n)))", ("", "n")],
        [
            *("h_t = (rule(1) -", ("z_t", "z"), ") dot.o", ("n_t", "n"), "+", ("z_t", "z"), "dot.o"),
            *(("h_(t-rule(1))", "h0"), ("", "h")),
        ],
    ],
}  # fmt: skip
SERIES = {
    **{"x": "input_part", "s": "hidden_part", "h": "h", "h0": "h", "c": "c", "c0": "c", "n": "gate/new"},
    **{"i": "gate/input", "f": "gate/forget", "g": "gate/new", "o": "gate/output", "r": "gate/reset"},
    "z": "gate/update",
}
SHORT = {
    "rnn": "h_t = tanh(W_(i h) input(x_t) + b_(i h) + W_(h h) h_(t-rule(1)) + b_(h h))",
    "lstm": '(h_t, c_t) = "LSTM"(input(x_t), h_(t-rule(1)), c_(t-rule(1)))',
    "gru": 'h_t = "GRU"(input(x_t), h_(t-rule(1)))',
}
LOSS_OF_CHARACTERS = 'loss(L) = -rule(1)/T sum_t log y_(t, word("{target}")) = loss({l})'
LOSS_OF_NUMBERS = "loss(L) = rule(1)/T sum_t (y_t - x_(t+rule(1)) )^(rule(2)) = loss({l})"
BACK = (
    "gradient((partial L_T) / (partial {s}_t)) = ((partial {s}_(t+rule(1))) / (partial {s}_t))^top "
    "gradient((partial L_T) / (partial {s}_(t+rule(1))))"
)


def equations(stage: RecurrentStage, step: int, unit: int, box: Box) -> Worked:
    """The cell's equations, and what they come to for a unit at a step."""
    lines = LINES[stage.kind]
    used = {part[1] for line in lines for part in line if not isinstance(part, str)}
    fields = {one: stage.number(SERIES[one], step - one.endswith("0"), unit, form=".3f") for one in used}
    return Worked(stage, lines, fields, box)


def recap_lines(stage: RecurrentStage) -> list[tuple[str, Typeset]]:
    """State, output, loss and the way back, each with the label before it."""
    loss = LOSS_OF_CHARACTERS if stage.of_characters else LOSS_OF_NUMBERS
    loss = loss.replace("{target}", stage.label("target"))
    back = BACK.replace("{s}", "s" if stage.kind == "lstm" else "h")
    if stage.kind == "lstm":  # the gradient comes back through the cell state too
        back += ", quad s_t = (h_t, c_t)"
    output = 'y_t = "softmax"(W h_t + b)' if stage.of_characters else "y_t = W h_t + b"
    reached = stage.number("loss/value", form="short")
    return [
        ("step_cell", stage.math(SHORT[stage.kind], 50)),
        ("step_output", stage.math(output, 50)),
        ("step_loss", stage.math(loss, 50, l=reached)),
        ("step_back", stage.math(back, 50)),
    ]
