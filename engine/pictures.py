"""Pictures of the user, PNG, JPEG or .npy, as grey pixels; large ones become smaller by block means.

Nothing is believed: the format is read from the contents, sizes are checked before anything is decoded, and arrays
are never unpickled.
"""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine import files, number_arrays
from engine.errors import InputError
from engine.reducing import reduced, reduction

if TYPE_CHECKING:
    from PIL import Image

Array = NDArray[Any]

PIXELS_MAX = 120_000_000  # 10,000 × 10,000 and a little more
GREY = (0.299, 0.587, 0.114)  # red, green, blue: ITU-R 601, as Pillow's own conversion to L
PHOTO, PHOTO_MIN = "china.jpg", 64

FORMATS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True)
class Picture:
    """Grey pixels (y, x), int64 as stored or float64 for an array, as used: reduced_by × reduced_by became one.

    kind: digit, picture or array.  low, high: what is drawn black and white, low < high.
    file_height, file_width: before it was reduced.  index, label: of a digit.
    """

    kind: str
    name: str
    pixel: Array
    low: float
    high: float
    file_height: int
    file_width: int
    reduced_by: int = 1
    index: int | None = None
    label: int | None = None

    @property
    def largest(self) -> float:
        """What pixels are divided by for a net that was trained on 0…1."""
        return max(abs(self.low), abs(self.high))


def read(file: files.File) -> Picture:
    """The user's picture. InputError when it is neither PNG, JPEG nor .npy, is damaged, too large or has no pixels."""
    name = PurePath(file["path"]).name
    with files.opened(file) as handle:
        start = handle.read(8)
        handle.seek(0)
        if start.startswith(number_arrays.MAGIC):
            return _array(handle, name)
        for magic, kind in FORMATS.items():
            if start.startswith(magic):
                return _image(handle, name, kind)
    raise InputError(
        f"{name} is neither a PNG or JPEG picture nor an .npy array: convert it to one of these."
    )


def of_digit(index: int) -> Picture:
    """One of scikit-learn's handwritten digits (8, 8), whole numbers from 0 to 16."""
    from sklearn.datasets import load_digits

    digits = load_digits()
    pixel = digits.images[index].astype(np.int64)
    label = int(digits.target[index])
    return Picture("digit", "digits", pixel, 0.0, 16.0, 8, 8, index=index, label=label)


def photograph(picture: Picture) -> Picture:
    """The user's own picture when it is large enough to be one, else one that scikit-learn ships."""
    if picture.kind != "digit" and min(picture.pixel.shape) >= PHOTO_MIN:
        return picture
    from PIL import Image
    from sklearn.datasets import load_sample_image

    return of_image(Image.fromarray(load_sample_image(PHOTO)), PHOTO)


def of_image(opened: "Image.Image", name: str) -> Picture:
    """A loaded Pillow image as a Picture: transparency over white, colours as grey, upright as its EXIF data say."""
    width, height = opened.size
    deep = opened.mode.startswith("I")
    high = 65535 if deep else 255
    factor = reduction(height, width)
    pixel = reduced(lambda top, bottom: _grey_rows(opened, top, bottom), height, width, factor)
    orientation = opened.getexif().get(_ORIENTATION, 1)
    pixel = _upright(np.rint(pixel).astype(np.int64), orientation)
    if orientation in _LYING:
        width, height = height, width
    return Picture("picture", name, pixel, 0.0, float(high), height, width, factor)


def _image(handle: BufferedReader, name: str, kind: str) -> Picture:
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large and of oddly made pictures: checked here
            with Image.open(handle, formats=[kind]) as opened:
                _check_size(name, opened.height, opened.width)
                opened.load()
                return of_image(opened, name)
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise InputError(f"{name} has too many pixels: give at most {PIXELS_MAX:,}.") from error
    except Exception as error:  # whatever a hostile or broken file makes a decoder say
        raise InputError(f"{name} is a damaged or incomplete {kind} picture: save it again.") from error


def _check_size(name: str, height: int, width: int) -> None:
    if height * width > PIXELS_MAX:
        raise InputError(
            f"{name} has {height} × {width} pixels: give at most {PIXELS_MAX:,}, for example 10000 × 10000."
        )


def _grey_rows(opened: "Image.Image", top: int, bottom: int) -> Array:
    """Rows of a Pillow image as grey pixels (y, x); what is transparent shows white."""
    from PIL import Image

    strip = opened.crop((0, top, opened.width, bottom))
    if strip.mode.startswith("I"):
        pixel = np.asarray(strip).astype(np.int64)
        hidden = opened.info.get("transparency")
        return np.where(pixel == hidden, 65535, pixel) if isinstance(hidden, int) else pixel
    if opened.has_transparency_data:
        strip.info.update(opened.info)
        rgba = strip.convert("RGBA")
        strip = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
    return np.asarray(strip.convert("RGB").convert("L"))


_ORIENTATION = 0x0112  # the EXIF tag
_LYING = (5, 6, 7, 8)  # its values that change width and height


def _upright(pixel: Array, orientation: object) -> Array:
    """Pixels (y, x) turned and mirrored from how the camera stored them, by the eight cases of EXIF."""
    cases: dict[object, Callable[[Array], Array]] = {
        2: lambda one: one[:, ::-1],
        3: lambda one: one[::-1, ::-1],
        4: lambda one: one[::-1],
        5: lambda one: one.T,
        6: lambda one: np.rot90(one, -1),
        7: lambda one: one[::-1, ::-1].T,
        8: lambda one: np.rot90(one),
    }
    return np.ascontiguousarray(cases[orientation](pixel)) if orientation in cases else pixel


def _array(handle: BufferedReader, name: str) -> Picture:
    stored = number_arrays.mapped(handle, name)
    height, width = stored.shape[:2]
    _check_size(name, height, width)

    def rows(top: int, bottom: int) -> Array:
        part = stored[top:bottom].astype(np.float64)
        number_arrays.check_values(part, name, top)
        return part @ np.array(GREY) if part.ndim == 3 else part

    factor = reduction(height, width)
    pixel = reduced(rows, height, width, factor)
    low, high = {"b": (0.0, 1.0)}.get(stored.dtype.kind, (float(pixel.min()), float(pixel.max())))
    if stored.dtype == np.uint8:
        low, high = 0.0, 255.0
    return Picture("array", name, pixel, low, high if high > low else low + 1, height, width, factor)
