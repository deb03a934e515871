"""What the films say. Each has a text.toml with ko and en; terms.toml translates names that come from the data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FILMS = Path(__file__).resolve().parents[2]  # a folder for each
TERMS = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True)
class BeatText:
    """One beat's title and caption; a caption is a tuple of cues for each language."""

    title: Mapping[str, str]
    caption: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True)
class SceneText:
    """A scene's title, its beats' texts and its labels, each by language."""

    title: Mapping[str, str]
    beats: Mapping[str, BeatText]
    labels: Mapping[str, Mapping[str, str]]


def table(slug: str) -> dict[str, Any]:
    """A film's text.toml, as it stands."""
    return _read(FILMS / slug / "text.toml")


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


def _cues(table: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(cues) for language, cues in table.items()}


@cache
def scene_text(slug: str) -> SceneText:
    """The texts of the scene `slug`, from its text.toml."""
    texts = table(slug)
    beats = {
        name: BeatText(
            title=beat["title"],
            caption=_cues(beat["caption"]),
            variants={key: _cues(value) for key, value in beat.get("variants", {}).items()},
        )
        for name, beat in texts["beats"].items()
    }
    return SceneText(title=texts["title"], beats=beats, labels=texts.get("labels", {}))


@cache
def lengths(slug: str) -> dict[str, float]:
    """Measured lengths of a film in seconds, by language; empty before tools/lengths.py has measured it."""
    path = length_file(slug)
    return _read(path) if path.exists() else {}


def length_file(slug: str) -> Path:
    """Where a film's measured lengths stand."""
    return FILMS / slug / "length.toml"


@cache
def terms() -> dict[str, dict[str, str]]:
    """The names from data in every language, as terms.toml has them."""
    return _read(TERMS)


def term(name: str, language: str) -> str:
    """A name from the data (a feature, a class) in `language`; a name without a translation stays as it is."""
    return terms().get(name, {}).get(language, name)


def has_term(name: str, language: str) -> bool:
    """Whether `language` has a word for a name from the data (it may be the same word)."""
    return language in terms().get(name, {})
