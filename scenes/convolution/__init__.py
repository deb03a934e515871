"""The film convolution: one kernel that slides over a picture. The card; no Manim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.stage.card import Card


def _transposed_when_asked(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(beat for beat in card.beats if beat != "transposed" or params.get("transposed"))


CARD = Card(
    slug="convolution",
    class_name="Convolution",
    recorder="convolution",
    beats=(
        *("puzzle", "pixels", "window", "slide", "padding", "stride", "size", "transposed"),
        *("channels", "edges", "readout", "learned", "sharing"),
    ),
    extra=("stride", "size", "channels", "readout"),
    choose=_transposed_when_asked,
)
