"""Sizes of gradients beside the strips, and what the brightness of their wires means."""

from __future__ import annotations

from dataclasses import replace

from manim import RIGHT, Rectangle, VGroup

from scenes.parts.layer_strip import shine
from scenes.parts.layout import fit, row
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.vanishing.stage import NORM, DeepStage

LONG = 4.5  # of the bar that shows every brightness


def end_values(film: DeepStage, run: int) -> VGroup:
    """The gradient's size at the first and at the last layer, at both ends of the run's strip."""
    _, left, _, right = film.beside(film.nets_room)[run]
    last = len(film.array("layer")) - 1
    form = film.form_of("gradient_norm", 0, last)
    first, end = film.values(film.of(run, "gradient_norm"), (0, last), form, role="gradient")
    return VGroup(fit(first, left, "right"), fit(end, right, "left"))


def key(film: DeepStage) -> VGroup:
    """Below the strips: which layers stand at their ends, and the brightness from the least to the most measured."""
    below = {"bottom": film.key_room.bottom, "top": film.key_room.top}
    _, left, middle, right = (replace(box, **below) for box in film.beside(film.nets_room)[1])
    ends = [fit(film.head("first_layer"), left, "right"), fit(film.head("last_layer"), right, "left")]
    norms, scale = film.measured, film.brightness
    if len(set(norms.values())) < 2:
        return VGroup(*ends)
    form = comparable([scale.low, scale.high], form="short")
    places = (end(norms, key=lambda place: norms[place]) for end in (min, max))
    least, most = (
        film.value(film.of(run, "gradient_norm"), i, form=form, px=style.NUMBER_MIN_PX, colour="muted")
        for run, i in places
    )
    bar = Rectangle(width=LONG, height=style.TIGHT, stroke_width=0).set_sheen_direction(RIGHT)
    bar.set_fill([shine(film.look, "gradient", share) for share in (0, 1)], opacity=1)
    return VGroup(*ends, fit(row([film.math(NORM.format(""), 30), least, bar, most]), middle))
