"""Contrast of texts, measured on the pixels that are really behind them."""

from __future__ import annotations

from typing import Any

import numpy as np

from pipeline.inspect.problems import Ledger
from pipeline.inspect.raster import Crop, spread
from pipeline.inspect.stage import Box, Item, Moment

LEAST = 4.5  # WCAG 2.2, level AA
WORST_SHARE = 10  # percentile: so many per cent of the pixels behind a text may be worse
INK = 0.4


def luminance(rgb: np.ndarray) -> np.ndarray:
    """Relative luminance (WCAG) of sRGB colours in 0..1, shape (..., 3) to (...)."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def contrast(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Contrast ratio (WCAG), 1 to 21, of sRGB colours in 0..1."""
    one, two = luminance(a), luminance(b)
    return np.asarray((np.maximum(one, two) + 0.05) / (np.minimum(one, two) + 0.05))


class Contrasts:
    """Checks every text that is not on its way, against the same frame drawn without texts."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self._known: dict[tuple[int, int], float] = {}

    def check(self, moment: Moment, film: Any, besides: set[int]) -> None:
        """Draw the moment without its texts and measure each; a text of `besides` has another problem already."""
        texts = [text for text in moment.texts if not text.animated and id(text) not in besides]
        if not texts:
            return
        behind = draw(film.camera, moment.shapes)
        for text in texts:
            ratios = [self._ratio(part, behind, film.camera) for part in text.parts]
            worst = min(ratios)
            if worst < LEAST - 0.05:
                self.ledger.add(
                    "low-contrast",
                    moment,
                    (text.birth,),
                    f"Its contrast is {worst:.1f}:1; it needs {LEAST}:1.",
                    boxes=(text.box,),
                    allowed=text.allowed,
                )

    def _ratio(self, part: Item, behind: np.ndarray, camera: Any) -> float:
        scale = camera.pixel_width / camera.frame_width
        rows, columns, box = _window(part.box, behind.shape, scale, camera)
        piece = behind[rows, columns]
        if piece.size == 0:
            return 21.0  # out of the frame: that is another problem
        key = (part.drawn, hash(piece.tobytes()))
        if key not in self._known:
            self._known[key] = _measure(part, piece, Crop(box, scale))
        return self._known[key]


def draw(camera: Any, items: list[Item]) -> np.ndarray:
    """The frame with `items` only, RGB uint8; what is as it was when `camera` last drew is not drawn again."""
    camera.show([item.mobject for item in items], [])
    return np.array(camera.pixel_array[:, :, :3])


def _window(box: Box, shape: tuple[int, ...], scale: float, camera: Any) -> tuple[slice, slice, Box]:
    """The pixels of the frame that hold `box`, one more on each side, and the box of exactly these pixels."""
    left, top = -camera.frame_width / 2, camera.frame_height / 2
    first = max(int((box[0] - left) * scale) - 1, 0)
    last = min(int((box[2] - left) * scale) + 2, shape[1])
    upper = max(int((top - box[3]) * scale) - 1, 0)
    lower = min(int((top - box[1]) * scale) + 2, shape[0])
    exact = (left + first / scale, top - lower / scale, left + last / scale, top - upper / scale)
    return slice(upper, lower), slice(first, last), exact


def _measure(part: Item, piece: np.ndarray, crop: Crop) -> float:
    ink = crop.ink([part])
    if ink.shape != piece.shape[:2]:
        height, width = min(ink.shape[0], piece.shape[0]), min(ink.shape[1], piece.shape[1])
        ink, piece = ink[:height, :width], piece[:height, :width]
    around = spread(ink > INK)
    if not around.any():
        return 21.0
    under = piece[around] / 255.0
    colour, alpha = np.array(part.fill[:3]), part.fill[3]
    seen = alpha * colour + (1 - alpha) * under
    return float(np.percentile(contrast(seen, under), WORST_SHARE))
