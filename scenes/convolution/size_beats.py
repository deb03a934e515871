"""Beats of `convolution` on the output's size: padding, stride, and the transposed convolution that goes back."""

from __future__ import annotations

import numpy as np
from manim import Animation, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.convolution.padding import PaddingBoard
from scenes.convolution.stage import SMALLEST, ConvStage
from scenes.convolution.stamps import StampBoard
from scenes.convolution.stride import NotesRow, StrideTable
from scenes.parts.cells import Cells, pitch_for, px_for, shape_of
from scenes.parts.motion import arrive, leave
from scenes.parts.place import at
from scenes.stage import style
from scenes.stage.declare import allow

EXAMPLE_STRIDE = 2  # shown when the run itself takes every place
STOP_S = (0.5, 0.5, 0.5, 0.35, 0.25)
NOTES_S = 4.5
STAMP_S = (0.8, 0.6, 0.45, 0.3, 0.2, 0.15)
SINGLE_STAMPS = 8  # after these, the rest of the stamps come all at once


class SizeBeats(ConvStage):
    """padding, stride, transposed."""

    # -- padding ---------------------------------------------------------------------------------------------------

    def padding(self) -> None:
        """Without a border the output shrinks and the rim is seen less; a ring of zeros mends both."""
        fits, keeps = bool(self.item("padding1/fits")), bool(self.trace.flags["padding/keeps_size"])
        self.variant("tight" if not fits else "" if keeps else "other")
        self.say(**({"size": self.size_text("padding1/size", "padding1/size")} if fits else {}))
        board = PaddingBoard(self)
        kernel = VGroup(self.kernel, self.names["kernel"])
        place = board.kernel_place()
        same = fits and np.array_equal(self.array("padding1/output"), self.array("slide/output"))
        leaving = [self.names["input"], self.names["output"], *self.ring_cells]
        gone: list[Animation] = [leave(*leaving, *([] if same else [self.output_cells()]))]
        gone += [leave(kernel)] if place is None else [kernel.animate.shift(place - at(*self.kernel.centre))]
        self.between = VGroup() if place is None else kernel
        self.play(*self.clear_panel(), *gone, *self.no_formula(), run_time=style.QUICK_S)
        name = board.name("input", self.input_text())
        moves = board.first_result(self.output if same else None) if fits else []
        shown = VGroup(board.output_name("padding1")) if fits else VGroup()
        self.play(*board.take_over(), *moves, FadeIn(name, *shown), run_time=style.SLOW_S)
        self._visits(board, fits)
        ring = {} if keeps and fits else {"ring": self.number("padding2/amount", form="d")}
        self.say(size=self.size_text("padding2/size", "padding2/size"), **ring)
        self.play(*board.ring(), run_time=style.MOVE_S)
        grown = board.output_name("padding2")
        self.play(*board.rim(), *([leave(*shown)] if fits else []), arrive(grown), run_time=style.MOVE_S)
        self.board, self.panel = board, VGroup(name, grown, board.results())

    def _visits(self, board: PaddingBoard, fits: bool) -> None:
        """How many windows see a pixel of the rim, and one of the middle."""
        if not fits:
            self.say()
            return
        corner, middle = board.corner_and_middle()
        self.say(
            corner=self.number("padding1/visits", *corner, form="d"),
            middle=self.number("padding1/visits", *middle, form="d"),
        )
        self.play(*board.count_visits(), run_time=style.MOVE_S)
        marks = board.frames()
        self.play(Create(marks), run_time=style.MOVE_S)
        self.hold(style.MOVE_S)
        self.play(*board.back_to_pixels(), FadeOut(marks), run_time=style.MOVE_S)

    # -- stride ----------------------------------------------------------------------------------------------------

    def stride(self) -> None:
        """The window jumps; how many places are left; the size as a formula, and the notes' example."""
        own = int(self.array("size/stride")[0])
        s = own if own > 1 else EXAMPLE_STRIDE
        self.say(stride=self.number(f"stride{s}/stride"))
        gone = [leave(self.between)] if len(self.between) else []
        self.play(*self.clear_panel(), *gone, *self._back_from_board(), run_time=style.MOVE_S)
        table = StrideTable(self, self.kernel.centre[0], s)
        self.play(FadeIn(table.heads, table.rows[1]), run_time=style.QUICK_S)
        result, mark = self._jump(s)
        self.play(FadeOut(mark), FadeIn(table.rows[s]), run_time=style.QUICK_S)
        self.say(size=self.size_text(f"stride{s}/size", f"stride{s}/size"))
        others = [table.rows[k] for k in table.rows if k not in (1, s)]
        self.play(LaggedStart(*map(FadeIn, others), lag_ratio=0.4), run_time=style.MOVE_S)
        self.say()
        self.play(*self._size_formula(s), run_time=style.MOVE_S)
        self.panel = VGroup(self.input_cells(), table.group, result)
        self._notes()

    def _back_from_board(self) -> list[Animation]:
        """The pixels return to the three columns; the board's border goes."""
        board = self.board
        if board.amount == self.border:
            whole = (self.input.rows, self.input.columns)
            return [*self.input.adopt(board.input, whole), *self._missing_numbers()]
        rows, columns = board.size
        ring = [
            board.input.cell(*place)
            for place in list(board.input.tiles)
            if not (board.amount[0] <= place[0] < board.amount[0] + rows)
            or not (board.amount[1] <= place[1] < board.amount[1] + columns)
        ]
        return [
            *([leave(*ring)] if ring else []),
            *([FadeIn(*self.ring_cells)] if self.ring_cells else []),
            *self.input.adopt(board.input, board.size, self.border, board.amount),
            *self._missing_numbers(),
        ]

    def _missing_numbers(self) -> list[Animation]:
        """Numbers that had no room on the board."""
        rows, columns = self.array("crop/pixel").shape
        out: list[Animation] = []
        for row, column in np.ndindex(rows, columns):
            place = (row + self.border[0], column + self.border[1])
            if place not in self.input.numbers:
                text = self.write(self.input, place, "slide/padded")
                out += [arrive(text)] if text is not None else []
        return out

    def _jump(self, s: int) -> tuple[VGroup, VGroup]:
        """The window in steps of `s`; every stop writes a cell of a smaller output."""
        series = f"stride{s}/output"
        values, need = self.array(series), self.need(series)
        room = (max(self.output.size[0], 2.0), max(self.output.size[1], 1.0))
        pitch = pitch_for(shape_of(values), need, room[0], room[1], max(self.input.pitch[1], SMALLEST))
        cells = Cells(self.look, shape_of(values), pitch, self.output.centre)
        cells.number_px = px_for(need, pitch)
        mark = self.input.window(0, 0, self.kernel_size, self.dilation)
        allow(mark, "text-over-line", "the window jumps over the numbers", moving=True)
        name = self.over(
            cells, self.join(self.label("output"), " ", self.size_text(f"stride{s}/size", f"stride{s}/size"))
        )
        hollow = VGroup(*(cells.hollow(*place) for place in cells.places()))
        self.play(Create(mark), FadeIn(hollow, name), run_time=style.MOVE_S)
        limit = float(self.item("slide/limit"))
        last = (0, 0)
        count = values.size
        for k, place in enumerate(cells.places()):
            step = self.input.step(s * (place[0] - last[0]), s * (place[1] - last[1]))
            self.tint(cells, place, float(values[place]), limit)
            self.write(cells, place, series)
            seconds = STOP_S[min(k, len(STOP_S) - 1)] * min(1.0, 16 / count)
            moves = [mark.animate.shift(step)] if k else []
            self.play(*moves, FadeIn(cells.cell(*place)), run_time=max(seconds, 0.07))
            last = place
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
        rule = f"floor((n + rule(2) p - {span}) / s) + rule(1)"
        return self.formula(
            f"{rule} = floor(({{n}} + rule(2) dot {{p}} - {{f}}) / {{s}}) + rule(1) = {{o}}", 38, **fields
        )

    def _notes(self) -> None:
        """One row of the lecture notes' picture: as many windows as the formula says."""
        fields = {
            key: self.number(f"notes/{key}", form="d") for key in ("input", "kernel", "stride", "output")
        }
        self.say(n=fields["input"], f=fields["kernel"], s=fields["stride"])
        row = NotesRow(self)
        allow(row.frame, "text-over-line", "the window walks along the row", moving=True)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(FadeIn(row.cells, row.names[0]), run_time=style.MOVE_S)
        padding = self.number("notes/padding", form="d")
        quotient = self.number("notes/quotient")
        source = (
            "floor((n + rule(2) p - f) / s) + rule(1) = floor(({n} + rule(2) dot {p} - {f}) / {s}) + rule(1) "
            "= {q} + rule(1) = {o}"
        )
        given = {"n": fields["input"], "p": padding, "f": fields["kernel"], "s": fields["stride"]}
        rule = self.formula(source, 38, q=quotient, o=fields["output"], **given)
        self.play(*rule, Create(row.frame), run_time=style.MOVE_S)
        stops = LaggedStart(*(FadeIn(stop) for stop in row.stops), lag_ratio=1.0)
        walk = row.frame.animate(rate_func=linear).shift(row.walk)
        self.play(walk, stops, run_time=NOTES_S)
        self.say(output=fields["output"])
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
        self.say(size=self.size_text("transposed/size", "transposed/size"))
        self.play(FadeOut(board.spot, board.mark), FadeIn(board.numbers()), run_time=style.MOVE_S)
        if any(self.border):
            self.play(*board.cut(), run_time=style.MOVE_S)
        self.panel = board.group
