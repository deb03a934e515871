"""Photographs that fade within moments must not become B-frames: they would lose their texture on the way."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.datasets import load_sample_image

from pipeline.encoder import FilmStream
from pipeline.paint.light import BLOCK_PX, Light

KINDS = {1: "I", 2: "P", 3: "B"}


def film(pictures: list[np.ndarray], path: Path, rest: int = 1) -> list[str]:
    """The kinds of the frames of a film of these (height, width) greys, of which the tenth stands `rest` frames."""
    height, width = pictures[0].shape
    stream = FilmStream(path, width, height, 60)
    for place, luma in enumerate(pictures):
        grey = av.VideoFrame.from_ndarray(
            np.vstack([luma, np.full((height // 2, width), 128, np.uint8)]), format="yuv420p"
        )
        stream.append(grey, rest if place == 10 else 1)
    stream.close()
    with av.open(str(path)) as container:
        return [KINDS[int(frame.pict_type)] for frame in container.decode(video=0)]


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


def test_fading_photograph_has_no_b_frames(tmp_path: Path) -> None:
    photo = load_sample_image("china.jpg").mean(axis=2)[:416:2, :640:2]
    faded = [(16 + photo * (1 - share)).clip(0, 235).astype(np.uint8) for share in np.linspace(0, 1, 12)]
    kinds = film(faded, tmp_path / "fade.mp4")
    assert kinds[0] == kinds[-1] == "I"
    assert set(kinds[1:-1]) == {"P"}


def test_moving_texts_have_b_frames(tmp_path: Path) -> None:
    """Where B-frames save half of the bits they must stay."""
    ink = np.where(np.random.default_rng(0).random((208, 320)) > 0.99, 220, 16).astype(np.uint8)
    kinds = film([np.roll(ink, place, axis=1) for place in range(24)], tmp_path / "move.mp4")
    assert kinds.count("B") > 12
    assert Fraction(kinds.count("P"), len(kinds)) < Fraction(1, 2)


def test_picture_that_stands_begins_as_it_stays(tmp_path: Path) -> None:
    ink = np.where(np.random.default_rng(0).random((208, 320)) > 0.99, 220, 16).astype(np.uint8)
    kinds = film([np.roll(ink, place, axis=1) for place in range(14)], tmp_path / "rest.mp4", rest=30)
    assert kinds[10] == "P"
