"""What several series say of several runs: bands below each other, each a head and a value of every run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from manim import VGroup, VMobject

from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.run_stage import RunStage

NAMES = 0.7  # of a band: the line of marks and names above them
HEAD = 0.75  # of its line of values
Band = tuple[Typeset, Mapping[int, VMobject]]  # a head, and what stands below it by run


class RunValues:
    """`names` of the runs with their marks, beside each other; `heads` and `values` of the bands, in their order.

    Each value stands below its run's mark; a run that a band leaves out has no value there.
    """

    def __init__(self, film: RunStage, box: Box, names: Mapping[int, str], bands: Sequence[Band]) -> None:
        places = dict(zip(names, box.columns(*[1.0] * len(names), gap=style.TIGHT), strict=True))
        top, *rows = box.rows(NAMES, *[1.0] * len(bands))
        self.names = {
            run: fit(
                film.titled(run, names[run], place.width + style.GAP - style.TIGHT),
                _cross(place, top),
                "left",
            )
            for run, place in places.items()
        }
        self.heads: list[Typeset] = []
        self.values: list[dict[int, VMobject]] = []
        for (head, values), band in zip(bands, rows, strict=True):
            upper, lower = band.rows(HEAD, 1.0, gap=0.0)
            self.heads.append(fit(head, upper, "left", "top"))
            self.values.append(
                {run: fit(value, _cross(places[run], lower), "left") for run, value in values.items()}
            )

    def band(self, number: int) -> VGroup:
        """All of a band."""
        return VGroup(self.heads[number], *self.values[number].values())


def _cross(column: Box, line: Box) -> Box:
    return replace(column, bottom=line.bottom, top=line.top)
