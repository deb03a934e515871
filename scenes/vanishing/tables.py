"""What training came to, as tables: the compared nets, and the measured cures."""

from __future__ import annotations

from collections.abc import Iterable

from scenes.parts.box import Box
from scenes.parts.table import Column, Table
from scenes.stage import style
from scenes.stage.provenance import Shown
from scenes.vanishing.stage import DeepStage
from scenes.vanishing.words import outcome

SCORE_PX = 56
NAME_ROOM = 2.9


def scores(film: DeepStage, box: Box) -> Table:
    """Mark, activation, and the accuracy on the test set."""
    columns = [
        Column([film.sign(run) for run in film.nets]),
        Column([film.words(film.activation(run)) for run in film.nets], align="left"),
        Column([outcome(film, run, SCORE_PX) for run in film.nets], film.head("accuracy")),
    ]
    return Table(film.look, columns, box, up="centre", pitch=1.2, gap=style.WIDE)


def cure_table(film: DeepStage, box: Box, runs: Iterable[int]) -> Table:
    """Mark, what was changed, the first layer's gradient, the accuracy."""
    form = film.form_of("gradient_norm", 0, runs=runs)
    norms = [film.values(film.of(run, "gradient_norm"), [0], form, role="gradient")[0] for run in runs]
    columns = [
        Column([film.sign(run, "gradient") for run in runs]),
        Column([film.fitted(recipe(film, run), NAME_ROOM) for run in runs], film.head("recipe"), "left"),
        Column(norms, film.math(film.norm_of(0), 30)),
        Column([outcome(film, run, style.TABLE_PX) for run in runs], film.head("accuracy_short")),
    ]
    return Table(film.look, columns, box, pitch=0.9, up="centre")


def recipe(film: DeepStage, run: int) -> Shown:
    """The activation, and what was done for its gradient."""
    added = film.item(film.of(run, "batch_norm")) and not film.item(film.of(1, "batch_norm"))
    change = film.label("batch_norm") if added else film.name(film.of(run, "initialisation"))
    return film.join(film.activation(run), " · ", change)
