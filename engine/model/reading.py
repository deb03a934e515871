"""Files of numbers and pictures as tensors: .npy, .npz, CSV, PNG, JPEG … What they are, their first bytes say."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from engine.data.pictures import arrays as number_arrays
from engine.data.pictures import images
from engine.errors import InputError
from engine.files import given
from engine.files.kinds import START_BYTES, kind_of, refusal
from engine.text.echo import echo

Array = NDArray[Any]

ARCHIVE = b"PK\x03\x04"
ARRAYS_MAX = 64
BYTES_MAX = 2**30
CSV_MAX_BYTES = 1_000_000
REMEDY = f"give .npy, .npz, CSV or {images.REMEDY.removeprefix('give ')}"


@dataclass(frozen=True)
class Picture:
    """A picture as a tensor (1, channel, y, x) from 0 to 1, and as it is drawn: pixel (y, x, channel), low to high."""

    name: str
    tensor: Tensor
    pixel: Array
    low: float
    high: float
    file_height: int
    file_width: int
    reduced_by: int = 1


def read(file: given.File, channels: int) -> Picture | dict[str, Tensor]:
    """A picture, or tensors by name ("" where the file has none). ``channels``: of a picture, 0 for its own."""
    name = echo(PurePath(file["path"]).name)
    with given.opened(file) as handle:
        start = handle.read(START_BYTES)
        handle.seek(0)
        if start.startswith(number_arrays.MAGIC):
            return {"": torch.from_numpy(_array(handle, name))}
        if start.startswith(ARCHIVE):
            return _archive(handle, name)
        kind = kind_of(start)
        if kind is not None and kind.use == "picture":
            with images.of_handle(handle, name, REMEDY) as image:
                return _picture(image, name, channels)
        if kind is not None:
            raise InputError(refusal(name, kind, "model's input", REMEDY))
        return {"": torch.from_numpy(_rows(handle.read(CSV_MAX_BYTES + 1), name))}


def _array(handle: IO[bytes], name: str) -> Array:
    shape, _, dtype = number_arrays.plain_head(handle, name)
    handle.seek(0)
    found = np.load(handle, allow_pickle=False)
    if dtype.kind == "u" and dtype.itemsize > 1:  # torch has no larger ones of these
        found = found.astype(np.int64)
    return np.ascontiguousarray(found, found.dtype.newbyteorder("=")).reshape(shape)


def _archive(handle: IO[bytes], name: str) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    try:
        with zipfile.ZipFile(handle) as archive:
            claimed = archive.infolist()
            total = sum(one.file_size for one in claimed)
            if total > BYTES_MAX or len(claimed) > ARRAYS_MAX:
                raise InputError(
                    f"{name} holds {len(claimed)} arrays of {total / 2**20:,.0f} MiB: give at most {ARRAYS_MAX}, of "
                    "1 GiB in all."
                )
            for one in claimed:
                with archive.open(one) as member:
                    data = io.BytesIO(member.read(one.file_size))
                key = one.filename.removesuffix(".npy")
                found[key] = torch.from_numpy(_array(data, f"{echo(key)} in {name}"))
    except InputError:
        raise
    except Exception as error:  # whatever a hostile or broken archive makes zipfile or zlib say
        raise InputError(
            f"{name} is no .npz file that can be read: save it again with numpy.savez."
        ) from error
    if not found:
        raise InputError(f"{name} holds no array: save one with numpy.savez.")
    return found


def _rows(content: bytes, name: str) -> Array:
    """A CSV file as float64 (row, column), names above the columns left out."""
    from engine.data.numbers.column import values
    from engine.data.numbers.encodings import decoded
    from engine.data.numbers.header import split
    from engine.data.numbers.rows import ROWS_MAX, TooManyRowsError
    from engine.data.numbers.table import table_of

    if len(content) > CSV_MAX_BYTES:
        raise InputError(
            f"{name} has over {CSV_MAX_BYTES // 10**6} MB and is no picture and no array: {REMEDY}."
        )
    try:
        table = table_of(decoded(content, name), name)
    except TooManyRowsError as error:
        raise InputError(f"{name} has more than {ROWS_MAX:,} rows: keep those that go in.") from error
    _, rows = split(table, name, "")
    if not rows:
        raise InputError(f"{name} has names and no numbers below them: put the numbers in a row.")
    columns = [values(table, rows, place, name)[0] for place in range(table.width)]
    return np.array(columns, np.float64).T.copy()


def _picture(image: Any, name: str, channels: int) -> Picture:
    from PIL import Image

    from engine.data.pictures import colours
    from engine.data.pictures.reducing import block_means, reduction

    image.load()
    grey = channels == 1 or (channels == 0 and image.mode in ("1", "L", "LA", "I", "F", "I;16"))
    if colours.is_deep(image):
        low, high = colours.levels(image, name)
        scaled = (np.asarray(image).astype(np.float64) - low) * (255 / (high - low))
        shown = Image.fromarray(np.rint(scaled).astype(np.uint8)).convert("RGB")
    elif image.has_transparency_data:
        straight = colours.shallow_rgba(image, colours.srgb(image))
        shown = Image.alpha_composite(Image.new("RGBA", straight.size, "white"), straight).convert("RGB")
    else:
        shown = colours.srgb(image)(image)
    shown = colours.upright(shown, image)
    bytes_ = np.asarray(shown.convert("L") if grey else shown.convert("RGB"))
    bytes_ = bytes_.reshape(*bytes_.shape[:2], -1)  # (y, x, channel)
    tensor = torch.from_numpy(bytes_.astype(np.float32) / 255).movedim(2, 0)[None]  # (1, channel, y, x)
    height, width = bytes_.shape[:2]
    factor = reduction(height, width)
    means = [block_means(bytes_[:, :, place], factor) for place in range(bytes_.shape[2])]
    pixel = np.rint(np.stack(means, axis=2)).astype(np.int64)
    return Picture(name, tensor, pixel, 0.0, 255.0, height, width, factor)
