"""A convolution as a matrix: a window walks over a picture, and each stop writes a row, its weights at their places."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, LaggedStart, VGroup, VMobject

from scenes.parts.arrays.cells import Cells, Place
from scenes.parts.arrays.series_cells import SeriesCells
from scenes.parts.pictures.image import pictured, signed
from scenes.parts.room.box import Box
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.stage.declare import allow
from scenes.stage.stage import Stage

STOPS_S = (1.0, 0.7, 0.4)  # of the rows after the first one
ROWS_MOST, COLUMNS_MOST = 6, 50  # of the part of the matrix that is shown


class MatrixRows:
    """The windows of the first row of stops that lie within the picture whole; `corners` are theirs in the picture.

    `kernel`, `dilation`: what a window covers; `role`: the colour of its frame. The part of `series` (output, input)
    from `first` on has a row for each of them and as many columns as they touch rows of the picture; `fits` says
    whether it can be read.
    """

    cells: SeriesCells
    large: Cells
    window: VGroup

    def __init__(
        self,
        film: Stage,
        series: str,
        stops: tuple[np.ndarray, np.ndarray],
        shape: Place,
        kernel: Place,
        dilation: int,
        role: str = "activation",
    ) -> None:
        self.film, self.series, self.role = film, series, role
        self.kernel, self.dilation = kernel, dilation
        self.width, (tops, lefts) = shape[1], stops
        spans = [dilation * (side - 1) + 1 for side in kernel]
        rows = [i for i, top in enumerate(tops) if 0 <= top <= shape[0] - spans[0]]
        columns = [j for j, left in enumerate(lefts) if 0 <= left <= shape[1] - spans[1]][:ROWS_MOST]
        self.corners = [(int(tops[i]), int(lefts[j])) for i in rows[:1] for j in columns]
        self.fits = len(self.corners) > 1 and spans[0] * self.width <= COLUMNS_MOST
        self.spans = spans[0]
        if self.corners:
            self.first = (rows[0] * len(lefts) + columns[0], self.corners[0][0] * self.width)

    @property
    def shape(self) -> Place:
        """Rows and columns of the part that is shown."""
        return len(self.corners), self.spans * self.width

    def into(self, box: Box) -> VGroup:
        """Put the part into a box: an outline for every place of it."""
        down, right = self.first
        self.cells = SeriesCells(self.film, self.series, shape=self.shape, corner=(-down, -right)).into(
            box, up=1
        )
        return self.cells.outlines()

    def heads(self, label: str, picture: str) -> list[VGroup]:
        """Over each row of the series `picture`: a label for its number, or else the film's label with it, {n}."""
        film, box, heads = self.film, self.cells.box, []
        for k in range(self.spans):
            ends = [box.left + share * box.width for share in (k / self.spans, (k + 1) / self.spans)]
            number = film.position(picture, self.corners[0][0] + k, 0, axis=0, first=1)
            key = label + number if label + number in film.text.labels else label
            heads.append(film.over(Box(ends[0], ends[1], box.bottom, box.top), film.label(key, n=number)))
        return heads

    def taps(self, row: int) -> list[Place]:
        """Where in the part the weights of a window stand."""
        top, left = self.corners[row]
        start = self.first[1]
        return [
            (row, (top + self.dilation * i) * self.width + left + self.dilation * j - start)
            for i, j in np.ndindex(*self.kernel)
        ]

    def write(self, row: int, large: Cells) -> list[Animation]:
        """The window goes to a stop on `large`, the picture; its row is framed, and its weights come into it."""
        frame = large.window(self.corners[row], self.kernel, self.dilation, self.role)
        line = self.cells.frame((row, 0), (1, self.cells.columns), self.role)
        here = allow(VGroup(frame, line), "text-over-line", "the marks go from window to window", moving=True)
        filled = [FadeIn(self.cells.draw(place)) for place in self.taps(row)]
        if row == 0:
            self.window = here
            return [Create(here), LaggedStart(*filled, lag_ratio=0.3)]
        return [self.window.animate.become(here), LaggedStart(*filled, lag_ratio=0.1)]

    def write_all(self, large: Cells) -> None:
        """All further rows, the first of them slowly."""
        for row in range(1, len(self.corners)):
            seconds = STOPS_S[min(row, len(STOPS_S)) - 1]
            self.film.play(*self.write(row, large), run_time=seconds)

    def shrink(self, hollow: VGroup, part: VMobject) -> VGroup:
        """The part, without its numbers, becomes as small as its frame in the whole matrix; what is there then."""
        line, tiles = self.window[1], VGroup(hollow, *self.cells.tiles.values())
        moves = tiles.animate.replace(part, stretch=True), line.animate.become(part)
        numbers = list(self.cells.numbers.values())  # none where they could not be read
        self.film.play(*([leave(*numbers)] if numbers else []), *moves, run_time=style.MOVE_S)
        return VGroup(tiles, line)

    def all_of_it(self, box: Box) -> VGroup:
        """The whole matrix as a picture, and a frame around the part in it."""
        values = self.film.array(self.series)
        colours = signed(values, self.film.look, float(np.abs(values).max()))
        picture = pictured(colours, self.film.look, box)
        return VGroup(picture, picture[0].region(*self.first, *self.shape, self.film.look, "ink"))
