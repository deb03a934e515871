"""A crew on other machines: dask.distributed, an optional extra (``pip install 'gradreel[cluster]'``)."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import astuple
from typing import Any

from engine.errors import InputError, RunError
from pipeline.studio import worker
from pipeline.studio.order import Order
from pipeline.studio.store import Made
from pipeline.studio.worker import Told

TOPIC = "gradreel"
CONNECT_S = 10


class ClusterCrew:
    """dask's executor: traces go with the orders, films come back, a film whose worker died is made elsewhere."""

    def __init__(self, client: Any) -> None:
        self._executor = client.get_executor(pure=False)
        self._told: deque[Told] = deque()
        client.subscribe_topic(TOPIC, lambda event: self._told.append(Told(*event[1])))

    def submit(self, number: int, order: Order, key: str) -> Future[Made]:
        """Queue it in the cluster."""
        future: Future[Made] = self._executor.submit(_work, number, order, key)
        return future

    def news(self) -> list[Told]:
        """What the workers have logged."""
        return [self._told.popleft() for _ in range(len(self._told))]


@contextmanager
def cluster(address: str) -> Iterator[ClusterCrew]:
    """The cluster whose scheduler listens at ``address``, such as tcp://10.0.0.5:8786.

    Raises InputError when the extra is missing or nothing answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--cluster needs dask.distributed: pip install 'gradreel[cluster]'") from error
    try:
        client = Client(address, timeout=CONNECT_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            f"No scheduler answers at {address} within {CONNECT_S} s: "
            "start one with `dask scheduler` and give its address."
        ) from error
    try:
        if not client.scheduler_info()["workers"]:
            raise RunError(
                f"The scheduler at {address} has no workers: "
                f"start some with `dask worker {address} --preload gradreel.worker`."
            )
        yield ClusterCrew(client)
    finally:
        client.close()


def _work(number: int, order: Order, key: str) -> Made:
    """``worker.work`` on a machine of the cluster."""
    from distributed import get_worker

    worker.check_same_house(order, key)
    log = get_worker().log_event
    return worker.work(number, order, lambda told: log(TOPIC, astuple(told)))
