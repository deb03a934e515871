"""What stands in a cell and what the net gives out at a step: its state, and probabilities or the next number."""

from __future__ import annotations

from manim import Circle, Dot, Line, Rectangle, VGroup

from scenes.parts.folding import fold
from scenes.parts.layout import column, fit
from scenes.parts.recurrent_cell import CellBox
from scenes.parts.scale import Scale
from scenes.parts.table import Bars, Column, Table
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable

ROWS_MAX = 4
WIDTH_MAX = 2.4  # of a table of probabilities
SHARE_CHARS = 6  # the room for a probability
DIGIT = 0.115  # the width of a digit, in units
DOT, RING, RING_ROOM = 0.09, 0.13, 0.3
MARK = 0.38  # at most: the side of the outline around the target


def content(stage: RecurrentStage, step: int, cell: CellBox) -> VGroup:
    """The hidden state in its cell: a strip of squares or colours, and the first and last numbers."""
    left, right = cell.inner.columns(1, 2.4, gap=style.TIGHT)
    strip = stage.states.columns([step], [left.middle(stage.states.strip)])
    rows = fold(stage.states.values.shape[1], ROWS_MAX)
    numbers = stage.values("h", [(step, unit) for unit in rows.shown], ".2f", style.NUMBER_MIN_PX)
    table = Table(stage.look, [Column(numbers)], right, rows=rows, up="centre")
    return VGroup(strip, table.shift([right.right - table.get_right()[0], 0, 0])).set_z_index(2)


def probabilities(stage: RecurrentStage, step: int) -> VGroup:
    """One row a drawn character: the character, a bar, the probability; and an outline around the target."""
    p = stage.array("probabilities")[step]
    target, guess = (int(stage.array(f"{name}/id")[step]) for name in ("target", "predicted"))
    rows = fold(len(p), ROWS_MAX, tuple(dict.fromkeys((target, guess))))
    form = comparable(p[[target, guess]], form=".2f", most=SHARE_CHARS)
    roles = ["activation" if c == guess else "muted" for c in rows.shown]
    names = stage.values("vocabulary", rows.shown, "character", style.NUMBER_PX)
    values = [
        stage.value("probabilities", step, c, form=form, px=style.NUMBER_MIN_PX, colour=role)
        for c, role in zip(rows.shown, roles, strict=True)
    ]
    box = stage.outputs[step].without(left=style.GAP).middle(WIDTH_MAX)
    bars = Bars([float(p[c]) for c in rows.shown], roles, least=0.3)
    columns: list[Column | Bars] = [Column(names, align="centre"), bars, Column(values)]
    table = Table(stage.look, columns, box, rows=rows, gap=style.GAP, up="centre")
    mark = Rectangle(width=MARK, height=min(MARK, 0.95 * table.pitch), stroke_width=style.LINE)
    place = table.box(rows.shown.index(target), 0).centre
    return VGroup(table, mark.set_stroke(stage.look.loss).move_to(place))


def forecast(stage: RecurrentStage, step: int) -> VGroup:
    """The predicted number as a dot and the target as a ring, between the least and the largest number."""
    box = stage.outputs[step].without(bottom=style.TIGHT, top=style.TIGHT)
    series = {"prediction/raw": "activation", "target/raw": "loss"}
    guess, target = (float(stage.array(name)[step]) for name in series)
    form = comparable([guess, target], form=stage.raw_form, most=(box.width - 2 * RING_ROOM) / DIGIT)
    texts = [stage.value(name, step, form=form, colour=role) for name, role in series.items()]
    numbers = column(texts, gap=style.GAP)
    box = box.middle(width=numbers.width + 2 * RING_ROOM)
    fit(numbers, box, "right")
    line = box.middle(height=box.height - 2 * RING)
    scale = Scale(stage.item("data/least"), stage.item("data/largest"))
    x = RING / box.width
    axis = Line(line.at(x, 0), line.at(x, 1), color=stage.look.muted, stroke_width=style.LINE)
    at = [line.at(x, min(max(scale.share(value), -0.06), 1.06)) for value in (guess, target)]
    dot = Dot(at[0], radius=DOT, color=stage.look.activation).set_z_index(1)
    ring = Circle(RING, color=stage.look.loss, stroke_width=style.LINE).move_to(at[1])
    return VGroup(VGroup(axis, dot, numbers), ring)
