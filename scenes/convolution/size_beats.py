"""Beats of `convolution` on the output's size: padding, stride, and the transposed convolution that goes back."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.padding import PaddingBoard
from scenes.convolution.stage import SMALLEST, ConvStage
from scenes.convolution.stamps import StampBoard
from scenes.convolution.stride import NotesRow, stride_table
from scenes.parts.motion import arrive, leave
from scenes.parts.series_cells import SeriesCells
from scenes.stage import style
from scenes.stage.declare import allow

EXAMPLE_STRIDE = 2  # shown when the run itself takes every place
STOP_S, STOPS, SHORTEST_S = (0.5, 0.5, 0.5, 0.35, 0.25), 16, 0.07  # at a place of so many; at least
NOTES_S = 4.5
STAMP_S = (0.8, 0.6, 0.45, 0.3, 0.2, 0.15)
SINGLE_STAMPS = 8  # after these, the rest of the stamps come all at once
RULE_PX = 38
SIZE = "floor((n + rule(2) p - {span}) / s) + rule(1)"
SIZE_FILLED = "floor(({n} + rule(2) dot {p} - {f}) / {s}) + rule(1)"


class SizeBeats(ConvStage):
    """padding, stride, transposed."""

    # -- padding ---------------------------------------------------------------------------------------------------

    def padding(self) -> None:
        """Without a border the output shrinks and the rim is seen less; a ring of zeros mends both."""
        board = PaddingBoard(self, self.whole)
        fits, keeps = board.fits, bool(self.trace.flags["padding/keeps_size"])
        self.variant("tight" if not fits else "" if keeps else "other")
        self.say(**({"size": self.size_text("padding1/size")} if fits else {}))
        self.between = VGroup(self.kernel, self.names["kernel"])
        leaving = [self.names["input"], self.names["output"], self.input.take(self.input.rim)]
        leaving += [] if board.same else [self.output.all()]
        way = board.columns[1].centre - self.kernel.get_center()
        moving = self.between.animate.shift(way)
        self.play(*self.clear_panel(), leave(*leaving), moving, *self.no_formula(), run_time=style.QUICK_S)
        moves = board.first_result() if fits else []
        shown = [board.output_name("padding1")] if fits else []
        there = board.input.adopt(self.input, tuple(np.subtract(board.amount, self.border)))
        self.play(*there, *moves, FadeIn(board.name, *shown), run_time=style.SLOW_S)
        self._visits(board)
        ring = {} if keeps and fits else {"ring": self.number("padding2/amount", form="d")}
        self.say(size=self.size_text("padding2/size"), **ring)
        self.play(FadeIn(board.input.surround("padding2/padded")), run_time=style.MOVE_S)
        name = board.output_name("padding2")
        self.play(*board.grown(), *map(leave, shown), arrive(name), run_time=style.MOVE_S)
        self.board, self.panel = board, VGroup(board.name, name, board.output.all())

    def _visits(self, board: PaddingBoard) -> None:
        """How many windows see a pixel of the rim, and one of the middle."""
        if not board.fits:
            self.say()
            return
        corner, middle = board.corner_and_middle()
        self.say(
            corner=self.number("padding1/visits", *corner, form="d"),
            middle=self.number("padding1/visits", *middle, form="d"),
        )
        self.play(*board.input.turn_into(board.counted()), run_time=style.MOVE_S)
        marks = board.frames()
        self.play(Create(marks), run_time=style.MOVE_S)
        self.hold(style.MOVE_S)
        self.play(*board.input.turn_into(board.pixels()), FadeOut(marks), run_time=style.MOVE_S)

    # -- stride ----------------------------------------------------------------------------------------------------

    def stride(self) -> None:
        """The window jumps; how many places are left; the size as a formula, and the notes' example."""
        own = int(self.array("size/stride")[0])
        s = own if own > 1 else EXAMPLE_STRIDE
        self.say(stride=self.number(f"stride{s}/stride"))
        back = self.input.adopt(self.board.input, tuple(np.subtract(self.border, self.board.amount)))
        self.play(*self.clear_panel(), leave(self.between), *back, run_time=style.MOVE_S)
        table = stride_table(self, s, self.middle)
        self.play(FadeIn(table.frame, table.rows[0]), run_time=style.QUICK_S)
        result, mark = self._jump(s)
        self.play(FadeOut(mark), FadeIn(table.rows[s - 1]), run_time=style.QUICK_S)
        self.say(size=self.size_text(f"stride{s}/size"))
        others = [row for k, row in enumerate(table.rows, start=1) if k not in (1, s)]
        self.play(LaggedStart(*map(FadeIn, others), lag_ratio=0.4), run_time=style.MOVE_S)
        self.say()
        self.play(*self._size_formula(s), run_time=style.MOVE_S)
        self.panel = VGroup(self.input.all(), table, result)
        self._notes()

    def _jump(self, s: int) -> tuple[VGroup, VGroup]:
        """The window in steps of `s`; every stop writes a cell of a smaller output."""
        cells = SeriesCells(self, f"stride{s}/output", limit=float(self.item("slide/limit")))
        cells.into(self.side, most=max(self.input.pitch[1], SMALLEST))
        mark = self.walking(self.input.window((0, 0), self.kernel_size, self.dilation))
        name, hollow = self.over(cells.box, self.output_text(f"stride{s}/size")), cells.outlines()
        self.play(Create(mark), FadeIn(hollow, name), run_time=style.MOVE_S)
        places = list(cells.places())
        for k, place in enumerate(places):
            last = places[max(k - 1, 0)]
            step = self.input.step(s * (place[0] - last[0]), s * (place[1] - last[1]))
            seconds = STOP_S[min(k, len(STOP_S) - 1)] * min(1.0, STOPS / len(places))
            moves = [mark.animate.shift(step)] if k else []
            self.play(*moves, FadeIn(cells.draw(place)), run_time=max(seconds, SHORTEST_S))
        return VGroup(hollow, name, cells), mark

    def _size_formula(self, s: int) -> list[Animation]:
        """The formula with this run's numbers, along the width."""
        fields = {
            "n": self.number("size/input", 1),
            "p": self.number("size/padding", 1),
            "f": self.number("size/span" if self.dilation > 1 else "size/kernel", 1),
            "s": self.number(f"stride{s}/stride"),
            "o": self.number(f"stride{s}/size", 1),
        }
        span = "(d(f - rule(1)) + rule(1))" if self.dilation > 1 else "f"
        return self.formula(f"{SIZE.format(span=span)} = {SIZE_FILLED} = {{o}}", RULE_PX, **fields)

    def _notes(self) -> None:
        """One row of the lecture notes' picture: as many windows as the formula says."""
        fields = {
            key: self.number(f"notes/{series}", form="d")
            for key, series in (("n", "input"), ("f", "kernel"), ("s", "stride"))
        }
        self.say(**fields)
        row = NotesRow(self, self.room)
        allow(row.frame, "text-over-line", "the window walks along the row", moving=True)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(row.cells, row.names[0]), run_time=style.MOVE_S)
        output = self.number("notes/output", form="d")
        fields |= {
            "p": self.number("notes/padding", form="d"),
            "q": self.number("notes/quotient"),
            "o": output,
        }
        source = f"{SIZE.format(span='f')} = {SIZE_FILLED} = {{q}} + rule(1) = {{o}}"
        rule = self.formula(source, RULE_PX, **fields)
        self.play(*rule, Create(row.frame), run_time=style.MOVE_S)
        stops = LaggedStart(*map(FadeIn, row.stops), lag_ratio=1.0)
        self.play(row.frame.animate.shift(row.walk), stops, run_time=NOTES_S, rate_func=linear)
        self.say(output=output)
        self.play(FadeIn(row.names[1]), run_time=style.MOVE_S)
        self.panel = row.group

    # -- transposed ------------------------------------------------------------------------------------------------

    def transposed(self) -> None:
        """Every cell stamps the kernel, times its value; what overlaps is added."""
        self.variant("cut" if any(self.border) else "")
        self.say()
        board = StampBoard(self)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(board.start), run_time=style.MOVE_S)
        self.say()
        self.play(Create(board.spot), Create(board.mark), FadeIn(board.first_stamp), run_time=style.MOVE_S)
        places = board.places
        for k, place in enumerate(places[:SINGLE_STAMPS]):
            moves = [] if k == 0 else board.move(places[k - 1], place)
            self.play(*moves, *board.stamp(place), run_time=STAMP_S[min(k, len(STAMP_S) - 1)])
            if k == 0:
                self.play(leave(board.first_stamp), run_time=style.QUICK_S)
        rest = [animation for place in places[SINGLE_STAMPS:] for animation in board.stamp(place)]
        if rest:
            end = board.move(places[SINGLE_STAMPS - 1], places[-1])
            self.play(*end, LaggedStart(*rest, lag_ratio=0.5), run_time=style.SLOW_S)
        self.say(size=self.size_text("transposed/size"))
        self.play(FadeOut(board.spot, board.mark), FadeIn(board.numbers()), run_time=style.MOVE_S)
        if any(self.border):
            self.play(*board.cut(), run_time=style.MOVE_S)
        self.panel = board.group
