"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

from scenes.rnn import CARD
from scenes.rnn.backward_beats import BackwardBeats


class RecurrentFilm(BackwardBeats):
    """See scenes/rnn/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        self.check_glyphs()
        self.build_columns()
