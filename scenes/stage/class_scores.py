"""The output layer's scores z, their exponentials and their shares of the sum, a row for each class."""

from __future__ import annotations

from manim import Rectangle

from scenes.parts.arrays.softmax_table import SoftmaxTable
from scenes.parts.nets.network import RADIUS_MAX
from scenes.parts.room.box import Box
from scenes.stage import style
from scenes.stage.closing import exponentials
from scenes.stage.network_stage import NetworkStage

PX = 36
COARSER = {".2f": ".1f", ".3f": ".2f"}  # of a sum, so that what is rounded adds up to it
RECORDED, TICKS_MOST = 7, 4  # on the axis of e^z
CLEAR = 0.85  # of that axis: up to there, as the sum stands at its end
LARGE = 1000  # a sum of exponentials from here on is written with a power of ten


class ClassScores(SoftmaxTable):
    """A softmax table beside the network's output units, which stand in its first column; the label `sum` names the
    row of sums. `form` is that of the exponentials."""

    def __init__(self, film: NetworkStage, box: Box) -> None:
        classes, p = film.net.folds[-1], film.of(film.depth, "a")
        form = "short" if film.item("softmax/exp_sum") >= LARGE else ".2f"
        room = 2 * RADIUS_MAX + style.TIGHT + max(one.width for one in film.class_names)
        names = [Rectangle(width=room, height=0.1, stroke_width=0) for _ in classes.shown]
        scored = exponentials(film, form)
        texts = (
            film.values(film.of(film.depth, "z"), classes.shown, scored, PX),
            film.values("softmax/exp", classes.shown, form, PX),
            film.values(p, classes.shown, film.share_form(), PX, "activation"),
        )
        heads = film.math("z", PX), film.math("e^z", PX), film.math("p", PX)
        sums = (
            film.head("sum"),
            film.value(film.s("softmax/score_sum"), form=COARSER[scored], px=PX),
            film.value(film.s("softmax/exp_sum"), form=form, px=PX),
            film.value(film.s("softmax/sum"), px=PX),
        )
        shares, logits = (
            [float(film.array(one)[c]) for c in classes.shown] for one in (p, film.of(film.depth, "z"))
        )
        whole = film.value(film.s("softmax/exp_sum"), form=form, px=PX, colour="muted")
        ends = film.math("rule(0)", PX, "muted"), whole, film.math("rule(1)", PX, "muted")
        total = float(film.item("softmax/exp_sum")) or 1.0
        marks = sorted(film.ticks("softmax/tick", most=RECORDED).items())
        marks = marks[:: -(-len(marks) // TICKS_MOST)]
        ticks = {at / total: text for at, text in marks if at < CLEAR * total}
        super().__init__(film.look, box, classes, names, texts, heads, sums, shares, logits, ends, ticks)
        self.form = form
