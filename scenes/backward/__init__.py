"""The film backward: gradients through a formula's graph and through a network. The card; no Manim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.stage.card import Card

GRAPH_BEATS = ("graph", "values", "local", "chain", "update")
NET_BEATS = (
    "output",
    "delta_out",
    "paths",
    "delta_hidden",
    "weight_gradient",
    "first_layer",
    "check",
    "step",
    "recap",
)


def _graph_and_maybe_net(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    return card.beats if params.get("net") else GRAPH_BEATS


CARD = Card(
    slug="backward",
    class_name="Backward",
    recorder="backpropagation",
    beats=GRAPH_BEATS + NET_BEATS,
    choose=_graph_and_maybe_net,
    extra=("update", "first_layer", "check", "recap"),
)
