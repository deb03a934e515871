"""What a kernel makes of any window, as a formula, what its letters are, and the numbers in it for one window."""

from __future__ import annotations

import numpy as np
from manim import VGroup

from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.arrays.walk import Walk
from scenes.parts.room.layout import column
from scenes.parts.text.sums import ENDS, Sum
from scenes.stage import style
from scenes.stage.stage import Stage

PRODUCTS_MAX = 6  # more than these are not written out


def window_rule(film: Stage, key: str, stride: int, dilation: int) -> VGroup:
    """The rule for `key`/weight (ky, kx) and `key`/bias, with the film's labels letters_… below it.

    Places count from 0, as the trace does; stride and dilation stand in it where they are not 1.
    """
    row, column_ = (f"{'s' if stride > 1 else ''} {one}" for one in "ij")
    down, right = (f"{'d' if dilation > 1 else ''} {one}" for one in "kl")
    rows, columns = film.array(f"{key}/weight").shape
    places = {"first": (0, 0, 1), "last_row": (rows - 1, 0, 0), "last_column": (0, columns - 1, 1)}
    ends: dict[str, str] = {
        one: film.position(film.s(f"{key}/weight"), y, x, axis=axis) for one, (y, x, axis) in places.items()
    }
    source = (
        "y_(i j) = sum_(k = {first})^({last_row}) sum_(l = {first})^({last_column}) "
        f"w_(k l) dot x_({row} + {down}, {column_} + {right}) + b"
    )
    told = {"rows": True, "stride": stride > 1, "dilation": dilation > 1, "bias": True}
    b = film.number(film.s(f"{key}/bias"))
    texts = (film.label(f"letters_{one}", b=b, zero=ends["first"]) for one, needed in told.items() if needed)
    lines = [
        film.math(source, style.FORMULA_PX, "ink", **ends),
        *(film.words(one, style.LABEL_PX, "muted") for one in texts),
    ]
    return column(lines, align="centre")


def filled_rule(
    film: Stage, walk: Walk, kernel: SeriesCells, forms: tuple[str, str]
) -> tuple[str, dict[str, str]]:
    """Typst math of the rule for the cell of slide/output where `walk` stands, and the numbers in it.

    Products that are 0 are left out; `forms` are those of pixels and outputs.
    """
    total, (pixel, output), (top, left), spread = Sum(film), forms, walk.corner(walk.at), walk.dilation
    taps = [(int(k), int(m)) for k, m in np.argwhere(film.array("slide/products")[walk.at])]
    folded = len(taps) > PRODUCTS_MAX
    for n, (k, m) in enumerate([*taps[:ENDS], taps[-1]] if folded else taps):
        if folded and n == ENDS:
            total.add_dots()
        place = top + spread * k, left + spread * m
        total.add_product((kernel.series, (k, m), kernel.form()), ("slide/padded", place, pixel))
    if float(film.item("kernel/bias")):
        total.add("kernel/bias")
    rounded = any((values % 1).any() for values in map(film.array, (kernel.series, "slide/padded")))
    i, j = (film.position(film.s("slide/output"), *walk.at, axis=axis) for axis in (0, 1))
    y = film.number(film.s("slide/output"), *walk.at, form=output)
    sides = ["i = {i}, quad j = {j}, quad y_({i}, {j})", *([total.source] if total.fields else []), "{y}"]
    sign = " approx " if rounded else " = "
    return sign.join([" = ".join(sides[:-1]), sides[-1]]), {"i": i, "j": j, "y": y, **total.fields}
