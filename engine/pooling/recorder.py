"""Recorder of pooling: one digit's feature map, what pooling keeps of it, and what stays when the digit moves.

Series (axes): see docs/trace.md.
"""

from typing import TYPE_CHECKING

from engine.convolution.kernels import KERNELS
from engine.errors import InputError
from engine.parameters import Seed
from engine.pooling.parameters import Digit, Filter, Window
from engine.trace import Series
from engine.trace.recording import Recording, recorder

if TYPE_CHECKING:
    from torch import Tensor

    from engine.pooling.maps import Maps

MOVED_BY = 1  # pixels to the right
GRID = ("y", "x")


@recorder("pooling")
def record(
    *, seed: Seed = 0, digit: Digit = 202, kernel: Filter = "sobel-x", window: Window = 2
) -> Recording:
    """Pool the ReLU map of ``kernel`` over row ``digit`` in ``window`` × ``window`` cells; move it; train nets with it.

    All float64. Raises InputError for a digit in which the filter finds nothing.
    """
    import torch

    from engine.data.datasets import load
    from engine.pooling.maps import KINDS, Maps, change, framed
    from engine.pooling.nets import EPOCHS, FILTERS, NETS, trained

    data = load("digits", seed)
    frames = framed(data.raw)  # (row, 1, y, x)
    maps = Maps(torch.tensor(KERNELS[kernel], dtype=torch.float64), window)
    one, moved = maps(frames[[digit]]), maps(_moved(frames[[digit]]))
    if not bool((one > 0).any()):
        raise InputError(f"The filter {kernel} finds nothing in digit {digit}: take another digit or kernel.")
    everything, everything_moved = maps(frames), maps(_moved(frames))
    nets = [trained(name, window, frames, data, seed, _moved) for name in NETS]
    series = {
        "digit/index": Series(digit),
        "digit/label": Series(int(data.labels[digit])),
        "frame/pixel": Series(frames[digit, 0], GRID, source="8 × 8 pixels / 16 in a frame of zeros"),
        "frame/moved": Series(_moved(frames)[digit, 0], GRID, source="torch.roll by moved/by"),
        "kernel/name": Series(kernel),
        "map": Series(one[0], GRID, source="ReLU(torch.nn.functional.conv2d)"),
        "moved/map": Series(moved[0], GRID, source="the same of frame/moved"),
        "moved/by": Series(MOVED_BY, unit="pixel"),
        **_pooled(maps, one[0], moved[0]),
        **_window(maps, one[0]),
        **_sizes(maps, one[0]),
        **_gradients(maps, one[0]),
        "change/kind": Series(list(KINDS), ("kind",)),
        "change/one": Series(
            [change(maps.pooled(kind, one), maps.pooled(kind, moved)).item() for kind in KINDS],
            ("kind",),
            source="‖moved − straight‖ / ‖straight‖",
        ),
        "change/all": Series(
            [
                change(maps.pooled(kind, everything), maps.pooled(kind, everything_moved)).mean().item()
                for kind in KINDS
            ],
            ("kind",),
            source="the mean of change over all digits in which the filter finds something",
        ),
        "whole/max": Series(one.max().item(), source="global max pooling of map"),
        "whole/moved": Series(moved.max().item(), source="the same of moved/map"),
        "nets/kind": Series(list(NETS), ("net",)),
        "nets/accuracy": Series([net.straight for net in nets], ("net",), source="on the test set"),
        "nets/moved": Series(
            [net.moved for net in nets], ("net",), source="on the test set, moved by moved/by"
        ),
        "nets/parameters": Series([net.parameters for net in nets], ("net",)),
        "nets/test_count": Series(len(data.test)),
        "nets/filters": Series(FILTERS),
        "nets/epochs": Series(EPOCHS),
    }
    return Recording(series)


def _moved(frames: "Tensor") -> "Tensor":
    """The same in a frame, MOVED_BY pixels to the right: (…, y, x)."""
    import torch

    return torch.roll(frames, MOVED_BY, dims=-1)


def _pooled(maps: "Maps", one: "Tensor", moved: "Tensor") -> dict[str, Series]:
    """The map (y, x) pooled by its largest values and by its means, straight and moved."""
    found = {}
    for kind, call in (("max", "max_pool2d"), ("mean", "avg_pool2d")):
        source = f"torch.nn.functional.{call}"
        found[f"pool/{kind}"] = Series(maps.pooled(kind, one), GRID, source=source)
        found[f"moved/{kind}"] = Series(maps.pooled(kind, moved), GRID, source=source)
    return found


def _window(maps: "Maps", one: "Tensor") -> dict[str, Series]:
    """The window that is taken apart: the one whose numbers differ most."""
    place = maps.liveliest(one)
    values = maps.windows(one)[place]
    return {
        "window/y": Series(place[0]),
        "window/x": Series(place[1]),
        "window/value": Series(values, GRID),
        "window/max": Series(values.max().item()),
        "window/mean": Series(values.mean().item()),
        "window/count": Series(values.numel()),
    }


def _sizes(maps: "Maps", one: "Tensor") -> dict[str, Series]:
    """The formula of a pooled map's side, and how many numbers there are before and after."""
    from engine.pooling.maps import COARSER

    side, pooled = one.shape[-1], maps.pooled("max", one)
    return {
        "size/input": Series(side),
        "size/window": Series(maps.window),
        "size/stride": Series(maps.window),
        "size/coarse": Series(COARSER * maps.window, source="the side of the coarse windows"),
        "size/output": Series(pooled.shape[-1], source="⌊(n − k) / s⌋ + 1"),
        "count/before": Series(one.numel()),
        "count/after": Series(pooled.numel()),
        "count/parameters": Series(0, source="torch.nn.MaxPool2d has none"),
    }


def _gradients(maps: "Maps", one: "Tensor") -> dict[str, Series]:
    """Where the gradient of the sum of all pooled cells goes: 1 arrives at each of them."""
    import torch

    found = {"gradient/arriving": Series(1.0, source="∂Σp / ∂p")}
    for kind in ("max", "mean"):
        leaf = one.clone().requires_grad_()
        (gradient,) = torch.autograd.grad(maps.pooled(kind, leaf).sum(), leaf)
        found[f"gradient/{kind}"] = Series(gradient, GRID, source="torch.autograd.grad")
        found[f"gradient/{kind}_count"] = Series(int((gradient != 0).sum()), source="cells with a gradient")
    found["gradient/mean_each"] = Series(1.0 / maps.window**2, source="1 / k²")
    return found
