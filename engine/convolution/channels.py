"""Series of one window over a colour picture: a slice of the kernel for each channel, their sums, a bias, an output."""

import numpy as np
import torch
from torch.nn import functional

from engine.trace.series import Series

PHOTO, BLOCK = "flower.jpg", 16  # of which BLOCK × BLOCK pixels become one: then neighbours differ
NAMES = ("red", "green", "blue")
# Where it gets redder and less green to the right; blue counts little.
WEIGHTS = (
    ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),
    ((1, 0, -1), (3, 0, -3), (1, 0, -1)),
    ((0, 0, 0), (-1, 0, 1), (0, 0, 0)),
)
BIAS = -50.0
PIXEL, KERNEL = ("y", "x", "channel"), ("channel", "ky", "kx")


def channels() -> dict[str, Series]:
    """``channels/…``: the window with the largest output, taken apart."""
    colour = _small()  # (y, x, channel)
    x = torch.from_numpy(colour).to(torch.float64).movedim(2, 0)  # (channel, y, x)
    weight = torch.tensor(WEIGHTS, dtype=torch.float64)  # (channel, ky, kx)
    bias = torch.tensor([BIAS], dtype=torch.float64)
    found = functional.conv2d(x[None], weight[None], bias)[0, 0]  # (y, x)
    top, left = divmod(int(found.argmax()), found.shape[1])
    pixel = x[:, top : top + weight.shape[1], left : left + weight.shape[2]]  # (channel, ky, kx)
    products = pixel * weight
    return {
        "channels/name": Series(list(NAMES), ("channel",)),
        "channels/colour": Series(colour, PIXEL, source=f"{PHOTO}, mean of {BLOCK} × {BLOCK} pixels"),
        "channels/top": Series(top),
        "channels/left": Series(left),
        "channels/pixel": Series(pixel.to(torch.int64), KERNEL),
        "channels/weight": Series(weight, KERNEL),
        "channels/weights": Series(weight.numel()),
        "channels/products": Series(products, KERNEL, source="pixel · weight"),
        "channels/sum": Series(products.sum(dim=(1, 2)), ("channel",), source="sum of a channel's products"),
        "channels/bias": Series(BIAS),
        "channels/parameters": Series(weight.numel() + bias.numel(), source="weights and the bias"),
        "channels/map": Series(found, ("y", "x"), source="torch.nn.functional.conv2d"),
        "channels/output": Series(found[top, left], source="torch.nn.functional.conv2d"),
    }


def _small() -> np.ndarray:
    """The photograph in whole numbers from 0 to 255 (y, x, channel), its edges cut to whole blocks."""
    from sklearn.datasets import load_sample_image

    pixel = load_sample_image(PHOTO).astype(np.float64)
    rows, columns = (size // BLOCK for size in pixel.shape[:2])
    blocks = pixel[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK, 3)
    return np.asarray(np.rint(blocks.mean(axis=(1, 3))), dtype=np.int64)
