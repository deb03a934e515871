"""−log p as a curve, with the true class's probability on it."""

from __future__ import annotations

from manim import Create, FadeIn, VGroup

from scenes.parts.motion import carry
from scenes.parts.place import CENTRE_X, at
from scenes.parts.plot import Plot
from scenes.stage import style
from scenes.stage.network_stage import NetworkStage


class LossCurve:
    """The recorded curve on axes p and L; `label` is the true class."""

    def __init__(self, stage: NetworkStage, label: int) -> None:
        self.stage, self.label = stage, label
        xs, ys = stage.array("loss/curve_p"), stage.array("loss/curve")
        self.plot = Plot(stage.look, (0, 1), (0, float(ys.max())), (CENTRE_X, 0.6), 4.7, 3.4)
        self.plot.name_axes(stage.math("p", 36), stage.math("loss(L)", 36))
        self.curve = self.plot.curve(xs, ys, "loss")

    def read_off(self) -> VGroup:
        """Play p of the true class up to the curve and across to the loss."""
        stage, plot = self.stage, self.plot
        series = stage.of(stage.depth, "a")
        p, loss = float(stage.trace[series].values[self.label]), float(stage.array("loss/value"))
        dot = plot.dot(p, 0, "activation")
        below = stage.value(series, self.label, form=stage.share_form(), px=32, colour="activation")
        below.move_to(plot.at(p, 0) + at(0, -0.3))
        source = stage.net.values[stage.depth, self.label]
        stage.play(FadeIn(dot), carry(source, below), run_time=style.MOVE_S)
        up, across = plot.guide((p, 0), (p, loss), "loss"), plot.guide((p, loss), (0, loss), "loss")
        rise = dot.animate.move_to(plot.at(p, loss)).set_color(stage.look.loss)
        stage.play(Create(up), rise, run_time=style.MOVE_S)
        result = stage.value(stage.s("loss/value"), form=stage.net_loss_form(), px=34, colour="loss")
        stage.play(
            Create(across), FadeIn(result.right_at(plot.at(0, loss) + at(-0.15, 0))), run_time=style.MOVE_S
        )
        return VGroup(dot, below, up, across, result)
