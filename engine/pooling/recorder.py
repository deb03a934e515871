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

    from engine.data.datasets import Data
    from engine.pooling.maps import Maps

MOVED_BY = 1  # pixels
NEXT_KERNEL = 3  # side of a filter that looks at the pooled map
GRID = ("y", "x")
MAX_POOL, AVERAGE_POOL = "torch.nn.functional.max_pool2d", "torch.nn.functional.avg_pool2d"


@recorder("pooling")
def record(
    *, seed: Seed = 0, digit: Digit = 202, kernel: Filter = "sobel-x", window: Window = 2
) -> Recording:
    """Pool the ReLU map of ``kernel`` over row ``digit`` in ``window`` × ``window`` cells; move it; train nets with it.

    All float64. Raises InputError for a digit in which the filter finds nothing.
    """
    import torch

    from engine.data.datasets import load
    from engine.pooling.maps import Maps, framed, moved

    data = load("digits", seed)
    frames = framed(data.raw)  # (row, 1, y, x)
    maps = Maps(torch.tensor(KERNELS[kernel], dtype=torch.float64), window)
    one = maps(frames[[digit]])[0]  # (y, x)
    if not bool((one > 0).any()):
        raise InputError(f"The filter {kernel} finds nothing in digit {digit}: take another digit or kernel.")
    return Recording(
        {
            "digit/index": Series(digit),
            "digit/label": Series(int(data.labels[digit])),
            "frame/pixel": Series(frames[digit, 0], GRID, source="8 × 8 pixels / 16 in a frame of zeros"),
            "frame/moved": Series(moved(frames, MOVED_BY)[digit, 0], GRID, source="moved/by to the right"),
            "kernel/name": Series(kernel),
            "map": Series(one, GRID, source="ReLU(torch.nn.functional.conv2d)"),
            "pool/max": Series(maps.pooled("max", one), GRID, source=MAX_POOL),
            "pool/mean": Series(maps.pooled("mean", one), GRID, source=AVERAGE_POOL),
            **_moves(maps, frames[[digit]]),
            **_window(maps, one),
            **_sizes(maps, one),
            **_gradients(maps, frames[[digit]]),
            **_changes(maps, frames, digit),
            **_nets(maps, frames, data, seed),
        }
    )


def _moves(maps: "Maps", frame: "Tensor") -> dict[str, Series]:
    """The map of a digit (1, 1, y, x) moved to either side, and as far as a window steps; and what is kept of each."""
    from engine.pooling.maps import moved

    one = maps(frame)[0]
    found = {"moved/by": Series(MOVED_BY, unit="pixel"), "whole/max": Series(one.max().item())}
    for name, by in (("moved", MOVED_BY), ("left", -MOVED_BY), ("stride", maps.window)):
        other = maps(moved(frame, by))[0]
        found[f"{name}/map"] = Series(other, GRID, source=f"as map, {by} pixels to the right")
        found[f"{name}/max"] = Series(maps.pooled("max", other), GRID, source=MAX_POOL)
        found[f"whole/{name}"] = Series(other.max().item(), source=f"global max pooling of {name}/map")
    other = maps(moved(frame, MOVED_BY))[0]
    before, after = maps.pooled("max", one), maps.pooled("max", other)
    changed = after != before
    found["moved/difference"] = Series((other - one).abs(), GRID, source="|moved/map − map|")
    found["moved/max_difference"] = Series((after - before).abs(), GRID, source="|moved/max − pool/max|")
    found["moved/map_changed_count"] = Series(int((other != one).sum()), source="moved/map ≠ map")
    found["moved/mean"] = Series(maps.pooled("mean", other), GRID, source=AVERAGE_POOL)
    found["moved/changed"] = Series(changed, GRID, source="moved/max ≠ pool/max")
    found["moved/changed_count"] = Series(int(changed.sum()))
    found["strip/row"] = Series(maps.telling_row(one, other))
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
    """The formula of a pooled map's side, how many numbers there are before and after, and what a filter sees then."""
    from torch import nn

    from engine.pooling.maps import COARSER

    side, pooled = one.shape[-1], maps.pooled("max", one)
    strided = nn.Conv2d(1, 1, NEXT_KERNEL, stride=maps.window, padding=NEXT_KERNEL // 2)
    return {
        "size/input": Series(side),
        "size/window": Series(maps.window),
        "size/stride": Series(maps.window),
        "size/coarse": Series(COARSER * maps.window, source="the side of the coarse windows"),
        "size/output": Series(pooled.shape[-1], source="⌊(n − k) / s⌋ + 1"),
        "size/kernel": Series(NEXT_KERNEL, source="the side of a filter over the pooled map"),
        "size/sees": Series((NEXT_KERNEL - 1) * maps.window + maps.window, source="(kernel − 1) s + k"),
        "count/before": Series(one.numel()),
        "count/after": Series(pooled.numel()),
        "count/parameters": Series(
            sum(each.numel() for each in nn.MaxPool2d(maps.window).parameters()), source="torch.nn.MaxPool2d"
        ),
        "count/strided": Series(
            sum(each.numel() for each in strided.parameters()), source="torch.nn.Conv2d of one map, stride s"
        ),
    }


def _gradients(maps: "Maps", frame: "Tensor") -> dict[str, Series]:
    """Where the gradient of the sum of all pooled cells goes, 1 arriving at each: by the map, and through the ReLU."""
    import torch

    from engine.pooling.maps import PATCH

    one = maps(frame)[0]
    top, left = maps.patch(one)
    part = slice(top, top + PATCH), slice(left, left + PATCH)
    found = {
        "gradient/arriving": Series(1.0, source="∂Σp / ∂p"),
        "gradient/top": Series(top, source="the first row of the part that is shown"),
        "gradient/left": Series(left, source="its first column"),
        "gradient/lit_count": Series(int((one[part] > 0).sum()), source="cells of the part that are above 0"),
    }
    for kind in ("max", "mean"):
        response = maps.response(frame)[0].requires_grad_()
        leaf = torch.relu(response)
        by = torch.autograd.grad(maps.pooled(kind, leaf).sum(), (leaf, response))
        for name, gradient in zip((kind, f"{kind}_response"), by, strict=True):
            found[f"gradient/{name}"] = Series(gradient, GRID, source="torch.autograd.grad")
        found[f"gradient/{kind}_count"] = Series(int((by[0] != 0).sum()), source="cells with a gradient")
        found[f"gradient/{kind}_lit"] = Series(
            int((by[1][part] != 0).sum()), source="cells of the part with one behind the ReLU, too"
        )
    found["gradient/mean_each"] = Series(1.0 / maps.window**2, source="1 / k²")
    return found


def _changes(maps: "Maps", frames: "Tensor", digit: int) -> dict[str, Series]:
    """How much a move changes a map and what each pooling makes of it: for the digit, and for all."""
    from engine.pooling.maps import KINDS, change, moved

    straight, other = maps(frames), maps(moved(frames, MOVED_BY))
    shares = [change(maps.pooled(kind, straight), maps.pooled(kind, other)) for kind in KINDS]
    own = [
        change(maps.pooled(kind, straight[[digit]]), maps.pooled(kind, other[[digit]])).item()
        for kind in KINDS
    ]
    return {
        "change/kind": Series(list(KINDS), ("kind",)),
        "change/one": Series(own, ("kind",), source="‖moved − straight‖ / ‖straight‖"),
        "change/all": Series(
            [share.mean().item() for share in shares],
            ("kind",),
            source="the mean of change over all digits in which the filter finds something",
        ),
        "change/count": Series(len(shares[0]), source="digits in which the filter finds something"),
    }


def _nets(maps: "Maps", frames: "Tensor", data: "Data", seed: int) -> dict[str, Series]:
    """What nets with each pooling get right."""
    from engine.pooling.maps import KINDS
    from engine.pooling.nets import EPOCHS, FILTERS, KERNEL, trained

    nets = [trained(name, maps.window, frames, data, seed, MOVED_BY) for name in KINDS]
    return {
        "nets/kind": Series(list(KINDS), ("net",)),
        "nets/numbers": Series(
            [net.numbers for net in nets], ("net",), source="what pooling leaves of all maps"
        ),
        "nets/accuracy": Series([net.straight for net in nets], ("net",), source="on the test set"),
        "nets/moved": Series(
            [net.moved for net in nets], ("net",), source="on the test set, moved/by to the right"
        ),
        "nets/sides": Series(
            [net.sides for net in nets],
            ("net",),
            source="nets that say to which side a digit was moved, on the test set moved to either",
        ),
        "nets/guess": Series(1 / 2, source="one of two sides, guessed"),
        "nets/train_count": Series(len(data.train)),
        "nets/test_count": Series(len(data.test)),
        "nets/side_count": Series(2 * len(data.test), source="the test set, moved to either side"),
        "nets/classes": Series(len(data.classes)),
        "nets/filters": Series(FILTERS),
        "nets/kernel": Series(KERNEL),
        "nets/epochs": Series(EPOCHS),
    }
