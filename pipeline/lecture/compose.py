"""Puts a lecture's films one after the other: cards and own media are made here, scenes come from the studio."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import InputError
from pipeline.film import FilmResult, Look
from pipeline.lecture import cards, films, model
from pipeline.lecture.assemble import Chapter
from pipeline.lecture.cards import CardFilm
from pipeline.lecture.retime import retimed, spread
from pipeline.lecture.script import Script
from pipeline.lecture.timeline import Beat, BeatVoice, Kind, Segment, Timeline
from pipeline.lecture.words_check import written
from pipeline.media.facts import facts as facts_of
from pipeline.progress import working
from scenes.stage.captions import Cue
from scenes.stage.style import LANGUAGES
from scenes.stage.text import scene_text

if TYPE_CHECKING:
    from pipeline.studio import Film
    from scenes.stage.lecture_card import Content


@dataclass(frozen=True)
class Maker:
    """Makes the segments of one language's lecture.

    made: the films of the scene parts, by key; said: their words in every language; folder: for the films made here.
    """

    script: Script
    look: Look
    voices: Mapping[str, BeatVoice]
    made: Mapping[str, Film]
    said: Mapping[tuple[str, str], FilmResult]
    folder: Path

    def timeline(self) -> Timeline:
        """Every part made and at its place."""
        segments: list[Segment] = []
        before: model.AnyPart | None = None
        for part in self.script.lecture.parts():
            first = sum(segment.frames for segment in segments)
            chapter = begins_chapter(part, before)
            segments.append(
                self._scene(part, first, chapter)
                if isinstance(part, model.ScenePart)
                else self._own(part, first, chapter)
            )
            before = part
        return Timeline(self.look.language, self.look.quality.fps, tuple(segments))

    def _scene(self, part: model.ScenePart, first: int, chapter: bool) -> Segment:
        film = self.made[part.key]
        result = film.result
        fps = self.look.quality.fps
        start_s = first / fps
        language = self.look.language
        beats = []
        for span in result.spans:
            here = [_later(cue, start_s) for cue in result.cues if cue.beat == span.name]
            times = (start_s + span.start_s, start_s + span.end_s)
            cues = {
                other: tuple(here)
                if other == language
                else self._translated(part, span.name, here, other, times)
                for other in LANGUAGES
            }
            key = model.beat_key(part.key, span.name)
            beats.append(Beat(key, span.name, span.title, *times, cues))
        title = part.title.of(language) if part.title else scene_text(part.scene).title[language]
        return Segment(part.key, "scene", title, chapter, film.path, first, result.frames, fps, tuple(beats))

    def _translated(
        self, part: model.ScenePart, beat: str, here: Sequence[Cue], other: str, span: tuple[float, float]
    ) -> tuple[Cue, ...]:
        there = ["\n".join(cue.lines) for cue in self.said[part.key, other].cues if cue.beat == beat]
        return retimed(
            here,
            films.sizes(part, beat, self.look.language),
            there,
            films.sizes(part, beat, other),
            other,
            span,
        )

    def _own(self, part: model.AnyPart, first: int, chapter: bool) -> Segment:
        """A card, a picture or a film of the author's."""
        language, fps = self.look.language, self.look.quality.fps
        opening = not self.script.place(part)
        content = self._content(part, language, opening)
        path = self.folder / f"{part.key}.mp4"
        kind, film, sound, sound_from_s = self._made(part, content, path)
        start_s, end_s = first / fps, (first + film.frames) / fps
        cues = {language: tuple(replace(_later(cue, start_s), beat=part.key) for cue in film.cues)}
        for other in LANGUAGES:
            if other != language:
                there = self._content(part, other, opening)
                texts = there.captions or written(there, content, other)
                cues[other] = spread(texts, other, (start_s, end_s), part.key)
        title = content.title or part.key
        beat = Beat(part.key, part.key, title, start_s, end_s, cues)
        return Segment(
            part.key, kind, title, chapter, path, first, film.frames, fps, (beat,), sound, sound_from_s
        )

    def _content(self, part: model.AnyPart, language: str, opening: bool) -> Content:
        content = cards.content_of(self.script, part, language, opening)
        voice = self.voices.get(part.key) if language == self.look.language else None
        if voice is None:
            return content
        return replace(
            content, seconds=max(content.seconds or 0.0, voice.least_s) or None, captions_s=voice.captions_s
        )

    def _made(
        self, part: model.AnyPart, content: Content, path: Path
    ) -> tuple[Kind, CardFilm, Path | None, float]:
        if isinstance(part, model.VideoPart):
            from pipeline.lecture.video import render_video

            source = self.script.path(part.video)
            facts = facts_of(source)
            film = render_video(source, content, self.look, path)
            return "video", film, source if part.sound and facts.sound else None, facts.start_s
        if isinstance(part, model.PicturePart):
            content = cards.with_picture(content, self.script.path(part.picture), self.look)
            return "picture", cards.render_card(content, self.look, path), None, 0.0
        return "card", cards.render_card(content, self.look, path), None, 0.0


OPENING = "opening"


def begins_chapter(part: model.AnyPart, before: model.AnyPart | None) -> bool:
    """Whether players show a chapter here: the script says so, or it is a title, or a scene that no title announces."""
    if part.chapter is not None:
        return part.chapter
    if isinstance(part, model.CardPart):
        return part.card == "title"
    announced = (
        isinstance(before, model.CardPart)
        and before.card == "title"
        and before.chapter is not False
        and before.key != OPENING
    )
    return isinstance(part, model.ScenePart) and not announced


def chapters(timeline: Timeline, title: str) -> list[Chapter]:
    """The chapters in order; the first one begins with the lecture."""
    found = [Chapter(segment.start_s, segment.title) for segment in timeline.segments if segment.chapter]
    if not found or found[0].start_s > 0:
        found.insert(0, Chapter(0.0, title))
    return found


def check_cards(script: Script, look: Look) -> None:
    """InputError, with the line, for every card whose text does not fit."""
    from scenes.stage.lecture_card import text_block
    from scenes.stage.style import LOOKS

    parts = [part for part in script.lecture.part if isinstance(part, model.CardPart) and part.card == "text"]
    with working("fitting texts on their cards") as reached:
        for number, part in enumerate(parts):
            reached.steps(number, len(parts))
            try:
                text_block(cards.content_of(script, part, look.language), LOOKS[look.theme], look.captions)
            except InputError as error:
                script.mistakes.add((*script.place(part), "text"), str(error))
    script.mistakes.stop_if_any()


def _later(cue: Cue, seconds: float) -> Cue:
    return replace(cue, start_s=cue.start_s + seconds, end_s=cue.end_s + seconds)
