"""Photographs that fade within moments must not become B-frames: they would lose their texture on the way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_sample_image

from pipeline.encoder import FilmStream
from pipeline.paint.light import BLOCK_PX, Light
from pipeline.paint.tiles import Tiles

KINDS = {1: "I", 2: "P", 3: "B"}
Kinds = Callable[[list[np.ndarray], dict[int, int]], str]


class Camera:
    """Shows greys (height, width), and knows which tiles of them changed, as the films' camera does."""

    def __init__(self, height: int, width: int) -> None:
        self.pixel_array = np.full((height, width, 4), 255, dtype=np.uint8)
        self.changed = Tiles(width, height)
        self.changed.mark_all()

    def show(self, luma: np.ndarray) -> None:
        rows, columns = np.nonzero(self.pixel_array[..., 0] != luma)
        for row, column in set(zip((rows // 20 * 20).tolist(), (columns // 20 * 20).tolist(), strict=True)):
            self.changed.mark(self.changed.span((column - 5, row - 5, column + 25, row + 25)))
        self.pixel_array[..., :3] = luma[..., None]


def drawn(pictures: list[np.ndarray], rests: dict[int, int], stream: FilmStream) -> None:
    """As scenes come: what changed of a picture, from a camera."""
    camera: Any = Camera(*pictures[0].shape)
    for place, luma in enumerate(pictures):
        camera.show(luma)
        stream.write(camera, rests.get(place, 1))


def whole(pictures: list[np.ndarray], rests: dict[int, int], stream: FilmStream) -> None:
    """As cards and other films come: picture by picture."""
    height, width = pictures[0].shape
    for place, luma in enumerate(pictures):
        planes = np.vstack([luma, np.full((height // 2, width), 128, np.uint8)])
        stream.append(av.VideoFrame.from_ndarray(planes, format="yuv420p"), rests.get(place, 1))


@pytest.fixture(params=[drawn, whole])
def kinds(request: pytest.FixtureRequest, tmp_path: Path) -> Kinds:
    """The kinds of the frames of a film of greys, in which some pictures, by their place, rest for more frames."""
    return lambda pictures, rests: kinds_of(request.param, pictures, rests, tmp_path / "film.mp4")


def kinds_of(
    write: Callable[..., None], pictures: list[np.ndarray], rests: dict[int, int], path: Path
) -> str:
    """``IPPBBP…``, of the film that `write` makes."""
    height, width = pictures[0].shape
    stream = FilmStream(path, width, height, 60)
    write(pictures, rests, stream)
    stream.close()
    with av.open(str(path)) as container:
        return "".join(KINDS[int(frame.pict_type)] for frame in container.decode(video=0))


def moving(count: int) -> list[np.ndarray]:
    """Specks, as of small texts, that go a pixel a picture to the right."""
    ink = np.where(np.random.default_rng(0).random((208, 320)) > 0.99, 220, 16).astype(np.uint8)
    return [np.roll(ink, place, axis=1) for place in range(count)]


@given(st.integers(0, 200), st.integers(0, 55), st.integers(1, 5), st.integers(1, 5))
def test_change_is_that_of_the_light(level: int, step: int, down: int, across: int) -> None:
    light = Light()
    before = np.full((down * BLOCK_PX, across * BLOCK_PX), level, dtype=np.uint8)
    assert light.change(before) == 0
    assert light.change(before + np.uint8(step)) == pytest.approx(step)
    light.forget()
    assert light.change(before) == 0


def test_fine_stripes_that_move_are_no_change() -> None:
    light = Light()
    stripes = np.tile(np.array([[20, 230]], dtype=np.uint8), (4 * BLOCK_PX, 2 * BLOCK_PX))
    light.change(stripes)
    assert light.change(np.roll(stripes, 1, axis=1)) < 0.01


def test_fading_photograph_has_no_b_frames(kinds: Kinds) -> None:
    photo = load_sample_image("china.jpg").mean(axis=2)[:416:2, :640:2]
    faded = [(16 + photo * (1 - share)).clip(0, 235).astype(np.uint8) for share in np.linspace(0, 1, 12)]
    assert kinds(faded, {}) == "I" + 10 * "P" + "I"


def test_moving_texts_have_b_frames(kinds: Kinds) -> None:
    """Where B-frames save half of the bits they must stay."""
    assert kinds(moving(24), {}).count("B") > 12


def test_where_little_moves_are_no_b_frames(tmp_path: Path) -> None:
    """There they take time and save next to nothing."""
    little = [np.pad(specks[:48, :48], ((0, 160), (0, 272)), constant_values=16) for specks in moving(24)]
    assert kinds_of(drawn, little, {}, tmp_path / "film.mp4") == "I" + 22 * "P" + "I"


def test_picture_that_stands_begins_as_it_stays(kinds: Kinds) -> None:
    assert kinds(moving(14), {})[10] == "B"  # it would be one
    assert kinds(moving(14), {10: 30})[10] == "P"


def test_no_key_frame_falls_into_a_rest(kinds: Kinds) -> None:
    """It would clear the picture up while one looks at it: key frames are where a picture comes to rest."""
    found = kinds(moving(160), {20: 240, 130: 60, 150: 200})
    assert [place for place, kind in enumerate(found) if kind == "I"] == [0, 130 + 239, len(found) - 1]
