"""What runs down a picture: a bar that shows a result as it passes, and a frame that goes from row to row."""

from __future__ import annotations

from manim import DOWN, UP, Animation, Create, FadeIn, FadeOut, Rectangle, VGroup, linear

from scenes.parts.pictures.image import Picture
from scenes.stage import style
from scenes.stage.explainer import Explainer

BAR_HEIGHT = 0.12
BAR_FILL = 0.85
CLOSED = 0.001  # the height of a cover that is open


def scan(film: Explainer, source: VGroup, result: VGroup, seconds: float, *more: VGroup) -> None:
    """Show `result` from its top; both are pictures with their frames, as `pictured` makes them.

    The frame of the result is there at once, or already. `more` are other sources.
    """
    picture, frame = result
    cover = Rectangle(width=picture.width, height=picture.height, stroke_width=0)
    cover.set_fill(film.look.background, opacity=1).move_to(picture)
    scanned = (source, *more, result)
    bars = [_bar(film, one[0]) for one in scanned]
    film.add(picture, cover, frame)
    film.play(*map(FadeIn, bars), run_time=style.QUICK_S)
    opening = cover.animate(rate_func=linear).stretch_to_fit_height(CLOSED, about_edge=DOWN)
    film.play(opening, *map(_fall, bars, scanned), run_time=seconds)
    film.remove(cover)
    film.play(*map(FadeOut, bars), run_time=style.QUICK_S)


def _bar(film: Explainer, picture: Picture) -> Rectangle:
    bar = Rectangle(width=picture.width, height=BAR_HEIGHT, stroke_width=style.LINE)
    bar.set_fill(film.look.background, BAR_FILL)  # so that it is seen on dark and on bright pictures
    return bar.set_stroke(film.look.activation).align_to(picture, UP).set_x(picture.get_x())


def _fall(bar: Rectangle, picture: VGroup) -> Animation:
    return bar.animate(rate_func=linear).shift(DOWN * (picture.height - BAR_HEIGHT))


def run_down(film: Explainer, picture: Picture, seconds: float) -> None:
    """A frame goes down the rows of a picture."""
    rows, columns = picture.shape
    row = picture.region(0, 0, 1, columns, film.look, "activation").set_stroke(width=style.LINE)
    film.play(Create(row), run_time=style.QUICK_S)
    way = picture.place(rows - 1, 0) - picture.place(0, 0)
    film.play(row.animate(rate_func=linear).shift(way), run_time=seconds)
    film.play(FadeOut(row), run_time=style.QUICK_S)
