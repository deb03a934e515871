"""A cell's equations as torch documents them, with the numbers of one unit at one step."""

from __future__ import annotations

from manim import Animation, VGroup

from scenes.parts.place import RIGHT_X, at
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style

LEFT_X = -1.9
TOP, BOTTOM = 2.1, -1.15
VALUE_ROOM = 1.15

# Each line: the equation, and the series with its value (unit by unit). ih and hh stand for what comes in and back.
GATE = "W_({ih}) input(x_t) + b_({ih}) + W_({hh}) h_(t-1) + b_({hh})"
Line = tuple[str, str]


def _gate(letter: str, function: str) -> str:
    return f"{letter}_t = {function}({GATE})".replace("{ih}", f"i {letter}").replace("{hh}", f"h {letter}")


LINES: dict[str, tuple[Line, ...]] = {
    "rnn": (
        ("W_(i h) input(x_t) + b_(i h)", "input_part"),
        ("W_(h h) h_(t-1) + b_(h h)", "hidden_part"),
        ("h_t = tanh(W_(i h) input(x_t) + b_(i h) + W_(h h) h_(t-1) + b_(h h))", "h"),
    ),
    "lstm": (
        (_gate("i", "sigma"), "gate/input"),
        (_gate("f", "sigma"), "gate/forget"),
        (_gate("g", "tanh"), "gate/new"),
        (_gate("o", "sigma"), "gate/output"),
        ("c_t = f_t dot.o c_(t-1) + i_t dot.o g_t", "c"),
        ("h_t = o_t dot.o tanh(c_t)", "h"),
    ),
    "gru": (
        (_gate("r", "sigma"), "gate/reset"),
        (_gate("z", "sigma"), "gate/update"),
        (
            "n_t = tanh(W_(i n) input(x_t) + b_(i n) + r_t dot.o (W_(h n) h_(t-1) + b_(h n)))",
            "gate/new",
        ),
        ("h_t = (rule(1) - z_t) dot.o n_t + z_t dot.o h_(t-1)", "h"),
    ),
}


class Equations(VGroup):
    """`heads` says which unit and step; `rows` are (equation, value); the last row is h."""

    def __init__(self, stage: RecurrentStage, step: int, unit: int) -> None:
        super().__init__()
        lines = LINES[stage.kind]
        pitch = min(0.95, (TOP - BOTTOM) / (len(lines) - 1))
        top = (TOP + BOTTOM) / 2 + pitch * (len(lines) - 1) / 2
        where = stage.label(
            "here",
            step=stage.number("step", step, form="d"),
            unit=stage.number("unit", unit, form="d"),
        )
        self.head = stage.words(where, style.SMALL_PX, "muted").right_at(at(RIGHT_X, top + 0.62))
        self.rows: list[VGroup] = []
        room = RIGHT_X - VALUE_ROOM - LEFT_X
        for place, (source, series) in enumerate(lines):
            y = top - pitch * place
            equation = stage.math(source, 38)
            if equation.width > room:
                equation.scale(room / equation.width)
            equation.move_to(at(LEFT_X + equation.width / 2, y))
            role = "activation" if series in ("h", "c") else "ink"
            value = stage.value(series, step, unit, form=".3f", px=34, colour=role)
            self.rows.append(VGroup(equation, value.right_at(at(RIGHT_X, y))))
        self.add(self.head, *self.rows)


# The last line with its numbers: the fields are series of LINES, or h of the step before.
WORKED = {
    "rnn": ("tanh({a} + ({b})) = {h}", {"a": "input_part", "b": "hidden_part"}),
    "lstm": ("{o} dot.op tanh({c}) = {h}", {"o": "gate/output", "c": "c"}),
    "gru": (
        "(rule(1) - {z}) dot.op ({n}) + {z} dot.op ({before}) = {h}",
        {"z": "gate/update", "n": "gate/new"},
    ),
}


def worked_out(stage: RecurrentStage, step: int, unit: int) -> list[Animation]:
    """The unit's new state reckoned from its parts, in the formula band."""
    source, parts = WORKED[stage.kind]
    fields = {name: stage.number(series, step, unit, form=".3f") for name, series in parts.items()}
    if stage.kind == "gru":
        fields["before"] = stage.number("h", step - 1, unit, form=".3f")
    source = source.replace("{h}", "activation({h})")
    return stage.formula(source, 40, **fields, h=stage.number("h", step, unit, form=".3f"))
