"""Colour conversion in parts: a seam between tiles, or a frame that changes after it was handed over, would be seen."""

import numpy as np
from av.video.reformatter import Interpolation, VideoReformatter
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.paint.tiles import Tiles
from pipeline.paint.yuv import Cutter, YuvPicture


def random_picture(width: int, height: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 4), dtype=np.uint8)


def whole(rgba: np.ndarray) -> np.ndarray:
    """swscale's own conversion of the whole picture."""
    import av

    frame = VideoReformatter().reformat(
        av.VideoFrame.from_ndarray(rgba, format="rgba"),
        format="yuv420p",
        dst_colorspace="ITU709",
        interpolation=Interpolation.AREA,
    )
    return frame.to_ndarray()


@settings(max_examples=30, deadline=None)
@given(
    st.integers(16, 120).map(lambda n: 2 * n),
    st.integers(16, 90).map(lambda n: 2 * n),
    st.lists(
        st.tuples(st.floats(-20, 260), st.floats(-20, 260), st.floats(0, 90), st.floats(0, 90)), max_size=5
    ),
    st.integers(0, 9),
)
def test_parts_convert_as_the_whole_does(
    width: int, height: int, boxes: list[tuple[float, float, float, float]], seed: int
) -> None:
    picture, tiles, rgba = (
        YuvPicture(width, height),
        Tiles(width, height),
        random_picture(width, height, seed),
    )
    tiles.mark_all()
    picture.take(Cutter().cut(rgba, tiles))
    tiles.clear()
    for left, top, across, down in boxes:
        x0, x1 = (int(min(max(x, 0), width)) for x in (left, left + across))
        y0, y1 = (int(min(max(y, 0), height)) for y in (top, top + down))
        rgba[y0:y1, x0:x1] ^= 255
        tiles.mark(tiles.span((x0 - 5, y0 - 5, x1 + 5, y1 + 5)))  # the slack that shapes are marked with
    picture.take(Cutter().cut(rgba, tiles))
    assert np.array_equal(picture.frame.to_ndarray(), whole(rgba))


def test_colours_are_those_of_bt709() -> None:
    """Y, Cb, Cr of pure colours as ITU-R BT.709 defines them, 8 bit limited range."""
    for colour, expected in {
        (255, 0, 0): (63, 102, 240),
        (0, 255, 0): (173, 42, 26),
        (0, 0, 255): (32, 240, 118),
        (255, 255, 255): (235, 128, 128),
    }.items():
        picture, tiles = YuvPicture(32, 32), Tiles(32, 32)
        tiles.mark_all()
        picture.take(Cutter().cut(np.full((32, 32, 4), (*colour, 255), dtype=np.uint8), tiles))
        planes = picture.frame.to_ndarray().reshape(-1)
        got = planes[0], planes[32 * 32], planes[32 * 32 + 16 * 16]
        assert np.abs(np.array(got, dtype=int) - expected).max() <= 1


def test_parts_handed_over_no_longer_change() -> None:
    """The drawing thread goes on drawing while they wait for the encoder."""
    rgba, tiles = random_picture(64, 36, 1), Tiles(64, 36)
    tiles.mark_all()
    parts = Cutter().cut(rgba, tiles)
    expected = whole(rgba)
    rgba[:] = random_picture(64, 36, 2)
    picture = YuvPicture(64, 36)
    picture.take(parts)
    assert np.array_equal(picture.frame.to_ndarray(), expected)


@settings(max_examples=50, deadline=None)
@given(st.integers(2, 400).map(lambda n: 2 * n), st.integers(2, 400).map(lambda n: 2 * n), st.data())
def test_rectangles_cover_the_marked_tiles_once(width: int, height: int, data: st.DataObject) -> None:
    tiles = Tiles(width, height)
    for _ in range(data.draw(st.integers(0, 4))):
        x, y = data.draw(st.floats(-50, width + 50)), data.draw(st.floats(-50, height + 50))
        tiles.mark(tiles.span((x, y, x + data.draw(st.floats(0, 200)), y + data.draw(st.floats(0, 200)))))
    covered = np.zeros((height, width), dtype=int)
    for part in tiles.rectangles():
        assert part.left % 2 == part.top % 2 == part.right % 2 == part.bottom % 2 == 0
        covered[part.top : part.bottom, part.left : part.right] += 1
    assert covered.max(initial=0) <= 1
    assert (covered.sum() == 0) == (tiles.share == 0)
    everything = covered.sum() == width * height
    assert everything == (tiles.share == 1)
