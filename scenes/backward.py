"""Backpropagation: first on the graph of one expression, then on the classifier of `forward`."""

from __future__ import annotations

from engine.trace import Trace
from scenes import SCENES
from scenes.backward_graph import GraphBeats


class Backward(GraphBeats):
    """See scenes/text/backward.toml for what each beat says."""

    card = next(card for card in SCENES if card.slug == "backward")
