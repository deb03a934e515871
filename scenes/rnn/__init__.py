"""The film rnn: one cell unrolled through time. The card; no Manim."""

from __future__ import annotations

from scenes.stage.card import Card

CARD = Card(
    slug="rnn",
    class_name="RecurrentFilm",
    recorder="rnn",
    beats=(
        *("question", "sequence", "cell", "unroll", "steps", "memory"),
        *("learning", "back_in_time", "weights", "lstm", "gates", "long", "recap"),
    ),
    extra=("learning", "weights", "gates"),
)
