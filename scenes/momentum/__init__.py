"""The film momentum: optimisers with a memory on one loss surface. The card; no Manim."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.stage.card import Card

METHODS = ("nesterov", "adagrad", "rmsprop", "adam", "adamw")  # a beat each, where they run


def _those_that_run(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    named = {one.strip().lower() for one in params["others"].split(",")}
    return tuple(beat for beat in card.beats if beat not in METHODS or beat in named)


CARD = Card(
    slug="momentum",
    class_name="MomentumFilm",
    recorder="momentum",
    beats=(
        *("ravine", "sgd", "smaller_rate", "velocity", "momentum", "beta", "shallow_minimum"),
        *METHODS,
        "recap",
    ),
    choose=_those_that_run,
    extra=("beta", "shallow_minimum", "rmsprop", "adam"),
)
