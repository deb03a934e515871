"""How the maps of a small convolutional net become an answer: the largest value of each, weighted sums, the highest."""

from __future__ import annotations

import numpy as np
from manim import DOWN, Create, FadeIn, FadeOut, LaggedStart, Line, Mobject, VGroup, VMobject

from scenes.parts.arrays.cells import Place
from scenes.parts.arrays.signed_squares import SignedSquares
from scenes.parts.arrays.value_row import ValueRow
from scenes.parts.nets.fan import fan
from scenes.parts.pictures.halo import haloed
from scenes.parts.pictures.image import grey, pictured, signed
from scenes.parts.pictures.image_grid import ImageGrid
from scenes.parts.pictures.judged import Judged
from scenes.parts.room.around import around
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit, line_box
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.stage.stage import Stage

COLUMNS = (2.3, 1.5, 9.0)  # the picture, the rows' names, kernels and maps
ROWS = (2.35, 2.35, 1.0, 1.9, 1.0, 0.8)  # kernels, maps, largest values, lines, scores, classes
# Rows, and the labels beside them.
NAMES = {
    "kernels": (0, ("kernels", "kernel_side", "kernel_padding")),
    "maps": (1, ("maps", "map_side")),
    "largest": (2, ("largest",)),
    "scores": (4, ("scores",)),
}
WORK_S, ADDED_S = 1.0, 1.3  # for a row of one class's score; at their sum
FAR = 0.35  # opacity of the lines to other classes
TILE = 0.86  # of the room of a value
PX = 32


class MapReadout(VGroup):
    """The picture left; right a column for each kernel, its map and its largest value, and below them the scores.

    Read are under `prefix`: pixel, label, prediction; weight, map, relu (filter, y, x); side, padding, map_side,
    map_limit; peak, peak_y, peak_x (filter); strongest; readout, term (class, filter); score, readout_bias (class).
    All maps have one scale, and so have all kernels.
    """

    def __init__(self, film: Stage, prefix: str, box: Box) -> None:
        super().__init__()
        self.film, self.prefix, self.count = film, prefix, len(film.array(f"{prefix}/weight"))
        left, heads, self.right = box.columns(*COLUMNS, gap=style.TIGHT)
        self.rows = self.right.rows(*ROWS, gap=style.TIGHT)
        upper = Box(self.right.left, self.right.right, self.rows[1].bottom, self.rows[0].top)
        kinds = (self._kernel, self._map, self._relu)
        self.kernels, self.maps = ImageGrid(upper, self.count, kinds[:2], gap=style.TIGHT).images
        self.relus = ImageGrid(self.rows[1], self.count, kinds[2:], gap=style.TIGHT).images[0]
        self.heads = heads
        self.names = {key: self._name(self.rows[row], *keys) for key, (row, keys) in NAMES.items()}
        pixel = film.array(f"{prefix}/pixel")
        tones = grey(pixel, float(pixel.min()), float(pixel.max()))
        self.judged = Judged(film, tones, self._told("label"), self._told("prediction"), left)
        self.xs = [one.get_x() for one in self.relus]
        self.legend = fit(film.words(film.label("legend"), style.LABEL_PX, "muted"), self.rows[2])

    def show_kernels(self) -> None:
        """The picture, the kernels and what their squares mean."""
        beside = self._kept(self.judged.truth, self.judged.picture, self.names["kernels"], self.legend)
        kernels = LaggedStart(*map(FadeIn, self._kept(*self.kernels)), lag_ratio=0.2)
        self.film.play(FadeIn(*beside), kernels, run_time=style.SLOW_S)

    def show_maps(self) -> None:
        """What each kernel makes of the picture."""
        maps = LaggedStart(*map(FadeIn, self.maps), lag_ratio=0.2)
        self.film.play(FadeIn(*self._kept(self.names["maps"])), maps, run_time=style.SLOW_S)

    def rectify(self) -> None:
        """What is negative in the maps goes."""
        self.film.play(FadeIn(*self._kept(*self.relus)), run_time=style.MOVE_S)
        self.film.remove(*self.maps)

    def find_strongest(self) -> None:
        """The largest value of all gets a ring, its kernel and the window that it comes from a frame; see `_large`."""
        look, first = self.film.look, int(self._array("strongest")[0])
        sides = self._array("weight").shape[1:]
        corner = [at - side // 2 for at, side in zip(self._place(first), sides, strict=True)]
        window = haloed(self.judged.picture[0].region(*corner, *sides, look, "activation"), look)
        self.found = VGroup(window, around(self.kernels[first], look, free=style.TIGHT / 2))
        (ring,) = self._kept(self._ring(first))
        self.large = self._large(first)
        drawn = (Create(one, lag_ratio=0) for one in (*self.found, ring))  # an edge and its line together
        self.film.play(*drawn, FadeIn(self.large), run_time=style.MOVE_S)

    def _large(self, number: int) -> VGroup:
        """A kernel beside what it covers where it answers most; around the picture are zeros."""
        (high, wide), (y, x) = self._array("weight").shape[1:], self._place(number)
        pixel = np.pad(self._array("pixel"), ((high // 2,) * 2, (wide // 2,) * 2))
        tones = grey(pixel[y : y + high, x : x + wide], float(pixel.min()), float(pixel.max()))
        lower = Box(
            self.right.left, self.right.right, self.rows[5].bottom, self.rows[3].top - style.NAME_ROOM
        )
        left, right = lower.middle(width=2 * lower.height + style.WIDE).columns(1, 1, gap=style.WIDE)
        both = self._kernel(number, left), pictured(tones, self.film.look, right)
        keys = zip(both, ("kernel", "covered"), strict=True)
        return VGroup(*both, *(self.film.over(line_box(one), self.film.label(key)) for one, key in keys))

    def keep_largest(self) -> None:
        """Each map's largest value gets a ring and drops below it."""
        film, row = self.film, self.rows[2]
        size = (TILE * self.right.width / self.count, row.height)
        name = f"{self.prefix}/peak"
        self.largest = ValueRow(film, name, self.xs, row.centre[1], size, ".1f", px=PX)
        drops = []
        for k in np.flatnonzero(self._array("peak")).tolist():
            ring = self._ring(k)
            ends = ring.get_bottom(), self.largest[k][0].get_top()
            drops.append(VGroup(ring, Line(*ends, color=film.look.ink, stroke_width=style.LINE)))
        self._kept(self.names["largest"], *drops, self.largest)
        values = LaggedStart(*(FadeIn(one, shift=DOWN * style.GAP) for one in self.largest), lag_ratio=0.3)
        lags = [values, LaggedStart(*map(Create, drops), lag_ratio=0.3)] if drops else [values]
        film.play(
            FadeOut(self.found, self.large, self.legend),
            FadeIn(self.names["largest"]),
            *lags,
            run_time=style.SLOW_S,
        )
        self.remove(self.legend)

    def _place(self, number: int) -> Place:
        """Where the largest value of a map lies."""
        y, x = (int(self._array(f"peak_{axis}")[number]) for axis in "yx")
        return y, x

    def _ring(self, number: int) -> VMobject:
        """A ring around the largest value of a map."""
        ring: VMobject = self.relus[number][0].ring(*self._place(number), self.film.look)
        return ring

    def one_score(self) -> None:
        """The predicted class has a weight for each value: the products and the bias added are its score."""
        film, best = self.film, int(self._array("prediction"))
        size = TILE * self.right.width / self.count
        self.worked = VGroup()
        for key, form, room in zip(("readout", "term"), (".2f", ".1f"), self.rows[3].rows(1, 1), strict=True):
            at, tile = room.centre[1], (size, min(room.height, self.rows[2].height))
            values = ValueRow(film, f"{self.prefix}/{key}", self.xs, at, tile, form, px=PX, at=(best,))
            self.worked.add(name := self._name(room, key), values)
            film.play(FadeIn(name), LaggedStart(*map(FadeIn, values), lag_ratio=0.15), run_time=WORK_S)
        told = {"b": "readout_bias", "score": "score"}
        fields = {key: film.number(f"{self.prefix}/{name}", best, form=".1f") for key, name in told.items()}
        total = film.words(film.label("added", **fields), PX).centre_at(self.rows[4].centre)
        self._kept(self.worked.add(total))
        film.play(FadeIn(total), run_time=style.MOVE_S)
        film.hold(ADDED_S)

    def score(self) -> None:
        """Every class takes a weighted sum of the values; the lines to the predicted one stand out."""
        film, row, best = self.film, self.rows[4], int(self._array("prediction"))
        film.play(leave(self.worked), run_time=style.QUICK_S)
        self.remove(self.worked)
        count = len(self._array("score"))
        xs = [self.right.at((k + 0.5) / count, 0)[0] for k in range(count)]
        size = (TILE * self.right.width / count, row.height)
        self.scores = ValueRow(film, f"{self.prefix}/score", xs, row.centre[1], size, ".1f", px=PX)
        words = (film.words(film.position(f"{self.prefix}/score", k), style.TABLE_PX) for k in range(count))
        heights = [[x, self.rows[5].centre[1], 0] for x in xs]
        self.classes = VGroup(*(one.centre_at(at) for one, at in zip(words, heights, strict=True)))
        ends = [one[0].get_bottom() for one in self.largest], [one[0].get_top() for one in self.scores]
        lines = fan(film.look, *ends, self._array("readout"))
        for (to, _), line in zip(np.ndindex(self._array("readout").shape), lines, strict=True):
            if to != best:
                line.set_stroke(film.look.muted, style.HAIRLINE, opacity=FAR)
        self._kept(lines, self.names["scores"], self.classes, self.scores)
        drawing = LaggedStart(*map(Create, lines), lag_ratio=0.02)
        film.play(drawing, FadeIn(self.names["scores"], self.classes), run_time=style.SLOW_S)
        film.play(LaggedStart(*map(FadeIn, self.scores), lag_ratio=0.1), run_time=style.MOVE_S)

    def answer(self) -> None:
        """The highest score is framed, and said below the picture."""
        best = int(self._array("prediction"))
        both = VGroup(self.scores[best], self.classes[best])
        mark, guess = self._kept(around(both, self.film.look, free=style.TIGHT / 2), self.judged.guess)
        self.film.play(Create(mark), FadeIn(guess), run_time=style.MOVE_S)

    def _array(self, name: str) -> np.ndarray:
        return self.film.array(f"{self.prefix}/{name}")

    def _kept(self, *parts: Mobject) -> tuple[Mobject, ...]:
        """Parts that belong to this from now on."""
        self.add(*parts)
        return parts

    def _name(self, row: Box, *keys: str) -> VGroup:
        """Labels beside a row, below each other; those of a size have its number."""
        sizes = {"kernel_side": "side", "kernel_padding": "padding", "map_side": "map_side"}
        texts = [
            self.film.label(
                key, **({"n": self.film.number(f"{self.prefix}/{sizes[key]}")} if key in sizes else {})
            )
            for key in keys
        ]
        lines = column([self.film.words(one, style.LABEL_PX, "muted") for one in texts], style.TIGHT, "right")
        return fit(lines, Box(self.heads.left, self.heads.right - style.TIGHT, row.bottom, row.top), "right")

    def _told(self, key: str) -> str:
        return self.film.join(self.film.label(key), " ", self.film.number(f"{self.prefix}/{key}", form="d"))

    def _kernel(self, place: int, box: Box) -> VMobject:
        return SignedSquares(
            self.film.look, self._array("weight")[place], box, float(np.abs(self._array("weight")).max())
        )

    def _map(self, place: int, box: Box) -> VMobject:
        return self._signed("map", place, box)

    def _relu(self, place: int, box: Box) -> VMobject:
        return self._signed("relu", place, box)

    def _signed(self, key: str, place: int, box: Box) -> VMobject:
        """Maps before and after ReLU have one scale: only what was negative changes."""
        colours = signed(self._array(key)[place], self.film.look, float(self._array("map_limit")))
        return pictured(colours, self.film.look, box)
