"""The output's size: what fixes it in the cases that were shown, the formula, and the notes' example."""

from __future__ import annotations

from manim import Create, FadeIn, LaggedStart, VGroup

from scenes.convolution.stride import Stride
from scenes.parts.arrays.size_question import SizeQuestion
from scenes.parts.room.around import around
from scenes.parts.text.output_size import size_cases, worked_size
from scenes.stage import style

NOTES = {"n": "input", "f": "kernel", "p": "padding", "s": "stride", "o": "output", "q": "quotient"}


class Size(Stride):
    """A table of the cases left, the formula right; then the notes' example."""

    def size(self) -> None:
        """What fixes the size, and the formula worked out for the stride that was shown."""
        self.say()
        left, right = self.whole.columns(1.15, 1)
        cases = self._cases()
        table = size_cases(self, [(self.label(key), told) for key, told in cases.items()], left)
        lines = worked_size(self, cases["case_stride"], right)
        self.show(table.heads)
        self.play(LaggedStart(*map(FadeIn, table.rows), lag_ratio=0.3), run_time=style.SLOW_S)
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
        """The lecture notes' example: how many windows are there? The formula says it, and so do they."""
        told = {sign: self.number(f"notes/{key}") for sign, key in NOTES.items()}
        self.say(n=told["n"], f=told["f"], s=told["s"])
        question = SizeQuestion(self, "notes", told, self.room)
        self.show(question)
        question.ask()
        self.say(output=told["o"])
        question.answer()
        self.panel = question
