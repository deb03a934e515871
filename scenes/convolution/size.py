"""The output's size: what fixes it in the cases that were shown, the formula, and the notes' example as a row of cells."""

from __future__ import annotations

from manim import Create, FadeIn, LaggedStart, VGroup

from scenes.convolution.stride import Stride
from scenes.parts.arrays.signal import Signal
from scenes.parts.room.around import around
from scenes.parts.room.motion import arrive, leave
from scenes.parts.text.output_size import PLAIN, PX, RULE_PX, size_cases, worked_size
from scenes.stage import style

NOTES = {"n": "input", "f": "kernel", "p": "padding", "s": "stride", "o": "output", "q": "quotient"}
ASK_S, NOTES_S = 0.8, 2.6


class Size(Stride):
    """A table of the cases left, the formula right; then the notes' example."""

    def size(self) -> None:
        """What fixes the size, and the formula worked out for the stride that was shown."""
        self.say()
        left, right = self.whole.columns(1.15, 1)
        cases = self._cases()
        names = {
            "n": "input",
            "f": "kernel_filter",
            "p": "padding",
            "s": "stride",
            "d": "dilation",
            "o": "output",
        }
        names = {one: key for one, key in names.items() if one in cases["case_stride"]}
        table = size_cases(self, names, [(self.head(key), told) for key, told in cases.items()], left)
        lines = worked_size(self, cases["case_stride"], right)
        rows = LaggedStart(*map(FadeIn, table.rows), lag_ratio=0.3)
        self.show(table.heads)
        self.play(rows, run_time=style.SLOW_S)
        self.play(FadeIn(lines[0]), run_time=style.MOVE_S)
        mark = around(VGroup(*(row[-1] for row in table.rows[:-1])), self.look)
        self.play(Create(mark), FadeIn(lines[1]), run_time=style.MOVE_S)
        self.say()
        self.play(FadeIn(lines[2], table.rules), run_time=style.MOVE_S)
        self.panel = VGroup(table, lines, mark)
        self._notes()

    def _cases(self) -> dict[str, dict[str, str]]:
        """The numbers of the formula's letters in every case that was shown, by its label."""
        s = self.stepped
        series = {
            "case_without": ("padding1/amount", "stride1/stride", "padding1/size"),
            "case_padding": ("padding2/amount", "stride1/stride", "padding2/size"),
            "case_stride": ("size/padding", f"{s}/stride", f"{s}/size"),
        }
        same = {"n": "size/input", "f": "size/kernel"} | ({"d": "size/dilation"} if self.dilation > 1 else {})
        cases: dict[str, dict[str, str]] = {}
        for key, own in series.items():
            if key != "case_without" or self.item("padding1/fits"):
                names = same | dict(zip("pso", own, strict=True)) | {"q": f"{s}/quotient", "k": f"{s}/steps"}
                cases[key] = {
                    one: self.number(name, *[1] * self.array(name).ndim) for one, name in names.items()
                }
        return cases

    def _notes(self) -> None:
        """One row of the lecture notes' picture: how many windows are there? The formula says it, and so do they."""
        told = {sign: self.number(f"notes/{key}") for sign, key in NOTES.items()}
        self.say(n=told["n"], f=told["f"], s=told["s"])
        texts = self.label("strip", n=told["n"]), self.label("stops", o="?"), self.label("stops", o=told["o"])
        strip, ask, answer = (self.words(text, PX) for text in texts)
        count, kernel = (int(self.item(f"notes/{key}")) for key in ("input", "kernel"))
        box = self.room.without(bottom=style.GAP)
        signal = Signal((strip, ask), box, count, kernel, self.array("notes/left").tolist())
        self.show(signal.row, signal.names, signal.window)
        self.play(*self.formula(f'o = {PLAIN[1]} = word("?")', RULE_PX, **told), run_time=style.QUICK_S)
        self.hold(ASK_S)
        self.play(*signal.run(), run_time=NOTES_S)
        self.say(output=told["o"])
        solved = self.formula(f"o = {PLAIN[1]} = {{q}} + rule(1) = {{o}}", RULE_PX, **told)
        first = signal.stops[0][1].animate.set_stroke(self.look.ink, style.STRONG)
        self.play(*solved, leave(ask), arrive(signal.below(answer)), first, run_time=style.MOVE_S)
        self.panel = VGroup(signal.row, signal.window, signal.stops, strip, answer)
