"""The last beats of `convolution`: filters on a photograph, learned filters, and why there are so few weights."""

from __future__ import annotations

from manim import DOWN, RIGHT, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.filters import PhotoPair, gallery
from scenes.convolution.learned import LearnedFilters
from scenes.convolution.sharing import Matrix, counts
from scenes.convolution.stage import ConvStage
from scenes.parts.motion import DRIFT, arrive, leave
from scenes.stage import style

SCAN_S = 2.6
CLOSED = 0.001  # the height of a cover that is open


class FilterBeats(ConvStage):
    """edges, learned, sharing."""

    # -- edges -----------------------------------------------------------------------------------------------------

    def edges(self) -> None:
        """Two Sobel filters on a photograph, both together, and other filters beside each other."""
        across, down = self._filter("sobel-x"), self._filter("sobel-y")
        self.say(name=self.name(f"filter{across}/name"))
        pair = PhotoPair(self, self.room)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(pair.photo), run_time=style.MOVE_S)
        kernel = pair.kernel(across)
        name = self.over(kernel.box, self.name(f"filter{across}/name"))
        self.play(FadeIn(kernel, name), run_time=style.MOVE_S)
        shown = self._scan(pair, across)
        self.say()
        self.hold(style.PULSE_S)
        other = pair.kernel(down)
        self.say(name=self.name(f"filter{down}/name"))
        other_name = self.over(other.box, self.name(f"filter{down}/name"))
        turn = [*kernel.turn_into(other), leave(name, shown), arrive(other_name)]
        self.play(*turn, run_time=style.MOVE_S)
        shown = self._scan(pair, down)
        self.say()
        outline = pair.outline()
        both = self.formula("sqrt(g_x^2 + g_y^2)")
        gone = leave(kernel.all(), other_name, shown)
        self.play(gone, arrive(outline), *both, run_time=style.SLOW_S)
        self.say()
        self.panel = gallery(self, self.whole)
        self.play(leave(pair.photo, outline), *self.no_formula(), run_time=style.QUICK_S)
        self.play(LaggedStart(*map(FadeIn, self.panel), lag_ratio=0.3), run_time=2 * style.SLOW_S)

    def _filter(self, name: str) -> int:
        """The number of a named filter."""
        count = int(self.item("photo/filters"))
        return next(k for k in range(1, count + 1) if str(self.item(f"filter{k}/name")) == name)

    def _scan(self, pair: PhotoPair, k: int) -> VGroup:
        """A row of windows runs down the photograph; what it has passed appears."""
        result = pair.result(k)
        cover, bars = pair.cover(result[0]), [pair.bar(pair.photo), pair.bar(result)]
        self.add(result, cover)
        self.play(FadeIn(result[1], *bars), run_time=style.QUICK_S)
        opening = cover.animate(rate_func=linear).stretch_to_fit_height(CLOSED, about_edge=DOWN)
        falling = [bar.animate(rate_func=linear).shift(pair.scan()) for bar in bars]
        self.play(opening, *falling, run_time=SCAN_S)
        self.remove(cover)
        self.play(*map(FadeOut, bars), run_time=style.QUICK_S)
        return result

    # -- learned ---------------------------------------------------------------------------------------------------

    def learned(self) -> None:
        """Filters before and after training, and what each sees."""
        self.variant("" if self.trace.flags["learned/right"] else "wrong")
        self.say()
        panel = LearnedFilters(self, self.whole)
        before, after, maps = panel.grid.images
        heads = panel.grid.heads
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        first = LaggedStart(*map(FadeIn, before), lag_ratio=0.1)
        self.play(FadeIn(heads[0]), first, run_time=style.SLOW_S)
        self.say()
        changed = LaggedStart(*(FadeIn(one, shift=DRIFT * DOWN) for one in after), lag_ratio=0.1)
        self.play(FadeIn(heads[1]), changed, run_time=style.SLOW_S)
        self.say()
        self.play(FadeIn(panel.digit), run_time=style.MOVE_S)
        answers = LaggedStart(*map(FadeIn, maps), lag_ratio=0.25)
        self.play(FadeIn(heads[2]), answers, run_time=2 * style.SLOW_S)
        count = self.number("learned/test_count", form="d")
        self.say(count=count, acc=self.number("learned/test_accuracy", form=".1%"))
        self.play(FadeIn(panel.prediction), run_time=style.MOVE_S)
        self.panel = VGroup(panel.grid, panel.digit, panel.prediction)

    # -- sharing ---------------------------------------------------------------------------------------------------

    def sharing(self) -> None:
        """The same map as a dense layer, and what each needs."""
        small = "sharing/matrix" in self.trace.series
        self.variant("" if small else "no_matrix")
        self.say()
        left, right = self.whole.columns(1.1, 1) if small else (self.whole, self.whole)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        if small:
            matrix = Matrix(self, left)
            self.play(FadeIn(matrix), run_time=style.MOVE_S)
            self.play(Create(matrix.row), run_time=style.QUICK_S)
            moving = matrix.row.animate(rate_func=linear).shift(matrix.way)
            self.play(moving, run_time=2 * style.SLOW_S)
            self.play(FadeOut(matrix.row), run_time=style.QUICK_S)
        table = counts(self, right)
        self.play(FadeIn(table.heads), run_time=style.QUICK_S)
        self.say(dense=self.number("sharing/run/dense_parameters", form=",d"))
        rows = [VGroup(*pair) for pair in zip(table.rules, table.rows, strict=True)]
        self.play(FadeIn(rows[0], shift=DRIFT * RIGHT), run_time=style.MOVE_S)
        self.say(conv=self.number("sharing/run/conv_parameters", form=",d"))
        rest = [FadeIn(row, shift=DRIFT * RIGHT) for row in rows[1:]]
        self.play(LaggedStart(*rest, lag_ratio=0.5), run_time=style.SLOW_S)
