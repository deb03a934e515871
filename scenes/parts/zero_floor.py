"""A measured 0 on a logarithmic axis: it has a line of its own below the smallest power of ten, marked 0."""

from __future__ import annotations

import numpy as np

from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.explainer import Explainer

DROP = 0.18  # how far below the lowest power of ten the line of 0 lies, as a share of the axis


class ZeroFloor:
    """`y_range` holds the powers of ten and, where one of `norms` is exactly 0, a line for it below them."""

    def __init__(self, decades: np.ndarray, *norms: np.ndarray) -> None:
        self.zero = any(bool((one == 0).any()) for one in norms)
        low, high = float(np.log10(decades[0])), float(np.log10(decades[-1]))
        bottom = low - DROP * (high - low) if self.zero else low
        self.y_range = (10.0 ** max(bottom, -322.0), 10.0**high)

    def height(self, norm: float) -> float:
        """The value at which `norm` is drawn: itself, or the line of 0."""
        return norm if norm > 0 else self.y_range[0]

    def label(self, stage: Explainer, *series: str) -> dict[float, Typeset]:
        """The mark 0 with its text, from the first value that is exactly 0; nothing when there is none."""
        for name in series if self.zero else ():
            zeros = np.flatnonzero(stage.trace[name].values == 0)
            if len(zeros):
                text = stage.value(name, int(zeros[0]), form="auto", px=style.NUMBER_MIN_PX)
                return {self.y_range[0]: text}
        return {}
