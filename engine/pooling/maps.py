"""Feature maps of digits in a frame of zeros, and the ways they are pooled. All float64."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

DIGIT, MARGIN, HIGH = 8, 2, 16  # a digit's side, the zeros around it, and its largest pixel
COARSER = 2  # how many times as wide the coarse windows are
KINDS = ("map", "max", "mean", "coarse", "global")


def framed(raw: Tensor) -> Tensor:
    """Rows of pixels (row, 64) as pictures from 0 to 1 in a frame of zeros: (row, 1, 12, 12)."""
    return functional.pad((raw / HIGH).reshape(-1, 1, DIGIT, DIGIT), (MARGIN,) * 4)


@dataclass(frozen=True)
class Maps:
    """A filter (ky, kx) and the side of its pooling windows."""

    kernel: Tensor
    window: int

    def __call__(self, frames: Tensor) -> Tensor:
        """The ReLU of the filter's response: (row, 1, y, x) to (row, y, x)."""
        response = functional.conv2d(frames, self.kernel[None, None], padding=self.kernel.shape[0] // 2)
        return torch.relu(response)[:, 0]

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


def change(straight: Tensor, moved: Tensor) -> Tensor:
    """‖moved − straight‖ / ‖straight‖ of each map (row, y, x); maps without anything are left out."""
    size = straight.flatten(1).norm(dim=1)
    shares: Tensor = (moved - straight).flatten(1).norm(dim=1) / size
    return shares[size > 0]
