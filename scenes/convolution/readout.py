"""From the kernels' maps of a digit to an answer: the largest of each map, weighted sums of these, the highest of them."""

from __future__ import annotations

from functools import partial

from manim import DOWN, Create, FadeIn, FadeOut, LaggedStart, Line, VGroup, VMobject

from scenes.convolution.learned import Learned
from scenes.parts.arrays.value_row import ValueRow
from scenes.parts.nets.fan import fan
from scenes.parts.pictures.halo import haloed
from scenes.parts.pictures.image import grey, pictured, ramp, signed
from scenes.parts.pictures.image_grid import ImageGrid
from scenes.parts.pictures.judged import Judged
from scenes.parts.room.around import around
from scenes.parts.room.box import Box
from scenes.stage import style

COLUMNS = (2.3, 1.5, 9.0)  # the digit, the rows' names, kernels and maps
ROWS = (2.35, 2.35, 1.0, 2.0, 1.0, 0.8)  # kernels, maps, largest values, lines, scores, digits
TILE = 0.86


class Readout(Learned):
    """The digit left; right a column for each kernel, its map and the largest value, and below them the scores."""

    def readout(self) -> None:
        """How the maps become a prediction."""
        count = self.number("learned/filters")
        self.say(filters=count)
        left, heads, right = self.whole.columns(*COLUMNS, gap=style.TIGHT)
        rows = right.rows(*ROWS, gap=style.TIGHT)
        upper = Box(right.left, right.right, rows[1].bottom, rows[0].top)
        kinds = (partial(self.kernel_squares, "learned/weight"), self._map)
        grid = ImageGrid(upper, int(self.item("learned/filters")), kinds, gap=style.TIGHT)
        relu = VGroup(*map(self._relu_like, grid.images[1], range(len(grid.images[1]))))
        names = {
            key: self.words(self.label(key), style.LABEL_PX, "muted")
            for key in ("kernel", "maps", "largest", "scores")
        }
        for name, at in zip(names.values(), (0, 1, 2, 4), strict=True):
            name.right_at([heads.right - style.TIGHT, rows[at].centre[1], 0])
        digit = self._digit(left)
        moving = [
            old.animate.match_width(new).move_to(new)
            for old, new in zip(self.trained.images[0], grid.images[0], strict=True)
        ]
        self.play(*self.clear_panel(), FadeOut(self.trained.heads[0]), *moving, run_time=style.MOVE_S)
        self.play(
            FadeIn(digit.truth, digit.picture, names["kernel"], names["maps"]),
            LaggedStart(*map(FadeIn, grid.images[1]), lag_ratio=0.2),
            run_time=style.SLOW_S,
        )
        self.say()
        self.play(FadeIn(relu), run_time=style.MOVE_S)
        self.remove(*grid.images[1])
        self.say()
        xs = [one.get_x() for one in relu]
        size = (TILE * (xs[1] - xs[0]) if len(xs) > 1 else 1.0, rows[2].height)
        largest = ValueRow(self, "learned/peak", xs, rows[2].centre[1], size, ".1f", "activation")
        drops = self._drop(digit, relu, largest, names["largest"])
        self.say()
        classes = int(self.item("learned/classes"))
        xs = [right.at((k + 0.5) / classes, 0)[0] for k in range(classes)]
        size = (TILE * right.width / classes, rows[4].height)
        scores = ValueRow(self, "learned/score", xs, rows[4].centre[1], size, ".1f")
        digits = VGroup(
            *(
                self.words(self.position("learned/score", k), style.TABLE_PX).centre_at(
                    [x, rows[5].centre[1], 0]
                )
                for k, x in enumerate(xs)
            )
        )
        ends = [one[0].get_bottom() for one in largest], [one[0].get_top() for one in scores]
        lines = fan(self.look, *ends, self.array("learned/readout"))
        self.play(
            LaggedStart(*map(Create, lines), lag_ratio=0.02),
            FadeIn(names["scores"], digits),
            run_time=style.SLOW_S,
        )
        self.play(LaggedStart(*map(FadeIn, scores), lag_ratio=0.1), run_time=style.MOVE_S)
        best = int(self.item("learned/prediction"))
        self.say(prediction=self.number("learned/prediction", form="d"))
        mark = around(VGroup(scores[best], digits[best]), self.look, free=style.TIGHT / 2)
        self.play(Create(mark), FadeIn(digit.guess), run_time=style.MOVE_S)
        self.panel = VGroup(
            *self.trained.images[0], relu, *names.values(), digit, drops, largest, scores, digits, lines, mark
        )

    def _digit(self, box: Box) -> Judged:
        """What the net looks at, with what it is and what it is taken for."""
        pixel = self.array("learned/pixel")
        truth, guess = (
            self.join(self.label(key), " ", self.number(f"learned/{key}", form="d"))
            for key in ("label", "prediction")
        )
        return Judged(self, grey(pixel, float(pixel.min()), float(pixel.max())), truth, guess, box)

    def _drop(self, digit: Judged, maps: VGroup, largest: ValueRow, name: VMobject) -> VGroup:
        """Each map's largest value gets a ring and drops below it; for the strongest one, the window that it comes from."""
        rings, lines = VGroup(), VGroup()
        places = list(zip(*(self.array(f"learned/peak_{axis}").tolist() for axis in "yx"), strict=True))
        for place, image, value in zip(places, maps, largest, strict=True):
            rings.add(image[0].ring(*place, self.look))
            line = Line(
                rings[-1].get_bottom(), value[0].get_top(), color=self.look.ink, stroke_width=style.LINE
            )
            lines.add(line)
        first, side = int(self.array("learned/strongest")[0]), self.array("learned/weight").shape[1]
        corner = [at - side // 2 for at in places[first]]
        window = haloed(digit.picture[0].region(*corner, side, side, self.look, "activation"), self.look)
        self.play(FadeIn(name), Create(window), Create(rings[first]), run_time=style.MOVE_S)
        self.play(Create(lines[first]), FadeIn(largest[first], shift=DOWN), run_time=style.MOVE_S)
        live = [k for k, peak in enumerate(self.array("learned/peak")) if peak and k != first]
        rest = [one for k in live for one in (Create(rings[k]), Create(lines[k]))]
        values = [FadeIn(one, shift=DOWN * style.GAP) for k, one in enumerate(largest) if k != first]
        self.play(
            FadeOut(window),
            LaggedStart(*rest, lag_ratio=0.15),
            LaggedStart(*values, lag_ratio=0.3),
            run_time=style.SLOW_S,
        )
        return VGroup(*(group[k] for k in (first, *live) for group in (rings, lines)))

    def _map(self, place: int, box: Box) -> VMobject:
        """What a kernel makes of the digit, by sign."""
        map_ = self.array("learned/map")[place]
        return pictured(signed(map_, self.look, float(self.item("learned/map_limit"))), self.look, box)

    def _relu(self, place: int, box: Box) -> VMobject:
        """The same after ReLU: nothing to full."""
        map_ = self.array("learned/relu")[place]
        return pictured(ramp(map_ / (float(map_.max()) or 1.0), self.look, "activation"), self.look, box)

    def _relu_like(self, image: VMobject, place: int) -> VMobject:
        x, y, half = image.get_x(), image.get_y(), image.width / 2
        return self._relu(place, Box(x - half, x + half, y - half, y + half))
