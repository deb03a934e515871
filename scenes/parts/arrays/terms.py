"""The numbers of a series as the terms of a formula; a zero without decimals."""

from __future__ import annotations

import numpy as np

from scenes.stage.stage import Stage


def terms(film: Stage, series: str, form: str) -> tuple[list[str], dict[str, str]]:
    """Placeholders for all numbers, in reading order, to be joined in a source; and what fills them."""
    values = film.array(series)
    fields: dict[str, str] = {
        f"v{i}": film.number(series, *at, form=form if values[at] else "d")
        for i, at in enumerate(np.ndindex(values.shape))
    }
    return [f"{{{name}}}" for name in fields], fields
