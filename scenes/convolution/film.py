"""A picture is numbers, a window walks over it, and the same few weights are used everywhere."""

from __future__ import annotations

from scenes.convolution import CARD
from scenes.convolution.edges import Edges
from scenes.convolution.learned import Learned
from scenes.convolution.padding import Padding
from scenes.convolution.pixels import Pixels
from scenes.convolution.sharing import Sharing
from scenes.convolution.stride import Stride
from scenes.convolution.transposed import Transposed
from scenes.convolution.window import Window


class Convolution(Pixels, Window, Padding, Stride, Transposed, Edges, Learned, Sharing):
    """See scenes/convolution/text.toml for what each beat says."""

    card = CARD
