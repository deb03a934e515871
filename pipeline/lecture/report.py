"""``<lecture>.json``: what a lecture is made of, when it plays, and where its numbers came from."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine import __version__, packages
from engine.files.digest import sha256
from pipeline import numbers
from pipeline.film import Look
from pipeline.json_records import FileName, Listed, Strict, plain
from pipeline.lecture import model
from pipeline.lecture.assemble import Chapter
from pipeline.lecture.cards import date_words
from pipeline.lecture.script import Script
from pipeline.lecture.timeline import Beat, Segment, Timeline
from pipeline.lecture.words_check import own_digits
from pipeline.numbers import ShownNumber

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.film import FilmResult

SCHEMA = 1
SUFFIX = ".lecture.json"


class Caption(Strict):
    """One caption, in seconds of the lecture."""

    start_s: float
    end_s: float
    lines: Listed[str]


class ReportedBeat(Strict):
    """One beat: when it plays, what is said in each language, and whether these are the author's words.

    own_digits: the digits that the author wrote, which nothing checks.
    """

    key: str
    name: str
    title: str
    start_s: float
    end_s: float
    captions: dict[str, Listed[Caption]]
    own_words: bool
    own_digits: Listed[str]


class Run(Strict):
    """The run that a scene shows: enough to repeat it, and every number on screen. digests: sha256 of its series."""

    scene: str
    recorder: str
    seed: int
    params: dict[str, Any]
    environment: dict[str, Any]
    digests: dict[str, str]
    rows: Listed[ShownNumber]


class ReportedPart(Strict):
    """One part of the lecture; ``file`` is the author's picture or film, ``run`` the scene's."""

    key: str
    kind: str
    title: str
    start_s: float
    end_s: float
    frames: int
    file: str | None
    beats: Listed[ReportedBeat]
    run: Run | None


class ReportedChapter(Strict):
    """One chapter of the film."""

    start_s: float
    title: str


class Report(Strict):
    """The whole file. versions: of what draws.  files: sha256 by file name, the film's included."""

    schema_version: int
    gradreel: str
    lecture: FileName
    script: str
    title: str
    subtitle: str
    author: str
    date: str
    language: str
    theme: str
    quality: str
    width: int
    height: int
    fps: int
    captions: str
    seconds: float
    frames: int
    sound: bool
    chapters: Listed[ReportedChapter]
    parts: Listed[ReportedPart]
    versions: dict[str, str]
    files: dict[FileName, str]


def describe(
    script: Script,
    look: Look,
    timeline: Timeline,
    chapters: Listed[Chapter],
    runs: Mapping[str, tuple[Trace, FilmResult]],
    sound: bool,
    target: Path,
    files: Mapping[str, Path],
) -> Report:
    """The record of a lecture just made. runs: trace and film of each scene part; files: name to where it is now."""
    lecture, language, quality = script.lecture, look.language, look.quality
    parts = {part.key: part for part in lecture.parts()}
    return Report(
        schema_version=SCHEMA,
        gradreel=__version__,
        lecture=target.name,
        script=script.file.name,
        title=lecture.title.of(language),
        subtitle=lecture.subtitle.of(language) if lecture.subtitle else "",
        author=lecture.author.of(language) if lecture.author else "",
        date=date_words(lecture.date, language),
        language=language,
        theme=look.theme,
        quality=quality.name,
        width=quality.width,
        height=quality.height,
        fps=quality.fps,
        captions=look.captions,
        seconds=timeline.seconds,
        frames=timeline.frames,
        sound=sound,
        chapters=[ReportedChapter(start_s=one.start_s, title=one.title) for one in chapters],
        parts=[
            _part(segment, parts[segment.key], language, runs.get(segment.key))
            for segment in timeline.segments
        ],
        versions=packages.versions(packages.DRAWING),
        files={name: sha256(path) for name, path in files.items()},
    )


def _part(
    segment: Segment, part: model.AnyPart, language: str, run: tuple[Trace, FilmResult] | None
) -> ReportedPart:
    file = getattr(part, "picture", None) or getattr(part, "video", None)
    return ReportedPart(
        key=segment.key,
        kind=segment.kind,
        title=segment.title,
        start_s=segment.start_s,
        end_s=segment.end_s,
        frames=segment.frames,
        file=file,
        beats=[_beat(beat, part, language) for beat in segment.beats],
        run=_run(part.scene, run, segment.start_s) if isinstance(part, model.ScenePart) and run else None,
    )


def _run(scene: str, run: tuple[Trace, FilmResult], start_s: float) -> Run:
    trace, result = run
    return Run(
        scene=scene,
        recorder=trace.recorder,
        seed=trace.seed,
        params=plain(trace.params),
        environment=plain(trace.environment),
        digests=trace.digest(),
        rows=[numbers.shown_number(row, start_s) for row in result.rows],
    )


def _beat(beat: Beat, part: model.AnyPart, language: str) -> ReportedBeat:
    texts = own_texts(part, beat.name, language)
    return ReportedBeat(
        key=beat.key,
        name=beat.name,
        title=beat.title,
        start_s=beat.start_s,
        end_s=beat.end_s,
        captions={
            one: [Caption(start_s=cue.start_s, end_s=cue.end_s, lines=list(cue.lines)) for cue in cues]
            for one, cues in beat.cues.items()
        },
        own_words=bool(texts),
        own_digits=[digits for text in texts for digits in own_digits(text)],
    )


def own_texts(part: model.AnyPart, beat: str, language: str) -> list[str]:
    """What the author wrote and viewers of ``language`` read in a beat: captions, and the texts of a card."""
    if isinstance(part, model.ScenePart):
        captions = part.captions.get(beat)
        return [text for moment in (captions and captions.of(language)) or () for text in moment]
    words = [part.title, getattr(part, "subtitle", None)]
    paragraphs = part.text.of(language) if isinstance(part, model.CardPart) and part.text else ()
    moments = (part.caption.of(language) if part.caption else None) or ()
    return [
        *(one.of(language) for one in words if one),
        *paragraphs,
        *(text for moment in moments for text in moment),
    ]
