"""Digits for numbers that add up on screen: as many as it takes that the rounded sum is the sum of what is shown."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from scenes.stage.comparing import in_column
from scenes.stage.provenance import format_value, read_number

MORE = 3  # decimals that may be added


def adding_up(parts: Sequence[float], total: float) -> tuple[str, bool]:
    """The format of these parts and their sum, and whether what it shows of them adds up to the last digit."""
    form = in_column(np.array([*parts, total]))
    places = form.removeprefix(".").removesuffix("f")
    if not places.isdigit():
        return form, False
    for count in range(int(places), int(places) + MORE + 1):
        shown = [read_number(format_value(one, f".{count}f")) for one in (*parts, total)]
        if round(abs(sum(shown[:-1]) - shown[-1]) * 10**count) == 0:
            return f".{count}f", True
    return form, False
