"""The ``deck`` command: what was named and how it is to look, to files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.text.echo import echo, whole_path
from pipeline import make, options, scratch
from pipeline.console import clock, say
from pipeline.deck import build
from pipeline.deck.build import Crew, Plan
from pipeline.deck.model import ClipSlide, Deck
from pipeline.outputs import free_target, staged
from pipeline.plan import LANGUAGES, THEMES, Style, check_beats
from pipeline.target import DEFAULT_FOLDER, places

if TYPE_CHECKING:
    from engine.trace import Trace

# Options of one format: name -> (the format, its value when it is not given)
OWN_OPTIONS = {"poster": ("pptx", None), "notes": ("pdf", None), "one_file": ("html", False)}
SCRIPT = ".toml"


@dataclass(frozen=True)
class Wish:
    """What the command line asked for; None where it said nothing."""

    to: str
    quality: str
    lang: str | None = None
    theme: str | None = None
    beats: Sequence[str] = ()
    output: Path | None = None
    poster: str | None = None
    notes: bool | None = None
    one_file: bool = False

    def __post_init__(self) -> None:
        for name, (owner, silent) in OWN_OPTIONS.items():
            if getattr(self, name) != silent and self.to != owner:
                option = name.replace("_", "-")
                raise InputError(f"--{option} is for --to {owner}: leave it out with --to {self.to}.")


def scenes_of(sources: Sequence[str], pairs: Sequence[str]) -> list[str]:
    """The scenes among ``sources``: all of them, or none when a lecture script is given.

    Raises InputError for a script beside anything else, and for parameters beside a script.
    """
    scripts = [source for source in sources if source.lower().endswith(SCRIPT)]
    if not sources:
        raise InputError(
            f"Name a scene or a lecture script: {', '.join(options.all_slugs())}, or a .toml file."
        )
    if scripts and len(sources) > 1:
        raise InputError(f"{echo(scripts[0])} is a lecture script: give it alone, or scenes without it.")
    if scripts and pairs:
        raise InputError("A lecture has its scenes' parameters in its script: leave out -p.")
    return [] if scripts else list(sources)


def of_scenes(
    slugs: Sequence[str],
    given: Mapping[str, Mapping[str, Any]],
    wish: Wish,
    crew: Crew,
    trace: Trace | None = None,
) -> list[Path]:
    """Make the deck of these scenes in each language asked for; returns what was made.

    given: each scene's parameters, by slug.  trace: a recorded run of the only scene, instead of parameters.
    """
    cards = options.cards(slugs)
    style = Style.parse(wish.lang or "ko", wish.theme or THEMES[0], wish.quality, "none")
    for card in cards:
        check_beats(card, wish.beats)
    languages = LANGUAGES[style.lang]
    stem = "-".join([*(card.slug for card in cards), *wish.beats])
    targets = _targets(wish, stem, languages, style.theme)
    request = make.Request(cards, given, style, wish.beats, wish.output, crew.use_cache, trace)
    traces = [make.trace_for(request, card) for card in cards]
    plans = [build.of_scenes(request, traces, look) for look in style.looks()]
    with scratch.folder() as folder, scratch.telling():
        _make(plans, targets, folder, wish, crew)
    return targets


def of_lecture(file: Path, wish: Wish, crew: Crew) -> list[Path]:
    """Make the deck of a lecture script in each language asked for; returns what was made."""
    from pipeline.deck import lecture
    from pipeline.film import Look, Quality
    from pipeline.lecture import check, media
    from pipeline.lecture.films import record

    if wish.beats:
        raise InputError("A lecture has its beats in its script: leave out --beat.")
    quality = Quality.parse(wish.quality)
    script = check.read(file)
    languages = LANGUAGES[wish.lang] if wish.lang else script.lecture.languages()
    theme = wish.theme or script.lecture.theme
    targets = _targets(wish, script.name, languages, theme)
    for note in media.notes(script):
        say(note, err=True)
    traces = record(script, crew.use_cache)
    with scratch.folder() as folder, scratch.telling():
        looks = [Look(language, theme, quality, "none") for language in languages]
        plans = [lecture.of_lecture(script, traces, look, folder) for look in looks]
        _make(plans, targets, folder, wish, crew)
    return targets


def _make(plans: Sequence[Plan], targets: Sequence[Path], folder: Path, wish: Wish, crew: Crew) -> None:
    for deck, target in zip(build.develop(plans, folder, crew), targets, strict=True):
        with make.stoppable(target.name):
            _write(deck, target, wish)
        say(f"{whole_path(target)}  {_words(deck)}")


def _write(deck: Deck, target: Path, wish: Wish) -> None:
    if wish.to == "html":
        from pipeline.deck.html import write_html

        write_html(deck, target, wish.one_file)
        return
    with staged(target.parent) as stage:
        if wish.to == "pptx":
            from pipeline.deck import powerpoint

            powerpoint.write(deck, stage.file(target), poster=wish.poster or "first")
        else:
            from pipeline.deck import pdf

            pdf.write(deck, stage.file(target), notes=wish.notes is not False)


def _targets(wish: Wish, stem: str, languages: Sequence[str], theme: str) -> list[Path]:
    """Where the decks go: ``-o`` is the file (or the folder of an HTML deck) when there is one, else what they go in.

    Raises InputError when several would go into one, or the file's name ends as another kind of file does.
    """
    folder_deck = wish.to == "html" and not wish.one_file
    tail = "" if theme == THEMES[0] else f"-{theme}"
    names = [f"{stem}-{language}{tail}" for language in languages]
    if not folder_deck:
        return [_free(place, wish) for place in places(names, f".{wish.to}", wish.output)]
    if wish.output is not None and len(names) == 1:
        return [_free(wish.output, wish)]
    folder = wish.output or Path(DEFAULT_FOLDER)
    return [_free(folder / f"{name}-deck", wish) for name in names]


def _free(target: Path, wish: Wish) -> Path:
    """The same path, once it is sure that the deck can go there: before any clip is made."""
    if wish.to != "html":
        return free_target(target)
    from pipeline.deck.html import check_place

    return check_place(target, wish.one_file)


def _words(deck: Deck) -> str:
    """``9 slides  1:23.5 of film`` for the list at the end."""
    clips = [slide.clip.seconds for slide in deck.slides if isinstance(slide, ClipSlide)]
    slides = f"{len(deck.slides)} slide{'s' if len(deck.slides) != 1 else ''}"
    return f"{slides}  {clock(sum(clips))} of film" if clips else slides
