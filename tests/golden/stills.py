"""The last frame of each beat, small; the references that the tests compare with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from pipeline.film import FilmJob, Quality, manim_session
from pipeline.inspect.sampler import SamplingRenderer
from scenes.stage.explainer import film_class
from tests.golden import carried

FOLDER = Path(__file__).parent / "references"
WIDTH, HEIGHT = 240, 135
DRAWN = Quality.parse("270p30")  # twice as large, so that thin lines keep their weight
BEAT_BYTES = (
    28_000  # of a beat on the average of all films (photographs take more): forty films of nine take 10 MB
)
# Language decides where things stand, theme what colours they have: two pairs have every language and every theme.
COMBINATIONS = (("ko", "dark"), ("en", "light"))


class LastFrames:
    """Watches the sampler and draws only where a beat ends."""

    def __init__(self) -> None:
        self.frames: dict[str, np.ndarray] = {}

    def motion(self, film: Any, time_s: float, share: float) -> None:
        """Not drawn."""

    def rest(self, film: Any, time_s: float, seconds: float) -> None:
        """Not drawn."""

    def beat_end(self, film: Any, beat: str, time_s: float) -> None:
        """Draw the beat's last frame."""
        film.renderer.static_image = None
        film.renderer.update_frame(film)
        picture = Image.fromarray(film.renderer.get_frame()).convert("RGB")
        self.frames[beat] = np.array(picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS))


def stills(slug: str, language: str, theme: str) -> dict[str, np.ndarray]:
    """Every beat's last frame of a scene with its default parameters: (135, 240, 3) uint8, by beat."""
    watcher = LastFrames()
    job = FilmJob(slug, language, theme, DRAWN)
    trace = carried.trace_of(job.card.recorder)
    with manim_session(job, None, partial(SamplingRenderer, watcher, ())) as renderer:
        film = film_class(job.card)(trace, language=language, theme=theme, dry=True, renderer=renderer)
        film.render()
    return watcher.frames


def reference(slug: str, beat: str, language: str, theme: str, folder: Path = FOLDER) -> Path:
    """Where a reference lies."""
    return folder / f"{slug}-{beat}-{language}-{theme}.webp"


def references_of(slug: str, folder: Path = FOLDER) -> list[Path]:
    """The stored references of one scene."""
    return sorted(folder.glob(f"{slug}-*.webp"))


def save(frame: np.ndarray, path: Path) -> None:
    """Store a frame without loss, and whole or not at all: an interruption once left an empty file."""
    unfinished = path.with_suffix(".part")
    Image.fromarray(frame).save(unfinished, format="WEBP", lossless=True, quality=100, method=6)
    unfinished.replace(path)


def load(path: Path) -> np.ndarray:
    """A stored frame, (135, 240, 3) uint8."""
    with Image.open(path) as picture:
        return np.array(picture.convert("RGB"))
