"""The film momentum: optimisers with a memory on one loss surface. The card; no Manim."""

from __future__ import annotations

from scenes.stage.card import Card

CARD = Card(
    slug="momentum",
    class_name="MomentumFilm",
    recorder="momentum",
    beats=("ravine", "sgd", "velocity", "momentum", "race", "shallow_minimum", "family", "recap"),
)
