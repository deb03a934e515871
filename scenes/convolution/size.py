"""The output's size: what fixes it in the cases that were shown, the formula, and the notes' example as a row of cells."""

from __future__ import annotations

from manim import RIGHT, Create, FadeIn, LaggedStart, VGroup

from scenes.convolution.stride import Stride
from scenes.parts.arrays.signal import Signal
from scenes.parts.arrays.table import Column, Table
from scenes.parts.room.around import around
from scenes.parts.room.box import Box
from scenes.parts.room.layout import column, fit
from scenes.parts.room.motion import arrive, leave
from scenes.stage import style

NAMED = {
    "n": "input",
    "f": "kernel_filter",
    "p": "padding",
    "s": "stride",
    "d": "dilation",
    "o": "output",
}  # labels
NOTES = {"n": "input", "f": "kernel", "p": "padding", "s": "stride"}
ASK_S, NOTES_S = 1.0, 3.0
PX, RULE_PX = 38, 44
# The formula with letters, and the same with numbers; then both for a dilation d.
SIZE = (
    "floor((n + rule(2) p - f) / s) + rule(1)",
    "floor(({n} + rule(2) dot {p} - {f}) / {s}) + rule(1)",
)
SPREAD = (
    "floor((n + rule(2) p - d(f - rule(1)) - rule(1)) / s) + rule(1)",
    "floor(({n} + rule(2) dot {p} - {d} dot ({f} - rule(1)) - rule(1)) / {s}) + rule(1)",
)


class Size(Stride):
    """A table of the cases left, the formula right; then the notes' example."""

    def size(self) -> None:
        """What fixes the size, the formula worked out for the stride that was shown, and the notes' question."""
        s = self.stepped
        self.say()
        left, right = self.whole.columns(1.15, 1)
        table, told = self._cases(left, s)
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        self.play(
            FadeIn(table.heads), LaggedStart(*map(FadeIn, table.rows), lag_ratio=0.3), run_time=style.SLOW_S
        )
        letters, values = SPREAD if self.dilation > 1 else SIZE
        q, steps = (self.number(f"{s}/{key}", 1) for key in ("quotient", "steps"))
        last = "= floor({q}) + rule(1) = {steps} + rule(1) = {o}"
        fields = {**told, "q": q, "steps": steps}
        sources = (f"o = {letters}", f"= {values}", last)
        lines = column([self.math(one, RULE_PX, **fields) for one in sources], style.WIDE)
        lines[1:].shift(self.math("o", RULE_PX).width * RIGHT)  # equals signs below each other
        fit(lines, right)
        self.play(FadeIn(lines[0]), run_time=style.MOVE_S)
        used = VGroup(*(row[-1] for row in table.rows[:-1]))
        mark = around(used, self.look)
        self.play(Create(mark), FadeIn(lines[1]), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lines[2]), run_time=style.MOVE_S)
        self.hold(style.QUICK_S)
        self.panel = VGroup(table, lines, mark)
        self._notes()

    def _cases(self, box: Box, s: str) -> tuple[Table, dict[str, str]]:
        """A row for each letter with its number in every case that was shown; and the numbers of the last one."""
        p = self.number("size/padding", 1)
        cases = {"case_padding": ("padding2/amount", "stride1", "padding2"), "case_stride": ("", s, s)}
        if bool(self.item("padding1/fits")):
            cases = {"case_without": ("padding1/amount", "stride1", "padding1"), **cases}
        signs = [one for one in NAMED if one != "d" or self.dilation > 1]
        columns = [
            Column([self.math(one, PX) for one in signs], align="centre"),
            Column([self.words(self.label(NAMED[one]), PX, "muted") for one in signs], align="left"),
        ]
        same = {
            one: self.number(f"size/{key}", 1)
            for one, key in zip("nfd", ("input", "kernel", "dilation"), strict=True)
        }
        for key, (amount, stride, size) in cases.items():
            told = {**same, "p": self.number(amount) if amount else p, "s": self.number(f"{stride}/stride")}
            told["o"] = self.number(f"{size}/size", 1)
            columns.append(Column([self.words(told[one], PX) for one in signs], self.head(key)))
        rules = [(len(signs) - 1, 0, len(columns) - 1)]
        return Table(self.look, columns, box, gap=style.WIDE, rules=rules, up="centre"), told

    def _notes(self) -> None:
        """One row of the lecture notes' picture: how many windows are there? The formula says it, and so do they."""
        told = {sign: self.number(f"notes/{key}", form="d") for sign, key in NOTES.items()}
        o, q = self.number("notes/output"), self.number("notes/quotient")
        self.say(n=told["n"], f=told["f"], s=told["s"])
        names = [
            self.words(self.label(key, n=told["n"], o=one), PX)
            for key, one in (("strip", o), ("stops", "?"), ("stops", o))
        ]
        count, kernel = (int(self.item(f"notes/{key}")) for key in ("input", "kernel"))
        box = self.room.without(bottom=style.GAP)
        signal = Signal((names[0], names[1]), box, count, kernel, self.array("notes/left").tolist())
        self.play(*self.clear_panel(), run_time=style.QUICK_S)
        ask = self.formula(f'o = {SIZE[1]} = word("?")', RULE_PX, **told)
        self.play(FadeIn(signal.row, signal.names, signal.window), *ask, run_time=style.MOVE_S)
        self.hold(ASK_S)
        self.play(*signal.run(), run_time=NOTES_S)
        self.say(output=o)
        answer = fit(names[2], signal.answer, "left", "bottom")
        solved = self.formula(f"o = {SIZE[1]} = {{q}} + rule(1) = {{o}}", RULE_PX, q=q, o=o, **told)
        first = signal.stops[0][1].animate.set_stroke(self.look.ink, style.STRONG)
        self.play(*solved, leave(names[1]), arrive(answer), first, run_time=style.MOVE_S)
        self.panel = VGroup(signal.row, signal.window, signal.stops, names[0], answer)
