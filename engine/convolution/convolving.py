"""One-channel convolutions by torch, in float64, and every product that they add. Kernels are not turned."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from engine.convolution.geometry import Geometry
from engine.errors import InputError

DIMENSIONS = ("height", "width")


@dataclass(frozen=True)
class Convolution:
    """How a kernel (ky, kx) goes over a picture."""

    weight: Tensor
    bias: float = 0.0
    stride: int = 1
    padding: int = 0
    dilation: int = 1

    def geometry(self, shape: Sequence[int]) -> tuple[Geometry, Geometry]:
        """Height and width for an input of that shape."""
        height, width = (
            Geometry(n, f, self.padding, self.stride, self.dilation)
            for n, f in zip(shape, self.weight.shape, strict=True)
        )
        return height, width

    def check(self, shape: Sequence[int]) -> None:
        """InputError with the size formula filled in when no window fits."""
        for name, one in zip(DIMENSIONS, self.geometry(shape), strict=True):
            if one.room < 0:
                raise InputError(
                    f"No window fits in the {name}: {one}, not 1 or more: take a smaller kernel or dilation, "
                    f"more padding, or a larger image."
                )

    def __call__(self, x: Tensor) -> Tensor:
        """conv2d of x (y, x) -> (y, x)."""
        bias = torch.tensor([self.bias], dtype=x.dtype)
        found: Tensor = functional.conv2d(
            x[None, None], self.weight[None, None], bias, self.stride, self.padding, self.dilation
        )  # (1, 1, y, x)
        return found[0, 0]

    def padded(self, x: Tensor) -> Tensor:
        """x (y, x) with its border of zeros."""
        return functional.pad(x, (self.padding,) * 4)

    def products(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """The pixels under every window, and they times the weights: both (y, x, ky, kx)."""
        height, width = self.geometry(x.shape)
        columns = functional.unfold(
            x[None, None], tuple(self.weight.shape), self.dilation, self.padding, self.stride
        )  # (1, ky · kx, y · x)
        pixels = columns[0].T.reshape(height.output, width.output, *self.weight.shape)
        return pixels, pixels * self.weight

    def visits(self, shape: Sequence[int]) -> Tensor:
        """How many windows cover each pixel of an input of that shape (y, x), int64."""
        pattern = Convolution(torch.ones_like(self.weight), 0.0, self.stride, self.padding, self.dilation)
        height, width = self.geometry(shape)
        ones = torch.ones(height.output, width.output, dtype=self.weight.dtype)
        return pattern.transposed(ones, shape).round().to(torch.int64)

    def transposed(self, y: Tensor, shape: Sequence[int]) -> Tensor:
        """conv_transpose2d of y (y, x) back to the input's ``shape``, without a bias."""
        return self._stamped(y, shape, self.padding)

    def stamped(self, y: Tensor, shape: Sequence[int]) -> Tensor:
        """All stamps of ``transposed`` together, before the border of the padding is cut off (y, x)."""
        return self._stamped(y, shape, 0)

    def _stamped(self, y: Tensor, shape: Sequence[int], padding: int) -> Tensor:
        # What a stride skips at the end comes back as zeros: then the sizes are again those of the input.
        skipped = tuple(one.skipped for one in self.geometry(shape))
        found: Tensor = functional.conv_transpose2d(
            y[None, None],
            self.weight[None, None],
            None,
            self.stride,
            padding,
            skipped,
            dilation=self.dilation,
        )  # (1, 1, y, x)
        return found[0, 0]

    def matrix(self, shape: Sequence[int]) -> Tensor:
        """The weights (output, input) of the dense layer that does the same, without its bias."""
        cells = shape[0] * shape[1]
        basis = torch.eye(cells, dtype=self.weight.dtype).reshape(cells, 1, *shape)
        found = functional.conv2d(
            basis, self.weight[None, None], None, self.stride, self.padding, self.dilation
        )  # (input, 1, y, x)
        return found.flatten(1).T


def by_loops(x: NDArray[np.float64], how: Convolution) -> NDArray[np.float64]:
    """The same convolution by plain loops over NumPy numbers, to check torch's against."""
    weight = how.weight.numpy()
    padded = np.pad(x, how.padding)
    height, width = how.geometry(x.shape)
    found = np.full((height.output, width.output), how.bias)
    for i, j in np.ndindex(*found.shape):
        for a, b in np.ndindex(*weight.shape):
            found[i, j] += (
                padded[i * how.stride + a * how.dilation, j * how.stride + b * how.dilation] * weight[a, b]
            )
    return found


def liveliest(pixel: NDArray[np.generic], height: int, width: int) -> tuple[int, int]:
    """Top and left of the piece (height, width) of pixel (y, x) whose values vary most; the first of equals."""
    values = pixel.astype(np.float64)
    values = (values - values.mean()) / (np.abs(values).max() or 1.0)
    sums, squares = (_box_sums(one, height, width) for one in (values, values**2))
    variance = squares - sums**2 / (height * width)
    top, left = np.unravel_index(np.argmax(np.round(variance, 9)), variance.shape)
    return int(top), int(left)


def _box_sums(values: NDArray[np.float64], height: int, width: int) -> NDArray[np.float64]:
    """Sums of every (height, width) piece, by the summed-area table."""
    table = np.pad(values.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    down = table[height:] - table[:-height]
    return np.asarray(down[:, width:] - down[:, :-width])
