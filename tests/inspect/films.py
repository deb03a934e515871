"""A clean film and one with a fault of each kind, each fault marked by a comment on its line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
from manim import (
    DOWN,
    RIGHT,
    UP,
    Circle,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    Line,
    Rectangle,
    ReplacementTransform,
    ShowPassingFlash,
    Text,
    TransformFromCopy,
    VGroup,
)

from engine.trace import Series, Trace
from scenes.parts.text.typeset import words
from scenes.stage.card import Card
from scenes.stage.declare import allow
from scenes.stage.explainer import Explainer

MARK = re.compile(r"# fault: ([\w-]+)")


def trace() -> Trace:
    """Two values and a name."""
    series = {
        "value": Series(np.array([0.25, 1.5]), ("item",)),
        "name": Series(np.array("rose"), ()),
    }
    params: dict[str, Any] = {"given": {}, "resolved": {}}
    return Trace("none", "1", 0, params, {}, series)


class Clean(Explainer):
    """What films do all the time: nothing of it is a fault."""

    card = Card("clean", "Clean", "none", ("first", "second"))

    def first(self) -> None:
        self.say()
        self.dot = Circle(0.4, color=self.look.input, fill_color=self.look.surface, fill_opacity=1)
        value = self.value("value", 0, px=30).centre_at(self.dot.get_center()).set_z_index(1)
        wire = Line([-4, 0, 0], [4, 0, 0], color=self.look.muted)
        self.play(Create(wire), run_time=0.5)
        self.play(FadeIn(self.dot, value), run_time=0.5)
        self.play(*self.formula("W^((rule(1)))_(rule(2) k) = {v} + rule(1)", v=self.number("value", 0)))
        self.say(v=self.number("value", 0))
        other = self.value("value", 1, px=30).move_to([3, 2, 0])
        self.play(TransformFromCopy(value, other), run_time=0.5)
        wider = self.math("x_rule(1) = {v}", 30, v=self.number("value", 1)).move_to([3, 2, 0])
        self.play(FadeOut(other), FadeIn(wider), run_time=0.5)
        glow = wire.copy().set_stroke(self.look.activation)
        self.play(ShowPassingFlash(glow), run_time=0.5)

    def second(self) -> None:
        self.say()
        tail = self.words(self.label("truth"), 24, "muted").move_to([-3, 1, 0])
        self.play(*self.no_formula(), FadeIn(tail), run_time=0.5)
        self.play(tail.animate.shift(UP), run_time=0.5)
        crossing = Line([-4, 2, 0], [-2, 2, 0], color=self.look.muted)
        allow(crossing, "text-over-line", "crossing out is what is shown here")
        self.play(Create(crossing), run_time=0.5)
        passing = self.words(self.label("truth"), 24).move_to([-3, -1, 0])
        allow(passing, "text-over-text", "it passes its like", moving=True)
        self.add(self.words(self.label("other"), 24).move_to([0, -1, 0]))
        self.play(passing.animate.shift(6 * RIGHT), run_time=0.5)


class Faulty(Explainer):
    """One beat for each kind of fault; something else moves in each, so that only the fault is wrong."""

    card = Card(
        "faulty",
        "Faulty",
        "none",
        (
            "overlap",
            "lines",
            "covered",
            "bounds",
            "sizes",
            "contrast",
            "wordy",
            "rushed",
            "glyphs",
            "empty",
            "unused",
            "blinking",
            "standing",
            "numbers",
            "signs",
            "unseen",
        ),
    )
    rushing = False

    def prepare(self) -> None:
        self.corners = VGroup(*(Dot(place, color=self.look.input) for place in ([-6, 2.6, 0], [6, -1.3, 0])))

    def begin(self, caption: bool = True, wide: bool = True) -> None:
        """Clear the stage and bring a dot; two more, in its corners, so that all of it is in use."""
        if caption:
            self.say()
        there = self.corners in self.mobjects
        stays = (self._title, self._dots, self._caption, self.corners)
        self.keep = Dot([0, -1, 0], color=self.look.input)
        new = [self.keep, *([self.corners] if wide and not there else [])]
        self.play(*(FadeOut(m) for m in self.mobjects if m not in stays), *map(FadeIn, new), run_time=0.4)

    def _finish_cue(self) -> None:
        if not self.rushing:
            super()._finish_cue()

    def overlap(self) -> None:
        self.begin()
        low = self.words("가나다", 40)
        high = self.words("라마바", 40).shift(0.2 * UP)  # fault: text-over-text
        self.play(FadeIn(low, high), run_time=0.4)
        flying = self.words("여행", 40).move_to([-3, 2, 0])  # fault: text-over-text
        self.add(self.words("지나는 곳", 40).move_to([0, 2, 0]), flying)
        self.play(flying.animate.shift(6 * RIGHT), run_time=0.6)

    def lines(self) -> None:
        self.begin()
        crossed = self.words("선 위", 40).move_to([-3, 1, 0])  # fault: text-over-line
        self.play(FadeIn(Line([-5, 1, 0], [-1, 1, 0], color=self.look.muted), crossed), run_time=0.4)
        edged = self.words("모서리", 40).move_to([3, 1, 0])  # fault: text-over-line
        self.play(FadeIn(Circle(0.3, color=self.look.input).move_to([3, 1, 0]), edged), run_time=0.4)
        self.add(self.words("가만히", 40).move_to([0, 2.4, 0]))
        sweep = Line([-2, 1.5, 0], [-2, 2.8, 0], color=self.look.loss)  # fault: text-over-line
        self.play(sweep.animate.shift(4 * RIGHT), run_time=0.5)

    def covered(self) -> None:
        self.begin()
        hidden = self.words("가려짐", 40).move_to([2, 1, 0])  # fault: text-covered
        cover = Rectangle(width=1, height=0.6, stroke_width=0, fill_color=self.look.surface, fill_opacity=1)
        self.play(FadeIn(hidden, cover.move_to([2.4, 1, 0])), run_time=0.4)

    def bounds(self) -> None:
        self.begin()
        outside = Dot([6.7, 0, 0], color=self.look.input)  # fault: outside-margin
        self.play(FadeIn(outside), run_time=0.4)
        passing = Dot([3, 1, 0], color=self.look.input)  # fault: outside-margin
        self.play(passing.animate(rate_func=lambda t: 4 * t * (1 - t)).shift(4 * RIGHT), run_time=0.5)
        low = self.words("너무 아래", 30).move_to([-5, -2.75, 0])  # fault: outside-zone
        self.play(FadeIn(low), run_time=0.4)

    def sizes(self) -> None:
        self.begin()
        small = self.words("작은 글", 30).scale(0.6).move_to([-2, 1, 0])  # fault: small-text
        self.play(FadeIn(small), run_time=0.4)
        number = self.value("value", 0, px=22).move_to([2, 1, 0])  # fault: small-text
        self.play(FadeIn(number), run_time=0.4)

    def contrast(self) -> None:
        self.begin()
        box = Rectangle(width=4, height=1.4, stroke_width=0, fill_color=self.look.muted, fill_opacity=1)
        pale = self.words("흐린 글", 40)  # fault: low-contrast
        self.play(FadeIn(VGroup(box, pale).move_to([0, 1, 0])), run_time=0.4)
        dim = self.words("반투명", 40).move_to([0, 2.4, 0]).set_opacity(0.3)  # fault: low-contrast
        self.play(FadeIn(dim), run_time=0.4)

    def wordy(self) -> None:
        self.say()  # fault: caption-too-long
        self.begin(caption=False)

    def rushed(self) -> None:
        self.say()  # fault: caption-too-short
        self.begin(caption=False)
        self.rushing = True
        self.say()
        self.rushing = False

    def glyphs(self) -> None:
        self.begin()
        tofu = self.words("ก", 40).move_to([0, 1, 0])  # fault: missing-glyph
        self.play(FadeIn(tofu), run_time=0.4)
        foreign = Text("pango", font_size=36).move_to([3, 1, 0])  # fault: foreign-text
        self.play(FadeIn(foreign), run_time=0.4)

    def empty(self) -> None:  # fault: empty-stage
        self.begin()
        self.play(FadeOut(self.keep, self.corners), run_time=0.4)

    def unused(self) -> None:  # fault: unused-stage
        self.begin(wide=False)
        self.hold(1.0)

    def signs(self) -> None:
        self.begin()
        strange = self.math("kappa + x", 40).move_to([0, 1, 0])  # fault: unknown-symbol
        self.play(FadeIn(strange), run_time=0.4)

    def unseen(self) -> None:
        self.begin()
        self.add(Dot([3, 1, 0]).set_opacity(0))  # fault: never-visible
        behind = Dot([-3, 1, 0], color=self.look.input)  # fault: never-visible
        front = Rectangle(width=1, height=1, fill_color=self.look.surface, fill_opacity=1, stroke_width=0)
        self.add(behind, front.move_to([-3, 1, 0]))
        self.play(self.keep.animate.shift(UP), run_time=0.4)

    def blinking(self) -> None:
        square = Rectangle(width=1, height=1, color=self.look.input)
        self.begin()
        self.play(FadeIn(square), run_time=0.4)
        self.play(FadeOut(square), run_time=0.3)
        again = Rectangle(width=1, height=1, color=self.look.input)  # fault: blink
        self.play(FadeIn(again), run_time=0.3)

    def standing(self) -> None:  # fault: no-motion
        self.begin()
        self.hold(5.0)

    def numbers(self) -> None:
        self.begin()
        invented = words("정확도 99", self.look, 40).move_to([0, 1, 0])  # fault: no-provenance
        honest = self.words(self.number("value", 1), 40).move_to([0, 2, 0])
        self.play(FadeIn(invented, honest), run_time=0.4)
        name = self.words(self.name("name"), 40).move_to([-3, 1, 0])
        sum_ = self.math("n + {v}", 40, v=self.number("value", 0)).move_to([3, 1, 0])
        self.play(FadeIn(name), ReplacementTransform(self.keep, Dot(DOWN)), FadeIn(sum_), run_time=0.4)


FILMS: dict[str, type[Explainer]] = {"clean": Clean, "faulty": Faulty}


def marked() -> list[tuple[str, int]]:
    """(kind, line) of every planted fault."""
    lines = Path(__file__).read_text(encoding="utf-8").splitlines()
    return sorted((match[1], n) for n, line in enumerate(lines, 1) if (match := MARK.search(line)))
