"""Pixels of an opened picture as every screen shows them: upright, in sRGB, 8 bits a channel, strip by strip.

- Colour profiles (Display P3, Adobe RGB, CMYK of a print shop, grey) are converted to sRGB by Little CMS.
- Whole numbers of 16 bits are shown from 0 (black) to 65535 (white); 32-bit and floating-point ones, which have no
  white of their own, from their smallest value to their largest, as arrays of numbers are.
- EXIF says how the camera was held; Pillow's ``exif_transpose`` turns the picture by it.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageCms, ImageOps

from engine.data.pictures import arrays as number_arrays
from engine.data.pictures.reducing import strips

Array = NDArray[Any]

ORIENTATION = 0x0112  # the EXIF tag
QUARTER_TURNED = (5, 6, 7, 8)  # of its values
DEEP_WHITE = 65535
SPACES = {"RGB": "RGB ", "CMYK": "CMYK", "L": "GRAY"}  # of Pillow's modes, as profiles call them
ToRGB = Callable[[Image.Image], Image.Image]


def is_deep(image: Image.Image) -> bool:
    """Whether a pixel is one number of 16 bits or more."""
    return image.mode.startswith(("I", "F"))


def levels(image: Image.Image, name: str) -> tuple[float, float]:
    """What a deep picture draws black and white, black < white. InputError when a value is not finite."""
    if image.mode.startswith("I;16"):
        return 0.0, float(DEEP_WHITE)
    low, high = np.inf, -np.inf
    for top, bottom in strips(image.height, image.width):
        part = np.asarray(image.crop((0, top, image.width, bottom)))
        number_arrays.check_values(part, name, top)
        low, high = min(low, float(part.min())), max(high, float(part.max()))
    return low, high if high > low else low + 1.0


def rgba(image: Image.Image, side_px: int, name: str) -> Image.Image:
    """The picture as RGBA in sRGB, upright. One with a side over twice ``side_px`` is averaged in blocks to less."""
    image.load()
    factor = max(1, max(image.size) // (side_px + 1)) if max(image.size) > 2 * side_px else 1
    black_white = levels(image, name) if is_deep(image) else None
    to_rgb = srgb(image)
    height, width = (-(-side // factor) for side in (image.height, image.width))
    whole = Image.new("RGBA", (width, height))
    for top, bottom in strips(image.height, image.width, factor):
        strip = _strip(image, top, bottom)
        shown = _deep_rgba(strip, image, black_white) if black_white else shallow_rgba(strip, to_rgb)
        whole.paste(shown.reduce(factor) if factor > 1 else shown, (0, top // factor))
    return upright(whole, image)


def upright(shown: Image.Image, stored: Image.Image) -> Image.Image:
    """``shown``, made of the pixels of ``stored``, turned and mirrored as that one's EXIF data say."""
    orientation = stored.getexif().get(ORIENTATION, 1)
    shown.getexif()[ORIENTATION] = orientation
    turned = ImageOps.exif_transpose(shown)
    assert turned is not None
    return turned


def upright_size(stored: Image.Image) -> tuple[int, int]:
    """Width and height in px as ``upright`` leaves them."""
    turned = stored.getexif().get(ORIENTATION, 1) in QUARTER_TURNED
    return (stored.height, stored.width) if turned else stored.size


def shallow_rgba(strip: Image.Image, to_rgb: ToRGB) -> Image.Image:
    """A strip of 8 bits a channel or fewer as RGBA in sRGB."""
    if not strip.has_transparency_data:
        return to_rgb(strip).convert("RGBA")
    straight = strip.convert("RGBA")
    made = to_rgb(straight.convert("RGB")).convert("RGBA")
    made.putalpha(straight.getchannel("A"))
    return made


def srgb(image: Image.Image) -> ToRGB:
    """What brings a strip of ``image`` to RGB in sRGB. A profile that is damaged or of another kind is left aside."""
    data = image.info.get("icc_profile")
    mode = {"P": "RGB", "PA": "RGB", "RGBA": "RGB", "RGBX": "RGB", "LA": "L", "1": "L"}.get(
        image.mode, image.mode
    )
    if image.mode == "LAB":
        return _transform(ImageCms.createProfile("LAB"), "LAB")
    if not isinstance(data, bytes) or mode not in SPACES:
        return _plain
    try:
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data))
        if profile.profile.xcolor_space != SPACES[mode] or "sRGB" in (
            profile.profile.profile_description or ""
        ):
            return _plain
        return _transform(profile, mode)
    except (OSError, ImageCms.PyCMSError):
        return _plain


def _transform(profile: Any, mode: str) -> ToRGB:
    transform = ImageCms.buildTransform(profile, ImageCms.createProfile("sRGB"), mode, "RGB")

    def convert(strip: Image.Image) -> Image.Image:
        made = ImageCms.applyTransform(strip if strip.mode == mode else strip.convert(mode), transform)
        assert made is not None
        return made

    return convert


def _plain(strip: Image.Image) -> Image.Image:
    return strip.convert("RGB")


def _deep_rgba(strip: Image.Image, image: Image.Image, black_white: tuple[float, float]) -> Image.Image:
    values = np.asarray(strip).astype(np.float64)
    low, high = black_white
    grey = Image.fromarray(np.rint((values - low) * (255 / (high - low))).astype(np.uint8))
    made = grey.convert("RGBA")
    hidden = image.info.get("transparency")
    if isinstance(hidden, int):
        made.putalpha(Image.fromarray(np.where(values == hidden, 0, 255).astype(np.uint8)))
    return made


def _strip(image: Image.Image, top: int, bottom: int) -> Image.Image:
    strip = image.crop((0, top, image.width, bottom))
    strip.info.update(image.info)
    return strip
