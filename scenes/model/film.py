"""A user's own model: its map, what flows through it and back, and its real numbers."""

from __future__ import annotations

from scenes.model import CARD
from scenes.model.back_beats import BackBeats
from scenes.model.flow_beats import FlowBeats
from scenes.model.number_beats import NumberBeats


class Model(FlowBeats, NumberBeats, BackBeats):
    """See scenes/model/text.toml for what each beat says."""

    card = CARD
