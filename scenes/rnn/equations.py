"""A cell's equations as torch documents them, with the numbers of one unit at one step."""

from __future__ import annotations

from manim import Animation

from scenes.parts.box import Box
from scenes.parts.table import Column, Table
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style

PITCH = 1.15

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


def equations(stage: RecurrentStage, step: int, unit: int, box: Box) -> Table:
    """The cell's equations and their values for a unit at a step, which the head names; the last row is h."""
    sources, series = zip(*LINES[stage.kind], strict=True)
    place = {"step": stage.number("step", step, form="d"), "unit": stage.number("unit", unit, form="d")}
    head = stage.words(stage.label("here", **place), style.SMALL_PX, "muted")
    values = [
        stage.value(one, step, unit, form=".3f", px=40, colour="activation" if one in ("h", "c") else "ink")
        for one in series
    ]
    columns = [
        Column([stage.math(one, 46) for one in sources], align="left", fits=True),
        Column(values, head),
    ]
    return Table(stage.look, columns, box, gap=style.WIDE, pitch=PITCH, up="centre")


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
