"""A table of shares: a name for each row, then for every measurement its per cents and its bars, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenes.parts.box import Box
from scenes.parts.table import Bars, Column, Table
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.stage import Stage

SHARE_PX = 36


def shares(
    film: Stage, names: Sequence[Typeset], heads: Mapping[str, Typeset], box: Box, more: Sequence[Column] = ()
) -> Table:
    """`heads` are series with a share for each name, and what stands above their numbers; `more` columns come before.

    A bar of the full width is the whole, or the largest of all shares where one is larger.
    """
    columns: list[Column | Bars] = [Column(names, align="left"), *more]
    most = max(1.0, *(float(film.array(series).max()) for series in heads))
    for series, head in heads.items():
        columns.append(Column(film.values(series, range(len(names)), ".0%", SHARE_PX), head))
        columns.append(Bars([float(value) / most for value in film.array(series)]))
    return Table(film.look, columns, box, up="centre", gap=style.WIDE)
