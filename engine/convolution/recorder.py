"""Recorder of convolution: one kernel over a digit or the user's picture, every window's products; a kernel of three
channels; filters on a photograph; the first layer of a small trained net.

Series (axes): see docs/trace.md.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.convolution import kernels
from engine.convolution.parameters import (
    Bias,
    Digit,
    Dilation,
    ImageFile,
    Kernel,
    Padding,
    Stride,
    Transposed,
)
from engine.data.pictures import pixels as pictures
from engine.errors import InputError
from engine.parameters import Seed
from engine.trace.recording import Recording, recorder
from engine.trace.series import Series

if TYPE_CHECKING:
    from torch import Tensor

    from engine.convolution.convolving import Convolution
    from engine.convolution.digit_net import Learned

DEFAULT_DIGIT = 202  # a plain zero of the test set: its two sides answer sobel-x with opposite signs
CROP = 8  # pixels along the sides of the piece whose numbers are shown; more when a window needs more
CROP_MORE = 3
MAP, WEIGHTS = ("y", "x"), ("ky", "kx")


@dataclass(frozen=True)
class Crop:
    """The piece whose numbers are shown: pixel (y, x) as stored, x (y, x) as torch sees it, and where it stands."""

    top: int
    left: int
    pixel: NDArray[Any]
    x: "Tensor"
    whole: bool


@recorder("convolution")
def record(
    *,
    seed: Seed = 0,
    image: ImageFile = None,
    digit: Digit = DEFAULT_DIGIT,
    kernel: Kernel = "sobel-x",
    bias: Bias = 0.0,
    stride: Stride = 1,
    padding: Padding = 0,
    dilation: Dilation = 1,
    transposed: Transposed = False,
) -> Recording:
    """Convolve a digit, or ``image``, with ``kernel``; filter a photograph; train a small net on the digits.

    All float64. Raises InputError for a picture or kernel that cannot be used, and when no window fits.
    """
    from engine.convolution import channels, learned_filters, photo_filters, windows
    from engine.convolution.digit_net import learn

    weights = _weights(kernel, bias)
    picture = pictures.of_digit(digit) if image is None else pictures.read(image)
    how = _convolution(weights, bias, stride, padding, dilation)
    _check_fits(picture, how)  # before the training, which takes longest
    trained = learn(seed)
    chosen = int(trained.weight.flatten(1).norm(dim=1).argmax()) if kernel == kernels.LEARNED else None
    if chosen is not None:
        how = replace(how, weight=trained.weight[chosen], bias=float(trained.bias[chosen]))
    divisor = 1.0 if chosen is None else picture.largest
    crop = _crop(picture, how, divisor)
    photo = pictures.photograph(picture)
    named = dict(kernels.KERNELS) | (
        {} if kernel in (*kernels.KERNELS, kernels.LEARNED) else {"own": weights}
    )
    series = {
        **_image_series(picture, divisor),
        **photo_filters.whole(picture, how, divisor),
        **_crop_series(crop),
        **_kernel_series(kernel, how, chosen),
        **windows.slide(crop.x, how),
        **windows.window(crop.x, how),
        **windows.padding(crop.x, how),
        **windows.strides(crop.x, how),
        **windows.notes(),
        **photo_filters.photo(photo, named),
        **channels.channels(),
        **learned_filters.learned(trained, digit),
        **_sharing_series(crop, how, trained, photo),
        **(windows.transposed(crop.x, how) if transposed else {}),
    }
    flags = {
        "cropped": not crop.whole,
        "reduced": picture.reduced_by > 1,
        "transposed": transposed,
        "padding/keeps_size": bool((series["padding2/size"].values == series["size/input"].values).all()),
        "learned/right": series["learned/prediction"].item() == series["learned/label"].item(),
    }
    return Recording(series, flags=flags)


def _weights(kernel: str, bias: float) -> kernels.Matrix:
    """The kernel's weights; zeros of the right size while it is still to be learned."""
    from engine.convolution.digit_net import KERNEL

    if kernel != kernels.LEARNED:
        return kernels.parse(kernel)
    if bias:
        raise InputError("kernel learned has a bias of its own: leave bias out.")
    return ((0.0,) * KERNEL,) * KERNEL


def _convolution(
    weights: kernels.Matrix, bias: float, stride: int, padding: int, dilation: int
) -> "Convolution":
    import torch

    from engine.convolution.convolving import Convolution

    return Convolution(torch.tensor(weights, dtype=torch.float64), bias, stride, padding, dilation)


def _check_fits(picture: pictures.Picture, how: "Convolution") -> None:
    try:
        how.check(picture.pixel.shape)
    except InputError as error:
        if picture.reduced_by == 1:
            raise
        sizes = f"{picture.file_height} × {picture.file_width}", "{} × {}".format(*picture.pixel.shape)
        raise InputError(
            f"{error} ({picture.name} was reduced from {sizes[0]} to {sizes[1]} pixels.)"
        ) from error


def _crop(picture: pictures.Picture, how: "Convolution", divisor: float) -> Crop:
    """The liveliest piece of the picture, large enough for a few windows; all of it when it is no larger."""
    import torch

    from engine.convolution.convolving import liveliest

    sides = how.geometry(picture.pixel.shape)
    height, width = (min(side.input, max(CROP, side.span + CROP_MORE)) for side in sides)
    top, left = liveliest(picture.pixel, height, width)
    pixel = picture.pixel[top : top + height, left : left + width]
    x = torch.from_numpy(pixel.astype(np.float64) / divisor)
    return Crop(top, left, pixel, x, whole=pixel.shape == picture.pixel.shape)


def _image_series(picture: pictures.Picture, divisor: float) -> dict[str, Series]:
    from engine.convolution.photo_filters import about

    series = {
        **about("image", picture),
        "image/kind": Series(picture.kind),
        "image/divisor": Series(divisor, source="torch sees pixel / divisor"),
        "image/pixel": Series(picture.pixel, MAP, source="grey, as stored"),
    }
    if picture.index is not None and picture.label is not None:
        series |= {"image/index": Series(picture.index), "image/label": Series(picture.label)}
    return series


def _crop_series(crop: Crop) -> dict[str, Series]:
    return {
        "crop/top": Series(crop.top),
        "crop/left": Series(crop.left),
        "crop/height": Series(crop.pixel.shape[0]),
        "crop/width": Series(crop.pixel.shape[1]),
        "crop/whole": Series(crop.whole),
        "crop/pixel": Series(crop.pixel, MAP, source="grey, as stored"),
        "crop/value": Series(crop.x, MAP, source="pixel / divisor"),
    }


def _kernel_series(kernel: str, how: "Convolution", chosen: int | None) -> dict[str, Series]:
    named = kernel in kernels.KERNELS or chosen is not None
    series = {
        "kernel/name": Series(kernel if named else "own"),
        "kernel/weight": Series(how.weight, WEIGHTS),
        "kernel/turned": Series(how.weight.flip(0, 1), WEIGHTS, source="turned by 180°"),
        "kernel/height": Series(how.weight.shape[0]),
        "kernel/width": Series(how.weight.shape[1]),
        "kernel/bias": Series(how.bias),
    }
    if chosen is not None:
        series["kernel/filter"] = Series(chosen, source="the trained filter with the largest norm")
    return series


def _sharing_series(
    crop: Crop, how: "Convolution", trained: "Learned", photo: pictures.Picture
) -> dict[str, Series]:
    import torch

    from engine.convolution import windows
    from engine.convolution.digit_net import KERNEL, SIDE

    filters = len(trained.weight)
    layer = replace(how, weight=trained.weight[0], stride=1, padding=KERNEL // 2, dilation=1)
    sobel = torch.tensor(kernels.KERNELS["sobel-x"], dtype=torch.float64)
    parts = {
        "run": windows.sharing(crop.pixel.shape, how),
        "learned": windows.sharing((SIDE, SIDE), layer, filters),
        "photo": windows.sharing(photo.pixel.shape, replace(layer, weight=sobel, padding=0)),
    }
    series = {f"sharing/{part}/{name}": one for part, own in parts.items() for name, one in own.items()}
    return series | windows.dense_matrix(crop.x, how)
