"""The same deep network with different activations: why a gradient fades on its way back, and what helps."""

from __future__ import annotations

from scenes.vanishing import CARD
from scenes.vanishing.gradient_beats import GradientBeats
from scenes.vanishing.learning_beats import LearningBeats


class Vanishing(GradientBeats, LearningBeats):
    """See scenes/vanishing/text.toml for what each beat says."""

    card = CARD

    def prepare(self) -> None:
        """The strips are the same objects in every beat."""
        self.build_nets()
