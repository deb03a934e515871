"""The gradient's size beside the strips, and what the brightness of their wires means."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import Line, VGroup

from scenes.parts.place import LEFT_X, RIGHT_X, at
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.stage import NAMED_ABOVE, DeepStage

KEY_STEPS = 25
FAINTEST = 0.12


def end_values(stage: DeepStage, run: int) -> VGroup:
    """The gradient's size at the first and at the last layer, beside the run's strip."""
    y, last = stage.ys[run], len(stage.array("layer")) - 1
    left, right = LEFT_X + 0.5, RIGHT_X - 0.9
    places = [(left, right, y + 0.3), (left, right, y - 0.3)]
    if len(stage.nets) > NAMED_ABOVE:
        middle = (LEFT_X + RIGHT_X) / 2
        places = [(LEFT_X, middle - 0.2, y), (middle + 0.2, RIGHT_X, y)]
    rows, norm = VGroup(), stage.of(run, "gradient_norm")
    form = stage.form_of("gradient_norm", 0, last)
    for (key, layer), (start, end, row) in zip(
        (("first_layer", 0), ("last_layer", last)), places, strict=True
    ):
        name = stage.words(stage.label(key), style.SMALL_PX, "muted").left_at(at(start, row))
        value = stage.value(norm, layer, form=form, px=style.NUMBER_PX + 4, colour="gradient")
        rows.add(VGroup(name, value.right_at(at(end, row))))
    return rows


def brightness_key(stage: DeepStage) -> VGroup:
    """From the smallest to the largest gradient above 0 that was measured; empty when they do not differ."""
    norms = {
        (run, layer): float(norm)
        for run in stage.nets
        for layer, norm in enumerate(stage.array(stage.of(run, "gradient_norm")))
        if norm > 0
    }
    if len(set(norms.values())) < 2:
        return VGroup()
    y, left, right = style.STAGE_BOTTOM + 0.2, LEFT_X + 2.3, RIGHT_X - 1.35
    ends = []
    form = comparable([min(norms.values()), max(norms.values())], form="short")
    for run, layer in (min(norms, key=lambda k: norms[k]), max(norms, key=lambda k: norms[k])):
        series = stage.of(run, "gradient_norm")
        ends.append(stage.value(series, layer, form=form, px=style.NUMBER_MIN_PX, colour="muted"))
    steps = np.linspace(0, 1, KEY_STEPS)
    bar = VGroup()
    for start, end in pairwise(steps):
        a, b = (left + (right - left) * share for share in (start, end))
        share = FAINTEST + (1 - FAINTEST) * float(start)
        colour = style.blend(stage.look.background, stage.look.gradient, share)
        bar.add(Line(at(a, y), at(b, y), stroke_width=9, color=colour))
    meaning = stage.math("norm(partial loss(L) \\/ partial W)", 30)
    meaning.move_to(at(LEFT_X + 0.1 + meaning.width / 2, y))
    return VGroup(meaning, ends[0].right_at(at(left - 0.15, y)), bar, ends[1].left_at(at(right + 0.15, y)))
