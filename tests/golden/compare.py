"""How alike two small frames look: structural similarity (SSIM), over the frame and where it is worst."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image
from skimage.metrics import structural_similarity

MEAN = 0.985  # over the frame; other versions of Cairo or Typst smooth edges a little differently
WORST = 0.92  # over the worst block: a label moved or coloured otherwise (single digits are `verify`'s business)
BLOCK = 15  # px; divides 240 and 135
GAP = 4


@dataclass(frozen=True)
class Likeness:
    """SSIM, 1 for equal frames: the mean, and the mean of the worst 15 × 15 px block."""

    mean: float
    worst: float

    @property
    def good(self) -> bool:
        """Whether a viewer would call the frames the same."""
        return self.mean >= MEAN and self.worst >= WORST


def likeness(one: np.ndarray, other: np.ndarray) -> Likeness:
    """Compare two RGB uint8 frames of the same shape."""
    if one.shape != other.shape:
        return Likeness(0.0, 0.0)
    mean, local = structural_similarity(one, other, channel_axis=2, full=True)
    flat = local.mean(axis=2)
    blocks = flat.reshape(flat.shape[0] // BLOCK, BLOCK, flat.shape[1] // BLOCK, BLOCK).mean(axis=(1, 3))
    return Likeness(float(mean), float(blocks.min()))


def write_beside(reference: np.ndarray, result: np.ndarray, path: Path) -> None:
    """Reference, result and their difference (three times as strong), side by side in one PNG."""
    if reference.shape != result.shape:
        reference = np.zeros_like(result)
    difference = np.clip(3 * abs(reference.astype(int) - result.astype(int)), 0, 255).astype(np.uint8)
    gap = np.full((result.shape[0], GAP, 3), 128, np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.hstack([reference, gap, result, gap, difference])).save(path)
