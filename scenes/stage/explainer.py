"""The base of every film: beats, captions, the trace, and the provenance of each shown value."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from typing import Any, ClassVar, cast

from manim import Animation, FadeIn, Mobject, VGroup

from engine.trace import Trace
from scenes.parts.room.motion import arrive, give_way, leave
from scenes.parts.text.header import BeatDots, beat_title
from scenes.parts.text.source import FREE, MARKS, NUMBER, unquote, with_numbers
from scenes.parts.text.typeset import Typeset, math, words
from scenes.stage import style
from scenes.stage.captioned import Captioned
from scenes.stage.captions import BeatSpan, CaptionError, fill, fill_own
from scenes.stage.card import Card, found_in
from scenes.stage.provenance import ORDINAL, PLACE, Reading, Row, Shown, format_value, mark, readings_of
from scenes.stage.sightings import texts_of
from scenes.stage.telling import USUAL, Telling
from scenes.stage.text import scene_text

SPOKEN = 20  # characters of a name from the data in a sentence or an index


class Explainer(Captioned):
    """A film drawn from one trace.

    Subclasses set `card` and have one method for each beat. The trace holds what its recorder declares. `only`
    limits the film to some beats; the others are run without frames, so that what they left on stage is
    there. `dry` draws no frame at all. `header` False leaves the top of the frame empty, for slides that have
    a title of their own; the film then keeps its timing. `telling` is what a lecture changes: words, pace, least
    lengths.
    """

    card: ClassVar[Card]

    def __init__(
        self,
        trace: Trace,
        *,
        language: str,
        theme: str,
        captions: str = "burned",
        only: tuple[str, ...] = (),
        dry: bool = False,
        header: bool = True,
        telling: Telling = USUAL,
        renderer: Any = None,
        on_progress: Callable[[float, str], None] = lambda seconds, beat: None,
    ) -> None:
        super().__init__(
            language=language, theme=theme, captions=captions, renderer=renderer, on_progress=on_progress
        )
        self.trace, self.telling = trace, telling
        self.text = scene_text(self.card.slug)
        self.beats = self.card.active_beats(found_in(trace))
        self.only = only or self.beats
        self.dry = dry
        self.header = header
        self.rows: list[Row] = []  # of what was seen, in order
        self._readings: list[Reading] = []
        self._seen: set[Reading] = set()
        self.spans: list[BeatSpan] = []
        self.beat = self.beats[0]
        self.reading_time = telling.reading_time
        self._moment = 0
        self._variant = ""
        self._title: Mobject | None = None
        self._dots: BeatDots | None = None
        self._formula: Typeset | None = None

    # -- beats ---------------------------------------------------------------------------------------------------

    def construct(self) -> None:
        """Play the beats in order, up to the last one asked for."""
        self.prepare()
        last = max(self.beats.index(name) for name in self.only)
        for name in self.beats[: last + 1]:
            self._begin(name)
            self.beat_method(name)(self)
            self._end()

    @classmethod
    def beat_method(cls, name: str) -> Callable[[Explainer], None]:
        """What plays a beat: the method of its name, or beat_<name> where the name belongs to a method of the stage."""
        found: Callable[[Explainer], None] = getattr(cls, f"beat_{name}", None) or getattr(cls, name)
        return found

    def prepare(self) -> None:
        """Build what several beats share. Nothing is shown yet."""

    @property
    def writing(self) -> bool:
        """Whether the current beat is part of the clip."""
        return self.beat in self.only and not self.dry

    def _begin(self, name: str) -> None:
        self.beat, self._moment, self._variant = name, 0, ""
        self.shown_captions = 0
        self.next_section(name, skip_animations=not self.writing)
        self._start_s = self.clip_time
        gone = self.parting(name)
        if gone and len(self._caption):
            gone = [*gone, leave(self._caption)]
        if not self.header:
            self.play(*gone, run_time=style.QUICK_S) if gone else self.hold(style.QUICK_S)
            return
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
            self.play(*gone, give_way(old, title), step, run_time=style.QUICK_S)

    def parting(self, name: str) -> list[Animation]:
        """What leaves while the beat `name` gets its title; the caption leaves with it, if there is anything."""
        return []

    def _end(self) -> None:
        self._finish_cue()
        rest_s = self._start_s + self.telling.beat_s(self.beat) - self.clip_time
        self.hold(max(style.TAIL_S * self.reading_time, rest_s))
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

    # -- captions ------------------------------------------------------------------------------------------------

    def variant(self, name: str) -> None:
        """Use the beat's caption variant `name` for this run (for example when no unit is cut off)."""
        self._variant = name

    def say(self, **fields: str) -> None:
        """Show the beat's next caption, after the one before has been up long enough to read.

        A lecture may have put other words in its place, which may use the same `fields`.
        """
        beat, moment = self.text.beats[self.beat], self._moment
        self._moment += 1
        own = self.telling.own(self.beat, moment)
        if own is not None:
            self.tell(*(fill_own(template, fields) for template in own))
            return
        captions = beat.variants[self._variant] if self._variant else beat.caption
        self.tell(fill(captions[self.language][moment], fields))

    def least_s(self, number: int) -> float:
        """How long the caption `number` of the beat must stay besides being read."""
        return self.telling.caption_s(self.beat, number)

    # -- numbers and words ---------------------------------------------------------------------------------------

    def number(self, series: str, *index: int, form: str = "auto") -> Shown:
        """The text of one value of the trace; the only way to show a value. When it is seen, it gets its row."""
        return self._read(series, tuple(index), self.trace[series].values[tuple(index)].item(), form)

    def position(self, series: str, *index: int, axis: int = -1, first: int = 0) -> Shown:
        """Where along `axis` of a series a value stands, as in "layer 2"; `first` is what its first place is called.

        first: 0 or 1.
        """
        shape = self.trace[series].values.shape
        if len(index) > len(shape) or not 0 <= index[axis] < shape[: len(index)][axis]:
            raise IndexError(f"{series} of shape {shape} has no place {index}")
        return self._read(series, tuple(index), index[axis], (PLACE, ORDINAL)[first])

    def _read(self, series: str, index: tuple[int, ...], value: Any, form: str) -> Shown:
        text = format_value(value, form)
        reading = Reading(text, series, index, value, form, mark(len(self._readings)))
        self._readings.append(reading)
        return Shown(text, (reading,))

    def name(self, series: str, *index: int) -> Shown:
        """A name from the data, in the film's language."""
        return self.number(series, *index, form=f"term:{self.language}")

    def spoken(self, series: str, *index: int) -> Shown:
        """A name from the data as a sentence or an index has room for it: a long one is cut, with "…"."""
        name = self.name(series, *index)
        return name if len(name) <= SPOKEN else Shown(name[: SPOKEN - 1].rstrip() + "…", readings_of(name))

    def label(self, key: str, **fields: str) -> Shown:
        """A label text of the scene in the film's language, with `fields` filled in."""
        return fill(self.text.labels[key][self.language], fields)

    def join(self, *parts: str) -> Shown:
        """One text from several, each checked for digits of its own."""
        return Shown("".join(self._checked(part) for part in parts), readings_of(*parts))

    @staticmethod
    def _checked(part: str) -> Shown:
        return part if isinstance(part, Shown) else fill(part, {})

    def words(
        self, text: str, px: float = style.LABEL_PX, colour: str = "ink", weight: str = "regular"
    ) -> Typeset:
        """Plain text as a mobject. Digits must have come through `number`."""
        return words(self._checked(text), self.look, px, colour, weight)

    def fitted(
        self,
        text: str,
        room: float,
        px: float = style.LABEL_PX,
        colour: str = "ink",
        least_px: float = style.MINIMUM_PX + 2,
    ) -> Typeset:
        """Plain text in at most `room` units: smaller if need be, and cut with "…" rather than less than `least_px`."""
        label = self.words(text, px, colour)
        if label.width > room:
            label = self.words(text, max(least_px, px * room / label.width), colour)
        kept = len(text)
        while label.width > room and kept > 1:
            kept -= 1
            label = self.words(Shown(text[:kept].rstrip() + "…", readings_of(text)), label.em_px, colour)
        return label

    def math(self, source: str, px: float = style.FORMULA_PX, colour: str = "ink", **fields: str) -> Typeset:
        """Typst math as a mobject. `{name}` takes a shown number, also in an index; so does source.num.

        A digit that belongs to the rule and to no run is marked: rule(2).
        """
        source = with_numbers(source, fields)
        readings: list[Reading] = []
        for text in map(unquote, NUMBER.findall(source)):
            own = [self._readings[ord(one) - ord(mark(0))] for one in MARKS.findall(text)]
            if not own and any(one.isdecimal() for one in text):
                raise CaptionError(f"The formula shows {text!r}, which did not come through number().")
            readings += own
        source = MARKS.sub("", source)
        free = FREE.sub("", NUMBER.sub("", source))
        if any(one.isdecimal() for one in free):
            raise CaptionError(f"The formula {free!r} has a digit of its own; show it through number().")
        return math(source, self.look, px, colour, tuple(readings))

    def value(
        self, series: str, *index: int, form: str = "auto", px: float = style.NUMBER_PX, colour: str = "ink"
    ) -> Typeset:
        """One value of the trace as a mobject."""
        return words(self.number(series, *index, form=form), self.look, px, colour)

    @property
    def own_signs(self) -> Iterable[str]:
        """Signs that need no introduction, in Typst math: variables of an expression that somebody typed."""
        return ()

    # -- what is seen --------------------------------------------------------------------------------------------

    def play(self, *animations: Any, **options: Any) -> None:
        """Play, and write down which values come into sight."""
        self._look(animations)
        super().play(*animations, **options)

    def hold(self, seconds: float) -> None:
        """Keep the picture, and write down which values stand in it."""
        self._look(())
        super().hold(seconds)

    def told(self, text: str) -> None:
        """A caption's values are seen, or heard, when it begins."""
        self._note(readings_of(text))

    def _look(self, animations: tuple[Any, ...]) -> None:
        if self.beat in self.only:
            for text in texts_of(animations, self.mobjects):
                self._note(text.readings)

    def _note(self, readings: Iterable[Reading]) -> None:
        for reading in readings:
            if self.beat in self.only and reading not in self._seen:
                self._seen.add(reading)
                self.rows.append(reading.row(self.clip_time, self.beat))

    @property
    def spare(self) -> float:
        """How much lower stage and formula reach than they do above captions."""
        return 0.0

    # -- the formula band ----------------------------------------------------------------------------------------

    def formula(self, source: str, px: float = style.FORMULA_PX, **fields: str) -> list[Animation]:
        """Animations that put a formula into the band, replacing the one before."""
        new = self.math(source, px, **fields)
        if self._formula is not None and self._formula.source == new.source:
            return []
        if new.width > style.RIGHT - style.LEFT:
            new.scale((style.RIGHT - style.LEFT) / new.width)
        new.move_to([0, style.FORMULA_Y - self.spare, 0])
        out = self.no_formula()
        self._formula = new
        return [*out, arrive(new) if out else FadeIn(new)]

    @property
    def in_band(self) -> Typeset:
        """The formula that stands in the band, or comes into it."""
        if self._formula is None:
            raise LookupError("There is no formula in the band.")
        return self._formula

    def formula_piece(self, label: str) -> VGroup:
        """A part of the formula in the band that is tagged there."""
        return self.in_band.piece(label)

    def no_formula(self) -> list[Animation]:
        """Animations that clear the formula band."""
        old, self._formula = self._formula, None
        return [leave(old)] if old is not None else []


def film_class(card: Card) -> type[Explainer]:
    """The class that draws the film of ``card``."""
    module = importlib.import_module(f"scenes.{card.slug}.film")
    return cast("type[Explainer]", getattr(module, card.class_name))
