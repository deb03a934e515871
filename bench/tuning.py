"""Where the encoder's settings were chosen: a scene that is no film of gradreel's, encoded in several ways. By hand.

For each setting: CPU time a frame (drawing included), size, and SSIM against the drawn frames, beside Manim's defaults
on the same scene.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from manim import (
    LEFT,
    RIGHT,
    UP,
    Axes,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    ManimColor,
    MoveAlongPath,
    Scene,
    Square,
    VGroup,
    interpolate_color,
    tempconfig,
)
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim_camera import ImageCamera
from quality import Compared, beside
from sklearn.datasets import load_sample_image

from pipeline import encoder
from pipeline.encoder import FilmStream, writer_class
from pipeline.paint.camera import FilmCamera
from pipeline.paint.renderer import FilmRenderer
from scenes.parts.pictures.image import Picture
from scenes.parts.text.typeset import math, words
from scenes.stage.style import DARK

WIDTH, HEIGHT, FPS = 1920, 1080, 60
EVERY = 2  # frames are compared: a fade is over within a dozen
LEAN = "rc-lookahead=0:aq-mode=0:mbtree=0:scenecut=0:weightp=0:b-adapt=0:b-pyramid=none:ipratio=3"
NEVER = 1e9  # no picture is a fade: what P-frames for fades are worth
FIXED = {"preset": "superfast", "forced-idr": "1"}
USED = "no-dct-decimate=1:no-deblock=1:pbratio=2.5"
CANDIDATES: dict[str, tuple[float, float, dict[str, str]]] = {
    f"superfast qp {qp} bf {bf} {more} fades over {fade:g} moves over {share:g}": (
        fade,
        share,
        {**FIXED, "qp": str(qp), "bf": str(bf), "x264-params": f"{LEAN}:{more}"},
    )
    for fade, share, qp, bf, more in (
        (NEVER, 0, 24, 0, "no-dct-decimate=1:no-deblock=1"),
        (NEVER, 0, 24, 7, "no-dct-decimate=1:pbratio=2.5"),
        (1, 0, 24, 7, "no-dct-decimate=1:pbratio=2.5"),
        (1, 0.05, 24, 7, USED),
        (1, 0.1, 24, 7, USED),
        (1, 0.2, 24, 7, USED),
        (1, 0.1, 24, 3, USED),
        (2, 0.1, 24, 7, USED),
    )
}


class Tuning(Scene):
    """Small texts, thin lines, a curve, cells, a photograph, a table of numbers, things that move, and rests."""

    def construct(self) -> None:
        """Everything in a fixed order; the seed makes it the same scene each time."""
        numbers = np.random.default_rng(0)
        title = words("경사 하강과 작은 글자, thin lines, 0.1234 −5.67×10³", DARK, 44).centre_at([0, 3.3, 0])
        roles = ["ink", "muted", "input", "positive", "negative", "activation", "gradient", "loss"] * 2
        small = VGroup(
            *(
                words(f"w{i} = {i * 0.1234 - 1:.4f} 기울기", DARK, 26, role).centre_at(
                    [-5 + 3.3 * (i % 4), 2 - 0.5 * (i // 4), 0]
                )
                for i, role in enumerate(roles)
            )
        )
        self.play(FadeIn(title), FadeIn(small), run_time=1)
        net = self._net(numbers)
        self.play(Create(net), run_time=2)
        formula = math("(partial loss(L)) / (partial w) = sum_i (hat(y)_i - y_i) x_i", DARK, 42)
        formula.centre_at([2, -0.5, 0])
        self.play(FadeIn(formula, shift=UP * 0.3))
        self.wait(2)
        axes = Axes([0, 10], [-2, 2], 6, 2.4, axis_config={"color": DARK.muted, "stroke_width": 1.5})
        axes.move_to([3, -2.2, 0])
        curve = axes.plot(lambda x: np.sin(x * 1.7) * np.exp(-x / 6) * 2, color=DARK.loss, stroke_width=2.5)
        self.play(Create(axes), Create(curve), run_time=1.5)
        dot = Dot(color=DARK.activation).move_to(curve.get_start())
        self.play(MoveAlongPath(dot, curve), net.animate.shift(RIGHT * 0.4), run_time=2)
        self.wait(1.5)
        cells = self._cells(numbers)
        self.play(FadeOut(small), FadeIn(cells, lag_ratio=0.02), run_time=1.5)
        self.play(cells.animate.scale(1.3).rotate(0.1), formula.animate.shift(LEFT * 1.5), run_time=1.2)
        self.wait(3)
        self.play(*(FadeOut(one) for one in self.mobjects), run_time=0.8)
        self._table(numbers)

    def _table(self, numbers: np.random.Generator) -> None:
        """A photograph under a table of small numbers that moves by parts of pixels, as a window walks over it."""
        photo = Picture(load_sample_image("flower.jpg")[::2, ::2], 5.6, 3.7).move_to([3.4, 0.6, 0])
        table = VGroup(
            *(
                words(f"{numbers.normal():.2f}", DARK, 26).centre_at(
                    [-6.4 + 0.72 * (i % 9), 3 - 0.42 * (i // 9), 0]
                )
                for i in range(126)
            )
        )
        window = Square(1.3, color=DARK.activation, stroke_width=3).move_to(table[10])
        self.play(FadeIn(table), FadeIn(photo), run_time=1)
        self.play(Create(window), table.animate.scale(0.86).shift(RIGHT * 0.35), run_time=1.5)
        for place in (12, 14, 41, 95):
            self.play(window.animate.move_to(table[place]), run_time=0.5)
            self.wait(0.4)
        self.play(photo.animate.shift(LEFT * 0.6 + UP * 0.25), table.animate.shift(LEFT * 0.3), run_time=1.2)
        self.wait(2)
        self.play(FadeOut(photo), FadeOut(table), FadeOut(window), run_time=0.8)
        self._wall()

    def _wall(self) -> None:
        """Photographs, coloured and grey, that come and go within a quarter of a second."""
        colours = load_sample_image("china.jpg")[::2, ::2]
        greys = np.repeat(colours.mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
        wall = VGroup(
            *(
                Picture(pixels, 4, 2.7).move_to([4.4 * (i % 3 - 1), 1.6 - 3.2 * (i // 3), 0])
                for i, pixels in enumerate(
                    [colours, greys, 255 - greys, greys[::-1], colours[:, ::-1], greys]
                )
            )
        )
        self.play(FadeIn(wall), run_time=0.25)
        self.wait(1)
        self.play(FadeOut(wall[:3]), run_time=0.25)
        self.wait(0.5)
        self.play(FadeOut(wall[3:]), run_time=0.5)
        self.wait(0.5)

    def _net(self, numbers: np.random.Generator) -> VGroup:
        left = [np.array([-6, y, 0]) for y in np.linspace(-3, 0, 5)]
        right = [np.array([-3, y, 0]) for y in np.linspace(-3, 0, 7)]
        net = VGroup()
        for start in left:
            for end in right:
                weight = numbers.normal()
                colour = DARK.positive if weight > 0 else DARK.negative
                strength = min(1, 0.3 + abs(weight) / 2)
                net.add(
                    Line(
                        start, end, color=colour, stroke_width=abs(weight) * 3 + 0.6, stroke_opacity=strength
                    )
                )
        for place in [*left, *right]:
            unit = Circle(0.2, fill_color=DARK.surface, fill_opacity=1, color=DARK.ink, stroke_width=2)
            net.add(unit.move_to(place))
        return net

    def _cells(self, numbers: np.random.Generator) -> VGroup:
        low, high = ManimColor(DARK.surface), ManimColor(DARK.gradient)
        cells = VGroup(
            *(
                Square(
                    0.35,
                    fill_color=interpolate_color(low, high, numbers.random()),
                    fill_opacity=1,
                    stroke_width=1,
                )
                for _ in range(60)
            )
        )
        return cells.arrange_in_grid(6, 10, buff=0.03).move_to([0, 1, 0])


@contextmanager
def settings(folder: str) -> Iterator[None]:
    """Manim's settings for the scene."""
    chosen = {
        "media_dir": folder,
        "pixel_width": WIDTH,
        "pixel_height": HEIGHT,
        "frame_rate": FPS,
        "background_color": DARK.background,
        "progress_bar": "none",
        "verbosity": "ERROR",
        "disable_caching": True,  # drawn twice
    }
    with tempconfig(chosen):
        yield


def ours(fade: float, share: float, options: dict[str, str]) -> tuple[float, int, Compared]:
    """CPU ms a frame, size, and frames compared, with these limits of fades and movements and options of x264."""
    with tempfile.TemporaryDirectory() as folder, settings(folder):
        path = Path(folder) / "film.mp4"
        encoder.FADE, encoder.MOVING_SHARE = fade, share
        encoder.OPTIONS.clear()
        encoder.OPTIONS.update(options)

        start_s = time.process_time()  # of all threads: x264 has its own
        _play(writer_class(lambda: FilmStream(path, WIDTH, HEIGHT, FPS)))
        used_s = time.process_time() - start_s
        compared = Compared(path, "ITU709", EVERY)
        _play(writer_class(lambda: beside(compared)))
        return 1000 * used_s / compared.frames, path.stat().st_size, compared


def manims() -> tuple[float, int, Compared]:
    """The same for Manim's own writer and camera."""
    with tempfile.TemporaryDirectory() as folder, settings(folder):
        start_s = time.process_time()
        _plainly(SceneFileWriter)
        used_s = time.process_time() - start_s
        path = next(one for one in Path(folder).glob("videos/**/*.mp4") if "partial" not in str(one))
        compared = Compared(path, "ITU601", EVERY)
        _plainly(writer_class(lambda: beside(compared)))
        return 1000 * used_s / compared.frames, path.stat().st_size, compared


def _play(writer: type[SceneFileWriter]) -> None:
    Tuning(renderer=FilmRenderer(file_writer_class=writer, camera_class=FilmCamera)).render()


def _plainly(writer: type[SceneFileWriter]) -> None:
    Tuning(renderer=CairoRenderer(file_writer_class=writer, camera_class=ImageCamera)).render()


def main() -> None:
    """Print the table."""
    rows = {"Manim's defaults": manims}
    rows |= {name: lambda chosen=chosen: ours(*chosen) for name, chosen in CANDIDATES.items()}
    for name, make in rows.items():
        ms, size, compared = make()
        mean, worst = float(np.mean(compared.ssim)), min(compared.ssim)
        print(f"{name:<98} {ms:5.2f} ms  {size / 1e3:6.0f} kB  SSIM {mean:.5f} worst {worst:.5f}", flush=True)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
