"""Momentum and its family: torch's own optimisers on one loss surface, step by step."""

from __future__ import annotations

from scenes.momentum import CARD
from scenes.momentum.path_beats import PathBeats
from scenes.momentum.result_beats import ResultBeats


class MomentumFilm(PathBeats, ResultBeats):
    """See scenes/momentum/text.toml for what each beat says."""

    card = CARD
