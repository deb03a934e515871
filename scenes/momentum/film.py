"""Momentum and what came after it: torch's own optimisers on one loss surface, step by step."""

from __future__ import annotations

from scenes.momentum import CARD
from scenes.momentum.method_beats import MethodBeats
from scenes.momentum.path_beats import PathBeats
from scenes.momentum.result_beats import ResultBeats


class MomentumFilm(PathBeats, ResultBeats, MethodBeats):
    """See scenes/momentum/text.toml for what each beat says."""

    card = CARD
