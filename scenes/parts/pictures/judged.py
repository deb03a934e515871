"""A picture with what it is above it, and what a net takes it for below."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.pictures.image import pictured
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column
from scenes.stage import style
from scenes.stage.stage import Stage

GUESS_PX = 36


class Judged(VGroup):
    """`picture` and `truth` belong together; `guess` may come later."""

    def __init__(self, film: Stage, rgb: np.ndarray, truth: str, guess: str, box: Box) -> None:
        super().__init__()
        self.picture = pictured(rgb, film.look, box)
        self.truth = film.words(truth, style.LABEL_PX, "muted")
        self.guess = film.words(guess, GUESS_PX)
        column([self.truth, self.picture, self.guess], align="centre").move_to(box.centre)
        self.add(self.truth, self.picture, self.guess)
