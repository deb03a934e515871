"""Orders to films: what the store has is taken from there, the rest is made by a crew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, nullcontext

from engine.errors import GradreelError, RunError
from pipeline.console import Stopped
from pipeline.studio import store
from pipeline.studio.board import Board, showing
from pipeline.studio.cluster import cluster
from pipeline.studio.crew import Crew, HereCrew, cores, pool
from pipeline.studio.key import film_key
from pipeline.studio.order import Film, Order
from pipeline.studio.parts import Part, cut, joined
from pipeline.studio.store import Made

TRIES = 2  # a film at which a process of the pool died is tried once more
LOOK_S = 0.2  # how often the board is brought up to date

Outcome = tuple[int, Film | GradreelError]


def produce(
    orders: Sequence[Order],
    *,
    workers: int | None = None,
    address: str | None = None,
    use_cache: bool = True,
) -> list[Film]:
    """Make every film and give them in the order given.

    workers: films at a time (the cores when None); address: of a cluster's scheduler, instead of this machine.
    Raises RunError when some failed (the others stay in the store), Stopped at Ctrl-C (as do those finished).
    """
    films: dict[int, Film] = {}
    failed: dict[int, GradreelError] = {}
    for number, outcome in shoot(orders, workers=workers, address=address, use_cache=use_cache):
        if isinstance(outcome, Film):
            films[number] = outcome
        else:
            failed[number] = outcome
    if failed:
        raise failure(orders, failed)
    return [films[number] for number in range(len(orders))]


def failure(orders: Sequence[Order], failed: dict[int, GradreelError]) -> GradreelError:
    """One error for the films that failed; the only film's own when there was no other."""
    if len(orders) == 1:
        return failed[0]
    told = "\n".join(f"  {orders[number].label}: {error}" for number, error in sorted(failed.items()))
    return RunError(f"{len(failed)} of {len(orders)} films failed; the others are made.\n{told}")


def shoot(
    orders: Sequence[Order],
    *,
    workers: int | None = None,
    address: str | None = None,
    use_cache: bool = True,
) -> Iterator[Outcome]:
    """As ``produce``, but each film (or what went wrong), with its place in ``orders``, as soon as it is there."""
    keys = [film_key(order) for order in orders]
    missing: dict[str, int] = {}  # the same film ordered twice is made once
    for number, key in enumerate(keys):
        found = store.find(key) if use_cache else None
        if found is not None:
            yield number, found
        else:
            missing.setdefault(key, number)
    numbers = {number: orders[number] for number in missing.values()}
    if not numbers:
        return
    made: list[Film] = []
    parts = cut(numbers, workers or cores()) if address is None else cut(numbers, 1)
    with showing(parts) as board:
        try:
            for number, outcome in _films(parts, keys, board, workers, address):
                film = store.keep(keys[number], outcome, use_cache) if isinstance(outcome, Made) else outcome
                made += [film] if isinstance(film, Film) else []
                yield from ((twin, film) for twin, key in enumerate(keys) if key == keys[number])
        except KeyboardInterrupt as stop:
            raise Stopped(
                f"Stopped in {board.place()}; files finished before are kept, nothing half-written is left."
            ) from stop
    if use_cache:
        store.prune([film.path for film in made])


def _films(
    parts: Sequence[Part], keys: Sequence[str], board: Board, workers: int | None, address: str | None
) -> Iterator[tuple[int, Made | GradreelError]]:
    """Films, or what went wrong first with one of their parts, as soon as all their parts are there."""
    waiting = Counter(part.film for part in parts)
    found: dict[int, dict[int, Made]] = {part.film: {} for part in parts}
    failed: dict[int, GradreelError] = {}
    for number, outcome in _make(parts, keys, board, workers, address):
        part = parts[number]
        board.finish_part(number)
        waiting[part.film] -= 1
        if isinstance(outcome, Made):
            found[part.film][part.place] = outcome
        else:
            failed.setdefault(part.film, outcome)
        if waiting[part.film]:
            continue
        board.finish()
        made = found.pop(part.film)
        yield (
            part.film,
            failed.get(part.film) or joined(part.order, [made[place] for place in sorted(made)]),
        )


def _make(
    parts: Sequence[Part], keys: Sequence[str], board: Board, workers: int | None, address: str | None
) -> Iterator[tuple[int, Made | GradreelError]]:
    """Make parts, and again those at which a process died, until each is made or has failed."""
    tries = dict.fromkeys(range(len(parts)), 0)
    waiting = list(tries)
    while waiting:
        lost = []
        with _crew(len(waiting), board, workers, address) as crew:
            for number, outcome in _work({one: parts[one] for one in waiting}, keys, crew, board):
                if isinstance(outcome, BrokenProcessPool):
                    lost.append(number)
                else:
                    yield number, outcome
        waiting = []
        for number in lost:
            tries[number] += 1
            if tries[number] < TRIES:
                waiting.append(number)
                continue
            yield (
                number,
                RunError(
                    "The process that drew it died, most likely for want of memory: "
                    "render fewer films at a time (-j 1) or at a lower quality (-q)."
                ),
            )


def _crew(count: int, board: Board, workers: int | None, address: str | None) -> AbstractContextManager[Crew]:
    if address is not None:
        return cluster(address)
    count = min(workers or cores(), count)
    return pool(count) if count > 1 else nullcontext(HereCrew(board.tell))


def _work(
    parts: Mapping[int, Part], keys: Sequence[str], crew: Crew, board: Board
) -> Iterator[tuple[int, Made | GradreelError | BrokenProcessPool]]:
    """Outcomes as they come; the board hears the crew's news in between."""
    waiting: dict[Future[Made], int] = {}
    for number, part in parts.items():
        try:
            waiting[crew.submit(number, part.order, keys[part.film])] = number
        except BrokenProcessPool as error:
            yield number, error
        yield from _take(waiting, board, crew, 0)
    while waiting:
        yield from _take(waiting, board, crew, LOOK_S)


def _take(
    waiting: dict[Future[Made], int], board: Board, crew: Crew, timeout_s: float
) -> Iterator[tuple[int, Made | GradreelError | BrokenProcessPool]]:
    done, _ = wait(waiting, timeout_s, FIRST_COMPLETED)
    for told in crew.news():
        board.tell(told)
    for future in done:
        number = waiting.pop(future)
        error = future.exception()
        if error is None:
            yield number, future.result()
        elif isinstance(error, GradreelError | BrokenProcessPool):
            yield number, error
        else:
            yield number, _unforeseen(error)


def _unforeseen(error: BaseException) -> GradreelError:
    """What an executor itself raised (a cluster that lost a film too often, say)."""
    return RunError(f"It could not be made: {type(error).__name__}: {error}")
