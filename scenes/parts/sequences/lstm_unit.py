"""One unit of a recorded LSTM in the drawn cell: its numbers in a step, its biases, and its gradient along c."""

from __future__ import annotations

from collections.abc import Mapping

from manim import Animation, Transform, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit, row
from scenes.parts.room.motion import give_way
from scenes.parts.sequences.lstm_cell import LstmCell
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

NUMBER_PX, BIAS_PX = 34, 36
# What is read of the series {run}/last/…: gates, the states before the step, and after it.
NAMES = {"f": "forget", "i": "input", "g": "new", "o": "output"}
STATES = {"c0": "before", "h0": "h_before", "c": "c", "h": "h"}
CHANGED = "fi"  # gates whose biases may differ between two runs


class LstmUnit(LstmCell):
    """`run` is the prefix of the series, `words` are for the gates, `of` says which unit and step is meant.

    `numbers` and `fields` are the values, by what they are of; `lane` is the gradient's way, as thick after the forget
    gate as that lets it be; `biases` those of the forget and the input gate.
    """

    def __init__(
        self, film: Stage, box: Box, words: Mapping[str, Typeset], run: str, unit: int, of: Typeset
    ) -> None:
        super().__init__(film, box, words)
        self.fields = {
            key: film.number(f"{run}/last/{one}", unit, form=".3f") for key, one in (NAMES | STATES).items()
        }
        self.numbers = {key: self.value(key, film.words(one, NUMBER_PX)) for key, one in self.fields.items()}
        biases = {key: film.number(f"{run}/bias/{NAMES[key]}", unit, form="short") for key in CHANGED}
        text = film.math("b_f = {f}, quad b_i = {i}", BIAS_PX, **biases)
        self.biases = fit(row([of, text], style.WIDE), self.note, "right")
        times = film.math("times {f}", NUMBER_PX, "gradient", f=self.fields["f"])
        self.lane = self.back(times, float(film.array(f"{run}/last/forget")[unit]))

    def becomes(self, other: LstmUnit) -> tuple[list[Animation], list[Animation], list[Animation]]:
        """Animations to the numbers of another run, drawn in the same box, one list after the other.

        First the biases; then the gates that they belong to, and the gradient; then the rest. Afterwards this cell has
        those numbers.
        """
        first = [give_way(self.biases, other.biases)]
        gates, rest = (
            [
                give_way(one, other.numbers[key])
                for key, one in self.numbers.items()
                if (key in CHANGED) == now
            ]
            for now in (True, False)
        )
        before, times, after = self.lane
        ways = [Transform(one, other.lane[k]) for k, one in ((0, before), (2, after))]
        gates += [give_way(times, other.lane[1]), *ways]
        self.biases, self.numbers, self.fields = other.biases, other.numbers, other.fields
        self.lane = VGroup(before, other.lane[1], after)
        return first, gates, rest

    def standing(self) -> VGroup:
        """The cell with all that stands in it and beside it."""
        return VGroup(self, self.biases, *self.numbers.values(), self.lane)
