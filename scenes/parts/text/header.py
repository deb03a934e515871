"""The top of the frame: beat title on the left, film title and one dot a beat on the right."""

from __future__ import annotations

from manim import Dot, RoundedRectangle, VGroup

from scenes.parts.text.typeset import Typeset, words
from scenes.stage import style
from scenes.stage.style import Look

DOT_RADIUS = 0.055
DOT_GAP = 0.26


def beat_title(text: str, look: Look) -> Typeset:
    """The title of a beat, at its place."""
    return words(text, look, style.TITLE_PX, weight="bold").left_at([style.LEFT, style.TITLE_Y, 0])


class BeatDots(VGroup):
    """The film's title and a dot for each beat; a pill marks the beat that runs, filled dots the ones seen."""

    def __init__(self, count: int, title: str, look: Look) -> None:
        super().__init__()
        self.look = look
        xs = [style.RIGHT - 0.12 - (count - 1 - i) * DOT_GAP for i in range(count)]
        self.dots = VGroup(*(Dot([x, style.TITLE_Y, 0], DOT_RADIUS, color=look.muted) for x in xs))
        self.pill = RoundedRectangle(
            corner_radius=DOT_RADIUS, width=0.24, height=2 * DOT_RADIUS, stroke_width=0, fill_opacity=1
        )
        self.pill.set_fill(look.ink)
        name = words(title, look, style.SUBTITLE_PX, "muted")
        name.right_at([xs[0] - 0.3, style.TITLE_Y, 0])
        self.add(name, self.dots, self.pill)

    def go_to(self, index: int) -> BeatDots:
        """Mark the beat `index`."""
        for i, dot in enumerate(self.dots):
            dot.set_fill(self.look.muted, opacity=1 if i <= index else 0.4)
        self.pill.move_to(self.dots[index])
        return self
