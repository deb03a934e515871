"""What a worker does: one order, in whatever process or machine it runs."""

from __future__ import annotations

import signal
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from engine.errors import GradreelError, RunError
from pipeline import film as films
from pipeline import scratch
from pipeline.console import debugging, unexpected_sentence
from pipeline.parent import die_at_end_of, die_with_parent
from pipeline.studio.key import film_key
from pipeline.studio.memory import give_large_back, tidy
from pipeline.studio.order import Order
from pipeline.studio.store import Made


@dataclass(frozen=True)
class Told:
    """How far a worker is: its part's number, seconds of it drawn, the film's seconds up to there, the beat."""

    number: int
    done_s: float
    film_s: float
    beat: str


Tell = Callable[[Told], None]


class PoolStopped(RunError):
    """The studio closes; the film is given up."""


# Manim's settings belong to the process: a worker with several threads draws one film at a time.
_MANIM = threading.Lock()
_news: Any = None
_closing: Any = None


def join_pool(news: Any, closing: Any, studio: Connection) -> None:
    """Set up a process of the local pool. Ctrl-C is the studio's to hear; it then sets ``closing``.

    ``studio``: a pipe whose other end the studio's process holds; when that is gone, so is this process.
    """
    global _news, _closing
    die_with_parent()
    die_at_end_of(studio)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _news, _closing = news, closing


def work_in_pool(number: int, order: Order) -> Made:
    """``work`` in a process of the local pool."""

    def tell(told: Told) -> None:
        if _closing.is_set():
            raise PoolStopped("The studio closes.")
        _news.put(told)

    return work(number, order, tell)


def work(number: int, order: Order, tell: Tell) -> Made:
    """Make one film, or a part. What goes wrong is one sentence (GradreelError), which can travel between processes."""
    before_s = 0.0

    def progress(film_s: float, total_s: float | None, beat: str) -> None:
        nonlocal before_s
        if order.drawn and beat not in order.drawn:
            before_s = film_s
        tell(Told(number, film_s - before_s, film_s, beat))

    give_large_back()
    with _MANIM, scratch.folder() as folder:
        path = folder / "film.mp4"
        try:
            with scratch.telling():
                result = films.render_film(order.trace, order.job, path, progress, order.drawn)
                return Made(path.read_bytes(), result)
        except GradreelError:
            raise
        except Exception as error:
            if debugging():
                traceback.print_exc()
            raise RunError(unexpected_sentence(error)) from error
        finally:
            tidy()


def check_same_house(order: Order, key: str) -> None:
    """RunError when this machine would draw another film than the one that was ordered."""
    if film_key(order) != key:
        raise RunError(
            "A worker of the cluster has another gradreel, Python or drawing library than this machine: "
            "install the same versions there."
        )
