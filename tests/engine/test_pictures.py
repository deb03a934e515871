"""Pictures of the user: each kind comes out as the grey pixels it shows, and what is none is refused in a sentence."""

import io
import math
import pickle
import struct
import tracemalloc
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray
from PIL import Image, ImageOps

from engine.data.pictures import pixels as pictures
from engine.data.pictures.reducing import block_means
from engine.errors import InputError
from engine.files import given as files
from engine.files import npy as npy_files
from engine.trace import npz_member

SLOPE = (np.add.outer(7 * np.arange(20), np.arange(30)) % 256).astype(np.uint8)
COLOUR = np.dstack([SLOPE, SLOPE[::-1], SLOPE[:, ::-1]])


def read(path: Path) -> pictures.Picture:
    return pictures.read(files.checked("image", path))


def saved(path: Path, image: Image.Image, **how: Any) -> pictures.Picture:
    image.save(path, **how)
    return read(path)


def saved_array(path: Path, array: NDArray[Any]) -> pictures.Picture:
    np.save(path, array)
    return read(path)


def test_grey_colour_and_sixteen_bits(tmp_path: Path):
    grey = saved(tmp_path / "a.png", Image.fromarray(SLOPE))
    np.testing.assert_array_equal(grey.pixel, SLOPE)
    assert (grey.kind, grey.low, grey.high, grey.reduced_by) == ("picture", 0, 255, 1)
    colour = saved(tmp_path / "b.png", Image.fromarray(COLOUR))
    np.testing.assert_allclose(colour.pixel, COLOUR @ np.array([0.299, 0.587, 0.114]), atol=1)
    deep = saved(tmp_path / "c.png", Image.fromarray(SLOPE.astype(np.uint16) * 257))
    np.testing.assert_array_equal(deep.pixel, SLOPE.astype(int) * 257)
    assert deep.high == 65535
    one = saved(tmp_path / "d.png", Image.fromarray(SLOPE > 99))
    np.testing.assert_array_equal(one.pixel, (SLOPE > 99) * 255)


def test_jpeg_in_grey_colour_and_cmyk(tmp_path: Path):
    for mode in ("L", "RGB", "CMYK"):
        flat = saved(tmp_path / f"{mode}.jpg", Image.new("RGB", (16, 9), (200, 100, 50)).convert(mode))
        np.testing.assert_allclose(flat.pixel, np.full((9, 16), 124), atol=3)


def test_what_is_transparent_shows_white(tmp_path: Path):
    """Fails when a logo on a transparent ground comes out black."""
    alpha = np.where(SLOPE > 60, 255, 0).astype(np.uint8)
    white = np.where(SLOPE > 60, SLOPE, 255)
    image = Image.fromarray(np.dstack([SLOPE] * 3 + [alpha]))
    np.testing.assert_array_equal(saved(tmp_path / "a.png", image).pixel, white)
    np.testing.assert_array_equal(saved(tmp_path / "b.png", image.convert("LA")).pixel, white)
    chosen = np.where(SLOPE == 5, 255, SLOPE)
    np.testing.assert_array_equal(
        saved(tmp_path / "c.png", Image.fromarray(SLOPE), transparency=5).pixel, chosen
    )
    deep = saved(tmp_path / "d.png", Image.fromarray(SLOPE.astype(np.uint16)), transparency=5)
    np.testing.assert_array_equal(deep.pixel, np.where(SLOPE == 5, 65535, SLOPE.astype(int)))
    palette = Image.new("P", (2, 1))
    palette.putpalette([10, 10, 10, 200, 200, 200])
    palette.putdata([0, 1])
    np.testing.assert_array_equal(saved(tmp_path / "e.png", palette, transparency=0).pixel, [[255, 200]])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_camera_held_sideways(tmp_path: Path, orientation: int):
    exif = Image.Exif()
    exif[0x0112] = orientation
    found = saved(tmp_path / "a.png", Image.fromarray(SLOPE), exif=exif)
    with Image.open(tmp_path / "a.png") as stored:
        upright = np.asarray(ImageOps.exif_transpose(stored))
    np.testing.assert_array_equal(found.pixel, upright)
    assert (found.file_height, found.file_width) == upright.shape


@pytest.mark.parametrize("dtype", ["u1", "i2", "f4", ">f8", "f2", "u8"])
def test_arrays_of_numbers(tmp_path: Path, dtype: str):
    for order in (np.ascontiguousarray, np.asfortranarray):
        found = saved_array(tmp_path / "a.npy", order((SLOPE % 100).astype(dtype)))
        np.testing.assert_array_equal(found.pixel, SLOPE % 100)
        assert (found.low, found.high) == ((0, 255) if dtype == "u1" else (0, 99))
    mixed = saved_array(tmp_path / "b.npy", COLOUR.astype(float))
    np.testing.assert_allclose(mixed.pixel, COLOUR @ np.array([0.299, 0.587, 0.114]))
    plain = saved_array(tmp_path / "c.npy", np.ones((3, 4)))
    assert plain.low < plain.high


@settings(deadline=None, max_examples=30)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 40))), st.integers(1, 9))
def test_a_reduced_pixel_is_the_mean_of_its_block(pixel: NDArray[np.uint8], factor: int):
    found = block_means(pixel, factor)
    assert found.shape == tuple(math.ceil(side / factor) for side in pixel.shape)
    for i, j in np.ndindex(*found.shape):
        block = pixel[i * factor : (i + 1) * factor, j * factor : (j + 1) * factor]
        assert found[i, j] == pytest.approx(block.mean())


def test_ten_thousand_by_ten_thousand(tmp_path: Path):
    """A whole page of pixels works; one more than the limit is refused before anything is decoded."""
    Image.new("1", (10_000, 10_000), 1).save(tmp_path / "a.png")
    found = read(tmp_path / "a.png")
    assert (found.pixel.shape, found.file_width, found.reduced_by) == ((400, 400), 10_000, 25)
    assert found.pixel.min() == found.pixel.max() == 255
    with open(tmp_path / "a.npy", "wb") as file:
        np.lib.format.write_array_header_1_0(
            file, {"descr": "|u1", "fortran_order": False, "shape": (10_000, 10_000)}
        )
        file.truncate(file.tell() + 10**8)
    assert read(tmp_path / "a.npy").pixel.shape == (400, 400)


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def npy(array: NDArray[Any], path: Path) -> bytes:
    np.save(path, array)
    return path.read_bytes()


def npy_header(height: int, width: int) -> bytes:
    """An .npy file that claims a shape and holds no number."""
    file = io.BytesIO()
    about = {"descr": "<f8", "fortran_order": False, "shape": (height, width)}
    np.lib.format.write_array_header_1_0(file, about)
    return file.getvalue()


def long_head(length: int) -> bytes:
    """An .npy file of format 2.0 whose head says that it is so long, and is."""
    return b"\x93NUMPY\2\0" + struct.pack("<I", length) + b" " * length


def with_value(value: float) -> NDArray[np.float64]:
    array = np.zeros((5, 6))
    array[3, 2] = value
    return array


class Trap:
    """Unpickling it would leave a mark."""

    sprung = False

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return setattr, (Trap, "sprung", True)


WRONG: list[tuple[str, Callable[[Path], bytes], str]] = [
    ("text.png", lambda _: b"hello", "no picture of a known kind"),
    ("text.npy", lambda _: b"1,2,3", "no picture of a known kind"),
    ("huge.png", lambda _: png(60_000, 60_000), "too many pixels"),
    ("large.png", lambda _: png(12_000, 11_000), "11000 × 12000"),
    ("cut.png", lambda _: png(50, 50), "damaged"),
    ("start.jpg", lambda _: b"\xff\xd8\xff\xe0", "damaged"),
    ("start.npy", lambda _: b"\x93NUMPY\x01", "damaged"),
    ("header.npy", lambda _: b"\x93NUMPY\x01\x00\x10\x00" + b"{" * 16, "damaged"),
    ("version.npy", lambda _: b"\x93NUMPY\x09\x00\x10\x00" + b" " * 16, "damaged"),
    ("head.npy", lambda _: long_head(2**17), "damaged"),
    ("truth.npy", lambda _: npy_header(4, 5).replace(b"(4, 5)", b"(True, 5)"), "damaged"),
    ("future.npy", lambda at: npy(np.ones((4, 4)), at).replace(b"NUMPY\x01", b"NUMPY\x09"), "damaged"),
    (
        "long.npy",
        lambda at: npy(np.ones((4, 4), np.longdouble), at),
        "numbers of 16 bytes: save it as float64",
    ),
    ("pickle.npy", lambda _: pickle.dumps(Trap()), "no picture of a known kind"),
    ("objects.npy", lambda at: npy(np.array([[Trap()]], dtype=object), at), "never loaded"),
    ("words.npy", lambda at: npy(np.array([["a"]]), at), "holds text"),
    ("complex.npy", lambda at: npy(np.ones((2, 2), complex), at), "complex"),
    ("records.npy", lambda at: npy(np.zeros((2, 2), [("a", "f8")]), at), "records"),
    ("line.npy", lambda at: npy(np.ones(5), at), "(5,)"),
    ("cube.npy", lambda at: npy(np.ones((2, 3, 4)), at), "(2, 3, 4)"),
    ("none.npy", lambda at: npy(np.ones((0, 4)), at), "no pixel"),
    ("minus.npy", lambda _: npy_header(-3, 4), "no pixel"),
    ("endless.npy", lambda _: npy_header(10**6, 10**6), "cut off"),
    ("cut.npy", lambda at: npy(SLOPE, at)[:-1], "cut off"),
    ("nan.npy", lambda at: npy(with_value(math.nan), at), "nan in row 3, column 2"),
    ("inf.npy", lambda at: npy(with_value(-math.inf), at), "-inf in row 3, column 2"),
    ("vast.npy", lambda at: npy(with_value(1e300), at), "too large"),
    ("tiny.npy", lambda at: npy(np.eye(4) * 5e-324, at), "no number over 4.94066e-324 in size: multiply"),
]


@pytest.mark.parametrize(("name", "content", "says"), WRONG, ids=[one[0] for one in WRONG])
def test_what_is_no_picture_is_named(tmp_path: Path, name: str, content: Callable[[Path], bytes], says: str):
    path = tmp_path / name
    path.write_bytes(content(tmp_path / "made.npy"))
    with pytest.raises(InputError) as caught:
        read(path)
    assert name in str(caught.value)
    assert says in str(caught.value)
    assert not Trap.sprung


def test_a_long_head_is_refused_before_it_is_read() -> None:
    """NumPy reads and decodes all of it first: a file of 1 GiB took 2.4 GB of memory."""
    data = long_head(2**24)
    for refuse in (lambda: npy_files.head(io.BytesIO(data)), lambda: npz_member.array_of(data)):
        tracemalloc.start()
        with pytest.raises(ValueError, match="head"):
            refuse()
        peak_bytes = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak_bytes < 2**20


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_damaged_files_never_escape_as_another_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
):
    """Bytes of good files, some of them changed or cut: a picture or a sentence comes out, nothing else."""
    folder = tmp_path_factory.mktemp("damaged")
    kind = data.draw(st.sampled_from(["png", "jpg", "npy"]))
    path = folder / f"a.{kind}"
    if kind == "npy":
        np.save(path, SLOPE)
    else:
        Image.fromarray(COLOUR).save(path)
    content = bytearray(path.read_bytes())
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])
    try:
        pixel, sentence = read(path).pixel, ""
    except InputError as error:
        pixel, sentence = None, str(error)
    assert "\n" not in sentence
    assert bool(sentence) == (pixel is None or pixel.size == 0)


def test_a_strip_of_any_length_is_refused(tmp_path: Path):
    """Its pixels fit, what is computed from them would not: a strip has no second side to be made smaller along."""
    Image.new("1", (65_536, 1)).save(tmp_path / "strip.png")
    np.save(tmp_path / "strip.npy", np.zeros((70_000, 2), np.uint8))
    for name in ("strip.png", "strip.npy"):
        with pytest.raises(InputError, match="at most 65,535 along each side"):
            read(tmp_path / name)
