"""Every kind of picture comes out with the colours and the right way up that its author saw."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, features

from engine.data.pictures import images, jpegs
from engine.data.pictures import pixels as pictures
from engine.errors import InputError
from engine.files import given as files
from pipeline.deck.footage import own_picture
from tests.media import made

RAMP = np.tile(np.arange(64) * 65535 // 63, (48, 1)).astype(np.uint16)
GREY = np.rint(RAMP / 257).astype(int)


def shown(path: Path, image: Image.Image | None = None, **how: Any) -> NDArray[np.int64]:
    """RGBA as it is shown, (height, width, 4)."""
    if image is not None:
        image.save(path, **how)
    return np.asarray(images.load(path, 4000)).astype(int)


def test_sixteen_bits_show_their_ramp_and_not_white(tmp_path: Path) -> None:
    """An X-ray or a depth map; Pillow's own conversion cuts at 255."""
    for name in ("a.png", "a.tiff"):
        found = shown(tmp_path / name, Image.fromarray(RAMP))
        np.testing.assert_allclose(found[..., 0], GREY, atol=1)
        assert len(np.unique(found[..., 0])) == 64
        assert (found[..., 3] == 255).all()
    hidden = shown(tmp_path / "b.png", Image.fromarray(RAMP), transparency=0)
    np.testing.assert_array_equal(hidden[..., 3], np.where(RAMP == 0, 0, 255))


@pytest.mark.parametrize("dtype", [np.float32, np.int32])
def test_numbers_without_a_white_are_shown_from_smallest_to_largest(tmp_path: Path, dtype: Any) -> None:
    values = (RAMP.astype(np.float64) * 3 - 50_000).astype(dtype)
    found = shown(tmp_path / "a.tiff", Image.fromarray(values))
    np.testing.assert_allclose(found[..., 0], GREY, atol=1)
    read = pictures.read(files.checked("image", tmp_path / "a.tiff"))
    np.testing.assert_array_equal(read.pixel, values)
    assert (read.kind, read.low, read.high) == ("array", values.min(), values.max())


def test_a_value_that_is_no_number_is_named(tmp_path: Path) -> None:
    values = RAMP.astype(np.float32)
    values[3, 5] = np.nan
    Image.fromarray(values).save(tmp_path / "a.tiff")
    with pytest.raises(InputError, match="nan in row 3, column 5"):
        images.load(tmp_path / "a.tiff", 4000)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "CMYK", "LAB", "YCbCr"])
def test_modes_keep_their_colour(tmp_path: Path, mode: str) -> None:
    flat = Image.new("RGB", (8, 6), (255, 255, 255) if mode == "1" else (200, 100, 50))
    if mode == "LAB":
        from PIL import ImageCms

        flat = ImageCms.profileToProfile(
            flat, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode="LAB"
        )
    found = shown(tmp_path / "a.tiff", flat if flat.mode == mode else flat.convert(mode))
    grey = round(0.299 * 200 + 0.587 * 100 + 0.114 * 50)
    right = {"1": (255,) * 3, "L": (grey,) * 3, "P": (204, 102, 51)}.get(mode, (200, 100, 50))
    np.testing.assert_allclose(found[0, 0, :3], right, atol=3)


def test_cmyk_jpeg_is_not_turned_round(tmp_path: Path) -> None:
    """Adobe's programs write CMYK the other way round, so everybody reads it so, with their marker and without."""
    flat = Image.new("RGB", (16, 16), (200, 100, 50)).convert("CMYK")
    found = shown(tmp_path / "adobe.jpg", flat, quality=95)
    np.testing.assert_allclose(found[8, 8, :3], (200, 100, 50), atol=3)
    data = (tmp_path / "adobe.jpg").read_bytes()
    marker = data.index(b"\xff\xee")
    size = int.from_bytes(data[marker + 2 : marker + 4], "big")
    assert data[marker + 4 : marker + 9] == b"Adobe"
    (tmp_path / "plain.jpg").write_bytes(data[:marker] + data[marker + 2 + size :])
    np.testing.assert_allclose(shown(tmp_path / "plain.jpg")[8, 8, :3], (200, 100, 50), atol=3)


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (8, 6), (0, 0, 0, 0))
    logo.paste((30, 120, 220, 255), (2, 2, 6, 4))
    for kind, image in (("PNG", logo), ("WEBP", logo), ("PNG", logo.convert("LA")), ("TIFF", logo)):
        extra = {"lossless": True} if kind == "WEBP" else {}
        found = shown(tmp_path / "logo.jpg", image, format=kind, **extra)
        assert found[0, 0, 3] == 0
        assert found[3, 3, 3] == 255
    palette = Image.new("P", (2, 1))
    palette.putpalette([10, 10, 10, 200, 100, 50])
    palette.putdata([0, 1])
    for path in (tmp_path / "p.png", tmp_path / "p.gif"):
        found = shown(path, palette, transparency=0)
        assert found[0, 0, 3] == 0
        assert tuple(found[0, 1]) == (200, 100, 50, 255)


def test_a_transparent_picture_called_jpg_is_transparent_on_a_slide(tmp_path: Path) -> None:
    logo = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    logo.paste((30, 120, 220, 255), (16, 12, 48, 36))
    logo.save(tmp_path / "logo.jpg", format="PNG")
    made_file = own_picture(tmp_path / "logo.jpg", tmp_path / "own")
    assert made_file.suffix == ".png"
    with Image.open(made_file) as slide:
        assert slide.getpixel((0, 0))[3] == 0  # type: ignore[index]
        assert slide.getpixel((32, 24)) == (30, 120, 220, 255)


def test_a_photo_goes_to_a_slide_upright_as_one_jpeg(tmp_path: Path) -> None:
    """Phones put a second picture into the file (MPO), which PowerPoint does not take."""
    photo = Image.new("RGB", (64, 48), "white")
    photo.paste("red", (0, 0, 64, 12))
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(
        tmp_path / "IMG.JPG",
        format="MPO",
        save_all=True,
        append_images=[Image.new("RGB", (32, 24))],
        exif=exif,
    )
    with images.opened(tmp_path / "IMG.JPG") as image:
        assert image.format == "MPO"
    slide = own_picture(tmp_path / "IMG.JPG", tmp_path / "own")
    with Image.open(slide) as image:
        assert (image.format, image.size, image.getexif().get(0x0112)) == ("JPEG", (48, 64), None)
        right, left = image.convert("RGB").getpixel((44, 30)), image.convert("RGB").getpixel((8, 30))
    assert right[0] > 200 > 60 > right[1]  # type: ignore[index,operator]
    assert min(left) > 200  # type: ignore[type-var,arg-type]
    assert pictures.read(files.checked("image", tmp_path / "IMG.JPG")).pixel.shape == (64, 48)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "tiff"])
def test_the_camera_was_held_somehow(tmp_path: Path, kind: str, orientation: int) -> None:
    """The stored pixels are those that a camera held so would write; what is shown is always the same."""
    upright = np.zeros((40, 24), np.uint8)
    upright[:20, :12], upright[20:, 12:] = 255, 120
    store = {
        1: lambda one: one,
        2: lambda one: one[:, ::-1],
        3: lambda one: one[::-1, ::-1],
        4: lambda one: one[::-1],
        5: lambda one: one.T,
        6: lambda one: np.rot90(one),
        7: lambda one: one[::-1, ::-1].T,
        8: lambda one: np.rot90(one, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored = Image.fromarray(np.ascontiguousarray(store(upright))).convert("RGB")
    found = shown(tmp_path / f"a.{kind}", stored, exif=exif)
    assert found.shape == (40, 24, 4)
    for row, column, value in ((5, 4, 255), (5, 20, 0), (34, 4, 0), (34, 20, 120)):
        assert abs(found[row, column, 0] - value) < 12


def test_wide_colours_become_those_of_srgb(tmp_path: Path) -> None:
    """Green that a P3 or Adobe RGB file calls (100, 200, 100) is a stronger green in sRGB; grey stays grey."""
    green, grey = Image.new("RGB", (8, 8), (100, 200, 100)), Image.new("RGB", (8, 8), (128, 128, 128))
    for name in ("P3", "Adobe"):
        data = made.profile(name)
        red, strong, blue, _ = shown(tmp_path / f"{name}.png", green, icc_profile=data)[4, 4]
        assert red < 85
        assert 195 < strong < 210
        assert blue < 100
        np.testing.assert_allclose(shown(tmp_path / "g.png", grey, icc_profile=data)[4, 4, :3], 128, atol=3)
        see_through = green.convert("RGBA")
        see_through.putalpha(128)
        np.testing.assert_allclose(
            shown(tmp_path / f"{name}.webp", see_through, icc_profile=data, lossless=True)[4, 4],
            (red, strong, blue, 128),
            atol=1,
        )
    np.testing.assert_array_equal(
        shown(tmp_path / "broken.png", green, icc_profile=b"no profile")[4, 4], (100, 200, 100, 255)
    )


def test_a_name_does_not_say_what_a_picture_is(tmp_path: Path) -> None:
    for kind in ("PNG", "JPEG", "WEBP", "GIF", "BMP", "TIFF"):
        found = shown(tmp_path / "a.png", Image.new("RGB", (16, 16), "red"), format=kind)
        np.testing.assert_allclose(found[8, 8], (255, 0, 0, 255), atol=6)


@pytest.mark.skipif(not features.check("avif"), reason="this Pillow was built without AVIF")
def test_avif(tmp_path: Path) -> None:
    found = shown(tmp_path / "a.avif", Image.new("RGB", (16, 16), "red"))
    np.testing.assert_allclose(found[8, 8], (255, 0, 0, 255), atol=8)


def test_a_format_that_this_pillow_was_built_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Image.new("RGB", (16, 16)).save(tmp_path / "a.png", format="WEBP")
    monkeypatch.setattr("PIL.WebPImagePlugin.SUPPORTED", False)
    with pytest.raises(
        InputError, match=r"a\.png holds WebP, which cannot be used as a picture: give a picture as PNG"
    ):
        images.load(tmp_path / "a.png", 100)


def test_what_moves_shows_its_first_picture(tmp_path: Path) -> None:
    for kind in ("gif", "png", "webp"):
        path = made.animated(tmp_path / f"a.{kind}")
        np.testing.assert_allclose(shown(path)[4, 4], (255, 0, 0, 255), atol=6)
        assert images.moves(path)
    Image.new("RGB", (4, 4)).save(tmp_path / "still.gif")
    assert not images.moves(tmp_path / "still.gif")


def test_large_pictures_are_averaged_strip_by_strip(tmp_path: Path) -> None:
    """A picture much larger than its place takes no more memory than its own pixels; what it shows is the same."""
    board = np.kron(np.indices((40, 50)).sum(0) % 2, np.ones((100, 100))).astype(np.uint8) * 200
    Image.fromarray(board).save(tmp_path / "a.png")
    small = np.asarray(images.load(tmp_path / "a.png", 600))
    assert small.shape == (500, 625, 4)
    assert tuple(small[2, 2]) == (0, 0, 0, 255)
    assert tuple(small[2, 18]) == (200, 200, 200, 255)


def test_cut_off_and_too_large_pictures_are_refused(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (60, 80, 3), np.uint8)
    for kind in ("png", "jpg", "webp", "gif", "tiff", "bmp"):
        path = tmp_path / f"a.{kind}"
        Image.fromarray(noise).save(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
        with pytest.raises(InputError, match=rf"a\.{kind} is a damaged or incomplete"):
            images.load(path, 4000)
    bomb = bytearray((b"BM" + bytes(12) + (40).to_bytes(4, "little")).ljust(54, b"\0"))
    bomb[18:26] = (60_000).to_bytes(4, "little") * 2
    bomb[26:30] = b"\1\0\x18\0"
    (tmp_path / "bomb.bmp").write_bytes(bomb)
    with pytest.raises(InputError, match=r"120,000,000"):
        images.load(tmp_path / "bomb.bmp", 4000)


def scans(path: Path, count: int, mode: str = "RGB") -> Path:
    """A progressive JPEG of 16 × 12 pixels whose last scan stands there again until there are ``count``."""
    Image.new(mode, (16, 12), 100).save(path, progressive=True)
    data = path.read_bytes()
    last = data.rindex(b"\xff\xda")
    path.write_bytes(data[:last] + data[last:-2] * (count + 1 - data.count(b"\xff\xda")) + data[-2:])
    return path


def test_a_jpeg_of_very_many_scans_is_refused(tmp_path: Path) -> None:
    """Each scan goes over the whole picture: 841 KB kept the decoder busy for more than a minute."""
    with images.opened(scans(tmp_path / "few.jpg", jpegs.SCANS_MAX)):
        pass
    with (
        pytest.raises(InputError, match=r"many\.jpg is a JPEG of more than 100 scans: save it again"),
        images.opened(scans(tmp_path / "many.jpg", jpegs.SCANS_MAX + 1)),
    ):
        pass


def test_scans_of_a_large_jpeg_count_by_its_pixels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = scans(tmp_path / "a.jpg", 50)
    monkeypatch.setattr(jpegs, "SCANNED_PIXELS_MAX", 50 * 16 * 12)
    with images.opened(path):
        pass
    monkeypatch.setattr(jpegs, "SCANNED_PIXELS_MAX", 50 * 16 * 12 - 1)
    with pytest.raises(InputError, match="12 × 16 pixels in 50 scans: save it again"), images.opened(path):
        pass


def test_how_a_jpeg_is_stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when a marker lies across what is read at once, after padding, and when metadata hold a marker."""
    monkeypatch.setattr(jpegs, "READ_BYTES", 3)
    found = {}
    for mode in ("L", "RGB", "CMYK"):
        for progressive in (False, True):
            path = tmp_path / "a.jpg"
            noise = np.random.default_rng(0).integers(0, 255, (48, 64, 3), np.uint8)
            Image.fromarray(noise).convert(mode).save(path, progressive=progressive, comment=b"\xff\xda" * 9)
            path.write_bytes(path.read_bytes().replace(b"\xff\xc4", b"\xff\xff\xff\xc4"))
            with open(path, "rb") as handle:
                found[mode, progressive] = tuple(jpegs.stored(handle, "a.jpg"))
    assert found == {
        ("L", False): (1, 1, False),
        ("L", True): (6, 1, True),
        ("RGB", False): (1, 3, False),
        ("RGB", True): (10, 3, True),
        ("CMYK", False): (1, 4, False),
        ("CMYK", True): (18, 4, True),
    }


def test_a_jpeg_of_endless_segments_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"\xff\xd8" + b"\xff\xfe\0\2" * (jpegs.MARKERS_MAX + 1))
    with pytest.raises(InputError, match="more than 4,000 segments"), images.opened(path):
        pass


def test_a_progressive_jpeg_in_cmyk_may_be_less_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its coefficients lie in memory beside its colours: 119 million pixels took 1.7 GB."""
    monkeypatch.setattr(jpegs, "WHOLE_CMYK_PIXELS_MAX", 16 * 12 - 1)
    for mode in ("RGB", "CMYK"):
        Image.new(mode, (16, 12)).save(tmp_path / f"{mode}.jpg", progressive=mode == "RGB")
        with images.opened(tmp_path / f"{mode}.jpg"):
            pass
    Image.new("CMYK", (16, 12)).save(tmp_path / "a.jpg", progressive=True)
    with (
        pytest.raises(InputError, match="in CMYK of 12 × 16 pixels and may have 191: save"),
        images.opened(tmp_path / "a.jpg"),
    ):
        pass
