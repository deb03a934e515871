"""The answers, by question. Everything is made as the command line makes it; arguments and answers are JSON data."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InputError, nearest
from engine.recorders import RECORDERS
from engine.text.echo import echo
from pipeline import make, options
from pipeline.plan import CAPTIONS, THEMES, Style, check_beats
from pipeline.values import path_of
from scenes.stage.style import LANGUAGES

if TYPE_CHECKING:
    from scenes.stage.card import Card


def scenes() -> list[dict[str, Any]]:
    """What ``list --json`` says."""
    from pipeline.listing import describe

    return [describe(card, {}) for card in options.cards(options.all_slugs())]


def trace(of: str, given: Mapping[str, Any], output: str) -> None:
    """Record what the scene or recorder ``of`` shows, and save the trace."""
    from pipeline.record import obtain

    recorder = _recorder(of)
    with make.stoppable(f"recording {recorder}") as reached:
        obtain(recorder, _by_name(recorder, given), progress=reached.steps).save(output)


def _recorder(name: str) -> str:
    drawn: dict[str, str] = {card.slug: card.recorder for card in options.cards(options.all_slugs())}
    known = {**{one: one for one in RECORDERS}, **drawn}
    if name not in known:
        raise InputError(f"There is no scene {echo(name)}. {nearest(name, known)}")
    return known[name]


def _by_name(recorder: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """A point may be given as its numbers in order, which are those of x and y."""
    from engine.momentum.surfaces import AXES

    start = given.get("start")
    if recorder != "momentum" or not isinstance(start, list):
        return dict(given)
    if len(start) != len(AXES):
        raise InputError(f"start is {echo(start)}: give {len(AXES)} numbers, of {' and '.join(AXES)}.")
    return {**given, "start": dict(zip(AXES, start, strict=True))}


def check(
    recorder: str,
    resolved: Mapping[str, Any],
    scene: str | None,
    lang: str,
    theme: str,
    captions: str,
    beats: Sequence[str],
) -> dict[str, Any]:
    """Which scene draws a trace of ``recorder``, and whether it can look so. InputError when not."""
    for kind, value, known in (
        ("language", lang, LANGUAGES),
        ("theme", theme, THEMES),
        ("way to show captions", captions, CAPTIONS),
    ):
        if value not in known:
            raise InputError(f"There is no {kind} {echo(value)}: give {' or '.join(known)}.")
    card = _drawing(recorder, scene)
    check_beats(card, beats, resolved)
    active = card.active_beats(resolved)
    shown = [beat for beat in active if not beats or beat in beats]
    return {"scene": card.slug, "title": card.title(lang), "beats": shown}


def _drawing(recorder: str, scene: str | None) -> Card:
    chosen: Sequence[Card] = options.cards([scene] if scene else [])
    able = [card for card in options.cards(options.all_slugs()) if card.recorder == recorder]
    return make.drawing(recorder, able, chosen)[0]


def film(trace: str, output: str | None, quality: str, jobs: int | None = None, **look: Any) -> list[str]:
    """What ``render --trace`` makes."""
    return _texts(make.films(_request(trace, output, quality, **look), jobs))


def shown(trace: str, output: str, quality: str, **look: Any) -> list[str]:
    """A film for a page, and the picture of it before it plays: the one that it ends on."""
    from pipeline.gallery.posters import make_poster

    (clip,) = make.films(_request(trace, output, quality, **look))
    poster = clip.with_suffix(".webp")
    make_poster(clip, poster)
    return _texts([clip, poster])


def still(trace: str, output: str | None, quality: str, **look: Any) -> list[str]:
    """What ``still`` makes."""
    return _texts(make.stills(_request(trace, output, quality, **look)))


def clips(
    trace: str,
    output: str | None,
    quality: str,
    jobs: int | None,
    formats: Sequence[str],
    transparent: bool,
    loop: bool,
    width: int | None,
    max_mb: float | None,
    **look: Any,
) -> list[str]:
    """What ``clips`` makes."""
    from pipeline.clips import command, recipe
    from pipeline.clips.formats import NAMES

    for name in formats:
        if name not in NAMES:
            raise InputError(f"There is no format {echo(name)}: give any of {', '.join(NAMES)}.")
    request = _request(trace, output, quality, **look)
    wanted = recipe.read(
        formats,
        request.output,
        request.style.quality,
        transparent=transparent,
        loop=loop,
        width=width,
        max_mb=max_mb,
    )
    return _texts(command.clips(request, wanted, jobs))


def deck(
    trace: str,
    output: str,
    quality: str,
    jobs: int | None,
    poster: str | None,
    notes: bool | None,
    **look: Any,
) -> list[str]:
    """What ``deck`` makes; the ending of ``output`` says of which kind."""
    from pipeline.deck import build, command

    ending = Path(output).suffix.lower()
    kinds = {".pptx": "pptx", ".pdf": "pdf", ".html": "html", "": "html"}
    if ending not in kinds:
        raise InputError(
            f"{echo(output)} is no deck: give a name that ends in .pptx, .html or .pdf, or a folder."
        )
    if poster not in (None, "first", "last"):
        raise InputError(f"There is no poster {echo(poster)}: give first or last.")
    request = _request(trace, output, quality, **look)
    (card,) = request.cards
    wish = command.Wish(
        kinds[ending],
        quality,
        request.style.lang,
        request.style.theme,
        request.beats,
        request.output,
        poster,
        notes,
        one_file=ending == ".html",
    )
    return _texts(command.of_scenes([card.slug], {}, wish, build.Crew(jobs), request.trace))


def verify(path: str) -> dict[str, Any]:
    """What ``verify`` finds; ``complaint`` is "" when all is well."""
    from pipeline.verify import verify as check_again

    report = check_again(path_of(path))
    told = asdict(report)
    del told["differences"]
    complaint = report.complaint.removeprefix("Error: ") if report.differences else ""
    return {**told, "clip": str(report.clip), "summary": report.summary, "complaint": complaint}


def _request(
    trace: str,
    output: str | None,
    quality: str,
    *,
    scene: str,
    lang: str,
    theme: str,
    captions: str,
    beats: Sequence[str],
) -> make.Request:
    source = make.choose([scene], path_of(trace), "It")
    style = Style.parse(lang, theme, quality, captions)
    place = None if output is None else path_of(output)
    return make.Request(source.cards, {scene: {}}, style, tuple(beats), place, trace=source.trace)


def _texts(paths: Sequence[Path]) -> list[str]:
    return [str(path) for path in paths]


QUESTIONS: dict[str, Callable[..., Any]] = {
    one.__name__: one for one in (scenes, trace, check, film, shown, still, clips, deck, verify)
}
