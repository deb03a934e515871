"""A teacher's own film, drawn again at the lecture's size and rate, in its place between title and captions."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import av
import numpy as np

from engine.errors import InputError
from pipeline.encoder import FilmStream
from pipeline.film import Look, manim_session
from pipeline.lecture.cards import CardFilm, fit, make_card
from pipeline.media import shown
from pipeline.media.facts import Facts
from pipeline.media.facts import facts as facts_of
from pipeline.paint.tiles import Tiles
from pipeline.paint.yuv import Cutter, YuvPicture
from scenes.stage.captions import Cue, reading_seconds, wrap
from scenes.stage.lecture_card import Content, picture_box
from scenes.stage.style import FRAME_HEIGHT

Planes = tuple[np.ndarray, np.ndarray, np.ndarray]


def render_video(source: Path, content: Content, look: Look, path: Path) -> CardFilm:
    """Write the film `source` to `path` as the lecture's own films are encoded.

    Its last picture stays as long as captions or `content.seconds` need. InputError when it cannot be decoded.
    """
    quality = look.quality
    starts = list(
        accumulate((_stay_s(content, number, look) for number in range(len(content.captions))), initial=0.0)
    )
    least = round(max(starts[-1], content.seconds or 0.0) * quality.fps)
    facts = facts_of(source)
    backgrounds = _Backgrounds(content, look, facts, [round(start * quality.fps) for start in starts[:-1]])
    stream = FilmStream(path, quality.width, quality.height, quality.fps, fast=quality.name == "preview")
    count, planes = 0, None
    try:
        for frame in shown.frames(source, facts, backgrounds.size, quality.fps):
            planes = _planes(frame.to_ndarray(), *backgrounds.size)
            stream.append(backgrounds.around(planes, count), 1)
            count += 1
        if planes is None:
            raise InputError(f"{source.name} has no frame that can be decoded: give a film that plays.")
        for place in range(count, least):
            stream.append(backgrounds.around(planes, place), 1)
        count = max(count, least)
    except BaseException:
        stream.abort()
        raise
    stream.close()
    ends = [*starts[1:-1], count / quality.fps]
    return CardFilm(
        count,
        tuple(
            Cue(start, end, wrap(text, look.language), "")
            for start, end, text in zip(starts, ends, content.captions, strict=False)
        ),
    )


def _stay_s(content: Content, number: int, look: Look) -> float:
    """How long the caption `number` stays, in whole frames."""
    least_s = content.captions_s[number] if number < len(content.captions_s) else 0.0
    reading_s = content.reading_time * reading_seconds(content.captions[number], look.language)
    fps = look.quality.fps
    return float(np.ceil(max(least_s, reading_s) * fps - 1e-6)) / fps


class _Backgrounds:
    """What stands around a film: the background, its title, and the caption of the moment."""

    def __init__(self, content: Content, look: Look, facts: Facts, starts: list[int]) -> None:
        quality = look.quality
        scale = quality.height / FRAME_HEIGHT
        left, top, right, bottom = picture_box(content, look.captions, quality.width / scale)
        room = (round((right - left) * scale), round((top - bottom) * scale))
        self._middle = (
            quality.width / 2 + (left + right) / 2 * scale,
            quality.height / 2 - (top + bottom) / 2 * scale,
        )
        self._content, self._look, self._starts = content, look, starts
        self.size = fit(facts.width, facts.height, *room)
        self._now = -2
        self._planes = np.empty(0, dtype=np.uint8)

    def around(self, planes: Planes, place: int) -> av.VideoFrame:
        """A whole frame with the film's picture in its place, at frame `place`."""
        number = sum(start <= place for start in self._starts) - 1
        if number != self._now:
            self._now, self._planes = number, _background(self._content, self._look, number)
        whole = self._planes.copy()
        quality = self._look.quality
        left, top = (2 * round((m - s / 2) / 2) for m, s in zip(self._middle, self.size, strict=True))
        for part, target in zip(planes, _planes(whole, quality.width, quality.height), strict=True):
            half = 1 if part is planes[0] else 2
            height, width = part.shape
            target[top // half : top // half + height, left // half : left // half + width] = part
        return av.VideoFrame.from_ndarray(whole, format="yuv420p")


def _planes(samples: np.ndarray, width: int, height: int) -> Planes:
    """Views of Y, U and V in the samples of a yuv420p picture, as PyAV lays them out."""
    flat = samples.reshape(-1)
    luma, chroma = width * height, width * height // 4
    return (
        flat[:luma].reshape(height, width),
        flat[luma : luma + chroma].reshape(height // 2, width // 2),
        flat[luma + chroma :].reshape(height // 2, width // 2),
    )


def _background(content: Content, look: Look, number: int) -> np.ndarray:
    """The samples of a frame without the film, with the caption `number` (-1 for none)."""
    captions = (content.captions[number],) if number >= 0 else ()
    around = replace(content, kind="frame", captions=captions, seconds=0.0)
    with manim_session(look.job(), None) as renderer:
        card = make_card(around, look, renderer)
        card.clear_away = False
        card.render()
        renderer.update_frame(card)
        rgba = np.asarray(renderer.get_frame())
    height, width = rgba.shape[:2]
    tiles = Tiles(width, height)
    tiles.mark_all()
    picture = YuvPicture(width, height)
    picture.take(Cutter().cut(rgba, tiles))
    return picture.frame.to_ndarray()
