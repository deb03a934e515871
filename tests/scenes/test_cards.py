"""The registry: if it failed, a scene would be listed that cannot be played, or a beat that does not exist."""

import importlib
import inspect

import pytest

from engine.recorders import RECORDERS, resolve
from scenes import SCENES
from scenes.backward import GRAPH_BEATS, NET_BEATS
from scenes.stage.card import Card
from scenes.stage.explainer import Explainer, film_class
from scenes.stage.style import LANGUAGES

CARDS = pytest.mark.parametrize("card", SCENES, ids=lambda card: card.slug)


def test_slugs_are_unique_and_are_module_names():
    slugs = [card.slug for card in SCENES]
    assert len(set(slugs)) == len(slugs)
    for slug in slugs:
        assert importlib.import_module(f"scenes.{slug}")


@CARDS
def test_every_beat_is_a_method_of_the_scene(card: Card):
    scene = film_class(card)
    assert issubclass(scene, Explainer)
    assert scene.card is card
    for beat in card.beats:
        assert beat.isidentifier()
        method = scene.beat_method(beat)
        assert inspect.isfunction(method)
        assert inspect.getdoc(method), f"{beat} does not say what it shows"


@CARDS
def test_beats_are_unique_and_hide_no_method_of_the_base(card: Card):
    assert len(set(card.beats)) == len(card.beats)
    assert not set(card.beats) & set(dir(Explainer))


@CARDS
def test_the_recorder_is_registered(card: Card):
    assert card.recorder in RECORDERS


@CARDS
def test_titles_are_in_both_languages(card: Card):
    for language in LANGUAGES:
        assert card.title(language)
        assert all(card.beat_title(beat, language) for beat in card.beats)


# Beats that a film has only when it is asked for them.
ASKED_FOR = {"convolution": ("transposed",), "momentum": ("nesterov", "adamw")}


def test_defaults_show_every_beat_but_those_that_are_asked_for():
    for card in SCENES:
        hidden = ASKED_FOR.get(card.slug, ())
        shown = tuple(beat for beat in card.beats if beat not in hidden)
        assert card.active_beats(resolve(card.recorder, {})) == shown


def test_transposed_is_a_beat_when_asked_for():
    convolution = next(card for card in SCENES if card.slug == "convolution")
    assert convolution.active_beats(resolve("convolution", {"transposed": True})) == convolution.beats


def test_ones_own_formula_shows_the_graph_and_the_net_when_asked():
    backward = next(card for card in SCENES if card.slug == "backward")
    mine = {"expression": "a*b", "at": {"a": 1, "b": 2}, "wrt": "a"}
    assert backward.active_beats(resolve(backward.recorder, mine)) == GRAPH_BEATS
    assert backward.active_beats(resolve(backward.recorder, {**mine, "net": True})) == GRAPH_BEATS + NET_BEATS
    assert backward.active_beats(resolve(backward.recorder, {"net": False})) == GRAPH_BEATS
    assert (len(GRAPH_BEATS), len(NET_BEATS)) == (5, 9)
