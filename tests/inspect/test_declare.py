"""Exceptions are declared with a known kind and a reason, and travel with copies."""

import pytest
from manim import Dot, VGroup

from scenes.stage.declare import ATTRIBUTE, Allowed, allow


def test_a_declaration_is_for_the_family_and_its_copies() -> None:
    group = VGroup(Dot(), Dot())
    assert allow(group, "blink", "it winks") is group
    assert getattr(group[1].copy(), ATTRIBUTE) == (Allowed("blink", "it winks"),)


def test_an_unknown_kind_and_an_empty_reason_are_refused() -> None:
    with pytest.raises(ValueError, match="no kind of problem 'blinks'"):
        allow(Dot(), "blinks", "why not")
    with pytest.raises(ValueError, match="needs a reason"):
        allow(Dot(), "blink", " ")


def test_a_film_declares_for_its_current_beat() -> None:
    class Film:
        beat = "graph"

    film = allow(Film(), "no-motion", "the formula is read aloud")
    assert getattr(film, ATTRIBUTE) == {"graph": [Allowed("no-motion", "the formula is read aloud")]}
