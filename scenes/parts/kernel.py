"""A kernel as cells: the sign of a weight by hue and by its minus, the size by strength."""

from __future__ import annotations

import numpy as np

from scenes.parts.cells import Cells, number_form, px_for, shape_of, widest
from scenes.stage.explainer import Explainer

STRENGTH = 0.9  # share of the hue in the tile of the largest weight


class KernelCells(Cells):
    """The weights of series `series` (ky, kx), after the indices `index`. Numbers stand in them where they fit."""

    def __init__(
        self,
        film: Explainer,
        series: str,
        pitch: tuple[float, float],
        centre: tuple[float, float],
        *index: int,
        limit: float = 0.0,
        numbers: bool = True,
    ) -> None:
        weights = film.trace[series].values[tuple(index)]
        super().__init__(film.look, shape_of(weights), pitch, centre)
        reach = limit or float(np.abs(weights).max()) or 1.0
        form = number_form(weights)
        self.number_px = px_for(widest(weights.ravel().tolist(), form, film.look), pitch) if numbers else 0.0
        for row, column in self.places():
            weight = float(weights[row, column])
            self.tile(
                row, column, "positive" if weight >= 0 else "negative", STRENGTH * min(abs(weight) / reach, 1)
            )
            if self.number_px:
                shown, colour = (form, "ink") if weight else ("d", "muted")
                text = film.value(series, *index, row, column, form=shown, px=self.number_px, colour=colour)
                self.put(row, column, text)
