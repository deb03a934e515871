"""One trace to one film or one still. Manim is imported only when a frame is really drawn."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.text.echo import echo
from engine.trace import Trace
from pipeline import scratch
from scenes import SCENES
from scenes.stage.captions import BeatSpan, Cue
from scenes.stage.card import Card, found_in
from scenes.stage.provenance import Row
from scenes.stage.style import LANGUAGES, LOOKS
from scenes.stage.telling import USUAL, Telling

if TYPE_CHECKING:
    from pipeline.encoder import Stream
    from scenes.stage.explainer import Explainer

NAMED = {"preview": (480, 15)}
QUALITY = re.compile(r"([0-9]{2,4})p([0-9]{1,3})")
MAX_HEIGHT, MAX_FPS = 4320, 120

Progress = Callable[[float, float | None, str], None]


@dataclass(frozen=True)
class Quality:
    """Frame size in px and frame rate in frames a second, 16:9."""

    name: str
    width: int
    height: int
    fps: int

    @classmethod
    def parse(cls, text: str) -> Quality:
        """Read "preview" or "<height>p<fps>", such as 1080p60."""
        match = QUALITY.fullmatch(text)
        height, fps = NAMED.get(text, (0, 0)) if not match else (int(match[1]), int(match[2]))
        if not (90 <= height <= MAX_HEIGHT and height % 2 == 0 and 1 <= fps <= MAX_FPS):
            raise InputError(
                f"Unknown quality '{echo(text)}': use preview, 720p30, 1080p60, 2160p60, or "
                "<even height>p<frames a second>."
            )
        return cls(text, 2 * round(height * 8 / 9), height, fps)


@dataclass(frozen=True)
class Look:
    """How films look: in which language and theme, how large, and where captions are (burned, sidecar, none)."""

    language: str
    theme: str
    quality: Quality
    captions: str

    @classmethod
    def parse(cls, language: str, theme: str, quality: str, captions: str) -> Look:
        """From what a record says; InputError for a language, theme or quality that there is not."""
        if language not in LANGUAGES or theme not in LOOKS:
            raise InputError(f"There is no film in language {echo(language)} and theme {echo(theme)}.")
        return cls(language, theme, Quality.parse(quality), captions)

    def job(self, slug: str = "", beats: tuple[str, ...] = (), telling: Telling = USUAL) -> FilmJob:
        """A film of this look; without ``slug`` a card's, which is no scene."""
        return FilmJob(slug, self.language, self.theme, self.quality, self.captions, beats, telling)


@dataclass(frozen=True)
class FilmJob:
    """What to render: a scene in one language, theme, quality and caption style; `beats` empty means all.

    `telling` is what a lecture changes of it; `header` False leaves out the titles at the top, for slides that have
    their own.

    A `lossless` film is a master to encode clips from (pipeline.clips.master), no MP4. Only it can be `transparent`,
    which is drawn without a background.
    """

    slug: str
    language: str
    theme: str
    quality: Quality
    captions: str = "burned"
    beats: tuple[str, ...] = ()
    telling: Telling = USUAL
    header: bool = True
    lossless: bool = False
    transparent: bool = False

    @property
    def card(self) -> Card:
        """The scene's declaration."""
        return next(card for card in SCENES if card.slug == self.slug)


@dataclass(frozen=True)
class FilmResult:
    """What was drawn: length, frames, beats, cues and the provenance of everything shown."""

    seconds: float
    frames: int
    spans: tuple[BeatSpan, ...]
    cues: tuple[Cue, ...]
    rows: tuple[Row, ...]


def render_film(
    trace: Trace, job: FilmJob, path: Path, progress: Progress | None = None, drawn: tuple[str, ...] = ()
) -> FilmResult:
    """Render `job` into the file at `path`; when anything goes wrong, no file is left there.

    drawn: beats of the job that follow each other, when the file is to hold only these, a part of the film. The
    result is that of the film up to there.
    """
    from pipeline.paint.renderer import FilmRenderer, MeasuringRenderer

    beats = job.beats
    if drawn:
        whole = beats or job.card.active_beats(found_in(trace))
        beats = whole[: whole.index(drawn[-1]) + 1]
    make = partial(MeasuringRenderer, drawn) if drawn else FilmRenderer
    with manim_session(job, lambda: _stream(job, path), make) as renderer:
        film = _scene(trace, job, beats, renderer, progress=progress)
        film.render()
        return _result(film)


def _stream(job: FilmJob, path: Path) -> Stream:
    quality = job.quality
    if job.lossless:
        from pipeline.clips.master import MasterStream

        return MasterStream(path, quality.width, quality.height, quality.fps)
    from pipeline.encoder import FilmStream

    return FilmStream(path, quality.width, quality.height, quality.fps, fast=quality.name == "preview")


def render_still(trace: Trace, job: FilmJob, beat: str, path: Path) -> FilmResult:
    """Write the last frame of `beat` as a PNG; nothing before it is drawn."""
    from PIL import Image

    with manim_session(job, None) as renderer:
        film = _scene(trace, job, (beat,), renderer, dry=True)
        film.render()
        renderer.update_frame(film)
        Image.fromarray(renderer.get_frame()).convert("RGB").save(path, format="PNG")
        return _result(film)


def measure_film(trace: Trace, job: FilmJob) -> FilmResult:
    """Play `job` without drawing: its length, beats, cues and rows, as the film would have them."""
    from pipeline.paint.renderer import MeasuringRenderer

    with manim_session(job, None, MeasuringRenderer) as renderer:
        film = _scene(trace, job, job.beats, renderer)
        film.render()
        return _result(film)


def _scene(
    trace: Trace,
    job: FilmJob,
    beats: tuple[str, ...],
    renderer: Any,
    *,
    dry: bool = False,
    progress: Progress | None = None,
) -> Explainer:
    from scenes.stage.explainer import film_class

    total = job.card.seconds(job.language) if not beats else None

    def report(seconds: float, beat: str) -> None:
        if progress is not None:
            progress(seconds, total, beat)

    return film_class(job.card)(
        trace,
        language=job.language,
        theme=job.theme,
        captions=job.captions,
        only=beats,
        dry=dry,
        header=job.header,
        telling=job.telling,
        renderer=renderer,
        on_progress=report,
    )


def _result(film: Explainer) -> FilmResult:
    frames = film.renderer.file_writer.frames_written
    return FilmResult(film.clip_time, frames, tuple(film.spans), tuple(film.cues), tuple(film.rows))


@contextmanager
def manim_session(
    job: FilmJob, open_stream: Callable[[], Stream] | None, renderer_class: Callable[..., Any] | None = None
) -> Iterator[Any]:
    """Manim set up for one film: its size, no files of its own, no chatter; everything as before afterwards.

    Gives the renderer: a FilmRenderer, or one of `renderer_class`, which is called like it.
    """
    import logging

    from manim import tempconfig

    from pipeline.encoder import writer_class
    from pipeline.paint.camera import FilmCamera
    from pipeline.paint.guard import check_manim
    from pipeline.paint.quick import quickened
    from pipeline.paint.renderer import FilmRenderer
    from scenes.stage.style import FRAME_HEIGHT, LOOKS

    check_manim()
    _lock_bars_by_thread()
    quality = job.quality
    level = logging.getLogger("manim").level
    with scratch.folder() as folder:
        settings = {
            "media_dir": str(folder),
            "pixel_width": quality.width,
            "pixel_height": quality.height,
            "frame_rate": quality.fps,
            "frame_height": FRAME_HEIGHT,
            "frame_width": FRAME_HEIGHT * quality.width / quality.height,
            # Cairo's pictures are premultiplied: what is transparent must be black.
            "background_color": "#000000" if job.transparent else LOOKS[job.theme].background,
            "background_opacity": 0.0 if job.transparent else 1.0,
            "disable_caching": True,
            "progress_bar": "none",
            "format": "mov"
            if job.transparent
            else "mp4",  # Manim lets no mp4 be transparent; neither is written
        }
        with tempconfig(settings), quickened():
            logging.getLogger("manim").setLevel(logging.ERROR)
            try:
                make = renderer_class or FilmRenderer
                yield make(file_writer_class=writer_class(open_stream), camera_class=FilmCamera)
            finally:
                logging.getLogger("manim").setLevel(level)


@cache
def _lock_bars_by_thread() -> None:
    """Manim's progress bars take a lock between processes, which one that is killed would leave in the system."""
    from tqdm import tqdm

    tqdm.set_lock(threading.RLock())
