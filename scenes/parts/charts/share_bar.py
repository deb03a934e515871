"""A share of a whole as a bar in its track, with its per cent behind it."""

from __future__ import annotations

from manim import DL, DOWN, RIGHT, UP, Animation, FadeIn, GrowFromEdge, Line, Rectangle, VGroup

from scenes.parts.pictures.halo import haloed
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.stage import Stage

TEXT = 1.3  # room for the per cent
LEAST = 0.02
PX = 40


class ShareBar(VGroup):
    """The share that `series` holds: `track` is the whole, `bar` the share, `text` its per cent."""

    def __init__(self, film: Stage, series: str, box: Box, role: str = "activation") -> None:
        self.film = film
        room = box.without(right=TEXT)
        share = min(max(float(film.item(series)), 0.0), 1.0)
        self.track = Rectangle(
            width=room.width, height=room.height, fill_color=film.look.surface, fill_opacity=1
        )
        self.track.set_stroke(film.look.muted, style.HAIRLINE).move_to(room.centre)
        self.bar = Rectangle(width=max(share * room.width, LEAST), height=room.height, stroke_width=0)
        self.bar.set_fill(film.look.colour(role), 0.9).move_to(room.at(0, 0.5)).shift(
            self.bar.width / 2 * RIGHT
        )
        self.text = film.value(series, form=".0%", px=PX).left_at(room.at(1, 0.5) + style.GAP * RIGHT)
        super().__init__(self.track, self.bar, self.text)

    def tick(self, series: str) -> VGroup:
        """Another share, as a mark across the track with its per cent below."""
        at = self.track.get_corner(DL) + float(self.film.item(series)) * self.track.width * RIGHT
        ends = at + self.track.height * UP, at + style.TIGHT / 2 * DOWN
        text = self.film.value(series, form=".0%", px=style.NUMBER_MIN_PX)
        line = Line(*ends, color=self.film.look.ink, stroke_width=style.STRONG)
        mark = VGroup(haloed(line, self.film.look), text.centre_at(at + style.GAP * 0.8 * DOWN))
        self.add(mark)
        return mark

    def grow(self) -> list[Animation]:
        """The bar grows in its track, and its per cent comes."""
        return [FadeIn(self.track), GrowFromEdge(self.bar, -RIGHT), FadeIn(self.text)]
