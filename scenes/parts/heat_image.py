"""Numbers as an image: the stronger the colour, the larger the number. For more numbers than squares can show."""

from __future__ import annotations

import numpy as np
from manim import ImageMobject
from manim.constants import RESAMPLING_ALGORITHMS

from scenes.style import Look

LEAST_SHARE = 0.06  # of the colour in the smallest number, so that the image stands off the background


def heat_image(
    look: Look,
    values: np.ndarray,
    low: float,
    high: float,
    width: float,
    height: float,
    role: str = "activation",
) -> ImageMobject:
    """values (row, column) from `low` (blank) to `high` (the role's full colour), one block of the image each."""
    share = LEAST_SHARE + (1 - LEAST_SHARE) * (values - low) / ((high - low) or 1.0)  # (row, column)
    ends = [
        np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)])
        for colour in (look.background, look.colour(role))
    ]
    pixels = np.round(ends[0] + share[..., None] * (ends[1] - ends[0])).astype(np.uint8)  # (row, column, rgb)
    image = ImageMobject(pixels)
    image.set_resampling_algorithm(RESAMPLING_ALGORITHMS["nearest"])
    image.stretch_to_fit_width(width).stretch_to_fit_height(height)
    return image
