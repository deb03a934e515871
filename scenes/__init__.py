"""The films, a package for each: its card, its drawing and its words.

FILMS is the only registration, in the order of the course: CLI choices, tests, docs and galleries derive from SCENES.
"""

from __future__ import annotations

from importlib import import_module

from scenes.stage.card import Card

FILMS = (
    "forward",
    "backward",
    "vanishing",
    "momentum",
    "convolution",
    "pooling",
    "rnn",
    "model",
)

SCENES: tuple[Card, ...] = tuple(import_module(f"scenes.{slug}").CARD for slug in FILMS)
