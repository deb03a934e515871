"""A picture is numbers, a window walks over it, and the same few weights are used everywhere."""

from __future__ import annotations

from scenes.convolution import CARD
from scenes.convolution.filter_beats import FilterBeats
from scenes.convolution.size_beats import SizeBeats
from scenes.convolution.window_beats import WindowBeats


class Convolution(WindowBeats, SizeBeats, FilterBeats):
    """See scenes/convolution/text.toml for what each beat says."""

    card = CARD
