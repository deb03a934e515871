"""The lines of the recap."""

from __future__ import annotations

from manim import Line, VGroup

from scenes.forward.curves import FUNCTIONS
from scenes.parts.arrays.table import Table
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage

LARGE = 42
TESTED = 0.95  # room for the count of the test set


def affine(film: NetworkStage, layer: int, fed: str = "") -> str:
    """z = W a + b of a layer in Typst math; `fed` is another name for what it is fed."""
    nth = film.nth(layer)
    return f"z^({nth}) = W^({nth}) {fed or f'a^({film.nth(layer - 1)})'} + b^({nth})"


def recap(film: NetworkStage, box: Box) -> tuple[Table, VGroup]:
    """The whole pass as lines of mathematics, from input to loss; apart from it the count of the test set."""
    last, function = film.depth, FUNCTIONS[film.function]
    rows = [("step_input", film.math("input(x) = (m - mu) / sigma", LARGE))]
    for n in range(1, last):
        z = affine(film, n, "x" if n == 1 else "")
        sum_of = z.partition(" = ")[2]
        rows.append(("step_hidden", film.math(f"a^({film.nth(n)}) = {function}({sum_of})", LARGE)))
    rows.append(("step_output", film.math(affine(film, last), LARGE)))
    rows.append(("step_softmax", film.math(f'p = "softmax"(z^({film.nth(last)}))', LARGE)))
    loss = film.number("loss/value", form=film.net_loss_form())
    rows.append(("step_loss", film.math("loss(L) = -log p_y = loss({l})", LARGE, l=loss)))
    right, count = (film.number(name, form="d") for name in ("training/test_correct", "data/test_count"))
    tested = [("step_test", film.words(film.join(right, " / ", count), LARGE))]
    apart = box.without(top=box.height - TESTED)
    rule = Line(apart.at(0, 1), apart.at(1, 1), color=film.look.muted, stroke_width=style.HAIRLINE)
    return film.lines(rows, box.without(bottom=TESTED + style.GAP)), VGroup(rule, film.lines(tested, apart))
