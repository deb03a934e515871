"""What the film asks: one character, or the end of a curve, and more than one thing that may come next."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.charts.chart import Axis, Chart
from scenes.parts.charts.scale import Scale
from scenes.parts.room.box import Box
from scenes.parts.sequences.token import token
from scenes.rnn.stage import RecurrentStage
from scenes.stage import style

TOKEN, TOKEN_PX = 1.1, 60
WORD_MOST = 8  # characters of the word that are drawn
MARK_PX = 90


def item(stage: RecurrentStage, place: int, role: str = "input") -> VGroup:
    """The character at a place of the text, of which the last one is only a target."""
    last = place == stage.count
    return token(stage.look, stage.sign("target" if last else "input", place - last, TOKEN_PX), TOKEN, role)


def series_curve(stage: RecurrentStage, box: Box) -> Chart:
    """The numbers of the file in their order, with the least and the largest; the last one is asked for."""
    values = stage.array("input/raw")
    ends = ["data/largest", "data/least"]
    texts = [stage.value(one, form=stage.raw_form, px=style.NUMBER_MIN_PX, colour="muted") for one in ends]
    name = stage.fitted(stage.number("data/name", form="name"), box.width / 2, style.SMALL_PX, "muted")
    high, low = map(stage.item, ends)
    y = Axis(Scale(low, high), name, dict(zip((high, low), texts, strict=True)))
    chart = Chart(stage.look, box, Axis(Scale(0, len(values))), y)
    chart.add(chart.line(range(len(values)), values, "input", style.STRONG))
    asked = stage.words("?", TOKEN_PX, "loss", "bold")
    return chart.add(asked.centre_at(chart.at(len(values) - 0.3, values[-1])))
