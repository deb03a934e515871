"""Clips read back: if these failed, a clip would not open, be cut short, lose its background or blink in a deck."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from pipeline.clips.footage import LOOP_FADE_S, LOOP_HOLD_S
from pipeline.clips.master import Master
from tests.clips.filmed import composed, decoded, drawn_over, first, footage, last, painted, written

VIDEO = {"mp4": ("h264", "yuv420p"), "webm": ("vp9", "yuv420p"), "mov": ("prores", "yuv444p12le")}
GROUNDS = ((255, 255, 255), (0, 0, 0))
Pair = tuple[Master, Master]


@pytest.mark.parametrize("name", VIDEO)
def test_a_video_has_every_frame_and_shows_what_was_drawn(pair: Pair, tmp_path: Path, name: str) -> None:
    path = written(footage(pair[1]), name, tmp_path)
    with av.open(str(path)) as container:
        (stream,) = container.streams.video
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == VIDEO[name]
        assert (stream.width, stream.height, stream.average_rate) == (256, 144, 15)
        assert (stream.codec_context.colorspace, stream.codec_context.color_range) == (1, 1)
    frames = decoded(path)
    assert len(frames) == pair[1].frames
    for frame, drawn in ((frames[0], first(pair[1])), (frames[-1], last(pair[1]))):
        assert abs(frame[..., :3].astype(int) - drawn[..., :3]).mean() < 1.5  # 4:2:0 blurs coloured text


@pytest.mark.parametrize("name", ["gif", "webp"])
def test_an_animated_picture_keeps_time_and_colours(pair: Pair, tmp_path: Path, name: str) -> None:
    path = written(footage(pair[1]), name, tmp_path)
    ms = 0
    with Image.open(path) as picture:
        for number in range(picture.n_frames):
            picture.seek(number)
            picture.load()
            ms += picture.info["duration"]
    assert ms == pytest.approx(pair[1].frames / 15 * 1000, abs=70)
    frames = decoded(path)
    for frame, drawn in ((frames[0], first(pair[1])), (frames[-1], last(pair[1]))):
        difference = abs(frame[..., :3].astype(int) - drawn[..., :3])
        assert difference.mean() < 0.5
        assert difference.max() < 60  # rare shades at edges; without dithering a still area stays still


@pytest.mark.parametrize("name", ["webm", "mov", "webp", "png"])
def test_transparency_holds_over_two_colours(clear: Master, tmp_path: Path, name: str) -> None:
    """Composed over white and black it looks as if Cairo had drawn it there: no rim, nothing filled in."""
    frames = decoded(written(footage(clear), name, tmp_path))
    assert len(frames) > 1 or name == "png"
    drawn = last(clear)
    assert (frames[-1][..., 3] == 0).mean() > 0.8
    for ground in GROUNDS:
        difference = abs(composed(frames[-1], ground) - drawn_over(drawn, ground))
        assert difference.mean() < 1
        assert np.percentile(difference, 99.5) < {"webm": 15, "mov": 5}.get(name, 3)  # VP9 halves the chroma


def test_a_soft_edge_gets_no_dark_rim(tmp_path: Path) -> None:
    """A white disc that fades out, over white: anything that is not white came from black beside it."""
    y, x = np.mgrid[:90, :160]
    alpha = np.clip(30 - np.hypot(x - 80, y - 45), 0, 4) / 4 * 255
    disc = np.repeat(alpha.astype(np.uint8)[..., None], 4, axis=2)  # premultiplied white
    master = painted(tmp_path / "disc.mov", [(disc, 10)])
    for name in ("webm", "mov"):
        frame = decoded(written(footage(master, ground=(0, 0, 0)), name, tmp_path))[-1]
        assert composed(frame, (255, 255, 255)).min() > 240, name
        assert composed(frame, (0, 0, 0))[45, 80].min() > 250, name


def test_a_gif_is_transparent_with_hard_edges(clear: Master, tmp_path: Path) -> None:
    frame = decoded(written(footage(clear), "gif", tmp_path))[-1]
    drawn = last(clear)
    assert set(np.unique(frame[..., 3])) == {0, 255}
    assert np.array_equal(frame[..., 3] == 255, drawn[..., 3] >= 128)
    seen = frame[..., 3] == 255
    over_white = drawn_over(drawn, (255, 255, 255))
    assert abs(frame[..., :3][seen] - over_white[seen]).mean() < 2


def test_a_clip_begins_with_the_picture_on_which_the_former_ended(pair: Pair) -> None:
    """Pixel for pixel as drawn, so that a deck of clips is one film."""
    assert np.array_equal(last(pair[0]), first(pair[1]))


@pytest.mark.parametrize("name", VIDEO)
def test_the_cut_between_two_clips_is_exact_also_decoded(pair: Pair, tmp_path: Path, name: str) -> None:
    before, after = (decoded(written(footage(master), name, tmp_path)) for master in pair)
    assert np.array_equal(before[-1], after[0])


def test_a_film_that_stands_does_not_creep(pair: Pair, tmp_path: Path) -> None:
    """The last half second of an mp4 is one picture, bit for bit: nothing sharpens while it is looked at."""
    frames = decoded(written(footage(pair[0]), "mp4", tmp_path))
    assert all(np.array_equal(frame, frames[-1]) for frame in frames[-8:])


@pytest.mark.parametrize("name", ["gif", "webp"])
def test_only_a_loop_plays_for_ever(pair: Pair, tmp_path: Path, name: str) -> None:
    for loop, told in ((False, {"gif": None, "webp": 1}[name]), (True, 0)):
        with Image.open(written(footage(pair[0], loop=loop), name, tmp_path)) as picture:
            assert picture.info.get("loop") == told


@pytest.mark.parametrize("name", ["mp4", "webm"])
def test_a_loop_holds_its_end_and_fades_to_its_beginning(pair: Pair, tmp_path: Path, name: str) -> None:
    shape = footage(pair[1], loop=True)
    frames = [frame[..., :3].astype(int) for frame in decoded(written(shape, name, tmp_path))]
    assert (
        len(frames) == shape.frames == pair[1].frames + round(LOOP_HOLD_S * 15) + round(LOOP_FADE_S * 15) - 1
    )
    end, begin = frames[pair[1].frames - 1], frames[0]
    assert abs(frames[pair[1].frames + 10] - end).mean() < 0.3
    steps = [abs(frame - begin).mean() for frame in frames[-round(LOOP_FADE_S * 15) :]]
    assert steps == sorted(steps, reverse=True)
    assert steps[-1] < 0.3 * abs(end - begin).mean()


def test_clips_are_scaled_with_their_transparency(clear: Master, tmp_path: Path) -> None:
    """Scaled with straight alpha, black from outside would come in."""
    shape = footage(clear, width=128, height=72, fps=Fraction(5))
    frame = decoded(written(shape, "webp", tmp_path))[-1]
    half = drawn_over(last(clear), (255, 255, 255)).reshape(72, 2, 128, 2, 3).mean(axis=(1, 3))
    assert frame.shape == (72, 128, 4)
    assert abs(composed(frame, (255, 255, 255)) - half).mean() < 1
