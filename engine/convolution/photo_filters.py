"""Series of the photograph beat: named filters over a picture, their maps in float32 so that a trace stays small."""

from collections.abc import Mapping

import numpy as np
import torch
from torch import Tensor

from engine.convolution.convolving import Convolution
from engine.convolution.kernels import Matrix
from engine.data.pictures.pixels import Picture
from engine.trace.series import Series

MAP, KERNEL = ("y", "x"), ("ky", "kx")
STRONG = 99.0  # percentile of a map's sizes that is drawn at full strength: single pixels reach far beyond
EDGES = ("sobel-x", "sobel-y")


def photo(picture: Picture, filters: Mapping[str, Matrix]) -> dict[str, Series]:
    """``photo/…`` and ``filter{k}/…`` for ``filters`` by name, at stride 1 and without padding."""
    x = torch.from_numpy(picture.pixel).to(torch.float64)  # (y, x)
    series = {
        **about("photo", picture),
        "photo/filters": Series(len(filters)),
        "photo/pixel": Series(picture.pixel, MAP, source="grey, as stored"),
    }
    maps: dict[str, Tensor] = {}
    for number, (name, weight) in enumerate(filters.items(), start=1):
        how = Convolution(torch.tensor(weight, dtype=torch.float64))
        maps[name] = how(x)
        series |= {
            f"filter{number}/name": Series(name),
            f"filter{number}/weight": Series(how.weight, KERNEL),
            **_shown(
                f"filter{number}/map", f"filter{number}/limit", maps[name], "torch.nn.functional.conv2d"
            ),
            f"filter{number}/strong": _strong(maps[name]),
        }
    magnitude = torch.hypot(*(maps[name] for name in EDGES))
    source = "√(sobel-x² + sobel-y²)"
    shown = _shown("photo/magnitude", "photo/magnitude_limit", magnitude, source)
    return series | shown | {"photo/magnitude_strong": _strong(magnitude)}


def whole(picture: Picture, how: Convolution, divisor: float) -> dict[str, Series]:
    """``image/output``: the run's own convolution over all of the user's picture."""
    if picture.kind == "digit":
        return {}
    x = torch.from_numpy(picture.pixel / divisor)  # (y, x)
    return _shown("image/output", "image/limit", how(x), "torch.nn.functional.conv2d")


def about(prefix: str, picture: Picture) -> dict[str, Series]:
    """Name, range and sizes of a picture."""
    height, width = picture.pixel.shape
    return {
        f"{prefix}/name": Series(picture.name),
        f"{prefix}/low": Series(picture.low, source="drawn black"),
        f"{prefix}/high": Series(picture.high, source="drawn white"),
        f"{prefix}/height": Series(height),
        f"{prefix}/width": Series(width),
        f"{prefix}/file_height": Series(picture.file_height),
        f"{prefix}/file_width": Series(picture.file_width),
        f"{prefix}/reduced_by": Series(picture.reduced_by, source="r × r pixels became their mean"),
    }


def _shown(name: str, limit: str, values: Tensor, source: str) -> dict[str, Series]:
    return {
        name: Series(values.to(torch.float32), MAP, source=source),
        limit: Series(float(values.abs().max()), source="largest size of a value"),
    }


def _strong(values: Tensor) -> Series:
    """The size that all but the largest hundredth of a map keep to."""
    strong = float(np.percentile(values.abs().numpy(), STRONG))
    return Series(strong, source="99th percentile of the sizes")
