"""What may come next and how likely each is: a bar and a number a candidate, and an outline around the answer."""

from __future__ import annotations

from manim import Rectangle

from scenes.parts.arrays.table import Bars, Column, Table
from scenes.parts.room.box import Box
from scenes.parts.room.folding import fold
from scenes.parts.text.typeset import letters
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.stage import Stage

ROWS_MAX = 4
CHARS = 6  # the room for a probability
MARK = 0.38  # at most: the side of the outline


class Likely(Table):
    """Candidates `names` with `shares` (a series of probabilities) after `index`; of many, those that matter.

    `guess` is the candidate that stands out. `mark` is the outline around the candidate `answer`.
    """

    def __init__(
        self, film: Stage, box: Box, names: str, shares: str, *index: int, guess: int, answer: int
    ) -> None:
        p = film.array(shares)[index]
        rows = fold(len(p), ROWS_MAX, tuple(dict.fromkeys((answer, guess))))
        form = comparable(p[[answer, guess]], form=".2f", most=CHARS)
        roles = ["activation" if one == guess else "muted" for one in rows.shown]
        values = [
            film.value(film.s(shares), *index, one, form=form, px=style.TABLE_PX, colour=role)
            for one, role in zip(rows.shown, roles, strict=True)
        ]
        bars = Bars([float(p[one]) for one in rows.shown], roles, least=0.3)
        signs = (film.number(film.s(names), one, form="character") for one in rows.shown)
        texts = Column([letters(one, film.look, style.TABLE_PX) for one in signs], align="centre")
        super().__init__(film.look, [texts, bars, Column(values)], box, rows=rows, gap=style.GAP, up="centre")
        self.mark = Rectangle(width=MARK, height=min(MARK, 0.95 * self.pitch), stroke_width=style.LINE)
        self.mark.set_stroke(film.look.loss).move_to(self.box(rows.shown.index(answer), 0).centre)
