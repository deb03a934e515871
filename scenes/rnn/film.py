"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

from scenes.parts.glyphs import require
from scenes.rnn import CARD
from scenes.rnn.backward_beats import BackwardBeats


class RecurrentFilm(BackwardBeats):
    """See scenes/rnn/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        require(self.array("vocabulary") if self.of_characters else [self.item("data/name")])
        self.build_columns()
