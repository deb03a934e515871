"""The ``deck`` command: what was named and how it is to look, to files."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from engine.errors import InputError, RunError
from pipeline import make, options
from pipeline.console import clock
from pipeline.deck.build import ClipStyle, Crew, from_scenes
from pipeline.deck.model import ClipSlide, Deck
from pipeline.outputs import free_target, staged, write_sentence
from pipeline.plan import DEFAULT_FOLDER, LANGUAGES, THEMES, Style, check_beats

FORMATS = ("pptx", "pdf", "html")
# Only these belong to one format: option -> (format, its value when it is not given)
OWN_OPTIONS = {"poster": ("pptx", None), "notes": ("pdf", None), "one_file": ("html", False)}


@dataclass(frozen=True)
class Wish:
    """What the command line asked for; None where it said nothing."""

    to: str
    lang: str | None = None
    theme: str | None = None
    quality: str = ""
    beats: Sequence[str] = ()
    output: Path | None = None
    poster: str | None = None
    notes: bool | None = None
    one_file: bool = False
    use_cache: bool = True
    crew: Crew = Crew()

    def __post_init__(self) -> None:
        for option, (owner, silent) in OWN_OPTIONS.items():
            if getattr(self, option) != silent and self.to != owner:
                raise InputError(
                    f"--{option.replace('_', '-')} is for --to {owner}: leave it out with --to {self.to}."
                )


def make_decks(names: Sequence[str], given: Mapping[str, Mapping[str, Any]], wish: Wish) -> list[Path]:
    """Make the deck in each language asked for; returns the files. ``given`` has each scene's parameters."""
    cards = options.cards(names)
    if not cards:
        raise InputError(f"Name a scene or a lecture script: {', '.join(options.all_slugs())}.")
    languages = LANGUAGES[wish.lang or "ko"]
    style = Style.parse(wish.lang or "ko", wish.theme or THEMES[0], wish.quality, "none")
    for card in cards:
        _some_beats(card, wish.beats, cards)
    request = make.Request(cards, given, style, wish.beats, wish.output, wish.use_cache)
    targets = [_target(wish, "-".join(names), language, languages) for language in languages]
    for target in targets:
        if wish.to != "html" or wish.one_file:
            free_target(target)
    for language, target in zip(languages, targets, strict=True):
        with scratch() as folder:
            deck = from_scenes(request, language, folder, _clip_style(wish.to), wish.crew)
            _write(deck, target, wish)
        click.echo(f"{target}  {_words(deck)}")
    return targets
