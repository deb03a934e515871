"""One unit of a recorded LSTM in the drawn cell: its numbers in a step, its biases, and its gradient along c."""

from __future__ import annotations

from collections.abc import Mapping

from manim import Animation, Create, FadeIn, LaggedStart, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import arrive, give_way, leave
from scenes.parts.sequences.lstm_cell import LstmCell
from scenes.parts.text.typeset import Typeset
from scenes.stage.stage import Stage

NUMBER_PX, BIAS_PX = 36, 36
# What is read of the series {run}/last/…: gates, the states before the step, and after it.
NAMES = {"f": "forget", "i": "input", "g": "new", "o": "output"}
STATES = {"c0": "before", "h0": "h_before", "c": "c", "h": "h"}
CHANGED = "fi"  # gates whose biases may differ between two runs


class LstmUnit(LstmCell):
    """`run` is the prefix of the series, `words` are for the gates, `of` says which unit and step is meant.

    `numbers` and `fields` are the values, by what they are of; `lane` is the gradient's way, as thick after the forget
    gate as that lets it be; `biases` those of the forget and the input gate, below them.
    """

    def __init__(
        self,
        film: Stage,
        box: Box,
        words: Mapping[str, Typeset],
        run: str,
        unit: int,
        of: VGroup,
    ) -> None:
        super().__init__(film, box, words)
        self.fields = {
            key: film.number(f"{run}/last/{one}", unit, form=".3f") for key, one in (NAMES | STATES).items()
        }
        self.numbers = {key: self.value(key, film.words(one, NUMBER_PX)) for key, one in self.fields.items()}
        biases = {key: film.number(f"{run}/bias/{NAMES[key]}", unit, form="short") for key in CHANGED}
        texts = {key: film.math(f"b_{key} = {{n}}", BIAS_PX, n=one) for key, one in biases.items()}
        self.biases = VGroup(*(self.into(key, text) for key, text in texts.items()))
        self.of = fit(of, self.note, "right")
        times = film.math("times {f}", NUMBER_PX, "gradient", f=self.fields["f"])
        self.lane = self.back(times, float(film.array(f"{run}/last/forget")[unit]))

    def becomes(self, other: LstmUnit) -> tuple[list[Animation], ...]:
        """Animations to the numbers of another run, drawn in the same box, in four lists, one after the other.

        The forget gate's bias changes, and all numbers leave with the gradient that they let through; the input gate's
        bias; what the forget gate is, and leaves of the gradient; all other numbers. This cell has those numbers then.
        """
        first, second = map(give_way, self.biases, other.biases)
        gone = leave(*self.numbers.values(), self.lane)
        self.biases, self.numbers, self.fields = other.biases, other.numbers, other.fields
        self.lane = other.lane
        rest = [arrive(*(one for key, one in other.numbers.items() if key != "f"))]
        return [first, gone], [second], [FadeIn(self.numbers["f"]), self.flows_back()], rest

    def flows_back(self) -> Animation:
        """The gradient comes along c, and goes on from the forget gate as thick as that lets it be."""
        before, times, after = self.lane
        return LaggedStart(Create(before), FadeIn(times), Create(after), lag_ratio=0.7)

    def standing(self) -> VGroup:
        """The cell with all that stands in it and beside it."""
        return VGroup(self, self.of, self.biases, *self.numbers.values(), self.lane)
