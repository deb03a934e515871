"""Where panels stand."""

from __future__ import annotations

import numpy as np

from scenes.stage.style import RIGHT, STAGE_TOP

LEFT_X, RIGHT_X = 0.45, RIGHT - 0.05
CENTRE_X = (LEFT_X + RIGHT_X) / 2
TOP_Y = STAGE_TOP - 0.3
ROW_PX = 32  # em size of a panel's numbers


def at(x: float, y: float) -> np.ndarray:
    """A point of the frame, in units from its centre."""
    return np.array([x, y, 0.0])
