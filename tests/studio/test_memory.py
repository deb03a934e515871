"""A process that makes film after film must not grow: what a film leaves in memory is given back after it."""

import gc
import subprocess
import sys
import weakref

import pytest

from pipeline.film import FilmJob, Quality
from pipeline.studio import worker
from pipeline.studio.order import Order
from tests.scenes.watching import recorded

HOARD = """
import gc, psutil
from pipeline.studio.memory import tidy

class Link:
    pass

def hoard():
    links = [Link() for _ in range(200_000)]
    for link in links:
        link.kept, link.all = bytes(500), links

gc.disable()
process = psutil.Process()
before = process.memory_info().rss
hoard()
full = process.memory_info().rss - before
tidy()
print(full, process.memory_info().rss - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc is asked to give memory back")
def test_tidy_gives_back_what_a_film_left() -> None:
    said = subprocess.run([sys.executable, "-c", HOARD], capture_output=True, text=True, check=True).stdout
    full, left = map(int, said.split())
    assert full > 100e6  # it really was kept
    assert left < full / 5


def test_nothing_of_a_film_lives_on_in_its_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the collection at its end, scene, camera and all shapes wait for Python to look for cycles."""
    drawn: list[weakref.ref[object]] = []
    render_film = worker.films.render_film

    def watched(*given: object) -> object:
        before = {id(one) for one in gc.get_objects()}
        result = render_film(*given)
        drawn.extend(
            weakref.ref(one)
            for one in gc.get_objects()
            if id(one) not in before and type(one).__name__ in {"FilmCamera", "Backward", "YuvPicture"}
        )
        return result

    monkeypatch.setattr(worker.films, "render_film", watched)
    job = FilmJob("backward", "en", "dark", Quality.parse("90p4"), beats=("graph",))
    gc.disable()
    try:
        worker.work(0, Order(recorded("backpropagation"), job), lambda told: None)
        alive = [type(one()).__name__ for one in drawn if one() is not None]
    finally:
        gc.enable()
    assert drawn
    assert alive == []
