"""What ``list`` says of the scenes: titles, lengths, beats and parameters. Loads neither torch nor manim."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pipeline.console import clock, say, say_json
from pipeline.plan import LANGUAGES
from pipeline.values import shown

if TYPE_CHECKING:
    from engine.trace.signature import Parameter
    from scenes.stage.card import Card


def describe(card: "Card", given: Mapping[str, Any]) -> dict[str, Any]:
    """One scene as JSON data; with parameters given, the beats that play with them and the values used."""
    from engine import recorders

    resolved = recorders.resolve(card.recorder, given)
    beats = card.active_beats(resolved) if given else card.beats
    languages = LANGUAGES["both"]
    return {
        "scene": card.slug,
        "title": {language: card.title(language) for language in languages},
        "seconds": {language: card.seconds(language) for language in languages},
        "recorder": card.recorder,
        "beats": [
            {"name": beat, "title": {language: card.beat_title(beat, language) for language in languages}}
            for beat in beats
        ],
        "parameters": [
            _parameter(parameter, resolved[parameter.name], parameter.name in given)
            for parameter in recorders.signature(card.recorder)
        ],
    }


def _parameter(parameter: "Parameter", value: Any, given: bool) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "value": value,
        "given": given,
        "help": parameter.description,
        "allowed": parameter.allowed,
    }


def print_json(cards: Sequence["Card"], given: Mapping[str, Mapping[str, Any]]) -> None:
    """The scenes as a JSON array."""
    say_json([describe(card, given[card.slug]) for card in cards])


def print_table(cards: Sequence["Card"], given: Mapping[str, Mapping[str, Any]]) -> None:
    """The scenes for people."""
    for card in cards:
        about = describe(card, given[card.slug])
        titles = about["title"]
        say(f"{card.slug}  {titles['en']} · {titles['ko']}  ({_lengths(about['seconds'])})")
        say(f"  beats       {' '.join(beat['name'] for beat in about['beats'])}")
        for number, one in enumerate(about["parameters"]):
            label = "parameters" if number == 0 else ""
            value = "" if one["value"] in (None, "") else f" = {shown(one['value'])}"
            say(f"  {label:<10}  --{one['name'].replace('_', '-')}{value}  {one['help']}")


def _lengths(seconds: Mapping[str, float | None]) -> str:
    known = [f"{language} {clock(length)}" for language, length in seconds.items() if length is not None]
    return ", ".join(known) or "length not measured yet"
