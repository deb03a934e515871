"""Films played without drawing a frame, watched at what they say and at the end of every beat."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import pytest
from manim import VMobject

from engine import recorders
from engine.trace import Trace
from pipeline import film as films
from scenes.parts.typeset import Typeset
from scenes.stage.explainer import Explainer
from scenes.stage.provenance import Row
from scenes.stage.style import Look

SMALL = films.Quality.parse("144p5")
_TRACES: dict[str, Trace] = {}
_PLAYED: dict[str, "Played"] = {}


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
    """A film that was played dry; `texts` and `boxes` are what stands on stage when a beat ends."""

    beats: tuple[str, ...]
    spoken: list[Spoken] = field(default_factory=list)
    texts: dict[str, list[Text]] = field(default_factory=dict)
    boxes: dict[str, list[Box]] = field(default_factory=dict)
    formulas: dict[str, list[str]] = field(default_factory=dict)  # by beat: the sources of all that it sets
    rows: list[Row] = field(default_factory=list)


def recorded(recorder: str, **given: Any) -> Trace:
    """The recorder's trace for these parameters, made once."""
    key = f"{recorder} {sorted(given.items())}"
    if key not in _TRACES:
        _TRACES[key] = recorders.run(recorder, given)
    return _TRACES[key]


def play(slug: str, language: str, theme: str = "dark", **given: Any) -> Played:
    """Run every beat of a film without drawing, once; `given` are the recorder's parameters."""
    key = f"{slug} {language} {theme} {sorted(given.items())}"
    if key not in _PLAYED:
        job = films.FilmJob(slug, language, theme, SMALL)
        trace = recorded(job.card.recorder, **given)
        beats = job.card.active_beats(trace.params["resolved"])
        played = Played(beats)
        with _watched(played), films.manim_session(job, None) as renderer:
            films._scene(trace, job, beats, renderer, dry=True).render()
        _PLAYED[key] = played
    return _PLAYED[key]


@contextmanager
def _watched(played: Played) -> Iterator[None]:
    """Explainer notes in `played` what it says and what stands on stage when a beat ends."""
    say, end, math = Explainer.say, Explainer._end, Explainer.math

    def noting_math(self: Explainer, *given: Any, **fields: str) -> Typeset:
        made = math(self, *given, **fields)
        played.formulas.setdefault(self.beat, []).append(made.source)
        return made

    def noting_say(self: Explainer, **fields: str) -> None:
        say(self, **fields)
        assert self._cue is not None
        played.spoken.append(Spoken(self.beat, self._cue[1], self._cue[2]))

    def noting_end(self: Explainer) -> None:
        end(self)
        texts = [part for mobject in self.mobjects for part in _texts(mobject)]
        played.texts[self.beat] = [Text(text.source, _px(text)) for text in texts]
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
