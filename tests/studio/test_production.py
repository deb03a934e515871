"""Films made alone, in a pool, after a stop or a death: always the same film, and one that fails stops no other."""

from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.errors import RunError
from pipeline import film as films
from pipeline.console import Stopped
from pipeline.film import FilmJob, FilmResult, Quality
from pipeline.studio import Order, produce, production, shoot, worker
from pipeline.studio import cluster as clusters
from pipeline.studio.crew import HereCrew, cores
from pipeline.studio.store import Made
from tests import needs
from tests.scenes.watching import recorded

TINY = Quality.parse("90p2")
EMPTY = FilmResult(1.0, 2, (), (), ())


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "cache"))


def order(beat: str, language: str = "en") -> Order:
    job = FilmJob("backward", language, "dark", TINY, beats=(beat,))
    return Order(recorded("backpropagation"), job)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Films that are only claimed to be drawn; the list says which."""
    beats: list[str] = []

    def render_film(trace: Any, job: FilmJob, path: Path, progress: Any, drawn: Any) -> FilmResult:
        beats.append(job.beats[0])
        progress(0.5, None, job.beats[0])
        if job.beats[0] == "local":
            raise ZeroDivisionError("in a scene")
        if job.beats[0] == "chain":
            raise KeyboardInterrupt
        path.write_bytes(job.beats[0].encode())
        return EMPTY

    monkeypatch.setattr(films, "render_film", render_film)
    return beats


def test_films_come_in_the_order_given_and_are_drawn_once(drawn: list[str]) -> None:
    orders = [order("values"), order("graph"), order("values")]
    made = produce(orders, workers=1)
    assert [film.path.read_bytes() for film in made] == [b"values", b"graph", b"values"]
    assert drawn == ["values", "graph"]
    again = produce(orders, workers=1)
    assert drawn == ["values", "graph"]
    assert [film.fresh for film in again] == [False] * 3
    produce(orders[:1], workers=1, use_cache=False)
    assert drawn == ["values", "graph", "values"]


def test_a_film_that_fails_does_not_stop_the_others(drawn: list[str]) -> None:
    orders = [order("local"), order("graph"), order("values")]
    with pytest.raises(
        RunError, match=r"1 of 3 films failed; the others are made\.\n  backward \(en\): Unexpected Zero"
    ):
        produce(orders, workers=1)
    assert drawn == ["local", "graph", "values"]
    assert [film.fresh for film in produce(orders[1:], workers=1)] == [False, False]


def test_a_stopped_run_continues(drawn: list[str]) -> None:
    orders = [order("graph"), order("chain"), order("values")]
    with pytest.raises(Stopped, match="Stopped in the films, 1 of 3 finished"):
        produce(orders, workers=1)
    assert drawn == ["graph", "chain"]
    produce([orders[0], orders[2]], workers=1)
    assert drawn == ["graph", "chain", "values"]


def test_a_film_made_after_a_stop_is_the_very_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Really drawn: Ctrl-C in the middle, then again."""
    one, render_film = order("values"), films.render_film

    def stop_soon(trace: Any, job: FilmJob, path: Path, progress: Any, drawn: Any) -> FilmResult:
        def stop(done_s: float, total_s: float | None, beat: str) -> None:
            raise KeyboardInterrupt

        return render_film(trace, job, path, stop)

    with monkeypatch.context() as patch:
        patch.setattr(films, "render_film", stop_soon)
        with pytest.raises(Stopped):
            produce([one], workers=1)
    after_a_stop = produce([one], workers=1)[0].path.read_bytes()
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "another"))
    assert produce([one], workers=1)[0].path.read_bytes() == after_a_stop


class Dying(HereCrew):
    """A pool in which a process dies at some films, and takes all with it that are not done."""

    deadly: tuple[str, ...] = ()
    broken = False

    def submit(self, number: int, order: Order, key: str) -> Future[Made]:
        if self.broken:
            raise BrokenProcessPool("a process died")
        if order.job.beats[0] in self.deadly:
            self.broken = True
            future: Future[Made] = Future()
            future.set_exception(BrokenProcessPool("a process died"))
            return future
        return super().submit(number, order, key)


def test_a_process_that_dies_has_its_films_tried_once_more(
    drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    crews = []

    @contextmanager
    def dying(count: int, board: Any, workers: Any, address: Any) -> Iterator[Dying]:
        crew = Dying(board.tell)
        crew.deadly = ("graph",) if len(crews) < 2 else ()
        crews.append(crew)
        yield crew

    monkeypatch.setattr(production, "_crew", dying)
    outcomes = dict(shoot([order("graph"), order("values")]))
    assert "died, most likely for want of memory" in str(outcomes[0])
    assert isinstance(outcomes[1], RunError)  # it was in the pool that died, twice
    crews.clear()
    outcomes = dict(shoot([order("values"), order("graph")]))
    assert outcomes[0].path.read_bytes() == b"values"


def test_a_pool_makes_the_very_films_that_are_made_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    orders = [order("graph"), order("values"), order("graph", "ko")]
    alone = [film.path.read_bytes() for film in produce(orders, workers=1)]
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path / "another"))
    together = produce(orders, workers=2)
    assert [film.fresh for film in together] == [True] * 3
    assert [film.path.read_bytes() for film in together] == alone
    assert [film.result for film in together] == [film.result for film in produce(orders, workers=1)]


def test_an_unknown_cluster_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    needs.library("distributed")
    monkeypatch.setattr(clusters, "CONNECT_S", 1)
    from engine.errors import InputError

    for address in ("tcp://127.0.0.1:9", "nowhere", "tcp://"):
        with pytest.raises(InputError, match="No scheduler answers at"):
            produce([order("graph")], address=address)


def test_another_house_on_a_worker_is_refused() -> None:
    with pytest.raises(RunError, match="install the same versions"):
        worker.check_same_house(order("graph"), "another key")
    assert cores() >= 1


def test_orders_travel(tmp_path: Path) -> None:
    import pickle

    one = order("graph")
    there = pickle.loads(pickle.dumps(one))
    assert (there.trace, there.job) == (one.trace, one.job)
    assert replace(there.job, language="ko") != one.job
