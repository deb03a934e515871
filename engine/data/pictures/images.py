"""The one place where pictures of users are opened: by what their bytes are, with that one format of Pillow's.

Pillow never guesses and never sees a name, so no other format of it is loaded or tried: an EPS called .jpg starts no
Ghostscript. Sizes are looked at before anything is decoded.
"""

from __future__ import annotations

import importlib
import math
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import PurePath
from typing import TYPE_CHECKING

from engine.data.pictures import jpegs
from engine.errors import InputError
from engine.files import regular
from engine.files.kinds import PICTURES_READ, START_BYTES, Kind, kind_of, refusal
from engine.text.echo import echo

if TYPE_CHECKING:
    from PIL import Image

PIXELS_MAX = 120_000_000  # 10,000 × 10,000 and a little more
PIXELS_MAX_OF = {"WEBP": 60_000_000, "AVIF": 60_000_000}  # their decoders hold a picture several times over
PIXELS_MAX_WHOLE_CMYK = (
    100_000_000  # of a progressive JPEG: 8 bytes of coefficients and 4 of colours for each
)
SIDE_MAX = 65_535  # pixels, as in JPEG; a strip cannot be made smaller and costs many times its pixels
BYTES_MAX = regular.GIB
# The modules of Pillow that read what `kinds` calls a picture; MPO is a JPEG with more pictures after the first.
PLUGINS = {
    "PNG": ("PngImagePlugin",),
    "JPEG": ("JpegImagePlugin", "MpoImagePlugin"),
    "WEBP": ("WebPImagePlugin",),
    "GIF": ("GifImagePlugin",),
    "TIFF": ("TiffImagePlugin",),
    "BMP": ("BmpImagePlugin",),
    "AVIF": ("AvifImagePlugin",),
}
REMEDY = f"give a picture as {PICTURES_READ}"


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[Image.Image]:
    """The picture at ``path``, its first one if it holds several, not decoded yet.

    Raises InputError when the file cannot be read, is no picture of a known kind, has too many pixels or is damaged,
    which may turn out only while the picture is used inside ``with``.
    """
    with regular.opened(path, bytes_max=BYTES_MAX) as handle, of_handle(handle, _name(path)) as image:
        yield image


@contextmanager
def of_handle(handle: BufferedReader, name: str, remedy: str = REMEDY) -> Iterator[Image.Image]:
    """As ``opened``, for a file that is open already; ``name`` and ``remedy`` stand in messages."""
    from PIL import Image

    start = handle.read(START_BYTES)
    handle.seek(0)
    kind = kind_of(start)
    if kind is None or kind.use != "picture" or not _can_read(kind):
        raise InputError(refusal(name, kind, "picture", remedy))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large and of oddly made pictures: checked here
            found = jpegs.stored(handle, name) if kind.reader == "JPEG" else None
            handle.seek(0)
            with Image.open(handle, formats=[kind.reader]) as image:
                check_size(name, image.height, image.width, PIXELS_MAX_OF.get(kind.reader, PIXELS_MAX))
                if found is not None:
                    jpegs.check_cost(found, name, image.height, image.width)
                yield image
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise InputError(f"{name} has too many pixels: give at most {PIXELS_MAX:,}.") from error
    except Exception as error:  # whatever a hostile or broken file makes a decoder say
        raise InputError(
            f"{name} is a damaged or incomplete {kind.name} picture, or of a rare sort: save it again, best as PNG."
        ) from error


def format_of(path: str | os.PathLike[str]) -> str:
    """What Pillow calls the format of the picture at ``path``: PNG, JPEG, MPO … InputError as ``opened``."""
    with opened(path) as image:
        return image.format or ""


def moves(path: str | os.PathLike[str]) -> bool:
    """Whether it holds several pictures that are meant to be played (GIF, APNG, WebP). InputError as ``opened``."""
    with opened(path) as image:
        return is_played(image)


def is_played(image: Image.Image) -> bool:
    """``moves`` for a picture that is open."""
    return bool(getattr(image, "is_animated", False)) and image.format in ("GIF", "PNG", "WEBP")


def _can_read(kind: Kind) -> bool:
    """Whether this Pillow was built with what the format needs; its modules are loaded then, and no others."""
    try:
        modules = [importlib.import_module(f"PIL.{module}") for module in PLUGINS[kind.reader]]
    except ImportError:
        return False
    return all(getattr(module, "SUPPORTED", True) for module in modules)


def check_size(name: str, height: int, width: int, most: int = PIXELS_MAX) -> None:
    """InputError for more than ``most`` pixels, or more than SIDE_MAX along a side."""
    if max(height, width) > SIDE_MAX:
        raise InputError(f"{name} has {height} × {width} pixels: give at most {SIDE_MAX:,} along each side.")
    if height * width > most:
        side = math.isqrt(most) // 100 * 100
        raise InputError(
            f"{name} has {height} × {width} pixels: give at most {most:,}, for example {side} × {side}."
        )


def _name(path: str | os.PathLike[str]) -> str:
    return echo(PurePath(path).name)


def load(path: str | os.PathLike[str], side_px: int) -> Image.Image:
    """The picture at ``path`` as RGBA in sRGB, upright; see ``image_colours.rgba``. InputError as ``opened``."""
    from engine.data.pictures import colours as image_colours

    with opened(path) as image:
        return image_colours.rgba(image, side_px, _name(path))
