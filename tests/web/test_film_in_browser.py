"""Films as gradreel encodes them, in a real browser: a player that shows another frame than asked for would be seen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.encoder import FilmStream
from pipeline.paint.tiles import Tiles
from tests.web.browser import Watch, pixels

WIDTH, HEIGHT, FPS = 320, 180, 30
BITS = 8
BLOCK = WIDTH // BITS
PICTURES = 120
HOLD = 40  # frames that the last picture stands
PAGE = '<!doctype html><title>film</title><style>body{margin:0}</style><video src="film.mp4" preload="auto"></video>'


class Counter:
    """A picture that shows a number as black and white blocks; only the blocks that differ are marked as changed."""

    def __init__(self) -> None:
        self.pixel_array = np.full((HEIGHT, WIDTH, 4), 255, dtype=np.uint8)
        self.changed = Tiles(WIDTH, HEIGHT)
        self.changed.mark_all()

    def show(self, number: int) -> None:
        for bit in range(BITS):
            block = self.pixel_array[:, bit * BLOCK : (bit + 1) * BLOCK, :3]
            level = 255 * (number >> bit & 1)
            if block[0, 0, 0] != level:
                block[:] = level
                self.changed.mark(self.changed.span((bit * BLOCK - 5, 0, (bit + 1) * BLOCK + 5, HEIGHT)))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("counted")
    stream, counter = FilmStream(folder / "film.mp4", WIDTH, HEIGHT, FPS), Counter()
    for number in range(PICTURES):
        counter.show(number)
        camera: Any = counter
        stream.write(camera, HOLD if number == PICTURES - 1 else 1)
    stream.close()
    path = folder / "page.html"
    path.write_text(PAGE, encoding="utf-8")
    return path


def read(tab: Any) -> int:
    """The number on screen."""
    middle = pixels(tab, "video")[HEIGHT // 2, BLOCK // 2 :: BLOCK, 0]
    return sum(1 << bit for bit, level in enumerate(middle) if level > 127)


def test_every_moment_can_be_sought(page: Path, watch: Watch) -> None:
    tab = watch.open(page)
    tab.wait_for_function("() => document.querySelector('video').readyState === 4")
    assert tab.evaluate("document.querySelector('video').duration") == pytest.approx(
        (PICTURES + HOLD - 1) / FPS, abs=0.5 / FPS
    )
    for frame in (77, 3, 0, 118, 64, 63, 119, 119 + HOLD - 2, 1, 100):
        tab.evaluate(
            """time => new Promise(done => {
                const film = document.querySelector('video');
                film.requestVideoFrameCallback(() => requestAnimationFrame(() => requestAnimationFrame(done)));
                film.currentTime = time;
            })""",
            (frame + 0.5) / FPS,
        )
        assert read(tab) == min(frame, PICTURES - 1), f"frame {frame}"


def test_it_plays_to_its_last_picture(page: Path, watch: Watch) -> None:
    tab = watch.open(page)
    tab.evaluate(
        "() => { const film = document.querySelector('video'); film.muted = true; return film.play(); }"
    )
    tab.wait_for_function("() => document.querySelector('video').ended", timeout=20_000)
    assert read(tab) == PICTURES - 1
    watch.check(page.parent)
