"""Encoded frames against the frames as they were drawn, for gradreel and for Manim. By hand: make bench.

Each film is made in both ways, then drawn once more in both ways while the files are decoded beside it: SSIM (FFmpeg's
filter, all planes of 4:2:0) of every n-th frame, the number of frames, and whether their times are evenly spaced.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from manim import tempconfig
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim_camera import ImageCamera

from pipeline.encoder import writer_class
from pipeline.film import FilmJob, Quality, manim_session, render_film
from pipeline.record import obtain
from scenes import SCENES
from scenes.stage.explainer import film_class
from scenes.stage.style import LOOKS

RESULTS = ROOT / "bench" / "quality.json"


@dataclass
class Compared:
    """A film's file, decoded frame by frame beside the frames it was made of."""

    path: Path
    matrix: str
    every: int
    ssim: list[float] = field(default_factory=list)
    frames: int = 0
    uneven: int = 0
    too_many: int = 0

    def __post_init__(self) -> None:
        self._container = av.open(str(self.path))
        self._decoded = self._container.decode(video=0)
        self.size_mb = self.path.stat().st_size / 1e6
        self._graph: Any = None
        self._steps: list[int] = []

    def next(self, rgba: np.ndarray, repeat: int) -> None:
        """Compare the file's next ``repeat`` frames with ``rgba``."""
        for _ in range(repeat):
            frame = next(self._decoded)
            self._steps.append(frame.pts)
            if self.frames % self.every == 0:
                self.ssim.append(self._similarity(frame, rgba))
            self.frames += 1

    def end(self) -> None:
        """Count the frames the file has beyond those that were drawn, and those not one step after the last."""
        self.too_many = sum(1 for _ in self._decoded)
        steps = np.diff(self._steps)
        self.uneven = int(np.count_nonzero(steps != np.median(steps)))

    def _similarity(self, frame: Any, rgba: np.ndarray) -> float:
        drawn = av.VideoFrame.from_ndarray(np.ascontiguousarray(rgba), format="rgba")
        drawn = drawn.reformat(format="yuv420p", dst_colorspace=self.matrix)
        pair = [av.VideoFrame.from_ndarray(one.to_ndarray(), format="yuv420p") for one in (frame, drawn)]
        for one in pair:
            one.pts, one.time_base = self.frames, Fraction(1, 60)
        inputs, output = self._filter(pair[0])
        for source, one in zip(inputs, pair, strict=True):
            source.push(one)
        return float(output.pull().metadata["lavfi.ssim.All"])

    def _filter(self, like: Any) -> tuple[list[Any], Any]:
        if self._graph is None:
            graph = av.filter.Graph()
            size = {"width": like.width, "height": like.height, "format": like.format}
            sources = [graph.add_buffer(**size, time_base=Fraction(1, 60)) for _ in range(2)]
            ssim, sink = graph.add("ssim"), graph.add("buffersink")
            for place, source in enumerate(sources):
                source.link_to(ssim, 0, place)
            ssim.link_to(sink)
            graph.configure()
            self._graph = graph, sources, sink
        return self._graph[1], self._graph[2]


def beside(film: Compared) -> Any:
    """Takes the pictures of a film as a stream would, and compares instead of writing."""

    class Beside:
        def write(self, camera: Any, repeat: int) -> None:
            film.next(getattr(camera, "pixel_array", camera), repeat)  # Manim's renderer gives the pixels

        def next_reel(self) -> None:
            """Reels are a matter of encoding."""

        def close(self) -> None:
            film.end()

        def abort(self) -> None:
            """Nothing is written."""

    return Beside()


def compare(job: FilmJob, every: int) -> tuple[Compared, Compared]:
    """Our film and Manim's, with its defaults, of the same scene."""
    trace = obtain(job.card.recorder, {})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        render_film(trace, job, path)
        with _manims_settings(job, folder):
            _manims_film(job, SceneFileWriter)
        theirs = next(one for one in Path(folder).glob("videos/**/*.mp4") if "partial" not in str(one))
        films = Compared(path, "ITU709", every), Compared(theirs, "ITU601", every)
        with manim_session(job, lambda: beside(films[0])) as renderer:
            film_class(job.card)(trace, language=job.language, theme=job.theme, renderer=renderer).render()
        with _manims_settings(job, folder):
            _manims_film(job, writer_class(lambda: beside(films[1])))
        return films


def _manims_film(job: FilmJob, writer: type[SceneFileWriter]) -> None:
    trace = obtain(job.card.recorder, {})
    renderer = CairoRenderer(file_writer_class=writer, camera_class=ImageCamera)
    film_class(job.card)(trace, language=job.language, theme=job.theme, renderer=renderer).render()


@contextmanager
def _manims_settings(job: FilmJob, folder: str) -> Iterator[None]:
    with tempconfig(
        {
            "media_dir": folder,
            "pixel_width": job.quality.width,
            "pixel_height": job.quality.height,
            "frame_rate": job.quality.fps,
            "background_color": LOOKS[job.theme].background,
            "progress_bar": "none",
            "verbosity": "ERROR",
            "disable_caching": True,  # drawn twice
        }
    ):
        yield


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenes", nargs="*", default=[card.slug for card in SCENES])
    parser.add_argument("--every", type=int, default=3, help="compare each n-th frame")
    parser.add_argument("--quality", default="1080p60")
    parser.add_argument("--language", default="ko")
    chosen = parser.parse_args()
    table = {}
    print(
        f"{'':<12} {'mean SSIM ours / Manim':>24} {'worst ours / Manim':>24}   frames, uneven, too many, MB"
    )
    for slug in chosen.scenes:
        job = FilmJob(slug, chosen.language, "dark", Quality.parse(chosen.quality))
        ours, manims = compare(job, chosen.every)
        table[slug] = {
            "mean": [float(np.mean(one.ssim)) for one in (ours, manims)],
            "worst": [min(one.ssim) for one in (ours, manims)],
            "frames": [one.frames for one in (ours, manims)],
            "uneven": [one.uneven for one in (ours, manims)],
            "too_many": [one.too_many for one in (ours, manims)],
            "size_mb": [one.size_mb for one in (ours, manims)],
        }
        row = table[slug]
        print(
            f"{slug:<12} {row['mean'][0]:.5f} / {row['mean'][1]:.5f} ({row['mean'][0] - row['mean'][1]:+.5f}) "
            f"{row['worst'][0]:.5f} / {row['worst'][1]:.5f}   {row['frames']} {row['uneven']} {row['too_many']} "
            f"{ours.size_mb:.2f} / {manims.size_mb:.2f}",
            flush=True,
        )
    RESULTS.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
