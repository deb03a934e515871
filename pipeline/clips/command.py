"""`clips`: a kit for every beat of every scene asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from engine.trace import Trace
from pipeline import beside
from pipeline.clips.formats import NAMES, SLIDE_QUALITY
from pipeline.clips.kit import Kit, files_of, make_kit
from pipeline.clips.recipe import Recipe
from pipeline.console import Stopped, say
from pipeline.film import FilmJob
from pipeline.make import Request, stoppable, trace_for
from pipeline.outputs import free_target, ready_folder
from pipeline.plan import LANGUAGES, THEMES, check_beats
from pipeline.progress import Reached
from pipeline.studio import Film, Order, shoot
from pipeline.studio.crew import cores
from pipeline.studio.production import failure
from pipeline.target import FOLDER_REMEDY, only_file
from scenes.stage.card import Card, found_in

FOLDER = Path("media/clips")
LOOK_S = 0.2


def clips(request: Request, recipe: Recipe, workers: int | None = None) -> list[Path]:
    """Make the kits of the request and print each film or picture with its length, size and bytes; returns the clips.

    workers: masters drawn at a time. Raises InputError for what cannot be, before anything is drawn where possible.
    """
    for card in request.cards:
        check_beats(card, request.beats)
    folder, stem = _place(request, recipe)
    ready_folder(folder)
    if stem:
        for suffix in _suffixes(recipe):
            free_target(folder / f"{stem}{suffix}")
    traces = {card.slug: trace_for(request, card) for card in request.cards}
    kits = [kit for card in request.cards for kit in _kits(card, traces[card.slug], request, recipe, folder)]
    if stem:
        kits = [replace(kit, stem=stem) for kit in kits]
    for kit in kits:
        for suffix in _suffixes(recipe):
            free_target(kit.path(suffix))
    orders = [Order(traces[kit.job.slug], kit.job) for kit in kits]
    failed = {}
    with _writers(workers or cores()) as write:
        for number, outcome in shoot(orders, workers=workers, use_cache=request.use_cache):
            if isinstance(outcome, Film):
                write.start(kits[number], orders[number].trace, outcome, recipe)
            else:
                failed[number] = outcome
            write.tell()
        with stoppable("writing the clips") as reached:
            write.finish(reached)
    if failed:
        raise failure(orders, failed)
    return [kit.path(one.suffix) for kit in kits for one in recipe.formats]


def _suffixes(recipe: Recipe) -> list[str]:
    """Of all files of a kit."""
    return [*beside.SUFFIXES, *(one.suffix for one in files_of(recipe))]


class _Writers:
    """Threads that write kits while the studio still draws: coders work outside Python."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool, self._stop = pool, Event()
        self._kits: list[Future[list[str]]] = []
        self._told = 0

    def start(self, kit: Kit, trace: Trace, film: Film, recipe: Recipe) -> None:
        """Write a kit."""
        self._kits.append(self._pool.submit(make_kit, kit, trace, film, recipe, self._watch))

    def tell(self) -> None:
        """Print the lines of kits that are there, in order. Raises what the next one met."""
        while self._told < len(self._kits) and self._kits[self._told].done():
            for line in self._kits[self._told].result():
                say(line)
            self._told += 1

    def finish(self, reached: Reached) -> None:
        """Wait for all of them, and print."""
        while self._told < len(self._kits):
            reached.steps(self._told, len(self._kits))
            wait(self._kits[self._told : self._told + 1], LOOK_S)  # short, so that Ctrl-C is heard
            self.tell()

    def stop(self) -> None:
        """Give up what is not yet there."""
        self._stop.set()

    def _watch(self) -> None:
        if self._stop.is_set():
            raise Stopped("Stopped.")


@contextmanager
def _writers(count: int) -> Iterator[_Writers]:
    with ThreadPoolExecutor(count, thread_name_prefix="clips") as pool:
        writers = _Writers(pool)
        try:
            yield writers
        except BaseException:
            writers.stop()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _place(request: Request, recipe: Recipe) -> tuple[Path, str]:
    """The folder, and the name of the only kit when -o is the name of a file."""
    films = len(request.cards) * len(LANGUAGES[request.style.lang])
    beats = len(request.beats) or max(len(card.beats) for card in request.cards)
    made = [f".{one.name}" for one in recipe.formats]
    known = [f".{name}" for name in NAMES]
    # Of another kind of clip: what is asked for now; of no kind at all: what could be asked for.
    endings = made if request.output is None or request.output.suffix.lower() in known else known
    remedy = f"{FOLDER_REMEDY}, or name one --beat"
    file = only_file(request.output, endings, films * beats, what="clips", remedy=remedy)
    if file is None:
        return request.output or FOLDER, ""
    return file.parent, file.name[: -len(file.suffix)]


def _kits(card: Card, trace: Trace, request: Request, recipe: Recipe, folder: Path) -> Iterator[Kit]:
    params: Mapping[str, object] = found_in(trace)
    check_beats(card, request.beats, params)
    active = card.active_beats(params)
    for look in request.style.looks():
        for beat in dict.fromkeys(request.beats or active):
            job = replace(look.job(card.slug, (beat,)), lossless=True, transparent=recipe.transparent)
            yield Kit(job, folder, kit_name(job, active))


def kit_name(job: FilmJob, active: Sequence[str]) -> str:
    """``backward-ko-04-chain``: in a folder, clips stand in the order in which they play."""
    (beat,) = job.beats
    parts = [job.slug, job.language, f"{active.index(beat) + 1:02d}", beat]
    parts += [job.theme] if job.theme != THEMES[0] else []
    parts += ["transparent"] if job.transparent else []
    parts += [job.quality.name] if job.quality.name != SLIDE_QUALITY else []
    return "-".join(parts)
