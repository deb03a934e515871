"""A kernel laid over the picture: its weights lie on the cells of the window, which opens into a large copy of both."""

from __future__ import annotations

from manim import FadeIn, FadeOut, VGroup

from scenes.parts.arrays.cells import GAP
from scenes.parts.arrays.filling import Filling
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.declare import allow

CORNER = 0.45  # of a cell's height, for the weight in its corner
PIXEL = (0.36, 0.7)  # where in a cell its pixel stands, across and up
WIDEST = 0.7  # of a cell's width, for a weight
CELL = 1.25
LAY_S, LYING_S = 1.2, 0.5  # the way to the picture, as to the large cells; while the weights cover the pixels


class Laid(VGroup):
    """The window where `walk` stands, large in `box`: in each cell the value of `pixel`, in its corner the weight.

    `fits` says whether both can be read; `cells` are where a product is looked up: the large ones, or the kernel's.
    """

    def __init__(self, walk: Filling, kernel: SeriesCells, pixel: str, box: Box) -> None:
        super().__init__()
        self.walk, self.film, self.kernel = walk, walk.film, kernel
        picture = walk.large
        assert isinstance(picture, SeriesCells)
        large = SeriesCells(walk.film, pixel, role=picture.role, limit=picture.limit)
        large.into(box.without(top=style.NAME_ROOM), CELL)
        self.growth = CORNER * large.pitch[1] / kernel.pitch[1]
        readable = min(large.number_px, kernel.number_px * self.growth) >= style.NUMBER_MIN_PX
        self.fits = readable and kernel.pitch[0] * self.growth <= WIDEST * large.pitch[0]
        self.cells = large if self.fits else kernel

    def lay(self, frame: VGroup, name: str) -> None:
        """The kernel's `frame` goes to its place on the picture, and a copy of the weights; the two open, as `name`."""
        walk, kernel, picture = self.walk, self.kernel, self.walk.large
        copies = VGroup(*(kernel.cell(tap).copy() for tap in walk.taps(walk.at)))
        for kind in ("text-over-text", "text-over-line", "text-covered"):
            allow(copies, kind, "the kernel lies over the picture's numbers")
        scale = min(new / old for new, old in zip(picture.pitch, kernel.pitch, strict=True))
        ways = zip(copies, walk.taps(walk.at).values(), strict=True)
        goes = [one.animate.scale(scale).move_to(picture.place(*place)) for one, place in ways]
        self.film.add(copies, frame)
        self.film.play(*goes, frame.animate.become(walk.window), run_time=LAY_S)
        self.film.remove(frame)
        self.film.add(walk.window)
        self.film.hold(LYING_S)
        self._open(FadeOut(copies), name)

    def _open(self, gone: FadeOut, name: str) -> None:
        """The weights leave the picture; where there is room, the window grows into the large cells, called `name`."""
        if not self.fits:
            self.film.play(gone, run_time=style.QUICK_S)
            return
        for place in self.cells.places():
            self._fill(place)
        frame = self.cells.frame((0, 0), self.cells.shape, self.walk.role)
        opening, goal = self.walk.window.copy(), VGroup(*(frame.copy() for _ in self.walk.window))
        self.add(self.film.over(self.cells.box, name), *self.cells)
        grown = opening.animate.become(goal)
        self.film.play(gone, grown, FadeIn(self), run_time=LAY_S)
        self.film.remove(opening)
        self.add(frame)

    def _fill(self, place: tuple[int, int]) -> None:
        """A large cell: the pixel above, the weight's tile and number in the lower right corner."""
        (across, down), (x, y, _) = self.cells.pitch, self.cells.place(*place)
        cell = self.cells.draw(place)
        cell[-1].shift([(PIXEL[0] - 0.5) * across, (PIXEL[1] - 0.5) * down, 0])
        weight = self.kernel.cell(place).copy().scale(self.growth)
        corner = [x + (across - GAP - weight.width) / 2, y - (down - GAP - weight.height) / 2, 0]
        self.cells.add(weight.move_to(corner))
