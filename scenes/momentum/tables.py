"""One update of momentum taken apart, in numbers."""

from __future__ import annotations

from scenes.momentum.stage import DescentStage
from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.comparing import in_column

# Series, symbol and colour of what makes one step of momentum.
PARTS = (
    ("momentum/downhill", "-eta nabla f", "gradient"),
    ("momentum/kept", "-eta beta v_(k - rule(1))", "activation"),
    ("momentum/move", "-eta v_k", "positive"),
)


def update_table(film: DescentStage, k: int, box: Box) -> Table:
    """The step of update `k` by axis: the gradient's share plus what is kept is the whole; rows as the arrows."""
    columns = [Column([film.math(symbol, 38, role) for _, symbol, role in PARTS], align="left")]
    for axis, name in enumerate("xy"):
        form = in_column([film.array(series)[k, axis] for series, _, _ in PARTS])
        cells = [
            film.value(series, k, axis, form=form, px=style.TABLE_PX, colour=role)
            for series, _, role in PARTS
        ]
        columns.append(Column(cells, film.math(name, 36)))
    return Table(film.look, columns, box, rules=((2, 0, 2),), up="centre")
