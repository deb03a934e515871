"""The `script` command: what is to be read, from a lecture script or from scenes, printed or written to a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engine.errors import InputError
from pipeline.voice import names
from pipeline.voice.script import ReadBeat, Reading, ReadPart, markdown

if TYPE_CHECKING:
    from engine.trace import Trace
    from scenes.card import Card

SUFFIXES = (".md", ".docx")
MEASURED_AT = "144p15"  # nothing is drawn; the frame rate only rounds the lengths


def write(readings: Sequence[Reading], output: Path | None) -> None:
    """Print the readings, or write them to `output`, whose suffix says in which form."""
    if output is None:
        click.echo(markdown(readings), nl=False)
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
    click.echo(f"{output}  {beats} beats")


def check_output(output: Path | None) -> None:
    """InputError for a name that says no form, before any work is done."""
    from pipeline.outputs import free_target

    if output is None:
        return
    if output.suffix.lower() not in SUFFIXES:
        raise InputError(
            f"{output} ends neither in .md nor in .docx: give such a name, or leave -o out to print."
        )
    free_target(output)


def of_scenes(
    cards: Sequence[Card], given: Mapping[str, Mapping[str, Any]], languages: Sequence[str], use_cache: bool
) -> list[Reading]:
    """What the films of `cards` say, in each of `languages`; numbers are those of the run with `given` parameters."""
    from pipeline.record import obtain

    traces = {card.slug: obtain(card.recorder, given[card.slug], use_cache=use_cache) for card in cards}
    return [_of_scenes(cards, traces, language) for language in languages]


def _of_scenes(cards: Sequence[Card], traces: Mapping[str, Trace], language: str) -> Reading:
    from pipeline.film import FilmJob, Quality, measure_film

    keys = [
        f"{card.slug}-{beat}"
        for card in cards
        for beat in card.active_beats(traces[card.slug].params["resolved"])
    ]
    stems = names.stems(keys)
    parts = []
    for card in cards:
        job = FilmJob(card.slug, language, "dark", Quality.parse(MEASURED_AT), "sidecar")
        film = measure_film(traces[card.slug], job)
        said = {span.name: [cue for cue in film.cues if cue.beat == span.name] for span in film.spans}
        beats = tuple(
            ReadBeat(
                stems[f"{card.slug}-{span.name}"],
                span.title,
                tuple(" ".join(cue.lines) for cue in said[span.name]),
                span.end_s - span.start_s,
            )
            for span in film.spans
        )
        parts.append(ReadPart(card.title(language), beats))
    return Reading(" · ".join(card.title(language) for card in cards), language, tuple(parts))
