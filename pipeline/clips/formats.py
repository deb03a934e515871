"""What a clip can be written as, and what each of these formats is good for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

SLIDE_QUALITY = "1080p30"  # what presentation programs play smoothly, on the lecture hall's computer too


@dataclass(frozen=True)
class Format:
    """One kind of file.

    width: px unless asked otherwise, None for the drawn width; fps: at most, unless the format asks for the drawn rate.
    alpha: whether transparency is full (soft edges), on or off (hard edges), or cannot be.
    """

    name: str
    moves: bool = True
    width: int | None = None
    fps: int | None = None
    alpha: str = "full"
    even: bool = True

    @property
    def suffix(self) -> str:
        """With the dot."""
        return f".{self.name}"

    def rate(self, drawn: int) -> Fraction:
        """Frames a second, of a film drawn with `drawn`: every n-th of its frames."""
        return rates(drawn, self.fps)[0]


FORMATS = (
    Format("mp4", alpha="none"),
    Format("gif", width=720, fps=15, alpha="hard", even=False),
    Format("webp", width=720, fps=15, even=False),
    Format("webm"),
    Format("mov"),
    Format("png", moves=False, even=False),
)
NAMES = tuple(one.name for one in FORMATS)
USUAL = ("mp4",)
USUAL_TRANSPARENT = ("webm", "mov")
SLOWEST_FPS = 7  # below, a movement is no longer seen as one


def rates(drawn: int, limit: float | None = None) -> list[Fraction]:
    """The rates that take every n-th frame of `drawn` a second, from `limit` down to the slowest; at least one."""
    wanted = drawn if limit is None else limit
    all_of_them = [Fraction(drawn, step) for step in range(1, drawn + 1)]
    possible = [rate for rate in all_of_them if rate <= wanted]
    return [rate for rate in possible if rate >= SLOWEST_FPS] or possible[:1]


def named(name: str) -> Format:
    """The format of that name."""
    return next(one for one in FORMATS if one.name == name)
