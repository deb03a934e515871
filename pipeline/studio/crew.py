"""Who does the work: this process, a pool of processes, or a cluster. Each is a ``concurrent.futures.Executor``."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from typing import Any, Protocol

from engine.files import stopping
from pipeline import scratch
from pipeline.sources import HOUSE
from pipeline.studio import worker
from pipeline.studio.order import Order
from pipeline.studio.store import Made
from pipeline.studio.worker import Tell, Told

QUIET = "ignore::UserWarning:multiprocessing.resource_tracker"
SOCKET_FOLDER_MAX = 70  # characters; a forkserver's socket lies below, and its address has some 100 bytes
PRELOADED = (
    "pipeline.forked",
    "pipeline.studio.worker",
    "pipeline.encoder",
    "pipeline.paint.renderer",
    "scenes.stage.explainer",
)


class Crew(Protocol):
    """Takes orders and says how far they are."""

    def submit(self, number: int, order: Order, key: str) -> Future[Made]:
        """Start, or queue, one order."""

    def news(self) -> list[Told]:
        """What has been told since the last call."""


def cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Here(Executor):
    """Runs what is submitted at once, in this process: for a single film a pool would only cost time."""

    def submit(self, fn: Any, /, *args: Any, **options: Any) -> Future[Any]:
        """Run, and give a future that is done. KeyboardInterrupt goes through."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **options))
        except Exception as error:
            future.set_exception(error)
        return future


class HereCrew:
    """One film after the other, told as it goes."""

    def __init__(self, tell: Tell) -> None:
        self._tell, self._executor = tell, Here()

    def submit(self, number: int, order: Order, key: str) -> Future[Made]:
        """Make it now."""
        return self._executor.submit(worker.work, number, order, self._tell)

    def news(self) -> list[Told]:
        """Nothing: it has been told already."""
        return []


class PoolCrew:
    """Processes that have imported Manim once and are forked from there."""

    def __init__(self, executor: ProcessPoolExecutor, news: Any) -> None:
        self._executor, self._news = executor, news

    def submit(self, number: int, order: Order, key: str) -> Future[Made]:
        """Queue it for the next free process."""
        # This may start a process. Stopped halfway, nobody would wait for it, and it would miss what it is handed.
        with stopping.held():
            return self._executor.submit(worker.work_in_pool, number, order)

    def news(self) -> list[Told]:
        """What the processes have put into their queue."""
        told = []
        while True:
            try:
                told.append(self._news.get_nowait())
            except queue.Empty:
                return told


@contextmanager
def pool(workers: int) -> Iterator[PoolCrew]:
    """A pool of ``workers`` processes; when it closes early, they give up their films at the next animation.

    They end with this process, however it ends, and what they write for themselves lies in its temporary folder.
    """
    with scratch.shared():
        context = _context()
        news, closing = context.Queue(), context.Event()
        theirs, ours = context.Pipe(duplex=False)
        executor = ProcessPoolExecutor(
            workers, mp_context=context, initializer=worker.join_pool, initargs=(news, closing, theirs)
        )
        try:
            yield PoolCrew(executor, news)
        finally:
            closing.set()
            executor.shutdown(wait=True, cancel_futures=True)
            news.close()
            theirs.close()
            ours.close()


def _context() -> Any:
    """How processes are started: forked from one that has imported everything, where the system can do that."""
    able = "forkserver" in multiprocessing.get_all_start_methods()
    if not able or len(str(scratch.root())) > SOCKET_FOLDER_MAX:
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(list(PRELOADED))
    # The tracker comes first: starting it lets Ctrl-C through again, which it ignores by itself, but no lost terminal.
    # One that outlives a command that was killed cleans up after it; it need not warn of what it finds.
    with (
        _deaf_children(signal.SIGHUP),
        _children_with("PYTHONWARNINGS", (os.environ.get("PYTHONWARNINGS"), QUIET), ","),
    ):
        resource_tracker.ensure_running()
    # The other finds the house before whatever else has its names here: it does not get our import path.
    with (
        _deaf_children(signal.SIGINT, signal.SIGHUP),
        _children_with("PYTHONPATH", (str(HOUSE), os.environ.get("PYTHONPATH")), os.pathsep),
    ):
        forkserver.ensure_running()
    return context


@contextmanager
def _deaf_children(*signals: signal.Signals) -> Iterator[None]:
    """Processes started meanwhile never hear what a terminal tells to all of them at once; this one does."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _children_with(name: str, parts: tuple[str | None, ...], joint: str) -> Iterator[None]:
    """Processes started meanwhile have a variable ``name`` of these ``parts``."""
    before = os.environ.get(name)
    os.environ[name] = joint.join(filter(None, parts))
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
