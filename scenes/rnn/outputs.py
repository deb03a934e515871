"""What the net gives out at a step: probabilities of the next character, or the next number."""

from __future__ import annotations

from manim import Circle, Dot, Line, Rectangle, VGroup

from scenes.parts.folding import fold
from scenes.parts.place import at
from scenes.rnn.stage import OUTPUT_Y, RecurrentStage
from scenes.stage import style
from scenes.stage.comparing import comparable

TOP = style.STAGE_TOP - 0.02
ROWS_MAX = 4
PITCH_MAX = 0.36
BAR_HEIGHT = 0.2
BAR_MAX = 1.3
EDGE = 0.12
SHARE_CHARS = 6  # the room for a probability
DIGIT = 0.115  # the width of a digit, in units
DOT_LEFT, TEXT_RIGHT = (
    0.62,
    0.3,
)  # the axis of a number, left of its step's middle; the texts, right of the axis


class Probabilities(VGroup):
    """One row a drawn character: the character, a bar, the probability. The target's row is outlined."""

    def __init__(self, stage: RecurrentStage, step: int) -> None:
        super().__init__()
        p = stage.array("probabilities")[step]
        target, guess = (int(stage.array(f"{name}/id")[step]) for name in ("target", "predicted"))
        rows = fold(len(p), ROWS_MAX, tuple(dict.fromkeys((target, guess))))
        pitch = min(PITCH_MAX, (TOP - OUTPUT_Y) / rows.slots)
        middle = (TOP + OUTPUT_Y + 0.08) / 2
        half = min(stage.pitch, 2.4) / 2 - EDGE
        left, right = stage.x(step) - half, stage.x(step) + half
        bar_left, room = left + 0.42, min(2 * half - 0.42 - 0.74, BAR_MAX)
        self.bars, self.texts = VGroup(), VGroup()
        self.mark = VGroup()
        form = comparable(p[[target, guess]], form=".2f", most=SHARE_CHARS)
        for c in rows.shown:
            y = middle + pitch * ((rows.slots - 1) / 2 - rows.slot(c))
            role = "activation" if c == guess else "muted"
            name = stage.words(stage.number("vocabulary", c, form="character"), style.NUMBER_PX, "ink")
            self.texts.add(name.centre_at(at(left + 0.18, y)))
            width = max(room * float(p[c]), 0.02)
            bar = Rectangle(width=width, height=BAR_HEIGHT, stroke_width=0, fill_opacity=0.9)
            self.bars.add(bar.set_fill(stage.look.colour(role)).move_to(at(bar_left + width / 2, y)))
            value = stage.value("probabilities", step, c, form=form, px=style.NUMBER_MIN_PX, colour=role)
            self.texts.add(value.right_at(at(right, y)))
            if c == target:
                self.mark.add(
                    Rectangle(width=0.38, height=0.34, color=stage.look.loss, stroke_width=style.LINE)
                    .move_to(at(left + 0.18, y))
                    .set_fill(opacity=0)
                )
        if rows.gap is not None:
            y = middle + pitch * ((rows.slots - 1) / 2 - rows.gap)
            self.texts.add(stage.words("⋮", style.NUMBER_PX, "muted").centre_at(at(left + 0.18, y)))
        self.add(self.bars, self.texts, self.mark)


class Forecast(VGroup):
    """The predicted number as a dot and the target as a ring, on an axis from the least to the largest number."""

    def __init__(self, stage: RecurrentStage, step: int) -> None:
        super().__init__()
        low, high = stage.item("data/least"), stage.item("data/largest")
        bottom, top = OUTPUT_Y + 0.22, TOP - 0.14
        guess, target = (float(stage.array(f"{name}/raw")[step]) for name in ("prediction", "target"))
        form = comparable(
            [guess, target], form=stage.raw_form, most=(stage.pitch - TEXT_RIGHT - 2 * EDGE) / DIGIT
        )
        texts = [
            stage.value(f"{name}/raw", step, form=form, px=style.NUMBER_PX, colour=role)
            for name, role in (("prediction", "activation"), ("target", "loss"))
        ]
        x = stage.x(step) - max(DOT_LEFT, (TEXT_RIGHT + max(text.width for text in texts)) / 2)

        def y(value: float) -> float:
            share = (value - low) / ((high - low) or 1.0)
            return bottom + (top - bottom) * min(max(share, -0.06), 1.06)

        axis = Line(at(x, bottom), at(x, top), color=stage.look.muted, stroke_width=style.LINE)
        dot = Dot(at(x, y(guess)), radius=0.09, color=stage.look.activation).set_z_index(1)
        ring = Circle(0.13, color=stage.look.loss, stroke_width=style.LINE).move_to(at(x, y(target)))
        self.bars = VGroup(axis, dot)
        self.mark = VGroup(ring)
        self.texts = VGroup()
        for place, text in enumerate(texts):
            self.texts.add(text.left_at(at(x + TEXT_RIGHT, (bottom + top) / 2 + 0.24 - 0.48 * place)))
        self.add(self.bars, self.texts, self.mark)


def outputs(stage: RecurrentStage, step: int) -> Probabilities | Forecast:
    """The panel of one step."""
    return Probabilities(stage, step) if stage.of_characters else Forecast(stage, step)
