"""Rules of recurrent cells, as torch documents them: what a step computes, and what it does to a gradient.

A `Line` has the field of each number under its term; SERIES says which series holds it, unit by unit.
"""

from __future__ import annotations

from scenes.parts.text.worked import Line

GATE = "W_(i {0}) input(x_t) + b_(i {0}) + W_(h {0}) h_(t-rule(1)) + b_(h {0})".format


def _gate(letter: str, function: str) -> Line:
    return [f"{letter}_t = {function}({GATE(letter)})", ("", letter)]


PARTS = "W_(i h) input(x_t) + b_(i h)", "W_(h h) h_(t-rule(1)) + b_(h h)"
OF_UNIT = "[ {0} ]_({{u}})".format  # a vector's number of the unit {u}
LINES: dict[str, list[Line]] = {
    "rnn": [
        [f"{OF_UNIT('h_t')} = tanh(", (OF_UNIT(PARTS[0]), "x"), "+", (OF_UNIT(PARTS[1]), "s"), ")", ("", "h")]
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
# An RNN's parameters: {n} units, {x} inputs.
COUNT = (
    "underbrace({n} dot {x}, W_(i h)) + underbrace({n} dot {n}, W_(h h))"
    " + underbrace({n}, b_(i h)) + underbrace({n}, b_(h h))"
)
CALL = {
    "rnn": 'h_t = positive("RNN")(input(x_t), h_(t-rule(1)))',
    "lstm": '(h_t, c_t) = positive("LSTM")(input(x_t), h_(t-rule(1)), c_(t-rule(1)))',
    "gru": 'h_t = positive("GRU")(input(x_t), h_(t-rule(1)))',
}
WHOLE = CALL | {"rnn": f"h_t = tanh({PARTS[0]} + {PARTS[1]})"}
OUTPUT = {True: 'y_t = "softmax"(W_(h y) h_t + b_y)', False: "y_t = W_(h y) h_t + b_y"}  # characters, numbers
# By whether characters are learned: the loss of a step, {t} the target's label.
LOSS = {
    True: 'loss(L_{0}) = -log y_({0}, word("{{t}}"))'.format,
    False: "loss(L_{0}) = (y_{0} - x_({0}+rule(1)))^(rule(2))".format,
}
MEAN_LOSS = "loss(L) = rule(1)/T sum_t loss(L_t)"
GRADIENT = "gradient((partial loss({1}) ) / (partial {0}))".format
JACOBIAN = "(partial {0}_(t+rule(1))) / (partial {0}_t)".format
BACK = f"{GRADIENT('{0}_t', 'L_T')} = ({JACOBIAN('{0}')})^top {GRADIENT('{0}_(t+rule(1))', 'L_T')}".format
# Of each cell one step of the gradient back in time; of an LSTM it comes back through the cell state too.
BACKS = {"rnn": BACK("h"), "gru": BACK("h"), "lstm": BACK("s") + ", quad s_t = (h_t, c_t)"}
# An RNN's own, with words under its two factors.
SLOPES = '"diag"(rule(1) - h_({0})^(rule(2)))'.format
RNN_BACK = (
    f'{GRADIENT("h_t", "L_T")} = underbrace(positive(W_(h h))^top, word("{{same}}")) thick '
    f'underbrace({SLOPES("t+rule(1)")}, word("{{slope}}")) thick {GRADIENT("h_(t+rule(1))", "L_T")}'
)
# The part of one copy of the cell, and their sum: the gradient of the shared weights; {0}: of other losses.
COPY = GRADIENT("W_(i h)^(({t}))", "L_T")
COPIES = (
    f'{GRADIENT("W_(i h)", "L_T")} = sum_t {GRADIENT("W_(i h)^((t))", "L_T")} quad quad muted(word("{{0}}"))'
)
KEPT = LINES["lstm"][4]
BELT = (
    f"{GRADIENT('c_(t-rule(1))', 'L_T')} = f_t dot.o {GRADIENT('c_t', 'L_T')} + "
    'underbrace(dots, word("{other}"))'
)
FORGET = "f_t = sigma(W_(i f) input(x_t) + W_(h f) h_(t-rule(1)) + b_f)"
SWITCH = 'f_t = rule(1) thick word("{keep}"), quad f_t = rule(0) thick word("{lose}")'


def at_step(source: str) -> str:
    """A rule for the step {t} and the one {before} it, in place of any step."""
    return source.replace("(t-rule(1))", "({before})").replace("_t", "_({t})")
