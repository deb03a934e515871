"""Formulas of the film with their numbers: the input, a unit worked out, parameters counted, the net in few lines."""

from __future__ import annotations

from manim import Animation

from scenes.parts.charts.added_up import AddedUp
from scenes.parts.room.box import Box
from scenes.parts.text.cell_rules import BACKS, LINES, LOSS, OUTPUT, PARTS, RNN_WEIGHTS, SERIES, WHOLE
from scenes.parts.text.typeset import Typeset
from scenes.parts.text.vector import vector
from scenes.parts.text.worked import Worked
from scenes.stage.comparing import beside, comparable
from scenes.stage.recurrent_stage import RecurrentStage

FINE = 0.05  # of a difference: what rounding may move what is subtracted
NAMES_PX, RECAP_PX = 36, 36
STATES = "h_rule(0) = rule(0), quad h_({t}) = "
COUNT = (
    "underbrace({n} dot {x}, W_(i h)) + underbrace({n} dot {n}, W_(h h))"
    " + underbrace({n}, b_(i h)) + underbrace({n}, b_(h h))"
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
    hot = vector(stage, "input", 0, keep=(int(stage.array("input/id")[0]),), form="d")
    read = stage.number("input/character", 0, form="character")
    return stage.formula(f"input({{c}}) quad arrow.r quad input(x_rule(1)) = {hot}", 48, c=read)


def state_formula(stage: RecurrentStage, step: int) -> list[Animation]:
    """The state before the first step, and the one that a step reads."""
    state = vector(stage, "h", step - 1, form=".2f")
    return stage.formula(STATES + state, t=stage.number("step", step - 1, form="d"))


def equations(stage: RecurrentStage, step: int, box: Box) -> Worked:
    """The cell's equations, and what they come to for the first unit at a step."""
    lines = LINES[stage.kind]
    used = {part[1] for line in lines for part in line if not isinstance(part, str)}
    fields = {one: stage.number(SERIES[one], step - one.endswith("0"), 0, form=".3f") for one in used}
    return Worked(stage, lines, fields | {"u": stage.number("unit", 0, form="d")}, box)


def added_up(stage: RecurrentStage, step: int, box: Box) -> AddedUp:
    """The two parts of an RNN's first unit, their sum, and tanh of it."""
    series = ("input_part", "hidden_part", "pre_activation", "h")
    values = [float(stage.array(one)[step, 0]) for one in series]
    numbers = [stage.value(one, step, 0, form=".3f", px=36) for one in series]
    names = [
        *(stage.math(one, NAMES_PX) for one in PARTS),
        stage.words(stage.label("sum"), NAMES_PX),
        stage.math('h_t = tanh(word("{sum}"))'.replace("{sum}", stage.label("sum")), NAMES_PX),
    ]
    return AddedUp(stage.look, box, names, [*values[:2], values[3]], numbers, values[2])


def counted(stage: RecurrentStage) -> list[Animation]:
    """The cell's parameters, one set of weights and biases for each of its gates."""
    fields = {
        "n": stage.number("hidden", form="d"),
        "x": stage.number("count/input", form="d"),
        "g": stage.number("count/gates", form="d"),
        "all": stage.number("parameters/recurrent", form=",d"),
    }
    several = int(stage.item("count/gates")) > 1
    return stage.formula((f"{{g}} dot ({COUNT})" if several else COUNT) + " = {all}", 50, **fields)


def recap_lines(stage: RecurrentStage) -> list[tuple[str, Typeset]]:
    """State, output, loss, and the gradient on its way back; each with the label before it."""
    loss = LOSS[stage.of_characters]("t").format(t=stage.label("target"))
    back = RNN_WEIGHTS if stage.kind == "rnn" else BACKS[stage.kind]
    lines = {
        "step_cell": WHOLE[stage.kind],
        "step_output": f"{OUTPUT[stage.of_characters]}, thick {loss}",
        "step_back": back,
    }
    return [(key, stage.math(line, RECAP_PX)) for key, line in lines.items()]
