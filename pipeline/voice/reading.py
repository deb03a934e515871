"""The `script` command: what is to be read, from a lecture script or from scenes, printed or written to a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.text.echo import echo, whole_path
from pipeline.console import say
from pipeline.make import stoppable
from pipeline.options import cards
from pipeline.plan import LANGUAGES
from pipeline.record import obtain
from pipeline.values import path_of
from pipeline.voice import names
from pipeline.voice.script import ReadBeat, Reading, ReadPart, markdown

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.film import FilmJob, Quality
    from pipeline.lecture.model import AnyPart
    from pipeline.lecture.script import Script
    from scenes.stage.card import Card

SUFFIXES = (".md", ".docx")
MEASURED_AT = "144p15"  # nothing is drawn; the frame rate only rounds the lengths


def write(readings: Sequence[Reading], output: Path | None) -> None:
    """Print the readings, or write them to `output`, whose suffix says in which form."""
    if output is None:
        say(markdown(readings), nl=False)
        return
    from pipeline.outputs import staged
    from pipeline.voice import word

    with staged(output.parent) as stage:
        part = stage.file(output)
        if output.suffix.lower() == ".docx":
            word.save(readings, part)
        else:
            part.write_text(markdown(readings), encoding="utf-8")
    beats = sum(len(part.beats) for reading in readings for part in reading.parts)
    say(f"{whole_path(output)}  {beats} beats")


def check_output(output: Path | None) -> None:
    """InputError for a name that says no form, before any work is done."""
    from pipeline.outputs import free_target

    if output is None:
        return
    if output.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{echo(output)} ends neither in .md nor in .docx: give such a name, or leave -o out to print."
        )
    free_target(output)


def of(
    what: Sequence[str],
    lang: str | None,
    given: Callable[[Sequence[str]], Mapping[str, Mapping[str, Any]]],
    use_cache: bool,
) -> list[Reading]:
    """What `what` says, a lecture script or scenes, in each language of `lang`; numbers are those of its own run.

    `given` are the parameters on the command line for some scenes. InputError when both kinds are mixed.
    """
    scripts = [one for one in what if Path(one).suffix.lower() == ".toml"]
    if not scripts:
        return of_scenes(cards(what), given(what), LANGUAGES[lang or "ko"], use_cache)
    if len(what) > 1:
        raise InputError(f"Give one lecture script, or scenes: {echo(scripts[0])} is a script.")
    return of_lecture(path_of(scripts[0]), lang, use_cache)


def of_scenes(
    scenes: Sequence[Card], given: Mapping[str, Mapping[str, Any]], languages: Sequence[str], use_cache: bool
) -> list[Reading]:
    """What the films of `scenes` say, each recorded with its `given` parameters."""
    from pipeline.film import FilmJob

    traces = {}
    for card in scenes:
        with stoppable(f"recording {card.recorder}") as reached:
            traces[card.slug] = obtain(
                card.recorder, given[card.slug], use_cache=use_cache, progress=reached.steps
            )
    readings = []
    for language in languages:
        jobs = {card.slug: FilmJob(card.slug, language, "dark", _quality(), "none") for card in scenes}
        parts = [
            (card.title(language), _beats(traces[card.slug], jobs[card.slug], card.slug)) for card in scenes
        ]
        title = " · ".join(card.title(language) for card in scenes)
        readings.append(Reading(title, language, _numbered(parts)))
    return readings


def of_lecture(file: Path, lang: str | None, use_cache: bool) -> list[Reading]:
    """What the lecture of the script `file` says, in the script's languages unless `lang` says otherwise."""
    from pipeline.lecture import films
    from pipeline.lecture.check import read

    script = read(file)
    traces = films.record(script, use_cache)
    readings = []
    for language in LANGUAGES[lang or script.lecture.language]:
        author = script.lecture.author.of(language) if script.lecture.author else ""
        parts = [_part(script, part, traces, language) for part in script.lecture.parts()]
        script.mistakes.stop_if_any()
        readings.append(Reading(script.lecture.title.of(language), language, _numbered(parts), author))
    return readings


Told = tuple[str, list[ReadBeat]]  # a part's title and its beats, whose stems are still their keys


def _part(script: Script, part: AnyPart, traces: Mapping[str, Trace], language: str) -> Told:
    """One part of a lecture; a caption that asks for a number which is not there becomes a mistake of the script."""
    from pipeline.film import Look
    from pipeline.lecture import films
    from pipeline.lecture.model import ScenePart

    look = Look(language, script.lecture.theme, _quality(), "none")
    own_title = part.title.of(language) if part.title else ""
    if isinstance(part, ScenePart):
        job = films.job(script, part, look, {})
        try:
            return own_title or job.card.title(language), _beats(traces[part.key], job, part.key)
        except InputError as error:
            script.mistakes.add((*script.place(part), "captions"), str(error))
            return own_title, []
    card = films.spoken_card(script, part, language)
    beat = ReadBeat(part.key, card.title, card.lines or card.written, needed=bool(card.lines))
    return card.title, [beat]


def _beats(trace: Trace, job: FilmJob, key: str) -> list[ReadBeat]:
    """The beats of a film that is played without being drawn."""
    from pipeline.film import measure_film

    with stoppable(f"reading {key} ({job.language})"):
        film = measure_film(trace, job)
    return [
        ReadBeat(
            f"{key}-{span.name}",
            span.title,
            tuple(" ".join(cue.lines) for cue in film.cues if cue.beat == span.name),
            span.end_s - span.start_s,
        )
        for span in film.spans
    ]


def _numbered(parts: Sequence[Told]) -> tuple[ReadPart, ...]:
    stems = names.stems([beat.stem for _, beats in parts for beat in beats])
    return tuple(
        ReadPart(title, tuple(replace(beat, stem=stems[beat.stem]) for beat in beats))
        for title, beats in parts
    )


def _quality() -> Quality:
    from pipeline.film import Quality

    return Quality.parse(MEASURED_AT)
