"""Pictures of the user, or arrays in .npy files, as grey pixels; large ones become smaller by block means.

Nothing is believed: pictures are opened by ``images``, and arrays are never unpickled.
"""

from dataclasses import dataclass
from io import BufferedReader
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.data.pictures import arrays as number_arrays
from engine.data.pictures import images
from engine.data.pictures.reducing import reduced, reduction
from engine.files import given as files
from engine.text.echo import echo

if TYPE_CHECKING:
    from PIL import Image

    from engine.data.pictures.colours import ToRGB

Array = NDArray[Any]

GREY = (0.299, 0.587, 0.114)  # red, green, blue: ITU-R 601, as Pillow's own conversion to L
PHOTO, PHOTO_MIN = "china.jpg", 64


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
    """The user's picture. InputError when it is no picture and no .npy, is damaged, too large or has no pixels."""
    name = echo(PurePath(file["path"]).name)
    with files.opened(file) as handle:
        start = handle.read(8)
        handle.seek(0)
        if start.startswith(number_arrays.MAGIC):
            return _array(handle, name)
        with images.of_handle(handle, name, f"{images.REMEDY}, or an array as .npy") as image:
            return of_image(image, name)


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


def of_image(image: "Image.Image", name: str) -> Picture:
    """An opened Pillow image as a Picture: transparency over white, colours as grey, upright as its EXIF data say."""
    from PIL import Image

    from engine.data.pictures import colours as image_colours

    image.load()
    width, height = image.size
    factor = reduction(height, width)
    to_rgb = image_colours.srgb(image)
    pixel = reduced(lambda top, bottom: _grey_rows(image, top, bottom, to_rgb), height, width, factor)
    turned = image_colours.upright(
        Image.fromarray(np.arange(pixel.size, dtype=np.int32).reshape(pixel.shape)), image
    )
    if turned.size != pixel.shape[::-1]:
        width, height = height, width
    pixel = pixel.ravel()[np.asarray(turned)]
    if image.mode in ("I", "F"):  # no white of its own
        number_arrays.check_values(pixel, name, 0)
        low, high = float(pixel.min()), float(pixel.max())
        return Picture("array", name, pixel, low, high if high > low else low + 1, height, width, factor)
    high = image_colours.DEEP_WHITE if image_colours.is_deep(image) else 255
    return Picture("picture", name, np.rint(pixel).astype(np.int64), 0.0, float(high), height, width, factor)


def _grey_rows(image: "Image.Image", top: int, bottom: int, to_rgb: "ToRGB") -> Array:
    """Rows of a Pillow image as grey pixels (y, x); what is transparent shows white."""
    from PIL import Image

    from engine.data.pictures import colours as image_colours

    strip = image.crop((0, top, image.width, bottom))
    if image_colours.is_deep(image):
        pixel = np.asarray(strip)
        hidden = image.info.get("transparency")
        return (
            np.where(pixel == hidden, image_colours.DEEP_WHITE, pixel) if isinstance(hidden, int) else pixel
        )
    strip.info.update(image.info)
    if image.has_transparency_data:
        shown = image_colours.shallow_rgba(strip, to_rgb)
        strip = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown).convert("RGB")
    else:
        strip = to_rgb(strip)
    return np.asarray(strip.convert("L"))


def _array(handle: BufferedReader, name: str) -> Picture:
    stored = number_arrays.mapped(handle, name)
    height, width = stored.shape[:2]
    images.check_size(name, height, width)

    def rows(top: int, bottom: int) -> Array:
        part = stored[top:bottom].astype(np.float64)
        number_arrays.check_values(part, name, top)
        return part @ np.array(GREY) if part.ndim == 3 else part

    factor = reduction(height, width)
    pixel = reduced(rows, height, width, factor)
    number_arrays.check_largest(pixel, name)
    low, high = {"b": (0.0, 1.0)}.get(stored.dtype.kind, (float(pixel.min()), float(pixel.max())))
    if stored.dtype == np.uint8:
        low, high = 0.0, 255.0
    return Picture("array", name, pixel, low, high if high > low else low + 1, height, width, factor)
