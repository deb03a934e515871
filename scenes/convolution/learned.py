"""How the kernels of a net and their maps become an answer; what they were before training, and what that is worth."""

from __future__ import annotations

from manim import FadeIn

from scenes.convolution.stage import ConvStage
from scenes.parts.nets.map_readout import MapReadout
from scenes.parts.pictures.kernel_row import KernelRow
from scenes.stage import style

RULE_PX, GROW_S, COUNT_S = 28, 1.8, 0.8  # the kernels become what they became, then their count is shown
FACT_S, RELU_S = 1.2, 1.9  # at the accuracy, and at what ReLU leaves of the maps


class Learned(ConvStage):
    """A net that names digits, kernel by kernel; then all its kernels as they were drawn, below what they became."""

    def readout(self) -> None:
        """How the maps of one digit become a prediction."""
        negative = self.array("learned/negative")
        self.vary(emptied=bool(negative.any()))
        self.say(filters=self.number("learned/filters"))
        net = MapReadout(self, "learned", self.whole)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        net.show_kernels()
        self.say()
        net.show_maps()
        told = {
            "map": self.position("learned/peak", int(self.array("learned/strongest")[0]), first=1),
            "empty": self.position("learned/negative", int(negative.argmax()), first=1),
            "prediction": self.number("learned/prediction", form="d"),
        }
        for step in (net.rectify, net.find_strongest, net.keep_largest, net.one_score, net.score):
            self.say(**told)
            step()
            self.hold(RELU_S * (step == net.rectify))
        net.answer()
        self.panel = net

    def learned(self) -> None:
        """What training changed, and how many pictures are told right with it and without."""
        self.vary(no_gain=self.item("learned/test_correct") <= self.item("learned/frozen_correct"))
        self.say()
        count, side = self.number("learned/filters"), self.number("learned/side")
        above, below = self.whole.rows(1, 1, gap=style.WIDE)
        random = KernelRow(self, "learned/weight_before", "before", above, self.head("signs"))
        source = f'{{k}} dot ({{f}} dot {{f}} + rule(1)) = {{p}} word("{self.label("parameters")}")'
        rule = self.math(source, RULE_PX, k=count, f=side, p=self.number("learned/layer_parameters", 0))
        trained = KernelRow(self, "learned/weight", "after", below, rule)
        self.play(*self.clear_panel(), *self.no_formula(), run_time=style.QUICK_S)
        self.play(random.reveal(), run_time=style.SLOW_S)
        self.say()
        self.play(trained.grow_from(random.kernels), run_time=GROW_S)
        self.play(FadeIn(trained.beside), run_time=COUNT_S)
        acc, frozen = (self.number(f"learned/{one}_accuracy", form=".0%") for one in ("test", "frozen"))
        self.say(count=self.number("learned/test_count", form="d"), acc=acc)
        self.play(*trained.call("trained"), *trained.weigh("learned/test_accuracy"), run_time=style.MOVE_S)
        self.hold(FACT_S)
        self.say()
        self.play(*random.call("frozen"), run_time=style.QUICK_S)
        self.say(frozen=frozen, chance=self.number("learned/chance", form=".0%"))
        self.play(*random.weigh("learned/frozen_accuracy", "learned/chance"), run_time=style.MOVE_S)
        self.panel.add(random, trained)
