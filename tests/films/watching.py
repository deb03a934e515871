"""Real films, rendered once, and their decoded frames."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np

from engine.trace import Trace
from pipeline.film import FilmJob, FilmResult, Quality, render_film
from tests.shared import recorded

TINY = Quality.parse("144p5")
OWN = {"expression": "sigmoid(w*x + b)*w", "at": {"w": -1, "x": 2, "b": 0.5}, "wrt": "w"}


@dataclass(frozen=True)
class Rendered:
    """A film on disk, what render_film told of it, and every decoded frame as RGB (frame, height, width, 3)."""

    job: FilmJob
    trace: Trace
    path: Path
    result: FilmResult
    frames: np.ndarray
    facts: dict[str, Any]


def render(folder: Path, slug: str, language: str, theme: str, **given: Any) -> Rendered:
    job = FilmJob(slug, language, theme, TINY)
    trace = recorded(job.card.recorder, **given)
    path = folder / f"{slug}-{language}-{theme}-{len(given)}.mp4"
    result = render_film(trace, job, path)
    frames, facts = decode(path)
    return Rendered(job, trace, path, result, frames, facts)


def decode(path: Path) -> tuple[np.ndarray, dict[str, Any]]:
    with av.open(str(path)) as container:
        (stream,) = container.streams
        frames = np.stack([frame.to_ndarray(format="rgb24") for frame in container.decode(stream)])
        facts = {
            "codec": stream.codec_context.name,
            "pixels": stream.codec_context.pix_fmt,
            "size": (stream.width, stream.height),
            "rate": stream.average_rate,
            "duration_s": float(stream.duration * stream.time_base),
        }
    return frames, facts
