"""``scenes``: what films there are, and what can be set for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from gradreel._asking import ask


@dataclass(frozen=True)
class Beat:
    """One step of a film: its name, and its title by language."""

    name: str
    title: dict[str, str]


@dataclass(frozen=True)
class Parameter:
    """What can be set when a scene is recorded. ``allowed`` says in words what may be given."""

    name: str
    default: Any
    help: str
    allowed: str


@dataclass(frozen=True)
class Scene:
    """A film that can be made: title and length in seconds (where it was measured) by language, beats, parameters."""

    slug: str
    title: dict[str, str]
    recorder: str
    seconds: dict[str, float | None]
    beats: tuple[Beat, ...]
    parameters: tuple[Parameter, ...]


@cache
def scenes() -> tuple[Scene, ...]:
    """Every scene, in the order of the course. ``record(scene.slug, …)`` records what it shows."""
    return tuple(_scene(one) for one in ask("scenes"))


def _scene(told: dict[str, Any]) -> Scene:
    return Scene(
        told["scene"],
        told["title"],
        told["recorder"],
        told["seconds"],
        tuple(Beat(one["name"], one["title"]) for one in told["beats"]),
        tuple(
            Parameter(one["name"], one["value"], one["help"], one["allowed"]) for one in told["parameters"]
        ),
    )
