"""What more cores give one film: its parts measured one by one, and how long they take beside each other. By hand.

Every part is drawn alone, as a worker would, and its CPU seconds are taken, all threads together: so long it takes on
one core. Then the parts are handed to 1, 2, 4, 8 and 16 workers as the studio hands them out. Start-up and joining are
measured, too. For the cores that this machine has the film is also really made, so that one sees how far the sum can be
trusted.
"""

from __future__ import annotations

import argparse
import heapq
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.speed import gradreel
from pipeline.film import FilmJob, Quality, render_film
from pipeline.record import obtain
from pipeline.studio import Order
from pipeline.studio.crew import cores, pool
from pipeline.studio.parts import cut, joined
from pipeline.studio.store import Made

WORKERS = (1, 2, 4, 8, 16)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scene", nargs="?", default="forward")
    parser.add_argument("--language", default="ko")
    parser.add_argument("--quality", default="1080p60")
    chosen = parser.parse_args()
    job = FilmJob(chosen.scene, chosen.language, "dark", Quality.parse(chosen.quality))
    order = Order(obtain(job.card.recorder, {}), job)
    _drawn(order)  # what is loaded once
    start_s = _start_s()
    alone_s = 0.0
    print(f"{chosen.scene}: the pool starts in {start_s:.1f} s")
    for workers in WORKERS:
        parts = [part.order for part in cut({0: order}, workers)]
        made, times_s = zip(*(_timed(partial(_drawn, part)) for part in parts), strict=True)
        _, join_s = _timed(partial(joined, order, made))
        ends_s = _scheduled(times_s, workers) + join_s + (start_s if workers > 1 else 0.0)
        alone_s = alone_s or ends_s
        really = ""
        if workers <= cores():
            run = gradreel([chosen.scene, "-j", str(workers)], chosen.language, chosen.quality)
            really = f"   really made, with start-up of the command: {run.wall_s:.1f} s"
        print(
            f"{workers:>2} cores: {len(parts):>2} parts, the longest {max(times_s):4.1f} s, all {sum(times_s):5.1f} s, "
            f"joined in {join_s:.2f} s: {ends_s:5.1f} s, {ends_s / alone_s:.2f} of one core's{really}",
            flush=True,
        )


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What `work` gives, and its CPU seconds in this process."""
    start_s = time.process_time()
    return work(), time.process_time() - start_s


def _start_s() -> float:
    """Seconds until a pool has done its first piece of work."""
    start_s = time.perf_counter()
    with pool(1) as crew:
        crew._executor.submit(int).result()
    return time.perf_counter() - start_s


def _drawn(order: Order) -> Made:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "part.mp4"
        result = render_film(order.trace, order.job, path, drawn=order.drawn)
        return Made(path.read_bytes(), result)


def _scheduled(times_s: Sequence[float], workers: int) -> float:
    """When the last part is done, where each goes to the worker that is free first."""
    free_s = [0.0] * workers
    for time_s in times_s:
        heapq.heapreplace(free_s, free_s[0] + time_s)
    return max(free_s)


if __name__ == "__main__":
    main()
