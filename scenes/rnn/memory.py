"""The hidden state over time, and two steps that read the same character."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.arrays.step_map import StepMap
from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.stage import style
from scenes.stage.recurrent_stage import RecurrentStage

CHARACTER_ROOM = 0.34  # of a column that is named by the character it read
NUMBERS_MAX = 7  # under columns that have no room for that
PX = 46


def memory_map(stage: RecurrentStage, box: Box) -> StepMap:
    """All states, by the character that was read or the number of the step."""
    units = list(dict.fromkeys((0, stage.states.values.shape[1] - 1)))
    beside = stage.values("unit", units, "d", style.LABEL_PX, "muted")
    steps = range(stage.count)
    if stage.of_characters and box.width / stage.count >= CHARACTER_ROOM:
        below = [stage.sign("input", t, 40, "input") for t in steps]
    else:
        steps = steps[:: -(-stage.count // NUMBERS_MAX)]
        below = stage.values("step", steps, "d", style.LABEL_PX, "muted")
    texts = [dict(zip(places, one, strict=True)) for places, one in ((steps, below), (units, beside))]
    return StepMap(stage.look, box, stage.states, stage.head("unit"), *texts)


def pair(stage: RecurrentStage, steps: list[int], box: Box) -> Table:
    """Two steps that read the same character: their states, the character, what each predicts."""
    cells = [
        [stage.at_step("h", t, PX) for t in steps],
        [stage.tile("input", t, box, "input") for t in steps],
        [stage.said("predicts") for _ in steps],
        [stage.words("→", PX, "muted") for _ in steps],
        [stage.sign("predicted", t, PX, "activation") for t in steps],
    ]
    pitch = stage.row.inputs.row.height + style.GAP
    return Table(stage.look, [Column(one) for one in cells], box, up="centre", pitch=pitch, gap=style.WIDE)


def apart(stage: RecurrentStage, steps: list[int], box: Box) -> VGroup:
    """How far apart the states of two steps are."""
    fields = {name: stage.number("step", t, form="d") for name, t in zip("ab", steps, strict=True)}
    fields["d"] = stage.number("same/distance", form="short")
    text = stage.label("distance", most=stage.number("same/most", form="short"))
    name = stage.words(text, style.LABEL_PX, "muted")
    return fit(column([name, stage.math("norm(h_({a}) - h_({b})) = {d}", PX, **fields)]), box, "left")
