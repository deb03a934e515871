"""Makes films and stills: records or loads the trace, draws, and puts every file in its place at once."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.text.echo import echo, whole_path
from pipeline.console import Stopped, clock, say
from pipeline.options import all_slugs, cards
from pipeline.outputs import free_target, staged
from pipeline.plan import Planned, Style, check_beats, plan
from pipeline.progress import Reached, working
from scenes.stage.card import found_in

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.studio import Film
    from scenes.stage.card import Card


@dataclass(frozen=True)
class Request:
    """One command's films: scenes, the parameters given for each (by slug), beats, place, source of traces.

    ``trace`` is a recorded run to draw instead of recording one.
    """

    cards: Sequence["Card"]
    given: Mapping[str, Mapping[str, Any]]
    style: Style
    beats: Sequence[str] = ()
    output: Path | None = None
    use_cache: bool = True
    trace: "Trace | None" = None


def films(request: Request, workers: int | None = None, address: str | None = None) -> list[Path]:
    """Render every film of the request and print each with its length; returns the films' paths.

    workers: films at a time; address: of a cluster that makes them. A film that fails does not stop the others.
    """
    from pipeline.studio import Film, Order, shoot
    from pipeline.studio.production import failure

    planned, traces = _prepare(request, ".mp4")
    orders = [Order(traces[one.job.slug], one.job) for one in planned]
    failed = {}
    for number, outcome in shoot(orders, workers=workers, address=address, use_cache=request.use_cache):
        if isinstance(outcome, Film):
            _place(planned[number], orders[number].trace, outcome)
            say(f"{whole_path(planned[number].target)}  {film_words(planned[number], outcome)}")
        else:
            failed[number] = outcome
    if failed:
        raise failure(orders, failed)
    return [one.target for one in planned]


def stills(request: Request) -> list[Path]:
    """Draw the last frame of each beat of the request; returns the pictures' paths."""
    for card in request.cards:
        check_beats(card, request.beats)
    return [path for beat in request.beats for path in _stills_of(request, beat)]


def _stills_of(request: Request, beat: str) -> list[Path]:
    planned, traces = _prepare(replace(request, beats=(beat,)), ".png")
    for one in planned:
        say(f"{whole_path(one.target)}  {_still(one, traces[one.job.slug], beat)}")
    return [one.target for one in planned]


def _prepare(request: Request, suffix: str) -> tuple[list[Planned], dict[str, "Trace"]]:
    """The files to make and the trace of each scene, once everything that can be checked has been."""
    for card in request.cards:
        check_beats(card, request.beats)
    from pipeline import beside

    planned = plan(request.cards, request.style, request.beats, request.output, suffix)
    for one in planned:
        free_target(one.target)
        for companion in beside.SUFFIXES if suffix == ".mp4" else ():
            free_target(one.target.with_suffix(companion))
    traces = {card.slug: trace_for(request, card) for card in request.cards}
    for card in request.cards:
        check_beats(card, request.beats, found_in(traces[card.slug]))
    return planned, traces


def trace_for(request: Request, card: "Card") -> "Trace":
    """The trace a scene draws: the one handed in, a cached one, or one recorded now."""
    from pipeline.record import obtain

    if request.trace is not None:
        return request.trace
    with stoppable(f"recording {card.recorder}") as reached:
        return obtain(
            card.recorder, request.given[card.slug], use_cache=request.use_cache, progress=reached.steps
        )


def _place(planned: Planned, trace: "Trace", film: "Film") -> None:
    """Copy a finished film to its place, with everything that goes beside it."""
    from pipeline import beside

    target = planned.target
    with staged(target.parent) as stage:
        places = beside.places(stage, target.with_suffix)
        shutil.copyfile(film.path, stage.file(target))
        beside.write(stage, places, trace, planned.job, film.result, target)


def film_words(planned: Planned, film: "Film") -> str:
    """``1:23.5  1920x1080 at 60`` for the list at the end, and whether it had been made before."""
    quality = planned.job.quality
    words = f"{clock(film.result.seconds)}  {quality.width}x{quality.height} at {quality.fps}"
    return words if film.fresh else f"{words}  unchanged"


def _still(planned: Planned, trace: "Trace", beat: str) -> str:
    from pipeline.film import render_still

    job, target = planned.job, planned.target
    with stoppable(f"{job.slug} ({job.language}), beat {beat}"), staged(target.parent) as stage:
        render_still(trace, job, beat, stage.file(target))
    return f"{job.quality.width}x{job.quality.height}"


@contextmanager
def stoppable(label: str) -> Iterator[Reached]:
    """``working``, and Ctrl-C inside becomes a sentence that says how far it came."""
    with working(label) as reached:
        try:
            yield reached
        except KeyboardInterrupt as stop:
            raise Stopped(
                f"Stopped in {reached.place()}; files finished before are kept, nothing half-written is left."
            ) from stop


def record_to(card: "Card", given: Mapping[str, Any], target: Path, use_cache: bool) -> "Trace":
    """Record the trace that ``card`` draws and save it as ``target``."""
    from pipeline.record import obtain

    free_target(target)
    with stoppable(f"recording {card.recorder}") as reached:
        trace = obtain(card.recorder, given, use_cache=use_cache, progress=reached.steps)
        trace.save(target)
    return trace


@dataclass(frozen=True)
class Source:
    """The scenes of a command, and the trace file's trace when one was given."""

    cards: Sequence["Card"]
    trace: "Trace | None" = None

    def refuse(self, given: Mapping[str, Mapping[str, Any]]) -> None:
        """InputError when parameters are given beside a trace, which has its own."""
        names = [name for parameters in given.values() for name in parameters]
        if self.trace is not None and names:
            raise InputError(
                f"A trace has its own parameters: leave out {', '.join(names)}, or leave out --trace."
            )


def choose(slugs: Sequence[str], trace_file: Path | None, called: str = "") -> Source:
    """The scenes named, or those that draw ``trace_file``; InputError when that leaves none or a choice.

    called: what sentences call that trace, where its file is none of the user's.
    """
    from engine import declared
    from engine.trace import Trace

    chosen: Sequence[Card] = cards(slugs)
    if trace_file is None:
        if not chosen:
            raise InputError(f"Name a scene to render: {', '.join(all_slugs())}.")
        return Source(chosen)
    trace = Trace.load(trace_file)
    able = [card for card in cards(all_slugs()) if card.recorder == trace.recorder]
    if able:
        declared.check(trace, called or trace_file)
    return Source(drawing(trace.recorder, able, chosen), trace)


def drawing(recorder: str, able: Sequence["Card"], chosen: Sequence["Card"]) -> Sequence["Card"]:
    """The scenes ``chosen``, or the only one of those ``able`` to draw traces of ``recorder``; InputError otherwise."""
    names = ", ".join(card.slug for card in able)
    if not able:
        raise InputError(f"No scene draws a trace of {echo(recorder)}: give one made by `trace SCENE`.")
    for card in chosen:
        if card not in able:
            raise InputError(f"{card.slug} does not draw a trace of {echo(recorder)}: choose {names}.")
    if not chosen and len(able) > 1:
        raise InputError(f"Several scenes draw a trace of {echo(recorder)}: name one of {names}.")
    return chosen or able
