"""A cell's equations as torch documents them, with numbers, and the net in four lines."""

from __future__ import annotations

from manim import Animation

from scenes.parts.charts.added_up import AddedUp
from scenes.parts.room.box import Box
from scenes.parts.text.typeset import Typeset
from scenes.parts.text.vector import vector
from scenes.parts.text.worked import Line, Worked
from scenes.rnn.stage import RecurrentStage
from scenes.stage.comparing import beside, comparable

RECAP_PX = 36
FINE = 0.05  # of a difference: what rounding may move what is subtracted

# Of each cell the equations, with the field of each number under its term; SERIES holds it, unit by unit.
GATE = "W_(i {0}) input(x_t) + b_(i {0}) + W_(h {0}) h_(t-rule(1)) + b_(h {0})".format


def _gate(letter: str, function: str) -> Line:
    return [f"{letter}_t = {function}({GATE(letter)})", ("", letter)]


PARTS = "W_(i h) input(x_t) + b_(i h)", "W_(h h) h_(t-rule(1)) + b_(h h)"
LINES: dict[str, list[Line]] = {
    "rnn": [["h_t = tanh(", (PARTS[0], "x"), "+", (PARTS[1], "s"), ")", ("", "h")]],
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
CALL = {
    "rnn": 'h_t = positive("RNN")(input(x_t), h_(t-rule(1)))',
    "lstm": '(h_t, c_t) = positive("LSTM")(input(x_t), h_(t-rule(1)), c_(t-rule(1)))',
    "gru": 'h_t = positive("GRU")(input(x_t), h_(t-rule(1)))',
}
OUTPUT = {True: 'y_t = "softmax"(W_(h y) h_t + b_y)', False: "y_t = W_(h y) h_t + b_y"}  # characters, numbers
LOSS_OF_CHARACTERS = 'loss(L) = -rule(1)/T sum_t log y_(t, word("{target}")) = loss({l})'
LOSS_OF_NUMBERS = "loss(L) = rule(1)/T sum_t (y_t - x_(t+rule(1)) )^(rule(2)) = loss({l})"
GRADIENT = "gradient((partial loss(L_T)) / (partial {0}))".format
JACOBIAN = "(partial {0}_(t+rule(1))) / (partial {0}_t)".format
BACK = f"{GRADIENT('{0}_t')} = ({JACOBIAN('{0}')})^top {GRADIENT('{0}_(t+rule(1))')}".format
# Of each cell one step of the gradient back in time; of an LSTM it comes back through the cell state too.
BACKS = {"rnn": BACK("h"), "gru": BACK("h"), "lstm": BACK("s") + ", quad s_t = (h_t, c_t)"}
OF_RNN = '"diag"(rule(1) - h_(t+rule(1))^(rule(2))) positive(W_(h h))'
SAME_WEIGHTS = f", quad {JACOBIAN('h')} = {OF_RNN}"
KEPT = LINES["lstm"][4]
BELT = f"{GRADIENT('c_(t-rule(1))')} = f_t dot.o {GRADIENT('c_t')} + " + 'underbrace(dots, word("{other}"))'
FACTORS = 'word("RNN") {by} {rnn}, quad word("LSTM") {by} {open} thick (f_t approx {f})'


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
    hot = vector(stage, "input", 0, keep=(int(stage.array("input/id")[0]),), form="d")
    read = stage.number("input/character", 0, form="character")
    return stage.formula(f"input({{c}}) quad arrow.r quad input(x_rule(1)) = {hot}", 42, c=read)


def equations(stage: RecurrentStage, step: int, unit: int, box: Box) -> Worked:
    """The cell's equations, and what they come to for a unit at a step."""
    lines = LINES[stage.kind]
    used = {part[1] for line in lines for part in line if not isinstance(part, str)}
    fields = {one: stage.number(SERIES[one], step - one.endswith("0"), unit, form=".3f") for one in used}
    return Worked(stage, lines, fields, box)


def added_up(stage: RecurrentStage, step: int, unit: int, box: Box) -> AddedUp:
    """The two parts of an RNN's unit, and tanh of their sum."""
    values = [float(stage.array(SERIES[one])[step, unit]) for one in ("x", "s", "h")]
    names = [stage.math(one, 34) for one in (*PARTS, "h_t = tanh(dots)")]
    return AddedUp(stage.look, box, names, values)


def recap_lines(stage: RecurrentStage) -> tuple[list[tuple[str, Typeset]], list[tuple[str, Typeset]]]:
    """State, output and loss; the way back and what a step of it leaves; each with the label before it."""
    loss = LOSS_OF_CHARACTERS if stage.of_characters else LOSS_OF_NUMBERS
    loss = loss.replace("{target}", stage.label("target"))
    told = "per_step" if all(stage.item(f"long{run}/per_step") for run in (1, 3)) else "at_first"
    each, at = ("per_step", ()) if told == "per_step" else ("gradient_norm", (0,))
    kept = {
        name: stage.number(f"long{run}/{each}", *at, form="short") for run, name in ((1, "rnn"), (3, "open"))
    }
    factors = stage.math(
        FACTORS.replace("{by}", "thick times" if told == "per_step" else ":"),
        RECAP_PX, **kept, f=stage.number("long3/forget_mean", form="short"),
    )  # fmt: skip
    whole = f"h_t = tanh({PARTS[0]} + {PARTS[1]})" if stage.kind == "rnn" else CALL[stage.kind]
    forth = [
        ("step_cell", stage.math(whole, RECAP_PX)),
        ("step_output", stage.math(OUTPUT[stage.of_characters], RECAP_PX)),
        ("step_loss", stage.math(loss, RECAP_PX, l=stage.number("loss/value", form="short"))),
    ]
    return forth, [("step_back", stage.math(BACKS[stage.kind], RECAP_PX)), (told, factors)]
