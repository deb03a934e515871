"""Nine numbers draw the edges of a photograph: a window walks over its numbers, with the same weights everywhere."""

from __future__ import annotations

from scenes.convolution import CARD
from scenes.convolution.channels import Channels
from scenes.convolution.edges import Edges
from scenes.convolution.learned import Learned
from scenes.convolution.pixels import Pixels
from scenes.convolution.sharing import Sharing
from scenes.convolution.size import Size
from scenes.convolution.transposed import Transposed
from scenes.convolution.window import Window


class Convolution(Pixels, Window, Size, Transposed, Channels, Edges, Learned, Sharing):
    """See scenes/convolution/text.toml for what each beat says."""

    card = CARD
