"""The films of a lecture's scenes: their traces, what each is told, and the orders for the studio."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from engine.errors import GradreelError, InputError
from pipeline.film import FilmJob, FilmResult, Look, Quality
from pipeline.lecture import model
from pipeline.lecture.cards import own_captions
from pipeline.lecture.script import Script
from pipeline.lecture.timeline import BeatVoice, Spoken
from pipeline.make import stoppable
from pipeline.plan import check_beats
from pipeline.studio import Film, Order, shoot
from scenes.stage.card import Card, found_in
from scenes.stage.style import LANGUAGES
from scenes.stage.telling import Telling
from scenes.stage.text import scene_text

if TYPE_CHECKING:
    from engine.trace import Trace

WORDS_ONLY = Quality("words", 160, 90, 1)  # a film from which only the words are wanted
Key = tuple[str, str]  # a part's key and the language


def scene_parts(script: Script) -> list[model.ScenePart]:
    """The parts that are films of gradreel, in order."""
    return [part for part in script.lecture.part if isinstance(part, model.ScenePart)]


def record(script: Script, use_cache: bool) -> dict[str, Trace]:
    """The trace of each scene part. InputError names the line of a parameter that the run itself refuses."""
    from pipeline.record import obtain
    from scenes import SCENES

    cards = {card.slug: card for card in SCENES}
    traces = {}
    for part in scene_parts(script):
        card = cards[part.scene]
        recorder = card.recorder
        try:
            with stoppable(f"recording {recorder}") as reached:
                traces[part.key] = obtain(
                    recorder, script.parameters[part.key], use_cache=use_cache, progress=reached.steps
                )
        except InputError as error:
            _blame(script, part, error)
        except GradreelError as error:
            raise type(error)(f"{script.mistakes.where(script.place(part))}: {error}") from error
        else:
            _check_beats(script, part, card, traces[part.key])
    script.mistakes.stop_if_any()
    return traces


def _check_beats(script: Script, part: model.ScenePart, card: Card, trace: Trace) -> None:
    """Some beats play only for what came out of the run, which the script alone could not tell."""
    try:
        check_beats(card, part.beats, found_in(trace))
    except InputError as error:
        script.mistakes.add((*script.place(part), "beats"), str(error))


def _blame(script: Script, part: model.ScenePart, error: InputError) -> None:
    """The parameter that the sentence begins with, or all of them."""
    first = str(error).split(maxsplit=1)[0].strip(",:")
    place = (*script.place(part), "parameters")
    script.mistakes.add((*place, first) if first in part.parameters else place, str(error))


def job(script: Script, part: model.ScenePart, look: Look, voices: Mapping[str, BeatVoice]) -> FilmJob:
    """What is to be filmed, with everything that the lecture changes."""
    return look.job(part.scene, part.beats, telling(script, part, look.language, voices))


def telling(script: Script, part: model.ScenePart, language: str, voices: Mapping[str, BeatVoice]) -> Telling:
    """Own words, pace, and how long voices need."""
    spoken = {
        beat: voices[model.beat_key(part.key, beat)]
        for beat in scene_text(part.scene).beats
        if model.beat_key(part.key, beat) in voices
    }
    return Telling(
        reading_time=part.reading_time or script.lecture.reading_time or 1.0,
        captions=tuple(
            (beat, moments)
            for beat, captions in part.captions.items()
            if (moments := captions.of(language)) is not None
        ),
        least_s=tuple((beat, voice.least_s) for beat, voice in spoken.items() if not voice.by_caption),
        captions_s=tuple((beat, voice.captions_s) for beat, voice in spoken.items() if voice.captions_s),
    )


def orders(
    script: Script, traces: Mapping[str, Trace], look: Look, voices: Mapping[str, BeatVoice]
) -> list[Order]:
    """The films of the lecture in one language, in order."""
    return [Order(traces[part.key], job(script, part, look, voices)) for part in scene_parts(script)]


def words(
    script: Script,
    traces: Mapping[str, Trace],
    theme: str,
    languages: Collection[str],
    workers: int | None,
    use_cache: bool,
) -> dict[Key, FilmResult]:
    """What every scene part says in `languages`, numbers filled in: the films are played, hardly drawn.

    Own captions are looked at in every language that has them. Raises InputError with every caption that asks for a
    number which this run does not have.
    """
    keys = [
        (part, language)
        for part in scene_parts(script)
        for language in LANGUAGES
        if language in languages or any(own.of(language) for own in part.captions.values())
    ]
    films = [
        Order(traces[part.key], job(script, part, Look(language, theme, WORDS_ONLY, "none"), {}))
        for part, language in keys
    ]
    results: dict[Key, FilmResult] = {}
    for number, outcome in shoot(films, workers=workers, use_cache=use_cache):
        part, language = keys[number]
        if isinstance(outcome, Film):
            results[part.key, language] = outcome.result
        elif isinstance(outcome, InputError):
            script.mistakes.add((*script.place(part), "captions"), str(outcome))
        else:
            raise type(outcome)(f"{script.mistakes.where(script.place(part))}: {outcome}") from outcome
    script.mistakes.stop_if_any()
    return results


def spoken(script: Script, said: Mapping[Key, FilmResult], language: str) -> tuple[Spoken, ...]:
    """What the lecture says in `language`, beat by beat, in order."""
    found = []
    for part in script.lecture.parts():
        if isinstance(part, model.ScenePart):
            result = said[part.key, language]
            for span in result.spans:
                lines = tuple(" ".join(cue.lines) for cue in result.cues if cue.beat == span.name)
                found.append(Spoken(model.beat_key(part.key, span.name), span.title, lines))
        else:
            found.append(spoken_card(script, part, language))
    return tuple(found)


def spoken_card(script: Script, part: model.AnyPart, language: str) -> Spoken:
    """What a card, picture or video of the lecture says in `language`, and what stands on it if it is a card."""
    title = part.title.of(language) if part.title else ""
    lines = tuple(" ".join(text.split()) for text in own_captions(part, language))
    written: tuple[str, ...] = ()
    if isinstance(part, model.CardPart):
        texts = (
            title,
            part.subtitle.of(language) if part.subtitle else "",
            *(part.text.of(language) if part.text else ()),
        )
        written = tuple(text.removeprefix("- ") for text in texts if text)
    return Spoken(part.key, title or part.key, lines, written)


def sizes(part: model.ScenePart, beat: str, language: str) -> tuple[int, ...]:
    """How many captions a beat has at each of its moments."""
    own = part.captions.get(beat)
    moments = own.of(language) if own else None
    if moments is not None:
        return tuple(len(moment) for moment in moments)
    return (1,) * len(scene_text(part.scene).beats[beat].caption[language])
