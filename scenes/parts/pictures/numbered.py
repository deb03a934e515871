"""A picture becomes the numbers that it is: all of it, or a piece that opens from it. The picture stays beside them."""

from __future__ import annotations

from manim import FadeIn, LaggedStart, VGroup

from scenes.parts.arrays.cells import Cells, Place
from scenes.parts.pictures.image import pictured
from scenes.parts.pictures.recorded_picture import tones
from scenes.parts.room.box import Box
from scenes.parts.room.magnify import magnify
from scenes.stage import style
from scenes.stage.stage import Stage


class Numbered:
    """`beside` is the picture under `image`; `piece`, which shows `crop`, stands where the filled `cells` will."""

    def __init__(self, film: Stage, image: str, crop: str, cells: Cells, beside: Box) -> None:
        self.film, self.cells = film, cells
        self.piece = pictured(tones(film, image, crop), film.look, cells.box, fill=True)
        self.beside = pictured(tones(film, image), film.look, beside)
        self.rays = VGroup()

    def show(self, box: Box) -> None:
        """The whole picture, in the middle of a box."""
        home = self.piece.get_center()
        self.film.play(FadeIn(self.piece.move_to(box.centre), scale=0.97), run_time=style.MOVE_S)
        self.home = home

    def part(self) -> VGroup:
        """It parts into the piece at its place and the picture beside it."""
        small = self.piece.copy()
        parting = self.piece.animate.move_to(self.home), small.animate.become(self.beside)
        self.film.play(*parting, run_time=style.SLOW_S)
        return VGroup(small)

    def open(self, corner: Place) -> VGroup:
        """A frame at `corner` of the picture opens into the piece."""
        frame, self.rays = magnify(self.film, self.beside, corner, self.cells.shape, self.piece)
        return VGroup(self.beside, frame)

    def count(self) -> None:
        """The numbers take the place of the piece, row by row."""
        rows = LaggedStart(*map(FadeIn, self.cells.by_row()), lag_ratio=0.35)
        self.film.play(rows, run_time=style.SLOW_S)
        self.film.remove(*self.piece)
