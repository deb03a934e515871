"""How much lighter or darker a film's picture gets from one frame to the next, place by place."""

from __future__ import annotations

import numpy as np
from PIL import Image

BLOCK_PX = 16  # in a fade whole blocks change; in a movement their means hardly do
EVERY = 4  # rows: means of these are near enough


class Light:
    """Follows the luma of a film."""

    def __init__(self) -> None:
        self._before: np.ndarray | None = None

    def change(self, luma: np.ndarray) -> float:
        """The mean change of a block's mean since the last call, in grey levels of 255; 0 at first.

        `luma` is uint8 (height, width).
        """
        rows = Image.fromarray(luma[::EVERY])
        blocks = np.asarray(rows.reduce((BLOCK_PX, BLOCK_PX // EVERY)), dtype=np.int16)
        before, self._before = self._before, blocks
        return 0.0 if before is None else float(np.abs(blocks - before).mean())

    def forget(self) -> None:
        """The next picture is the first again."""
        self._before = None
