"""Every constant of the look: palette, type, sizes, zones, timing. Units: Manim units unless the name says otherwise.

The frame is 8 units high, so one unit is 135 px of a 1080p film; sizes in px always mean that 1080p film.
"""

from __future__ import annotations

from dataclasses import dataclass

FRAME_HEIGHT = 8.0
FRAME_WIDTH = FRAME_HEIGHT * 16 / 9
PX = FRAME_HEIGHT / 1080  # one 1080p pixel in units


@dataclass(frozen=True)
class Look:
    """One theme: each role is one meaning and one colour in every scene.

    The dark roles come from the design; both sets keep 4.5:1 against the background, and against the
    surface too but for dark loss (4.2), which therefore never stands on it as text. They stay apart
    under full deuteranomaly, protanomaly and tritanomaly (CAM02-UCS distance 14.6 dark, 10.4 light).
    """

    name: str
    background: str
    surface: str
    ink: str
    muted: str
    input: str
    positive: str
    negative: str
    activation: str
    gradient: str
    loss: str

    def colour(self, role: str) -> str:
        """The hex colour of a role name; a hex colour passes through."""
        return role if role.startswith("#") else str(getattr(self, role))


DARK = Look(
    name="dark",
    background="#0E1116",
    surface="#1B222C",
    ink="#E6EDF3",
    muted="#8B949E",
    input="#5EEAD4",
    positive="#4F8DFF",
    negative="#FB923C",
    activation="#FEF08A",
    gradient="#F0ABFC",
    loss="#EF4444",
)
LIGHT = Look(
    name="light",
    background="#FFFFFF",
    surface="#EEF2F6",
    ink="#111827",
    muted="#4E4E58",
    input="#007D5E",
    positive="#0B35E3",
    negative="#BE4600",
    activation="#554600",
    gradient="#A2178E",
    loss="#97003A",
)
LOOKS = {look.name: look for look in (DARK, LIGHT)}
CHANNELS = ("#E5484D", "#30A46C", "#3E7BFA")  # of a colour picture, as tints
ROLES = ("ink", "muted", "input", "positive", "negative", "activation", "gradient", "loss")

# Type: em sizes in px at 1080p. Nothing is smaller than MINIMUM_PX; numbers people must read are NUMBER_PX or more.
FONT = "Noto Sans KR"
MINIMUM_PX = 20
TITLE_PX = 44
SUBTITLE_PX = 28
CAPTION_PX = 40
FORMULA_PX = 42
LABEL_PX = 30
SMALL_PX = 26
NUMBER_PX = 28
NUMBER_MIN_PX = 26
TABLE_PX = 32

# Zones, in units from the centre of the frame. Nothing leaves the 4 % safe margin.
SAFE_X = FRAME_WIDTH * 0.46
SAFE_Y = FRAME_HEIGHT * 0.46
LEFT = -6.5
RIGHT = 6.5
TITLE_Y = 3.36
STAGE_TOP = 2.85
STAGE_BOTTOM = -1.5
STAGE_Y = (STAGE_TOP + STAGE_BOTTOM) / 2
FORMULA_Y = -2.02
WHOLE_BOTTOM = -2.42  # of the stage where it takes the formula band too
CAPTION_Y = -3.16
CAPTION_ROOM = (
    SAFE_Y + WHOLE_BOTTOM - 0.08
)  # that stage and formula take where captions are not in the picture
CAPTION_LEADING = 0.46

# Gaps between things that stand beside each other, in units.
TIGHT = 0.12
GAP = 0.28
WIDE = 0.6
NAME_ROOM = 0.5  # above a grid or a picture, for its name

# Strokes, in Manim's stroke units (1 = 0.01 units of the frame).
HAIRLINE = 1.5
LINE = 2.5
STRONG = 4.5
EDGE_MIN = 0.8
EDGE_MAX = 5.0

# Time, in seconds.
QUICK_S = 0.5
MOVE_S = 0.9
SLOW_S = 1.5
PULSE_S = 1.0
TAIL_S = 0.7  # after the last caption of a beat has been read
MIN_CUE_S = 2.2

# Reading speed (characters a second) and subtitle line length (characters), by language.
READING_CPS = {"ko": 12.0, "en": 17.0}
LINE_CHARS = {"ko": 16, "en": 42}
LINES_MAX = 2
LANGUAGES = ("ko", "en")

FOLD_LIMIT = 7  # a layer of more units than this is folded, so that the numbers in its units can be read
FILL_MAX = 0.30  # largest share of a role in a fill that carries ink text


def blend(base: str, tint: str, share: float) -> str:
    """The hex colour `share` (0..1) of the way from `base` to `tint`, mixed in sRGB."""
    low, high = (tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in (base, tint))
    mixed = (round(a + (b - a) * share) for a, b in zip(low, high, strict=True))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
