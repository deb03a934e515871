"""What a kernel makes of any window, as a formula, and what its letters are."""

from __future__ import annotations

from manim import VGroup

from scenes.parts.room.layout import column
from scenes.stage import style
from scenes.stage.stage import Stage


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
