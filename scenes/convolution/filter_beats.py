"""The last beats of `convolution`: filters on a photograph, learned filters, and why there are so few weights."""

from __future__ import annotations

from manim import Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.filters import Gallery, PhotoPair
from scenes.convolution.learned import LearnedFilters
from scenes.convolution.sharing import SharingTable
from scenes.convolution.stage import ConvStage
from scenes.parts.image import Picture
from scenes.parts.motion import arrive, leave
from scenes.parts.place import at
from scenes.stage import style

SCAN_S = 2.6


class FilterBeats(ConvStage):
    """edges, learned, sharing."""

    # -- edges -----------------------------------------------------------------------------------------------------

    def edges(self) -> None:
        """Two Sobel filters on a photograph, both together, and other filters beside each other."""
        across, down = self._filter("sobel-x"), self._filter("sobel-y")
        self.say(name=self.name(f"filter{across}/name"))
        pair = PhotoPair(self)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(pair.photo), run_time=style.MOVE_S)
        kernel, frame = pair.kernel(across), pair.frame()
        name = self.over(kernel, self.name(f"filter{across}/name"))
        self.play(FadeIn(kernel, name, frame), run_time=style.MOVE_S)
        shown = self._scan(pair, across)
        self.say()
        self.hold(style.PULSE_S)
        other = pair.kernel(down)
        self.say(name=self.name(f"filter{down}/name"))
        other_name = self.over(other, self.name(f"filter{down}/name"))
        turn = [*kernel.turn_into(other), leave(name, shown), arrive(other_name)]
        self.play(*turn, run_time=style.MOVE_S)
        shown = self._scan(pair, down)
        self.say()
        outline = pair.outline()
        both = self.formula("sqrt(g_x^2 + g_y^2)")
        gone = leave(*kernel.tiles.values(), *kernel.numbers.values(), other_name, shown)
        self.play(gone, arrive(outline), *both, run_time=style.SLOW_S)
        self.say()
        gallery = Gallery(self)
        self.play(leave(pair.photo, outline, frame), *self.no_formula(), run_time=style.QUICK_S)
        self.play(LaggedStart(*map(FadeIn, gallery.cards), lag_ratio=0.3), run_time=2 * style.SLOW_S)
        self.panel = VGroup(gallery.group)

    def _filter(self, name: str) -> int:
        """The number of a named filter."""
        count = int(self.item("photo/filters"))
        return next(k for k in range(1, count + 1) if str(self.item(f"filter{k}/name")) == name)

    def _scan(self, pair: PhotoPair, k: int) -> Picture:
        """A row of windows runs down the photograph; what it has passed appears."""
        result = pair.result(k)
        cover, bars = pair.cover(result), [pair.bar(pair.photo), pair.bar(result)]
        self.add(result, cover)
        self.play(*map(FadeIn, bars), run_time=style.QUICK_S)
        way = pair.scan(bars[0])
        opening = cover.animate(rate_func=linear).stretch_to_fit_height(0.001, about_edge=at(0, -1))
        falling = [bar.animate(rate_func=linear).shift(way) for bar in bars]
        self.play(opening, *falling, run_time=SCAN_S)
        self.remove(cover)
        self.play(*map(FadeOut, bars), run_time=style.QUICK_S)
        return result

    # -- learned ---------------------------------------------------------------------------------------------------

    def learned(self) -> None:
        """Filters before and after training, and what each sees."""
        self.variant("" if self.trace.flags["learned/right"] else "wrong")
        self.say()
        panel = LearnedFilters(self)
        before, after = panel.filters("learned/weight_before"), panel.filters("learned/weight")
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(
            FadeIn(panel.heads[0]), LaggedStart(*map(FadeIn, before), lag_ratio=0.1), run_time=style.SLOW_S
        )
        self.say()
        change = [move for old, new in zip(before, after, strict=True) for move in old.turn_into(new)]
        self.play(*change, run_time=style.SLOW_S)
        self.say()
        self.play(FadeIn(panel.digit, panel.digit_name), run_time=style.MOVE_S)
        self.play(
            FadeIn(panel.heads[1]),
            LaggedStart(*map(FadeIn, panel.maps), lag_ratio=0.25),
            run_time=2 * style.SLOW_S,
        )
        self.say(
            count=self.number("learned/test_count", form="d"),
            acc=self.number("learned/test_accuracy", form=".1%"),
        )
        self.play(FadeIn(panel.prediction), run_time=style.MOVE_S)
        cells = [part for grid in before for place in grid.places() for part in grid.cell(*place)]
        beside = [panel.digit, panel.digit_name, panel.prediction]
        self.panel = VGroup(*cells, *panel.heads, *panel.maps, *beside)

    # -- sharing ---------------------------------------------------------------------------------------------------

    def sharing(self) -> None:
        """The same map as a dense layer, and what each needs."""
        table = SharingTable(self)
        if not len(table.matrix):
            self.variant("no_matrix")
        self.say()
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(FadeIn(table.matrix), run_time=style.MOVE_S)
        if table.row_frame is not None:
            self.play(Create(table.row_frame), run_time=style.QUICK_S)
            self.play(table.row_frame.animate(rate_func=linear).shift(table.way), run_time=2 * style.SLOW_S)
            self.play(FadeOut(table.row_frame), run_time=style.QUICK_S)
        self.play(FadeIn(table.heads), run_time=style.QUICK_S)
        self.say(dense=self.number("sharing/run/dense_parameters", form=",d"))
        self.play(FadeIn(table.rows[0], shift=at(0.2, 0)), run_time=style.MOVE_S)
        self.say(conv=self.number("sharing/run/conv_parameters", form=",d"))
        rest = [FadeIn(row, shift=at(0.2, 0)) for row in table.rows[1:]]
        self.play(LaggedStart(*rest, lag_ratio=0.5), run_time=style.SLOW_S)
        self.panel = table.group
