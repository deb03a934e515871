"""The whole net as lines of mathematics, forward and back."""

from __future__ import annotations

from scenes.parts.typeset import Typeset
from scenes.rnn.stage import RecurrentStage

CELLS = {
    "rnn": "h_t = tanh(W_(i h) input(x_t) + b_(i h) + W_(h h) h_(t-1) + b_(h h))",
    "lstm": '(h_t, c_t) = "LSTM"(input(x_t), h_(t-1), c_(t-1))',
    "gru": 'h_t = "GRU"(input(x_t), h_(t-1))',
}
OF_CHARACTERS = (
    'y_t = "softmax"(W h_t + b)',
    'loss(L) = -rule(1)/T sum_t log y_(t, word("{target}")) = loss({l})',
)
OF_NUMBERS = ("y_t = W h_t + b", "loss(L) = rule(1)/T sum_t (y_t - x_(t+1) )^(rule(2)) = loss({l})")
BACK = (
    "gradient((partial L_T) / (partial {s}_t)) = ((partial {s}_(t+1)) / (partial {s}_t))^top "
    "gradient((partial L_T) / (partial {s}_(t+1)))"
)
PX = 44


def recap_lines(stage: RecurrentStage) -> list[tuple[str, Typeset]]:
    """State, output, loss and the way back, each with the label before it."""
    output, loss = OF_CHARACTERS if stage.of_characters else OF_NUMBERS
    back = BACK.replace("{s}", "s" if stage.kind == "lstm" else "h")
    if stage.kind == "lstm":  # the gradient comes back through the cell state too
        back += ", quad s_t = (h_t, c_t)"
    loss = loss.replace("{target}", stage.label("target"))
    return [
        ("step_cell", stage.math(CELLS[stage.kind], PX)),
        ("step_output", stage.math(output, PX)),
        ("step_loss", stage.math(loss, PX, l=stage.number("loss/value", form="short"))),
        ("step_back", stage.math(back, PX)),
    ]
