"""What can be said of a scene without drawing it. Imports no Manim, so that listing scenes is instant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scenes.stage.text import lengths, scene_text

if TYPE_CHECKING:
    from engine.trace import Trace


def found_in(trace: Trace) -> dict[str, Any]:
    """What a card chooses its beats by once there is a run: its resolved parameters, and the flags that it set."""
    return {**trace.flags, **trace.params["resolved"]}


def _every_beat(card: Card, params: Mapping[str, Any]) -> tuple[str, ...]:
    return card.beats


@dataclass(frozen=True)
class Card:
    """A scene's declaration: slug, class, recorder and beats, in the order they play.

    `choose` says which of the beats a run with these resolved parameters shows; by default all of them. Before the run
    it sees the parameters alone, after it what was `found_in` the trace. `extra` are beats that a lecture with little
    time can leave out: no other beat builds on them.
    """

    slug: str
    class_name: str
    recorder: str
    beats: tuple[str, ...]
    choose: Callable[[Card, Mapping[str, Any]], tuple[str, ...]] = _every_beat
    extra: tuple[str, ...] = ()

    def active_beats(self, params: Mapping[str, Any]) -> tuple[str, ...]:
        """The beats shown for the recorder's resolved parameters `params`, or for what was `found_in` a trace."""
        return self.choose(self, params)

    def core_beats(self, params: Mapping[str, Any]) -> tuple[str, ...]:
        """The beats shown for `params` without those that can be left out."""
        return tuple(beat for beat in self.active_beats(params) if beat not in self.extra)

    def title(self, language: str) -> str:
        """The film's title in `language` ("ko" or "en")."""
        return scene_text(self.slug).title[language]

    def beat_title(self, beat: str, language: str) -> str:
        """The title of one beat in `language`."""
        return scene_text(self.slug).beats[beat].title[language]

    def seconds(self, language: str) -> float | None:
        """The length in seconds of the film with its default parameters, as measured."""
        return lengths(self.slug).get(language)
