"""The film vanishing: why deep nets of sigmoids do not learn, and what helps. The card; no Manim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.stage.card import Card


def _slopes_alone(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    """With batch norm a layer has more factors than slopes and weights: their product says nothing of it."""
    return tuple(beat for beat in card.beats if beat != "product" or not params.get("batch_norm"))


CARD = Card(
    slug="vanishing",
    class_name="Vanishing",
    recorder="vanishing",
    beats=("flat_loss", "two_nets", "slope", "backward", "norms", "product", "cures", "alike", "answer"),
    choose=_slopes_alone,
    extra=("two_nets", "norms", "product", "alike"),  # the way back is told without them, up to the loss
)
