"""Series of one convolution whose numbers are shown: every window, its products, and what changes the output's size."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from engine.convolution.convolving import Convolution, by_loops
from engine.convolution.geometry import Geometry
from engine.trace.series import Series

MAP, KERNEL, DIMENSION = ("y", "x"), ("ky", "kx"), ("dimension",)
STRIDES = (1, 2, 3, 4)
NOTES = (39, 5, 0, 2)  # the lecture notes' worked example: input, kernel, padding, stride
MATRIX_MAX = 100_000


def slide(x: Tensor, how: Convolution) -> dict[str, Series]:
    """``size/…`` and ``slide/…``: all windows over x (y, x), and the check against plain loops."""
    height, width = how.geometry(x.shape)
    output = how(x)
    _, products = how.products(x)
    ends = {"most": output.argmax(), "least": output.argmin()}
    places = {name: divmod(int(at), output.shape[1]) for name, at in ends.items()}
    turned = Convolution(how.weight.flip(0, 1), how.bias, how.stride, how.padding, how.dilation)
    distance = np.abs(output.numpy() - by_loops(x.numpy(), how)).max()
    return {
        **{f"size/{name}": _both(height, width, name) for name in ("input", "kernel", "padding", "stride")},
        **{f"size/{name}": _both(height, width, name) for name in ("dilation", "span", "room", "steps")},
        "size/quotient": Series(
            [one.room / one.stride for one in (height, width)], DIMENSION, source="room / s"
        ),
        "size/output": Series(list(output.shape), DIMENSION, source="shape of conv2d's output"),
        "slide/padded": Series(how.padded(x), MAP, source="torch.nn.functional.pad"),
        "slide/output": Series(output, MAP, source="torch.nn.functional.conv2d"),
        "slide/products": Series(products, (*MAP, *KERNEL), source="pixel · weight"),
        "slide/sum": Series(products.sum(dim=(2, 3)), MAP, source="sum of the products"),
        "slide/turned_output": Series(turned(x), MAP, source="conv2d with the kernel turned by 180°"),
        "slide/top": Series([i * how.stride for i in range(height.output)], ("y",)),
        "slide/left": Series([i * how.stride for i in range(width.output)], ("x",)),
        **{f"slide/{name}": Series(list(at), DIMENSION) for name, at in places.items()},
        "slide/limit": Series(output.abs().max()),
        "slide/windows": Series(output.numel()),
        "check/max_difference": Series(float(distance), source="conv2d against plain loops"),
        "check/windows": Series(output.numel()),
    }


def _both(height: Geometry, width: Geometry, name: str) -> Series:
    return Series([getattr(height, name), getattr(width, name)], DIMENSION)


def window(x: Tensor, how: Convolution) -> dict[str, Series]:
    """``window/…``: one window taken apart, with a large result from many products that are not 0."""
    output = how(x)
    pixels, products = how.products(x)
    busy = (products != 0).sum(dim=(2, 3)).to(output.dtype)  # (y, x)
    row, column = divmod(int((busy**2 * output.abs()).flatten().argmax()), output.shape[1])
    own = products[row, column]
    bias = torch.tensor([how.bias], dtype=own.dtype)
    partial = torch.cat([own.flatten(), bias]).cumsum(dim=0)
    return {
        "window/y": Series(row),
        "window/x": Series(column),
        "window/top": Series(row * how.stride),
        "window/left": Series(column * how.stride),
        "window/pixel": Series(pixels[row, column], KERNEL),
        "window/products": Series(own, KERNEL, source="pixel · weight"),
        "window/partial": Series(partial, ("term",), source="running sum, row by row, then + bias"),
        "window/sum": Series(partial[-2], source="sum of the products"),
        "window/output": Series(output[row, column], source="torch.nn.functional.conv2d"),
    }


def padding(x: Tensor, how: Convolution) -> dict[str, Series]:
    """``padding1/…`` without and ``padding2/…`` with padding, both at stride 1."""
    keeps = max(how.dilation * (max(how.weight.shape) - 1) // 2, 1)
    series: dict[str, Series] = {}
    for number, amount in enumerate((0, how.padding or keeps), start=1):
        one = Convolution(how.weight, how.bias, 1, amount, how.dilation)
        sizes = [max(side.output, 0) for side in one.geometry(x.shape)]
        own = {
            "amount": Series(amount),
            "fits": Series(min(sizes) > 0),
            "size": Series(sizes, DIMENSION),
            "padded": Series(one.padded(x), MAP, source="torch.nn.functional.pad"),
        }
        if min(sizes) > 0:
            own["output"] = Series(one(x), MAP, source="torch.nn.functional.conv2d")
            own["visits"] = Series(one.visits(x.shape), MAP, source="windows that see the pixel")
        series |= {f"padding{number}/{name}": value for name, value in own.items()}
    return series


def strides(x: Tensor, how: Convolution) -> dict[str, Series]:
    """``stride1/…`` to ``stride4/…``, with the run's padding."""
    series: dict[str, Series] = {}
    for stride in STRIDES:
        one = Convolution(how.weight, how.bias, stride, how.padding, how.dilation)
        sides = one.geometry(x.shape)
        output, visits = one(x), one.visits(x.shape)
        series |= {
            f"stride{stride}/stride": Series(stride),
            f"stride{stride}/room": Series([side.room for side in sides], DIMENSION),
            f"stride{stride}/quotient": Series([side.room / stride for side in sides], DIMENSION),
            f"stride{stride}/steps": Series(
                [side.steps for side in sides], DIMENSION, source="floor of room / s"
            ),
            f"stride{stride}/size": Series(list(output.shape), DIMENSION, source="shape of conv2d's output"),
            f"stride{stride}/output": Series(output, MAP, source="torch.nn.functional.conv2d"),
            f"stride{stride}/visits": Series(visits, MAP, source="windows that see the pixel"),
            f"stride{stride}/unread": Series((visits == 0).sum(), source="pixels that no window sees"),
        }
    return series


def notes() -> dict[str, Series]:
    """``notes/…``: the worked example of the lecture notes, run."""
    size, kernel, border, stride = NOTES
    side = Geometry(size, kernel, border, stride)
    how = Convolution(torch.ones(kernel, kernel, dtype=torch.float64), 0.0, stride, border)
    found = how(torch.ones(size, size, dtype=torch.float64)).shape[0]
    return {
        "notes/input": Series(size),
        "notes/kernel": Series(kernel),
        "notes/padding": Series(border),
        "notes/stride": Series(stride),
        "notes/dilation": Series(1),
        "notes/room": Series(side.room, source="n + 2p − d(f − 1) − 1"),
        "notes/quotient": Series(side.room / stride, source="room / s"),
        "notes/steps": Series(side.steps, source="floor of room / s"),
        "notes/output": Series(found, source="length of conv2d's output"),
        "notes/left": Series([i * stride for i in range(found)], ("window",)),
    }


def transposed(x: Tensor, how: Convolution) -> dict[str, Series]:
    """``transposed/…``: the output goes back through the same kernel; each cell stamps it, times its value."""
    y = how(x)
    sides = how.geometry(x.shape)
    return {
        "transposed/input": Series(y, MAP),
        "transposed/output": Series(
            how.transposed(y, x.shape), MAP, source="torch.nn.functional.conv_transpose2d"
        ),
        "transposed/full": Series(how.stamped(y, x.shape), MAP, source="before the border is cut"),
        "transposed/stamps": Series(
            y[:, :, None, None] * how.weight, (*MAP, *KERNEL), source="cell · weight"
        ),
        "transposed/stamp_top": Series([i * how.stride for i in range(y.shape[0])], ("y",)),
        "transposed/stamp_left": Series([i * how.stride for i in range(y.shape[1])], ("x",)),
        "transposed/size": Series(list(x.shape), DIMENSION),
        "transposed/output_padding": Series([one.skipped for one in sides], DIMENSION),
    }


def sharing(inputs: Sequence[int], how: Convolution, filters: int = 1) -> dict[str, Series]:
    """Parameters and multiplications of ``filters`` such kernels, against a dense layer between the same sizes.

    The layers are torch's own, on its meta device, where they have sizes and no memory.
    """
    cells, rows = inputs[0] * inputs[1], [one.output for one in how.geometry(inputs)]
    outputs = filters * rows[0] * rows[1]
    with torch.device("meta"):
        shared = nn.Conv2d(1, filters, (how.weight.shape[0], how.weight.shape[1]))
        dense = nn.Linear(cells, outputs)
    counts = [sum(one.numel() for one in layer.parameters()) for layer in (shared, dense)]
    return {
        "inputs": Series(cells),
        "outputs": Series(outputs),
        "rows": Series(rows[0]),
        "columns": Series(rows[1]),
        "weights": Series(filters * how.weight.numel()),
        "conv_parameters": Series(counts[0], source="torch.nn.Conv2d, biases included"),
        "dense_parameters": Series(counts[1], source="torch.nn.Linear, biases included"),
        "local_parameters": Series(
            outputs * (how.weight.numel() + 1), source="each output with a window and a bias of its own"
        ),
        "conv_multiplications": Series(outputs * how.weight.numel(), source="outputs · weights of a kernel"),
        "dense_multiplications": Series(outputs * cells, source="outputs · inputs"),
        "ratio": Series(counts[1] / counts[0], source="dense parameters / convolution's parameters"),
    }


def dense_matrix(x: Tensor, how: Convolution) -> dict[str, Series]:
    """``sharing/matrix`` (output, input), unless it would be large."""
    if x.numel() * how(x).numel() > MATRIX_MAX:
        return {}
    matrix = how.matrix(x.shape)
    return {"sharing/matrix": Series(matrix, ("output", "input"), source="conv2d of every unit image")}
