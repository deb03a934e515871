"""Tiny films made for tests: each runs from one plain colour to another, so that a screenshot tells where it is."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from PIL import Image

from pipeline.deck.model import Clip, ClipSlide, Deck, PictureSlide, TextSlide, TitleSlide
from scenes.stage.captions import Cue

WIDTH, HEIGHT, FPS = 320, 180, 10
FRAMES = 8
LONG_FRAMES = 80  # time enough to pause, on a busy machine too
Colour = tuple[int, int, int]
RED, GREEN, BLUE, GOLD = (200, 40, 40), (40, 170, 60), (40, 70, 200), (200, 160, 40)
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=2>\"'&"


def blend(first: Colour, last: Colour, share: float) -> Colour:
    low, high = np.asarray(first), np.asarray(last)
    red, green, blue = (round(value) for value in low + (high - low) * share)
    return red, green, blue


def write_film(path: Path, first: Colour, last: Colour, *, sound: bool = False, frames: int = FRAMES) -> Path:
    """An H.264 film from ``first`` to ``last``, with a silent audio track when ``sound``."""
    with av.open(str(path), "w") as film:
        stream = film.add_stream("libx264", rate=FPS, options={"crf": "16", "preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio = film.add_stream("aac", rate=48000, layout="mono") if sound else None
        for number in range(frames):
            colour = blend(first, last, number / (frames - 1))
            plain = np.full((HEIGHT, WIDTH, 3), colour, dtype=np.uint8)
            film.mux(stream.encode(av.VideoFrame.from_ndarray(plain, format="rgb24")))
        film.mux(stream.encode())
        if audio is not None:
            samples = np.zeros((1, 48000 * frames // FPS), dtype=np.float32)
            silence = av.AudioFrame.from_ndarray(samples, format="fltp", layout="mono")
            silence.sample_rate = 48000
            film.mux(audio.encode(silence))
            film.mux(audio.encode())
    return path


def sample_clip(
    folder: Path, name: str, first: Colour, last: Colour, said: str, *, long: bool = False
) -> Clip:
    """A clip with its two pictures and two cues, the second up to its end; a long one has sound."""
    frames = LONG_FRAMES if long else FRAMES
    seconds = frames / FPS
    film = write_film(folder / f"{name}.mp4", first, last, sound=long, frames=frames)
    pictures = []
    for when, colour in (("first", first), ("last", last)):
        pictures.append(folder / f"{name}-{when}.png")
        Image.new("RGB", (WIDTH, HEIGHT), colour).save(pictures[-1])
    cues = (Cue(0.0, 0.4, (said, "one"), name), Cue(0.4, seconds, (said, "two"), name))
    return Clip(film, seconds, WIDTH, HEIGHT, FPS, pictures[0], pictures[1], cues)


def sample_deck(folder: Path, *, title: str = "세 색", language: str = "ko", theme: str = "dark") -> Deck:
    """A title, three clips that go on where the one before ended, a text and a picture."""
    clips = [
        sample_clip(folder, "one", RED, GREEN, "빨강에서 <b>초록"),
        sample_clip(folder, "two", GREEN, BLUE, "초록에서 파랑"),
        sample_clip(folder, "three", BLUE, GOLD, "파랑에서 금색", long=True),
    ]
    films = tuple(
        ClipSlide(
            title=f"클립 {number}",
            notes=f"노트 {number}",
            section="색",
            clip=clip,
            scene="colours",
            beat=clip.path.stem,
            alt=f"색 {number}",
            titled=True,
        )
        for number, clip in enumerate(clips, 1)
    )
    return Deck(
        title,
        language,
        theme,
        (
            TitleSlide(title=title, subtitle="시험", lines=("Kim", "2026")),
            *films,
            TextSlide(title="질문", lines=("왜?", HOSTILE), notes=HOSTILE),
            PictureSlide(title=HOSTILE, picture=clips[0].first, alt=HOSTILE),
        ),
        "Kim",
        "2026",
    )
