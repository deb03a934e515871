"""The kernels of a net before and after training, what they are worth, and how their maps become an answer."""

from __future__ import annotations

from manim import FadeIn, FadeOut

from scenes.convolution.stage import ConvStage
from scenes.parts.nets.map_readout import MapReadout
from scenes.parts.pictures.kernel_row import KernelRow
from scenes.stage import style

RULE_PX, GROW_S, COUNT_S = 28, 1.8, 0.8  # the kernels become what they became, then their count is shown
FACT_S, MAPS_S, RELU_S = 2.0, 1.1, 2.1  # at the accuracy, the maps, and what ReLU leaves of them


class Learned(ConvStage):
    """All kernels as they were drawn, below them what they became, `trained`; these go on to the answer."""

    trained: KernelRow

    def learned(self) -> None:
        """What training changed, and how many pictures are told right with it and without."""
        self.vary(no_gain=self.item("learned/test_correct") <= self.item("learned/frozen_correct"))
        count, side = self.number("learned/filters"), self.number("learned/side")
        self.say(filters=count, size=self.join(side, "×", side))
        above, below = self.whole.rows(1, 1, gap=style.WIDE)
        random = KernelRow(self, "learned/weight_before", "before", above, self.head("signs"))
        source = f'{{k}} dot ({{f}} dot {{f}} + rule(1)) = {{p}} word("{self.label("parameters")}")'
        rule = self.math(source, RULE_PX, k=count, f=side, p=self.number("learned/layer_parameters", 0))
        self.trained = KernelRow(self, "learned/weight", "after", below, rule)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(random.reveal(), run_time=style.SLOW_S)
        self.say()
        self.play(self.trained.grow_from(random.kernels), run_time=GROW_S)
        self.play(FadeIn(self.trained.beside), run_time=COUNT_S)
        acc, frozen = (self.number(f"learned/{one}_accuracy", form=".0%") for one in ("test", "frozen"))
        self.say(count=self.number("learned/test_count", form="d"), acc=acc)
        self.play(*self.trained.weigh("trained", "learned/test_accuracy"), run_time=style.MOVE_S)
        self.hold(FACT_S)
        self.say(frozen=frozen, chance=self.number("learned/chance", form=".0%"))
        self.play(*random.weigh("frozen", "learned/frozen_accuracy", "learned/chance"), run_time=style.MOVE_S)
        self.panel.add(random)

    def readout(self) -> None:
        """How the maps of one digit become a prediction."""
        self.say(filters=self.number("learned/filters"))
        net, old = MapReadout(self, "learned", self.whole), self.trained
        gone = FadeOut(*(part for part in old if part not in old.kernels))
        self.play(*self.clear_panel(), gone, *net.take(old.kernels), run_time=style.MOVE_S)
        net.show_maps()
        self.hold(MAPS_S)
        strongest = int(self.array("learned/strongest")[0])
        told = {
            "map": self.position("learned/peak", strongest, first=1),
            "prediction": self.number("learned/prediction", form="d"),
        }
        for step in (net.rectify, net.find_strongest, net.keep_largest, net.one_score, net.score):
            self.say(**told)
            step()
            self.hold(RELU_S * (step == net.rectify))
        net.answer()
        self.panel = net
