"""A recurrent net: one cell, unrolled through time, its memory, and its gradient on the way back."""

from __future__ import annotations

from engine.trace import Trace
from scenes.rnn import CARD
from scenes.rnn.backward_beats import BackwardBeats
from scenes.rnn.equations import LINES
from scenes.rnn.forward_beats import ForwardBeats

SHARED = (
    "kind", "cell", "hidden", "unit", "step", "count/steps", "h", "training/steps", "training/learned",
    "training/learned_step", "parameters/recurrent", "loss/value", "same/pair", "same/distance",
    "gradient/start_norm", "gradient/decades", "long/step", "long/length", "long/forget_bias", "long/runs",
    "long/decades",
)  # fmt: skip
CHARACTERS = (
    "vocabulary", "input", "input/id", "input/character", "target/id", "target/character", "probabilities",
    "predicted/id", "predicted/character", "predicted/right",
)  # fmt: skip
NUMBERS = (
    "input", "input/raw", "target/raw", "prediction/raw", "data/name", "data/mean", "data/std", "data/least",
    "data/largest", "count/numbers", "loss/repeating",
)  # fmt: skip


class RecurrentFilm(ForwardBeats, BackwardBeats):
    """See scenes/rnn/text.toml for what each beat says."""

    card = CARD
    reads = SHARED

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series of what is learned, of the cell's equations and of every long run."""
        trace.need("kind", "cell", "long/runs")
        own = CHARACTERS if str(trace["kind"].values) == "characters" else NUMBERS
        lines = tuple(series for _, series in LINES[str(trace["cell"].values)])
        runs = range(1, int(trace["long/runs"].values) + 1)
        names = ("cell", "forget_open", "gradient_norm")
        return (*cls.reads, *own, *lines, *(f"long{run}/{name}" for run in runs for name in names))

    def prepare(self) -> None:
        """Which steps are drawn, and where."""
        self.check_glyphs()
        self.build_columns()
