"""Backpropagation: first on the graph of one expression, then on the classifier of `forward`."""

from __future__ import annotations

from scenes.backward import CARD
from scenes.backward.chain_beats import ChainBeats
from scenes.backward.closing_beats import ClosingBeats


class Backward(ChainBeats, ClosingBeats):
    """See scenes/backward/text.toml for what each beat says."""

    card = CARD
