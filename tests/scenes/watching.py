"""Films played without drawing a frame, watched at what they say and at the end of every beat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from manim import VMobject

from pipeline import film as films
from pipeline.inspect.inspector import Inspection, inspect_film
from pipeline.paint.renderer import MeasuringRenderer
from scenes.parts.text.typeset import Typeset
from scenes.stage.card import found_in
from scenes.stage.explainer import Explainer
from scenes.stage.provenance import Row
from scenes.stage.style import Look
from tests.shared import known, once, recorded

SMALL = films.Quality.parse("144p5")
SMOOTH = films.Quality.parse("144p60")  # fewer frames a second round every hold up by more


@dataclass(frozen=True)
class Spoken:
    """One caption: its beat, the whole text, and the lines it was cut into."""

    beat: str
    text: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Text:
    """A text on stage: its Typst source and its em size in 1080p px, all scaling included."""

    source: str
    px: float


@dataclass(frozen=True)
class Box:
    """Where something visible stands, in units of the frame."""

    what: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass
class Played:
    """A film that was played dry; `texts` and `boxes` are what stands on stage when a beat ends.

    `seconds` is its length at 60 frames a second.
    """

    beats: tuple[str, ...]
    seconds: float = 0.0
    lasts: dict[str, float] = field(default_factory=dict)  # seconds of each beat
    spoken: list[Spoken] = field(default_factory=list)
    texts: dict[str, list[Text]] = field(default_factory=dict)
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    formulas: dict[str, list[str]] = field(default_factory=dict)  # by beat: the sources of all that it sets
    rows: list[Row] = field(default_factory=list)


def play(slug: str, language: str, theme: str = "dark", **given: Any) -> Played:
    """Run every beat of a film without drawing, once; `given` are the recorder's parameters."""

    def run() -> Played:
        job = films.FilmJob(slug, language, theme, SMOOTH)
        trace = recorded(job.card.recorder, **given)
        played = Played(job.card.active_beats(found_in(trace)))
        with _watched(played), films.manim_session(job, None, MeasuringRenderer) as renderer:
            film = films._scene(trace, job, (), renderer)
            film.render()
        played.seconds = film.clip_time
        return played

    found: Played = once(_key(slug, language, theme, given), run)
    return found


def _key(slug: str, language: str, theme: str, given: dict[str, Any]) -> str:
    return f"played {slug} {language} {theme} {sorted(given.items())}"


def inspect(job: films.FilmJob, **given: Any) -> Inspection:
    """Inspect a film. With default parameters that counts as playing it, too: the theme moves nothing."""
    trace = recorded(job.card.recorder, **given)
    played = Played(job.card.active_beats(found_in(trace)))
    with _watched(played):
        inspection = inspect_film(trace, job, job.card, sheet=False)
    if not given and inspection.moments:
        played.seconds = inspection.seconds
        known(_key(job.slug, job.language, "dark", {}), played)
    return inspection


@contextmanager
def _watched(played: Played) -> Iterator[None]:
    """Explainer notes in `played` what it says and what stands on stage when a beat ends."""
    say, end, math = Explainer.say, Explainer._end, Explainer.math

    def noting_math(self: Explainer, *given: Any, **fields: str) -> Typeset:
        made = math(self, *given, **fields)
        played.formulas.setdefault(self.beat, []).append(str(made.source))
        return made

    def noting_say(self: Explainer, **fields: str) -> None:
        say(self, **fields)
        assert self._cue is not None
        _, text, lines = self._cue
        played.spoken.append(Spoken(self.beat, str(text), tuple(map(str, lines))))

    def noting_end(self: Explainer) -> None:
        beat = self.text.beats[self.beat]
        cues = (beat.variants[self._variant] if self._variant else beat.caption)[self.language]
        assert self._moment == len(cues), (
            f"{self.beat} {self._variant}: {self._moment} of {len(cues)} cues are said"
        )
        end(self)
        played.lasts[self.beat] = self.clip_time - self._start_s
        texts = [part for mobject in self.mobjects for part in _texts(mobject)]
        played.texts[self.beat] = [Text(str(text.source), _px(text)) for text in texts]
        played.boxes[self.beat] = [_box(part) for mobject in self.mobjects for part in _seen(mobject)]
        played.rows = self.rows

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Explainer, "say", noting_say)
        patch.setattr(Explainer, "_end", noting_end)
        patch.setattr(Explainer, "math", noting_math)
        yield


def _texts(mobject: Any) -> Iterator[Typeset]:
    return (part for part in mobject.get_family() if isinstance(part, Typeset))


def _px(text: Typeset) -> float:
    return float(text.strut.height) / _height_at_one_px(text.source, text.look)


@cache
def _height_at_one_px(source: str, look: Look) -> float:
    return float(Typeset(source, look, 1.0).strut.height)


def _seen(mobject: Any) -> Iterator[VMobject]:
    """The parts of a mobject that leave a mark on the frame."""
    for part in mobject.get_family():
        if isinstance(part, VMobject) and len(part.points):
            stroked = part.get_stroke_opacity() > 0 and part.get_stroke_width() > 0
            if stroked or part.get_fill_opacity() > 0:
                yield part


def _box(part: VMobject) -> Box:
    (left, bottom, _), (right, top, _) = part.points.min(axis=0), part.points.max(axis=0)
    return Box(type(part).__name__, *(float(edge) for edge in (left, bottom, right, top)))
