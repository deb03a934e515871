"""A value on a blank plate in the middle of each of several windows: what arrives there."""

from __future__ import annotations

from collections.abc import Iterable

from manim import VGroup, VMobject

from scenes.stage import style
from scenes.stage.stage import Stage

SHARE = 0.5  # of a window's side


class Plates(VGroup):
    """The one value of `series`, a whole number, in `colour` in each of `windows`."""

    def __init__(self, film: Stage, windows: Iterable[VMobject], series: str, colour: str) -> None:
        super().__init__()
        for window in windows:
            plate = window.copy().scale(SHARE).set_fill(film.look.background, 1).set_stroke(width=0)
            text = film.value(series, form="d", px=style.TABLE_PX, colour=colour)
            self.add(VGroup(plate, text.centre_at(plate.get_center())))
