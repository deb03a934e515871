"""Where things stand on a slide, the same as in a film: boxes in inches from the top left of a 16:9 slide."""

from __future__ import annotations

from dataclasses import dataclass

from scenes.stage import style

HEIGHT_IN = 7.5
UNIT_IN = HEIGHT_IN / style.FRAME_HEIGHT
WIDTH_IN = style.FRAME_WIDTH * UNIT_IN
PT_IN = 1 / 72


def points(px: float) -> float:
    """A type size in points from px of a 1080p film."""
    return px * style.PX * UNIT_IN / PT_IN


@dataclass(frozen=True)
class Box:
    """A box in inches; ``top`` counts down from the slide's top."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def film(cls, left: float, right: float, top: float, bottom: float) -> Box:
        """From a film's units, which count from the centre of the frame, upwards."""
        origin_x, origin_y = style.FRAME_WIDTH / 2, style.FRAME_HEIGHT / 2
        return cls(
            (left + origin_x) * UNIT_IN,
            (origin_y - top) * UNIT_IN,
            (right - left) * UNIT_IN,
            (top - bottom) * UNIT_IN,
        )

    def hold(self, width: float, height: float) -> Box:
        """The largest box of the proportions width : height inside this one, centred."""
        scale = min(self.width / width, self.height / height)
        wide, high = width * scale, height * scale
        return Box(self.left + (self.width - wide) / 2, self.top + (self.height - high) / 2, wide, high)


TITLE_HALF = style.TITLE_Y - style.STAGE_TOP - 0.1  # above and below the line that film titles stand on
FULL = Box(0, 0, WIDTH_IN, HEIGHT_IN)
TITLE = Box.film(style.LEFT, 2.2, style.TITLE_Y + TITLE_HALF, style.TITLE_Y - TITLE_HALF)
CORNER = Box.film(2.3, style.RIGHT, style.TITLE_Y + TITLE_HALF, style.TITLE_Y - TITLE_HALF)
BODY = Box.film(style.LEFT, style.RIGHT, style.STAGE_TOP, -style.SAFE_Y)
WORDS = Box.film(
    style.LEFT, style.RIGHT, -2.5, -3.8
)  # a film's caption band, which films for decks leave empty
OPENING_TITLE = Box.film(style.LEFT, style.RIGHT, 2.4, 0.25)
# As on the cards of a lecture film: one stripe a role, in the order in which a net uses them.
STRIPE_ROLES = ("input", "positive", "activation", "loss", "gradient")
STRIPES = tuple(
    Box.film(style.LEFT + 0.76 * number, style.LEFT + 0.76 * number + 0.62, 0.045, -0.045)
    for number in range(len(STRIPE_ROLES))
)
OPENING_SUBTITLE = Box.film(style.LEFT, style.RIGHT, -0.3, -3.2)

OPENING_PT = points(96)
OPENING_SUBTITLE_PT = points(52)
TITLE_PT = points(style.TITLE_PX)
SMALL_PT = points(style.SUBTITLE_PX)
BODY_PT = points(56)
LEAST_PT = points(style.MINIMUM_PX)
