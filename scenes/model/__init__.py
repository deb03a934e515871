"""The film model: a run of a user's own PyTorch model, block by block. The card; no Manim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.stage.card import Card

NEEDS = {
    "input": "fed",
    "answer": "answered",
    "backward": "backward",
    "norms": "backward",
    "inside": "weighted",
    "weights": "weighted",
}


def _what_there_is(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    """A run without a loss has no way back, a model without parameters no weights; before it ran, all is possible."""
    return tuple(beat for beat in card.beats if params.get(NEEDS.get(beat, ""), True))


CARD = Card(
    slug="model",
    class_name="Model",
    recorder="model",
    beats=("map", "input", "flow", "inside", "answer", "backward", "norms", "weights"),
    choose=_what_there_is,
    extra=("norms", "weights"),
)
