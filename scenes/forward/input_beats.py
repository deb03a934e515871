"""The beats of `forward` up to the first weighted sum: the question, the network, its input, one unit."""

from __future__ import annotations

from manim import (
    RIGHT,
    UP,
    Animation,
    AnimationGroup,
    Create,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    LaggedStart,
    VGroup,
)

from scenes.parts.nets.network import RADIUS_MAX
from scenes.parts.room.box import Box
from scenes.parts.room.layout import fit
from scenes.parts.room.motion import carry
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import beside, comparable
from scenes.stage.feature_lines import features, marked
from scenes.stage.network_stage import NetworkStage
from scenes.stage.specimen import Specimen
from scenes.stage.unit_sum import UnitSum

SPREAD = 1.9  # from the input to the first hidden layer where only these two are seen
NAME_ROOM, NAME_PX = 1.75, 34.0  # of the names beside the network, which are read from afar
FINE = 0.1  # of a difference: what rounding may move what is subtracted
MARKED_S = 1.6  # for measurements beside mean and spread
STEP_S = 0.8  # for one term of a sum
THUMB = 2.0  # room for the sample beside the network


class InputBeats(NetworkStage):
    """From a flower to the z of one unit."""

    specimen: Specimen
    mark: Typeset  # the number of the unit that the film looks at
    name_room, name_px = NAME_ROOM, NAME_PX

    def head(self, key: str, **fields: str) -> Typeset:
        """The head of a column or the words above a picture, as large as the names beside the network."""
        return self.words(self.label(key, **fields), NAME_PX, "muted")

    def own(self, label: str) -> str:
        """A label in the words of this run's data."""
        own = f"{label}_{self.item('data/name')}"
        return self.label(own if own in self.text.labels else f"{label}_other")

    def sides(self, room: Box) -> tuple[Box, Box]:
        """Where the sample stands beside the whole network, and where the network does."""
        if not Specimen.pictured(self):
            return room, room
        return room.without(right=room.width - THUMB), room.without(left=THUMB + style.GAP)

    def question(self) -> None:
        """The sample with what was measured of it, and what it may be."""
        if not self.specimen.kinds:
            self.variant("listed")
        self.say(thing=self.own("thing"), count=self.number("widths", 0, form="d"))
        self.specimen.appear()
        self.say(kind=self.own("kind"), classes=self.number("widths", self.depth, form="d"))
        self.panel = self.specimen.ask(self.whole)

    def network(self) -> None:
        """The trained network draws itself between the flower and its possible answers."""
        if self.item("sample/split") == "train":
            self.variant("seen")
        self.say(train=self.number("data/train_count", form="d"))
        small = self.specimen.beside(self.sides(self.room)[0])
        self.play(*self.clear_panel(), *small, FadeIn(self.class_names), run_time=style.SLOW_S)
        for layer, name in zip(self.net.nodes, self.column_names, strict=True):
            grow = LaggedStart(*(GrowFromCenter(node) for node in layer.values()), lag_ratio=0.15)
            self.play(grow, FadeIn(name), run_time=0.7)
        self.play(FadeIn(self.net.gaps, self.feature_names), run_time=style.QUICK_S)
        self.say()
        side = "left" if self.specimen.kinds else "right"  # where no names stand
        split = self.head(f"split_{self.item('sample/split')}")
        fit(split, self.room.without(bottom=style.WIDE), side, "bottom")
        self.play(FadeIn(split, shift=0.2 * UP), run_time=style.MOVE_S)
        self.say()
        for wires in self.net.edges:
            lines = LaggedStart(*(Create(line) for line in wires.values()), lag_ratio=0.03)
            self.play(lines, run_time=style.MOVE_S)
        key = self.edge_key(self.room, "weight_positive", "weight_negative", side)
        self.play(FadeIn(key), run_time=style.QUICK_S)
        self.say(total=self.number("parameters/total", form="d"))
        self.play(*self.count_by_shape(), run_time=style.MOVE_S)
        self.panel = VGroup(key, split, *([self.specimen.picture] if self.specimen.kinds else []))

    def features(self) -> None:
        """Measured, standardised, and into the input units."""
        self.say()
        table, lines = features(self, self.room.without(right=2 * RADIUS_MAX + style.GAP, bottom=style.GAP))
        units = table.level(self.room.right - 2 * RADIUS_MAX, self.room.right, self.net.folds[0].slots)
        aside = self.move_network(units, named=False, part=(0, 0), pitch=table.pitch)
        self.play(*self.clear_panel(), *self.no_formula(), *aside, run_time=style.MOVE_S)
        names, measured, _, scaled = table.cells
        frame = FadeIn(*table.heads[:2], table.ellipsis, lines.bands, lines.lines, lines.ticks)
        self.play(frame, FadeIn(lines.signs, lines.scale_marks), run_time=style.MOVE_S)
        rows = zip(names, measured, lines.dots, strict=True)
        self.play(LaggedStart(*(FadeIn(*one) for one in rows), lag_ratio=0.3), run_time=style.MOVE_S)
        self.hold(MARKED_S)
        self.say()
        self.play(FadeOut(lines.signs, lines.scale_marks), *lines.centred(), run_time=style.SLOW_S)
        self.say()
        first = max(self.net.folds[0].shown, key=lambda i: abs(self.array("sample/input")[i]))
        self.play(
            *lines.scaled(), *self._standardise(first), *marked(self, table, first), run_time=style.SLOW_S
        )
        self.play(FadeIn(table.heads[-1], lines.marks), run_time=style.QUICK_S)
        self.play(self.copies(lines.dots, scaled), run_time=style.SLOW_S)
        self.say()
        moves = []
        for cell, unit in zip(scaled, self.net.folds[0].shown, strict=True):
            label, tint = self.filled(0, unit, "sample/input", "input")
            moves.append(AnimationGroup(tint, carry(cell, label)))
        self.play(LaggedStart(*moves, lag_ratio=0.25), run_time=style.SLOW_S)
        self.panel = VGroup(table, lines, lines.marks)

    def _standardise(self, first: int) -> list[Animation]:
        raw, mean = (float(self.array(name)[first]) for name in ("sample/raw", "data/mean"))
        fine = FINE * abs(raw - mean)
        form = comparable(raw, fine=fine)
        fields = {
            "m": self.number("sample/raw", first, form=form),
            "mean": self.number("data/mean", first, form=comparable(mean, form="short", fine=fine)),
            "std": self.number("data/std", first, form=beside(form, float(self.array("data/std")[first]))),
            "x": self.number("sample/input", first, form=".2f"),
        }
        return self.formula("x = (m - mu) / sigma = ({m} - {mean}) / {std} = input({x})", 38, **fields)

    def neuron(self) -> None:
        """One unit adds up, term by term."""
        aside = self.move_network(self.level_corner(self.room, (0, 1), SPREAD), named=False, part=(0, 1))
        self.play(*self.clear_panel(), *self.no_formula(), *aside, run_time=style.MOVE_S)
        self.say(n=self.position("layer1/z", self.strong, first=1))
        total = UnitSum(self, self.strong, self.side)
        unit = self.net.nodes[1][self.strong]
        self.mark = self.words(self.position("layer1/z", self.strong, first=1), NAME_PX, "activation")
        self.mark.left_at(unit.get_right() + style.TIGHT * RIGHT)
        ring = unit.animate.set_stroke(self.look.activation, style.STRONG)
        self.play(*self.light_unit(self.strong), ring, FadeIn(self.mark), run_time=style.QUICK_S)
        self.play(FadeIn(total.frame), run_time=style.QUICK_S)
        for i, step in enumerate(total.steps):
            if i == 1:
                self.say()
            if i == len(total.steps) - 1:
                self.say(z=self.number("layer1/z", self.strong, form=".2f"))
            self.play(FadeIn(step, shift=0.15 * RIGHT), total.bars.grow(i), run_time=STEP_S)
        rule = self.rounded("z = sum_i w_i x_i + b")
        self.play(FadeIn(total.last), *rule, run_time=style.MOVE_S)
        label, tint = self.filled(1, self.strong, "layer1/z", "activation")
        self.play(tint, carry(total.table.cells[-1][-1], label), run_time=style.MOVE_S)
        self.panel = total
