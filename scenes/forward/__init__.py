"""The film forward: one example's way through a trained network. The card; no Manim."""

from __future__ import annotations

from scenes.stage.card import Card

CARD = Card(
    slug="forward",
    class_name="Forward",
    recorder="perceptron",
    beats=(
        *("question", "network", "features", "neuron", "matrix", "activation", "layer", "softmax"),
        *("answer", "loss", "training", "recap"),
    ),
    extra=("loss", "training", "recap"),
)
