"""Feature maps of digits in a frame of zeros, and the ways they are pooled. All float64."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

DIGIT, MARGIN, HIGH = 8, 2, 16  # a digit's side, the zeros around it, and its largest pixel
COARSER = 2  # how many times as wide the coarse windows are
PATCH = 6  # cells a side of the part of a map whose gradients are shown: whole windows of 2 and of 3
KINDS = ("map", "max", "mean", "coarse", "global")


def framed(raw: Tensor) -> Tensor:
    """Rows of pixels (row, 64) as pictures from 0 to 1 in a frame of zeros: (row, 1, 12, 12)."""
    return functional.pad((raw / HIGH).reshape(-1, 1, DIGIT, DIGIT), (MARGIN,) * 4)


def moved(frames: Tensor, by: int) -> Tensor:
    """The same, so many pixels to the right (…, y, x); what leaves the frame is gone, and zeros come in."""
    width = frames.shape[-1]
    return functional.pad(frames, (max(by, 0), max(-by, 0)))[..., max(-by, 0) : max(-by, 0) + width]


@dataclass(frozen=True)
class Maps:
    """A filter (ky, kx) and the side of its pooling windows."""

    kernel: Tensor
    window: int

    def __call__(self, frames: Tensor) -> Tensor:
        """The ReLU of the filter's response: (row, 1, y, x) to (row, y, x)."""
        return torch.relu(self.response(frames))

    def response(self, frames: Tensor) -> Tensor:
        """What the filter gives before the ReLU: (row, 1, y, x) to (row, y, x)."""
        padding = self.kernel.shape[0] // 2
        return functional.conv2d(frames, self.kernel[None, None], padding=padding)[:, 0]

    def pooled(self, kind: str, maps: Tensor) -> Tensor:
        """Maps (…, y, x) as ``kind``, one of KINDS, leaves them; "global" keeps the largest of each: (…, 1, 1)."""
        flat = maps.reshape(-1, 1, *maps.shape[-2:])
        ways: dict[str, Callable[[], Tensor]] = {
            "map": lambda: flat,
            "max": lambda: functional.max_pool2d(flat, self.window),
            "mean": lambda: functional.avg_pool2d(flat, self.window),
            "coarse": lambda: functional.max_pool2d(flat, COARSER * self.window),
            "global": lambda: functional.adaptive_max_pool2d(flat, 1),
        }
        out = ways[kind]()
        shaped: Tensor = out.reshape(*maps.shape[:-2], *out.shape[-2:])
        return shaped

    def windows(self, one: Tensor) -> Tensor:
        """A map (y, x) as its windows: (row, column, y, x)."""
        found: Tensor = one.unfold(0, self.window, self.window).unfold(1, self.window, self.window)
        return found

    def liveliest(self, one: Tensor) -> tuple[int, int]:
        """The window (row, column) with the most different values, and of those the one that varies most.

        A window of zeros would tie, and torch names its first cell the largest.
        """
        windows = self.windows(one).flatten(2)  # (row, column, cell)
        different = torch.tensor([[len(set(cell.tolist())) for cell in row] for row in windows])
        score = different + windows.std(dim=2) / (1 + windows.std(dim=2).max())
        row, column = divmod(int(score.argmax()), score.shape[1])
        return row, column

    def patch(self, one: Tensor) -> tuple[int, int]:
        """The first cell of the part of a map (y, x) of PATCH × PATCH cells, in whole windows, with most in it."""
        parts = (one > 0).to(one).unfold(0, PATCH, self.window).unfold(1, PATCH, self.window).sum(dim=(2, 3))
        row, column = divmod(int(parts.argmax()), parts.shape[1])
        return row * self.window, column * self.window

    def telling_row(self, one: Tensor, other: Tensor) -> int:
        """Of the pooled maps of ``one`` (y, x) and of ``other`` the row that tells most about windows.

        First one in which something changes and something stays, then the one that changes most.
        """
        before, after = self.pooled("max", one), self.pooled("max", other)
        stays = ((before == after) & (before > 0)).any(dim=1) & (before != after).any(dim=1)
        changes = (after - before).abs().sum(dim=1)
        return int((changes / (1 + changes.max()) + stays).argmax())


def change(straight: Tensor, moved: Tensor) -> Tensor:
    """‖moved − straight‖ / ‖straight‖ of each map (row, y, x); maps without anything are left out."""
    size = straight.flatten(1).norm(dim=1)
    shares: Tensor = (moved - straight).flatten(1).norm(dim=1) / size
    return shares[size > 0]
