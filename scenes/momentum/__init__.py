"""The film momentum: optimisers with a memory on one loss surface. The card; no Manim."""

from __future__ import annotations

from scenes.stage.card import Card

# fmt: off
BEATS = (
    "ravine", "sgd", "smaller_rate", "velocity", "momentum",
    "race", "shallow_minimum", "family", "rules", "recap",
)
# fmt: on
CARD = Card(slug="momentum", class_name="MomentumFilm", recorder="momentum", beats=BEATS)
