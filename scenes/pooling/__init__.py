"""The film pooling: what a pooled feature map keeps, and what it does not. The card; no Manim."""

from __future__ import annotations

from scenes.stage.card import Card

CARD = Card(
    slug="pooling",
    class_name="Pooling",
    recorder="pooling",
    beats=("moved", "largest", "mean", "size", "border", "shift", "gradient", "nets", "place"),
    extra=("gradient",),
)
