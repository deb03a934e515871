"""Runs a film past the checks: every sampled moment once, the whole of it at the end."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from engine.trace import Trace
from pipeline.film import FilmJob, Progress, manim_session
from pipeline.inspect.births import births
from pipeline.inspect.bounds import check_margin, check_sizes, check_zones
from pipeline.inspect.captions import Captions
from pipeline.inspect.contrast import Contrasts, draw
from pipeline.inspect.glyphs import Glyphs
from pipeline.inspect.markup import shown_text
from pipeline.inspect.numbers import Numbers
from pipeline.inspect.overlap import Overlaps
from pipeline.inspect.problems import Exempted, Ledger, Problem
from pipeline.inspect.sampler import SamplingRenderer
from pipeline.inspect.sheet import Tile, small
from pipeline.inspect.stage import Moment, look_at, zone_of
from pipeline.inspect.symbols import Symbols
from pipeline.inspect.timeline import Blinks, EmptyStage, Standstill
from pipeline.inspect.usage import check_usage
from pipeline.inspect.visibility import NeverVisible
from pipeline.inspect.words import check_terms, check_texts
from scenes.stage.card import Card
from scenes.stage.explainer import Explainer, film_class

SHARES = (0.15, 0.33, 0.5, 0.67, 0.85)  # of an animation's frames, looked at besides its end
MIDDLE = 0.5


@dataclass(frozen=True)
class Inspection:
    """What came out: problems and used exceptions in film order, tiles for the sheet; length in seconds."""

    problems: list[Problem]
    exceptions: list[Exempted]
    tiles: list[Tile]
    seconds: float
    moments: int


class Inspector:
    """Watches the sampler and runs every check."""

    def __init__(self, sheet: bool = True) -> None:
        self.sheet = sheet
        self.ledger = Ledger()
        self.tiles: list[Tile] = []
        self.count = 0
        self._state: tuple[int, bool, bool] | None = None
        self.overlaps, self.contrasts = Overlaps(self.ledger), Contrasts(self.ledger)
        self.glyphs, self.numbers = Glyphs(self.ledger), Numbers(self.ledger)
        self.blinks, self.empty = Blinks(self.ledger), EmptyStage(self.ledger)
        self.still, self.unseen = Standstill(self.ledger), NeverVisible(self.ledger)
        self.captions, self.symbols = Captions(self.ledger), Symbols(self.ledger)

    def motion(self, film: Any, time_s: float, share: float) -> None:
        """Inside an animation."""
        self._look(film, time_s, film.beat, "motion", share, 0.0)

    def rest(self, film: Any, time_s: float, seconds: float) -> None:
        """After an animation, or while the picture is held."""
        self._look(film, time_s, film.beat, "rest", 1.0, seconds)

    def beat_end(self, film: Any, beat: str, time_s: float) -> None:
        """The frame a beat ends on."""
        if beat in film.only:
            self._look(film, time_s, beat, "last", 1.0, 0.0)

    def finish(self, film: Any) -> Inspection:
        """What can be said only when the film is over."""
        self.still.finish(film)
        self.unseen.finish()
        self.captions.finish(film)
        check_terms(film.rows, film.language, self.ledger)
        return Inspection(
            self.ledger.problems, self.ledger.exceptions, self.tiles, float(film.clip_time), self.count
        )

    def _look(self, film: Any, time_s: float, beat: str, kind: str, share: float, seconds: float) -> None:
        self.ledger.film = film
        moment = look_at(film, self.count, time_s, beat, kind, share, seconds)
        self.count += 1
        known = len(self.ledger)
        self._over_time(moment, film)
        stays = moment.resting and (kind == "last" or seconds > 0)
        # A picture that was checked in the same state does not need it again.
        if self._state != (moment.picture, moment.resting, stays):
            self._state = (moment.picture, moment.resting, stays)
            self._at_once(moment, film)
        middle = kind == "motion" and share == MIDDLE
        if self.sheet and (kind == "last" or middle or len(self.ledger) > known):
            self.tiles.append(Tile(moment, small(draw(film.camera, moment.items)), _caption(moment)))

    def _over_time(self, moment: Moment, film: Any) -> None:
        self.blinks.check(moment)
        self.empty.check(moment)
        check_usage(moment, self.ledger)
        self.still.check(moment)
        self.captions.check(moment, film)
        self.unseen.check(moment, film)

    def _at_once(self, moment: Moment, film: Any) -> None:
        self.numbers.check(moment)
        self.symbols.check(moment, film)
        self.glyphs.check(moment)
        crossed = self.overlaps.check(moment)
        check_margin(moment, self.ledger)
        check_zones(moment, self.ledger)
        check_sizes(moment, self.ledger)
        if moment.resting or moment.share == MIDDLE:
            self.contrasts.check(moment, film, crossed)


def _caption(moment: Moment) -> str:
    lines = [text for text in moment.texts if zone_of(text.parts[0]) == "caption"]
    return " ".join(shown_text(text.birth.source) for text in sorted(lines, key=lambda text: -text.box[3]))


def inspect_film(
    trace: Trace,
    job: FilmJob,
    card: Card,
    progress: Progress | None = None,
    drawn_by: type[Explainer] | None = None,
    sheet: bool = True,
) -> Inspection:
    """Play `card`'s film without encoding it and check it. `job` says language, theme and frame size; `drawn_by` is
    the film's class where it does not lie in a folder of scenes; without `sheet` no tiles for one are drawn.
    """
    inspector = Inspector(sheet)
    if check_texts(card, job.language, inspector.ledger):
        return Inspection(inspector.ledger.problems, [], [], 0.0, 0)  # it could not be played
    drawn_by = drawn_by or film_class(card)
    total = card.seconds(job.language)

    def report(seconds: float, beat: str) -> None:
        if progress is not None:
            progress(seconds, total, beat)

    renderer_class = partial(SamplingRenderer, inspector, SHARES)
    with births(drawn_by), manim_session(job, None, renderer_class) as renderer:
        film = drawn_by(
            trace,
            language=job.language,
            theme=job.theme,
            captions=job.captions,
            renderer=renderer,
            on_progress=report,
        )
        film.render()
        return inspector.finish(film)
