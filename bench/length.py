"""How time and memory grow with a film's length: scenes of 30 s, 2 min and 10 min. By hand: make bench.

The scene is one lecture-like cycle (texts, a moving graph, a hold) repeated, so that the work per frame is the same.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from manim import DOWN, RIGHT, Create, FadeIn, FadeOut, Line, Scene, VGroup, tempconfig

from pipeline.encoder import FilmStream, writer_class
from pipeline.film import Quality
from pipeline.paint.camera import FilmCamera
from pipeline.paint.renderer import FilmRenderer
from scenes.parts.text.typeset import words
from scenes.stage.style import DARK

RESULTS = ROOT / "bench" / "length.json"
LENGTHS_S = (30, 120, 600)


class Cycles(Scene):
    """Ten seconds of lecture, again and again."""

    count = 1

    def construct(self) -> None:
        """Texts come and go, lines are drawn and move, the picture rests."""
        for cycle in range(self.count):
            title = words(f"{cycle + 1}", DARK, 60).centre_at([0, 3, 0])
            lines = VGroup(
                *(Line([x, -2, 0], [x + 2, 1, 0], color=DARK.positive, stroke_width=2) for x in range(-5, 4))
            )
            self.play(FadeIn(title), run_time=1)
            self.play(Create(lines), run_time=2)
            self.play(lines.animate.shift(RIGHT + DOWN * 0.5), run_time=2)
            self.wait(4)
            self.play(FadeOut(title), FadeOut(lines), run_time=1)


def render(seconds: int, quality: Quality) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of a film of that length; run it in a process of its own."""
    settings = {
        "pixel_width": quality.width,
        "pixel_height": quality.height,
        "frame_rate": quality.fps,
        "background_color": DARK.background,
        "disable_caching": True,
        "progress_bar": "none",
        "verbosity": "ERROR",
    }
    with tempfile.TemporaryDirectory() as folder, tempconfig(settings | {"media_dir": folder}):
        path = Path(folder) / "film.mp4"
        writer = writer_class(lambda: FilmStream(path, quality.width, quality.height, quality.fps))
        scene = Cycles(renderer=FilmRenderer(file_writer_class=writer, camera_class=FilmCamera))
        scene.count = seconds // 10
        before_s = time.process_time()
        scene.render()
        used_s = time.process_time() - before_s
    return used_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quality", default="1080p60")
    parser.add_argument("--seconds", type=int, nargs="*", default=LENGTHS_S)
    chosen = parser.parse_args()
    quality = Quality.parse(chosen.quality)
    table = []
    for seconds in chosen.seconds:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cpu_s, peak_mb = pool.apply(render, (seconds, quality))
        per_frame_ms = 1000 * cpu_s / (seconds * quality.fps)
        table.append({"seconds": seconds, "cpu_s": cpu_s, "ms_per_frame": per_frame_ms, "peak_mb": peak_mb})
        print(
            f"{seconds:4d} s: {cpu_s:6.1f} s CPU, {per_frame_ms:5.2f} ms a frame, peak {peak_mb:.0f} MB",
            flush=True,
        )
    RESULTS.write_text(
        json.dumps({"quality": chosen.quality, "films": table}, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
