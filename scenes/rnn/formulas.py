"""Formulas of the film with their numbers: the input, a unit worked out, parameters counted, the net in few lines."""

from __future__ import annotations

from manim import Animation

from scenes.parts.charts.added_up import AddedUp
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.text.cell_rules import COUNT, LINES, OF_UNIT, PARTS, SERIES, at_step
from scenes.parts.text.typeset import Typeset
from scenes.parts.text.vector import vector
from scenes.parts.text.worked import Line, Worked
from scenes.stage.comparing import beside, comparable
from scenes.stage.recurrent_stage import RecurrentStage

FINE = 0.05  # of a difference: what rounding may move what is subtracted
NAMES_PX, COUNT_PX = 36, 64
TANH = f'{OF_UNIT("h_({t})")} = tanh(word("{{sum}}"))'
STATES = 'muted(word("{trained}")) quad h_rule(0) = rule(0), quad h_({t}) = '


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
    source = STATES.replace("{trained}", stage.label("trained")) + state
    return stage.formula(source, t=stage.number("step", step - 1, form="d"))


def equations(stage: RecurrentStage, step: int, box: Box) -> Worked:
    """The cell's equations at a step, and what they come to for the first unit."""
    lines: list[Line] = [
        [at_step(part) if isinstance(part, str) else (at_step(part[0]), part[1]) for part in line]
        for line in LINES[stage.kind]
    ]
    used = {part[1] for line in lines for part in line if not isinstance(part, str)}
    fields = {one: stage.number(SERIES[one], step - one.endswith("0"), 0, form=".3f") for one in used}
    return Worked(
        stage, lines, fields | stage.step_and_before(step) | {"u": stage.number("unit", 0, form="d")}, box
    )


def added_up(stage: RecurrentStage, step: int, box: Box) -> AddedUp:
    """The two parts of an RNN's first unit, their sum, and tanh of it."""
    series = ("input_part", "hidden_part", "pre_activation", "h")
    values = [float(stage.array(one)[step, 0]) for one in series]
    numbers = [stage.value(one, step, 0, form=".3f", px=36) for one in series]
    places = stage.step_and_before(step) | {"u": stage.number("unit", 0, form="d")}
    names = [
        *(stage.math(at_step(OF_UNIT(one)), NAMES_PX, **places) for one in PARTS),
        stage.words(stage.label("sum"), NAMES_PX),
        stage.math(TANH.replace("{sum}", stage.label("sum")), NAMES_PX, **places),
    ]
    return AddedUp(stage.look, box, names, [*values[:2], values[3]], numbers, values[2])


def counted(stage: RecurrentStage, box: Box) -> Typeset:
    """The cell's parameters, one set of weights and biases for each of its gates."""
    fields = {
        "n": stage.number("hidden", form="d"),
        "x": stage.number("count/input", form="d"),
        "g": stage.number("count/gates", form="d"),
        "all": stage.number("parameters/recurrent", form=",d"),
    }
    several = int(stage.item("count/gates")) > 1
    source = (f"{{g}} dot ({COUNT})" if several else COUNT) + " = {all}"
    return fit(stage.math(source, COUNT_PX, **fields), box)
