"""The base of every film: beats, captions, the trace, and the provenance of each shown value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

import numpy as np
from manim import Animation, FadeIn, Mobject, Scene, VGroup

from engine.trace import Trace
from scenes import style
from scenes.captions import BeatSpan, CaptionError, Cue, fill, reading_seconds, wrap
from scenes.card import Card
from scenes.parts.header import BeatDots, beat_title
from scenes.parts.motion import arrive, give_way, leave
from scenes.parts.typeset import Typeset, math, quote, words
from scenes.provenance import Row, Shown, format_value
from scenes.text import scene_text

# In formulas a digit may stand by itself only in an index (x_1, W^((2))), in a rule of calculus
# marked rule(2), or in the name of a tag.
INDEX = re.compile(r'[_^](\(+[^()]*\)+|\w)|rule\(\w\)|tag\("[^"]*"')
SHOWN = re.compile(r'num\("([^"]*)"\)')


class Explainer(Scene):
    """A film drawn from one trace.

    Subclasses set `card` and `reads` (the series they need) and have one method for each beat. `only`
    limits the film to some beats; the others are run without frames, so that what they left on stage is
    there. `dry` draws no frame at all.
    """

    card: ClassVar[Card]
    reads: ClassVar[tuple[str, ...]] = ()

    def __init__(
        self,
        trace: Trace,
        *,
        language: str,
        theme: str,
        captions: str = "burned",
        only: tuple[str, ...] = (),
        dry: bool = False,
        renderer: Any = None,
        on_progress: Callable[[float, str], None] = lambda seconds, beat: None,
    ) -> None:
        super().__init__(renderer=renderer)
        self.trace, self.language, self.captions = trace, language, captions
        self.look = style.LOOKS[theme]
        self.text = scene_text(self.card.slug)
        self.beats = self.card.active_beats(trace.params["resolved"])
        self.only = only or self.beats
        self.dry = dry
        self._skipped_s = (
            0.0  # of animations that only set the stage: Manim's clock counts them, the clip's does not
        )
        self.on_progress = on_progress
        self.rows: list[Row] = []
        self.cues: list[Cue] = []
        self.spans: list[BeatSpan] = []
        self.beat = self.beats[0]
        self._cue: tuple[float, str, tuple[str, ...]] | None = None
        self._cue_index = 0
        self._variant = ""
        self._caption: VGroup = VGroup()
        self._title: Mobject | None = None
        self._dots: BeatDots | None = None
        self._formula: Typeset | None = None
        trace.need(*self.required(trace))

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        """The series this film reads from `trace`."""
        return cls.reads

    # -- beats ---------------------------------------------------------------------------------------------------

    def construct(self) -> None:
        """Play the beats in order, up to the last one asked for."""
        self.prepare()
        last = max(self.beats.index(name) for name in self.only)
        for name in self.beats[: last + 1]:
            self._begin(name)
            getattr(self, name)()
            self._end()

    def prepare(self) -> None:
        """Build what several beats share. Nothing is shown yet."""

    @property
    def clip_time(self) -> float:
        """Seconds of film written so far."""
        return self.frames / float(self.camera.frame_rate)

    @property
    def frames(self) -> int:
        """Frames of film written so far."""
        return round((float(self.renderer.time) - self._skipped_s) * float(self.camera.frame_rate))

    @property
    def writing(self) -> bool:
        """Whether the current beat is part of the clip."""
        return self.beat in self.only and not self.dry

    def _begin(self, name: str) -> None:
        self.beat, self._cue_index, self._variant = name, 0, ""
        self.next_section(name, skip_animations=not self.writing)
        self._start_s = self.clip_time
        title = beat_title(self.text.beats[name].title[self.language], self.look)
        if self._dots is None:
            self._dots = BeatDots(len(self.beats), self.text.title[self.language], self.look)
            self._title = title
            self._dots.go_to(0)
            self.play(FadeIn(title), FadeIn(self._dots), run_time=style.QUICK_S)
        else:
            assert self._title is not None
            old, self._title = self._title, title
            step = self._dots.animate.go_to(self.beats.index(name))
            self.play(give_way(old, title), step, run_time=style.QUICK_S)

    def _end(self) -> None:
        self._finish_cue()
        self.hold(style.TAIL_S)
        self._close_cue()
        if self.writing:
            title = self.text.beats[self.beat].title[self.language]
            self.spans.append(BeatSpan(self.beat, title, self._start_s, self.clip_time))

    def zones(self) -> dict[str, Mobject]:
        """What now stands in the zones around the stage; everything else belongs to the stage."""
        named = {
            "header": VGroup(*(m for m in (self._title, self._dots) if m is not None)),
            "caption": self._caption,
        }
        return named | ({"formula": self._formula} if self._formula is not None else {})

    # -- time ----------------------------------------------------------------------------------------------------

    def play(self, *animations: Any, **options: Any) -> None:
        """Play, then report how far the film is. Nothing to play is no play."""
        if not animations:
            return
        before_s = float(self.renderer.time)
        super().play(*animations, **options)
        if not self.writing:
            self._skipped_s += float(self.renderer.time) - before_s
        self.on_progress(self.clip_time, self.beat)

    def hold(self, seconds: float) -> None:
        """Keep the picture for `seconds`, rounded up to whole frames."""
        frames = int(np.ceil(seconds * float(self.camera.frame_rate) - 1e-6))
        if frames > 0 and self.writing:
            # Manim truncates duration * rate, so the half frame makes the count exact at every rate.
            super().wait((frames + 0.5) / float(self.camera.frame_rate), frozen_frame=True)
            self.on_progress(self.clip_time, self.beat)

    # -- captions ------------------------------------------------------------------------------------------------

    def variant(self, name: str) -> None:
        """Use the beat's caption variant `name` for this run (for example when no unit is cut off)."""
        self._variant = name

    def say(self, **fields: str) -> None:
        """Show the beat's next cue, after the one before has been up long enough to read."""
        self._finish_cue()
        self._close_cue()
        beat = self.text.beats[self.beat]
        cues = (beat.variants[self._variant] if self._variant else beat.caption)[self.language]
        text = fill(cues[self._cue_index], fields)
        self._cue_index += 1
        lines = wrap(text, self.language)
        self._cue = (self.clip_time, text, lines)
        if self.captions == "burned":
            self.remove(self._caption)
            self._caption = VGroup(*(words(line, self.look, style.CAPTION_PX) for line in lines))
            for i, line in enumerate(self._caption):
                line.centre_at(
                    np.array([0, style.CAPTION_Y - (i - (len(lines) - 1) / 2) * style.CAPTION_LEADING, 0])
                )
            self.add(self._caption)

    def _finish_cue(self) -> None:
        if self._cue is not None:
            start_s, text, _ = self._cue
            self.hold(start_s + reading_seconds(text, self.language) - self.clip_time)

    def _close_cue(self) -> None:
        if self._cue is not None and self.writing:
            start_s, _, lines = self._cue
            self.cues.append(Cue(start_s, self.clip_time, lines, self.beat))
        self._cue = None

    # -- numbers and words ---------------------------------------------------------------------------------------

    def number(self, series: str, *index: int, form: str = "auto") -> Shown:
        """The text of one value of the trace; the only way to show a value. Writes a provenance row."""
        value = self.trace[series].values[tuple(index)]
        text = format_value(value.item(), form)
        self.rows.append(Row(self.clip_time, self.beat, text, series, tuple(index), value.item(), form))
        return Shown(text)

    def name(self, series: str, *index: int) -> Shown:
        """A name from the data, in the film's language; writes a provenance row."""
        return self.number(series, *index, form=f"term:{self.language}")

    def label(self, key: str, **fields: str) -> str:
        """A label text of the scene in the film's language, with `fields` filled in."""
        return Shown(fill(self.text.labels[key][self.language], fields))

    def join(self, *parts: str) -> Shown:
        """One text from several, each checked for digits of its own."""
        return Shown("".join(self._checked(part) for part in parts))

    @staticmethod
    def _checked(part: str) -> str:
        return part if isinstance(part, Shown) else fill(part, {})

    def words(
        self, text: str, px: float = style.LABEL_PX, colour: str = "ink", weight: str = "regular"
    ) -> Typeset:
        """Plain text as a mobject. Digits must have come through `number`."""
        return words(self._checked(text), self.look, px, colour, weight)

    def fitted(self, text: str, room: float, px: float = style.LABEL_PX, colour: str = "ink") -> Typeset:
        """Plain text in at most `room` units: smaller if need be, and cut with "…" rather than too small to read."""
        label = self.words(text, px, colour)
        if label.width > room:
            label = self.words(text, max(style.MINIMUM_PX + 2, px * room / label.width), colour)
        kept = len(text)
        while label.width > room and kept > 1:
            kept -= 1
            label = self.words(Shown(text[:kept].rstrip() + "…"), label.em_px, colour)
        return label

    def math(self, source: str, px: float = style.FORMULA_PX, colour: str = "ink", **fields: str) -> Typeset:
        """Typst math as a mobject. `{name}` takes a shown number; `num("…")` must hold one that was shown."""
        source = re.sub(r"\{(\w+)\}", lambda m: f"num({quote(fields[m.group(1)])})", source)
        known = {row.text for row in self.rows}
        for text in SHOWN.findall(source):
            if text not in known:
                raise CaptionError(f"The formula shows {text!r}, which did not come through number().")
        fill(INDEX.sub("", SHOWN.sub("", source)), {})
        return math(source, self.look, px, colour)

    def value(
        self, series: str, *index: int, form: str = "auto", px: float = style.NUMBER_PX, colour: str = "ink"
    ) -> Typeset:
        """One value of the trace as a mobject."""
        return words(self.number(series, *index, form=form), self.look, px, colour)

    # -- the formula band ----------------------------------------------------------------------------------------

    def formula(self, source: str, px: float = style.FORMULA_PX, **fields: str) -> list[Animation]:
        """Animations that put a formula into the band, replacing the one before."""
        new = self.math(source, px, **fields)
        if self._formula is not None and self._formula.source == new.source:
            return []
        if new.width > style.RIGHT - style.LEFT:
            new.scale((style.RIGHT - style.LEFT) / new.width)
        new.move_to([0, style.FORMULA_Y, 0])
        out = self.no_formula()
        self._formula = new
        return [*out, arrive(new) if out else FadeIn(new)]

    def no_formula(self) -> list[Animation]:
        """Animations that clear the formula band."""
        old, self._formula = self._formula, None
        return [leave(old)] if old is not None else []
