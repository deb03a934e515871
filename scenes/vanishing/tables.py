"""What training came to, as tables: the compared nets, and the measured cures."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.box import Box
from scenes.parts.table import Column, Table
from scenes.stage import style
from scenes.vanishing.stage import DeepStage

SCORE_PX = 56
NAME_ROOM = 2.9


def scores(film: DeepStage, box: Box) -> Table:
    """Mark, activation, and the accuracy on the test set."""
    names = {run: film.words(film.activation(run)) for run in film.nets}
    score = Column([film.outcome(run, SCORE_PX) for run in names], film.head("accuracy"))
    return film.run_table(box, names, [score], pitch=1.2)


def cure_table(film: DeepStage, box: Box, runs: Sequence[int]) -> Table:
    """Mark, what was changed, the first layer's gradient, the accuracy."""
    form = film.form_of("gradient_norm", 0, runs=runs)
    norms = [film.values(film.of(run, "gradient_norm"), [0], form, role="gradient")[0] for run in runs]
    columns = [
        Column(norms, film.math(film.norm_of(0), 30)),
        Column([film.outcome(run, style.TABLE_PX) for run in runs], film.head("accuracy_short")),
    ]
    names = {run: film.fitted(film.recipe(run), NAME_ROOM) for run in runs}
    return film.run_table(box, names, columns, head=film.head("recipe"), role="gradient", gap=1.7)
