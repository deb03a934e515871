"""The scenes. SCENES is the only registration: CLI choices, tests, docs and galleries derive from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scenes.card import Card

GRAPH_BEATS = ("graph", "values", "local", "chain", "update")
NET_BEATS = ("delta_out", "delta_hidden", "weight_gradient", "check", "step")


def _graph_and_maybe_net(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    return card.beats if params.get("net") else GRAPH_BEATS


def _transposed_when_asked(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(beat for beat in card.beats if beat != "transposed" or params.get("transposed"))


SCENES = (
    Card(
        slug="forward",
        class_name="Forward",
        recorder="perceptron",
        beats=("network", "features", "neuron", "activation", "matrix", "layer", "softmax", "loss", "recap"),
    ),
    Card(
        slug="backward",
        class_name="Backward",
        recorder="backpropagation",
        beats=GRAPH_BEATS + NET_BEATS,
        choose=_graph_and_maybe_net,
    ),
    Card(
        slug="vanishing",
        class_name="Vanishing",
        recorder="vanishing",
        beats=("two_nets", "slope", "backward", "norms", "product", "training", "cures"),
    ),
    Card(
        slug="momentum",
        class_name="MomentumFilm",
        recorder="momentum",
        beats=("ravine", "sgd", "velocity", "momentum", "race", "shallow_minimum", "family", "recap"),
    ),
    Card(
        slug="convolution",
        class_name="Convolution",
        recorder="convolution",
        beats=(
            "pixels",
            "window",
            "slide",
            "padding",
            "stride",
            "transposed",
            "edges",
            "learned",
            "sharing",
        ),
        choose=_transposed_when_asked,
    ),
    Card(
        slug="rnn",
        class_name="RecurrentFilm",
        recorder="rnn",
        beats=("sequence", "cell", "unroll", "steps", "memory", "back_in_time", "long", "recap"),
    ),
)
