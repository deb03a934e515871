"""The command `lecture`: from a script to films with chapters, subtitles, sound, a cover and a report beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.text.echo import echo, whole_path
from pipeline import json_records, subtitles
from pipeline.console import Stopped, clock, say
from pipeline.film import FilmResult, Look, Quality
from pipeline.lecture import cards, compose, films, media, model
from pipeline.lecture.check import read
from pipeline.lecture.script import Script
from pipeline.lecture.timeline import BeatVoice, Spoken, Voice
from pipeline.lecture.words_check import own_digits
from pipeline.outputs import free_target, staged
from pipeline.plan import DEFAULT_QUALITY, LANGUAGES, THEMES, Style
from pipeline.progress import working
from pipeline.target import DEFAULT_FOLDER, FOLDER_REMEDY, only_file
from scenes.stage.style import LANGUAGES as SUBTITLES

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.lecture.timeline import Timeline
    from pipeline.studio import Film

COVER_PX = (1280, 720)


@dataclass(frozen=True)
class Options:
    """What the command line says besides the script; None where the script decides."""

    language: str | None = None
    theme: str | None = None
    quality: str = DEFAULT_QUALITY
    output: Path | None = None
    workers: int | None = None
    use_cache: bool = True

    def looks(self, script: Script) -> list[Look]:
        """One look a language."""
        said = script.lecture
        language, theme = self.language or said.language, self.theme or said.theme
        return Style.parse(language, theme, self.quality, said.captions).looks()


def lecture(file: Path, options: Options, voice: Voice | None = None) -> list[Path]:
    """Make the lecture of the script `file` in every language asked for; the films' paths.

    Everything is checked before anything is drawn. Scenes that are in the store are not drawn again, so a run that was
    stopped goes on where it was.
    """
    script = read(file)
    looks = options.looks(script)
    targets = [_target(script, look, options) for look in looks]
    for target in targets:
        _beside(target)
    for look in looks:
        compose.check_cards(script, look)
    for note in (*media.notes(script), *notes(script, [look.language for look in looks])):
        say(note, err=True)
    traces = films.record(script, options.use_cache)
    drawn = {look.language for look in looks}
    wanted = SUBTITLES if voice else [language for language in SUBTITLES if language not in drawn]
    said = films.words(script, traces, looks[0].theme, wanted, options.workers, options.use_cache)
    voices = [
        voice(look.language, films.spoken(script, said, look.language)) if voice else {} for look in looks
    ]
    made = _films(script, traces, looks, voices, options)
    said |= {(key, language): film.result for language, one in made.items() for key, film in one.items()}
    for look, target, spoken in zip(looks, targets, voices, strict=True):
        timeline = _assemble(_Job(script, look, traces, said, spoken, made[look.language], target))
        quality = look.quality
        say(
            f"{whole_path(target)}  {clock(timeline.seconds)}  {quality.width}x{quality.height} at {quality.fps}  "
            f"{len(timeline.segments)} parts{'  with voice' if spoken else ''}"
        )
    return targets


def read_aloud(file: Path, language: str, use_cache: bool = True) -> tuple[Script, tuple[Spoken, ...]]:
    """The script in `file`, and what its lecture says in `language`, beat by beat, with this run's numbers."""
    script = read(file)
    traces = films.record(script, use_cache)
    said = films.words(script, traces, script.lecture.theme, [language], None, use_cache)
    return script, films.spoken(script, said, language)


def notes(script: Script, languages: Sequence[str]) -> list[str]:
    """A line for each own caption of a scene that has digits of its own: nothing checks them."""
    found: dict[str, None] = {}
    for part in films.scene_parts(script):
        for beat, captions in part.captions.items():
            for language in languages:
                for number, moment in enumerate(captions.of(language) or ()):
                    digits = [one for text in moment for one in own_digits(text)]
                    if digits:
                        where = script.mistakes.where(
                            (*script.place(part), "captions", beat, language, number)
                        )
                        found[
                            f"Note: {where}: {' and '.join(digits)} in this caption is yours: no run computed it and "
                            f"verify does not check it."
                        ] = None
    return list(found)


@dataclass(frozen=True)
class _Job:
    """Everything that one language's lecture is made of."""

    script: Script
    look: Look
    traces: Mapping[str, Trace]
    said: Mapping[films.Key, FilmResult]
    voices: Mapping[str, BeatVoice]
    made: Mapping[str, Film]
    target: Path


def _films(
    script: Script,
    traces: Mapping[str, Trace],
    looks: Sequence[Look],
    voices: Sequence[Mapping[str, BeatVoice]],
    options: Options,
) -> dict[str, dict[str, Film]]:
    """The scenes' films by language and part, made several at a time."""
    from pipeline.studio import produce

    parts = films.scene_parts(script)
    orders = [
        one
        for look, spoken in zip(looks, voices, strict=True)
        for one in films.orders(script, traces, look, spoken)
    ]
    made = iter(produce(orders, workers=options.workers, use_cache=options.use_cache))
    return {look.language: {part.key: next(made) for part in parts} for look in looks}


def _target(script: Script, look: Look, options: Options) -> Path:
    """Where the film goes; its folder is ready then."""
    count = len(LANGUAGES[options.language or script.lecture.language])
    remedy = f"{FOLDER_REMEDY}, or one language with --lang"
    file = only_file(options.output, (".mp4",), count, what="films", remedy=remedy)
    if file is not None:
        return free_target(file)
    parts = [script.name, look.language]
    if look.theme != THEMES[0]:
        parts.append(look.theme)
    if look.quality.name != DEFAULT_QUALITY:
        parts.append(look.quality.name)
    folder = options.output or Path(DEFAULT_FOLDER)
    return free_target(folder / f"{'-'.join(parts)}.mp4")


def _assemble(job: _Job) -> Timeline:
    """Make cards and own media, put everything together, and put all files in their places at once."""
    from pipeline.lecture import report
    from pipeline.lecture.assemble import Around, assemble
    from pipeline.lecture.timeline import sounds

    script, look, target = job.script, job.look, job.target
    final = _beside(target)
    with staged(target.parent) as stage, _stoppable(f"putting {echo(target.name)} together"):
        paths = {suffix: stage.file(path) for suffix, path in final.items()}
        clip = stage.file(target)
        timeline = compose.Maker(script, look, job.voices, job.made, job.said, stage.room()).timeline()
        cover = cover_picture(script, look)
        heard = sounds(timeline, job.voices)
        chapters = compose.chapters(timeline, script.lecture.title.of(look.language))
        tracks = {language: timeline.cues(language) for language in _own_first(look.language)}
        assemble(timeline, Around(heard, tracks, chapters, tags(script, look), cover), clip)
        for language in SUBTITLES:
            subtitles.write(timeline.cues(language), paths, f".{language}")
        cover.save(paths[".cover.png"], format="PNG")
        runs = {key: (trace, job.made[key].result) for key, trace in job.traces.items()}
        files = {target.name: clip} | {
            final[suffix].name: path for suffix, path in paths.items() if suffix != report.SUFFIX
        }
        json_records.write(
            report.describe(script, look, timeline, chapters, runs, bool(heard), target, files),
            paths[report.SUFFIX],
        )
    return timeline


def _beside(film: Path) -> dict[str, Path]:
    """The files that go beside a lecture, by suffix, once they can be written."""
    from pipeline.lecture import report

    own = [f".{language}{suffix}" for language in SUBTITLES for suffix in subtitles.FORMATS]
    suffixes = (*own, ".cover.png", report.SUFFIX)
    return {suffix: free_target(film.with_suffix(suffix)) for suffix in suffixes}


def _own_first(language: str) -> list[str]:
    return [language, *(other for other in SUBTITLES if other != language)]


def tags(script: Script, look: Look) -> dict[str, str]:
    """What players show of the file."""
    said = script.lecture
    found = {
        "title": said.title.of(look.language),
        "artist": said.author.of(look.language) if said.author else "",
        "date": str(said.date or ""),
        "comment": said.subtitle.of(look.language) if said.subtitle else "",
    }
    return {name: text for name, text in found.items() if text}


def cover_picture(script: Script, look: Look) -> Any:
    """The author's cover, or the opening card, as an RGB picture of `COVER_PX`."""
    from PIL import Image

    from engine.data.pictures import images
    from scenes.stage.style import LOOKS

    small = Look(look.language, look.theme, Quality("cover", *COVER_PX, 30), look.captions)
    if script.lecture.cover is None:
        opening = model.CardPart(card="title", title=script.lecture.title, subtitle=script.lecture.subtitle)
        return cards.card_picture(cards.content_of(script, opening, look.language, opening=True), small)
    picture = images.load(script.path(script.lecture.cover), max(COVER_PX))
    picture = picture.resize(cards.fit(picture.width, picture.height, *COVER_PX), Image.Resampling.LANCZOS)
    whole = Image.new("RGBA", COVER_PX, LOOKS[look.theme].background)
    place = ((COVER_PX[0] - picture.width) // 2, (COVER_PX[1] - picture.height) // 2)
    whole.alpha_composite(picture, place)
    return whole.convert("RGB")


@contextmanager
def _stoppable(label: str) -> Iterator[None]:
    """Ctrl-C inside becomes a sentence that says what is kept."""
    with working(label):
        try:
            yield
        except KeyboardInterrupt as stop:
            raise Stopped(
                f"Stopped while {label}; the scenes' films are kept for the next run, nothing half-written is left."
            ) from stop
