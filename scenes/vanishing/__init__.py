"""The film vanishing: why deep nets of sigmoids do not learn, and what helps. The card; no Manim."""

from __future__ import annotations

from scenes.stage.card import Card

CARD = Card(
    slug="vanishing",
    class_name="Vanishing",
    recorder="vanishing",
    beats=("two_nets", "slope", "backward", "norms", "product", "training", "cures"),
)
