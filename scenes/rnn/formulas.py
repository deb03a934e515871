"""The formulas of the film: a cell's equations as torch documents them, with numbers, and the net in four lines."""

from __future__ import annotations

from manim import Animation

from scenes.parts.box import Box
from scenes.parts.folding import fold
from scenes.parts.table import Column, Table
from scenes.parts.typeset import Typeset
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import beside, comparable

VECTOR_MAX = 7  # numbers of a one-hot vector
FINE = 0.05  # of a difference: what rounding may move what is subtracted

# Of each cell the equations, each with the series that holds its value unit by unit; the last one is h.
GATE = "{0}_t = {1}(W_(i {0}) input(x_t) + b_(i {0}) + W_(h {0}) h_(t-rule(1)) + b_(h {0}))".format
PARTS = "W_(i h) input(x_t) + b_(i h)", "W_(h h) h_(t-rule(1)) + b_(h h)"
NEW = "n_t = tanh(W_(i n) input(x_t) + b_(i n) + r_t dot.o (W_(h n) h_(t-rule(1)) + b_(h n)))"
LINES = {
    "rnn": {"input_part": PARTS[0], "hidden_part": PARTS[1], "h": f"h_t = tanh({PARTS[0]} + {PARTS[1]})"},
    "lstm": {
        "gate/input": GATE("i", "sigma"),
        "gate/forget": GATE("f", "sigma"),
        "gate/new": GATE("g", "tanh"),
        "gate/output": GATE("o", "sigma"),
        "c": "c_t = f_t dot.o c_(t-rule(1)) + i_t dot.o g_t",
        "h": "h_t = o_t dot.o tanh(c_t)",
    },
    "gru": {
        "gate/reset": GATE("r", "sigma"),
        "gate/update": GATE("z", "sigma"),
        "gate/new": NEW,
        "h": "h_t = (rule(1) - z_t) dot.o n_t + z_t dot.o h_(t-rule(1))",
    },
}
# The last of them with its numbers: fields are values of its other lines, in their order, or h of the step before.
WORKED = {
    "rnn": "tanh({a} + ({b})) = activation({h})",
    "lstm": "{d} dot.op tanh({e}) = activation({h})",
    "gru": "(rule(1) - {b}) dot.op ({c}) + {b} dot.op ({before}) = activation({h})",
}
SHORT = {
    "rnn": LINES["rnn"]["h"],
    "lstm": '(h_t, c_t) = "LSTM"(input(x_t), h_(t-rule(1)), c_(t-rule(1)))',
    "gru": 'h_t = "GRU"(input(x_t), h_(t-rule(1)))',
}
LOSS_OF_CHARACTERS = 'loss(L) = -rule(1)/T sum_t log y_(t, word("{target}")) = loss({l})'
LOSS_OF_NUMBERS = "loss(L) = rule(1)/T sum_t (y_t - x_(t+rule(1)) )^(rule(2)) = loss({l})"
BACK = (
    "gradient((partial L_T) / (partial {s}_t)) = ((partial {s}_(t+rule(1))) / (partial {s}_t))^top "
    "gradient((partial L_T) / (partial {s}_(t+rule(1))))"
)


def input_formula(stage: RecurrentStage) -> list[Animation]:
    """How the first step's input becomes numbers: a one-hot vector, or a number that is standardised."""
    if not stage.of_characters:
        first, mean = float(stage.array("input/raw")[0]), stage.item("data/mean")
        form = comparable([first, mean], form="short", fine=FINE * abs(first - mean))
        fields = {
            "raw": stage.number("input/raw", 0, form=form),
            "mean": stage.number("data/mean", form=form),
            "std": stage.number("data/std", form=beside(form, stage.item("data/std"))),
            "x": stage.number("input", 0, 0, form="short"),
        }
        return stage.formula("input(x_rule(1)) = ({raw} - {mean}) / {std} = {x}", 38, **fields)
    places = fold(stage.array("input").shape[1], VECTOR_MAX, (int(stage.array("input/id")[0]),))
    fields = {f"v{place}": stage.number("input", 0, place, form="d") for place in places.shown}
    cells = [f"{{{field}}}" for field in fields]
    if places.gap is not None:
        cells.insert(places.gap, "dots.c")
    fields["c"] = stage.number("input/character", 0, form="character")
    return stage.formula(
        f"input({{c}}) quad arrow.r quad input(x_rule(1)) = ({', '.join(cells)})", 42, **fields
    )


def equations(stage: RecurrentStage, step: int, unit: int, box: Box) -> Table:
    """The cell's equations, and their values for a unit at a step, which the head names."""
    lines = LINES[stage.kind]
    place = {"step": stage.number("step", step, form="d"), "unit": stage.number("unit", unit, form="d")}
    head = stage.words(stage.label("here", **place), style.SMALL_PX, "muted")
    roles = {"h": "activation", "c": "activation"}
    values = [stage.value(one, step, unit, form=".3f", px=40, colour=roles.get(one, "ink")) for one in lines]
    sources = Column([stage.math(one, 46) for one in lines.values()], align="left", fits=True)
    return Table(stage.look, [sources, Column(values, head)], box, gap=style.WIDE, pitch=1.15, up="centre")


def worked_out(stage: RecurrentStage, step: int, unit: int) -> list[Animation]:
    """The unit's new state reckoned from its parts, in the formula band."""
    source, lines = WORKED[stage.kind], LINES[stage.kind]
    names = {**dict(zip("abcde", lines, strict=False)), "h": "h"}
    fields = {
        name: stage.number(series, step, unit, form=".3f")
        for name, series in names.items()
        if f"{{{name}}}" in source
    }
    if "{before}" in source:
        fields["before"] = stage.number("h", step - 1, unit, form=".3f")
    return stage.formula(source, 46, **fields)


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
