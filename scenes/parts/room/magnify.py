"""A frame in a picture opens into a piece that shows what it holds, and rays keep the two together."""

from __future__ import annotations

from manim import DL, DR, UL, UR, Create, FadeIn, Line, Rectangle, VGroup, VMobject

from scenes.parts.arrays.cells import Place
from scenes.stage import style
from scenes.stage.stage import Stage

RAY_OPACITY = 0.8


def magnify(
    film: Stage, whole: VGroup, corner: Place, size: Place, piece: VMobject, role: str = "activation"
) -> tuple[Rectangle, VGroup]:
    """Draw a frame of `size` pixels at `corner` of a framed picture, and open it into `piece` on the left of it.

    The frame and the rays, which stay.
    """
    frame: Rectangle = whole[0].region(*corner, *size, film.look, role)
    film.play(Create(frame), run_time=style.MOVE_S)
    opening, target = frame.copy(), frame.copy().replace(piece, stretch=True)
    film.play(opening.animate.become(target), FadeIn(piece), run_time=style.SLOW_S)
    film.remove(opening)
    ends = ((UL, UR), (DL, DR))
    rays = VGroup(*(Line(frame.get_corner(one), piece.get_corner(other)) for one, other in ends))
    rays.set_stroke(film.look.colour(role), style.HAIRLINE, opacity=RAY_OPACITY)
    film.play(Create(rays), run_time=style.QUICK_S)
    return frame, rays
