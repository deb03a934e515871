"""What the films about the classifier share: values in its units, light on its wires, the digits of its numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from manim import Animation, AnimationGroup, FadeIn, LaggedStart, Line, Mobject, VGroup

from scenes.parts.room.box import Box
from scenes.parts.room.legend import legend
from scenes.parts.room.motion import carry, give_way
from scenes.parts.text.source import quote
from scenes.parts.text.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.provenance import format_value, read_number
from scenes.stage.standing_network import StandingNetwork

SHARE_CHARS, STEP_CHARS, LOSS_CHARS = 6, 8, 9  # the room for a probability, for two in a caption, for a loss
DELTA_CHARS = 9  # and for a δ
SILENT = 0.08  # of wires that carry nothing
DIM = 0.12  # opacity of wires that are not spoken of


class NetworkStage(StandingNetwork):
    """A film that draws the recorded classifier."""

    @property
    def function(self) -> str:
        """The hidden activation's name, as torch has it."""
        return str(self.item("activation"))

    @property
    def cut_off(self) -> bool:
        """Whether some unit of the first hidden layer is cut off by a ReLU."""
        return self.function == "relu" and bool((self.array("layer1/z") <= 0).any())

    def share_form(self, *after: str) -> str:
        """How probabilities are written: beside each other, and where `after` says so, before and after a step."""
        p, label = self.array(self.of(self.depth, "a")), self.true_class
        rival = max((c for c in range(len(p)) if c != label), key=lambda c: float(p[c]))
        pairs = [[p[label], p[rival]], [p[label], 1.0]]
        pairs += [[p[label], self.array(name)[label]] for name in after]
        return comparable(*pairs, form=".3f", most=STEP_CHARS if after else SHARE_CHARS)

    def truth_form(self) -> str:
        """How the true class's probability is written alone: never as 0, which has no logarithm."""
        p = float(self.array(self.of(self.depth, "a"))[self.true_class])
        form = self.share_form()
        return form if read_number(format_value(p, form)) else "short"

    def net_loss_form(self, *after: str) -> str:
        """How the loss is written: told from no loss at all, and from the loss `after` a step."""
        losses = [self.item(name) for name in ("loss/value", *after)]
        return comparable(losses, *([0.0, loss] for loss in losses), form=".3f", most=LOSS_CHARS)

    @property
    def delta_form(self) -> str:
        """How δ and what comes of it is written: told from nothing."""
        own = self.array(self.of(self.depth, "delta"))[self.true_class]
        return comparable([0.0, own], form=".3f", most=DELTA_CHARS)

    # -- values in units -------------------------------------------------------------------------------------------

    def filled(
        self, column: int, unit: int, series: str, role: str, form: str = ".2f"
    ) -> tuple[Typeset, Animation]:
        """A value's label, at its place in a unit, and the animation that tints the unit by its size."""
        label = self.net.put(
            column, unit, self.value(self.s(series), unit, form=form, px=style.NUMBER_MIN_PX)
        )
        node, values = self.net.nodes[column][unit], self.array(series)
        tint = self.net.dye(node.copy(), role, share(values[unit], values))
        return label, node.animate.become(tint)

    def fill_unit(self, column: int, unit: int, series: str, role: str, form: str = ".2f") -> AnimationGroup:
        """Put one value into one unit; a value already there gives way."""
        old = self.net.values.get((column, unit))
        new, tint = self.filled(column, unit, series, role, form)
        if old is not None and old.source == new.source:
            self.net.values[column, unit] = old  # the same text stays; replacing it would only blink
            return AnimationGroup(tint)
        return AnimationGroup(tint, give_way(old, new) if old is not None else FadeIn(new))

    def fill_column(self, column: int, series: str, role: str, form: str = ".2f") -> LaggedStart:
        """Put a series' values into a column's units, tinted by size."""
        units = self.net.folds[column].shown
        return LaggedStart(
            *(self.fill_unit(column, unit, series, role, form) for unit in units), lag_ratio=0.12
        )

    def set_column(self, column: int, series: str, role: str, form: str = ".2f") -> VGroup:
        """The same before the network is shown: units are dyed, and the labels returned to be faded in with it."""
        values, labels = self.array(series), VGroup()
        for unit in self.net.folds[column].shown:
            labels.add(self.filled(column, unit, series, role, form)[0])
            self.net.dye(self.net.nodes[column][unit], role, share(values[unit], values))
        return labels

    def copies(self, sources: Iterable[Mobject], targets: Iterable[Mobject]) -> LaggedStart:
        """Each target grows out of its source."""
        pairs = zip(sources, targets, strict=True)
        return LaggedStart(*(carry(a, b) for a, b in pairs), lag_ratio=0.2)

    def edge_key(self, box: Box, positive: str, negative: str, side: str = "right") -> VGroup:
        """What the two hues of wires mean, in the labels' words, in an upper corner of a box."""
        entries = []
        for role, label in (("positive", positive), ("negative", negative)):
            colour = self.look.colour(role)
            line = Line([0, 0, 0], [style.WIDE, 0, 0], color=colour, stroke_width=style.EDGE_MAX)
            entries.append((line, self.head(label)))
        return legend(entries, box, side)

    def count_parameters(self) -> list[Animation]:
        """Weights and biases of each layer, and their sum, as a formula in the band."""
        terms: list[str] = []
        fields: dict[str, str] = {}
        for n in range(1, self.depth + 1):
            fields[f"w{n}"] = self.number(self.s("parameters/weights"), n - 1, form="d")
            fields[f"b{n}"] = self.number(self.s("parameters/biases"), n - 1, form="d")
            terms.append(f"underbrace({{w{n}}}, W^({self.nth(n)})) + underbrace({{b{n}}}, b^({self.nth(n)}))")
        total = self.number(self.s("parameters/total"), form="d")
        return self.formula(" + ".join(terms) + " = {total}", style.FORMULA_PX, total=total, **fields)

    def count_by_shape(self) -> list[Animation]:
        """The same with weights as rows × columns; the label `superscript` says what the raised numbers are."""
        terms: list[str] = []
        fields = {"total": self.number(self.s("parameters/total"), form="d")}
        for n in range(1, self.depth + 1):
            fields[f"u{n}"] = self.number(self.s("widths"), n, form="d")
            fields[f"i{n}"] = self.number(self.s("widths"), n - 1, form="d")
            fields[f"b{n}"] = self.number(self.s("parameters/biases"), n - 1, form="d")
            terms.append(f"underbrace({{u{n}}} times {{i{n}}}, W^({self.nth(n)}))")
            terms.append(f"underbrace({{b{n}}}, b^({self.nth(n)}))")
        note = f"wide muted(word({quote(self.label('superscript'))}))"
        return self.formula(" + ".join(terms) + " = {total} " + note, style.FORMULA_PX, **fields)

    def rounded(self, source: str, px: float = 40, **fields: str) -> list[Animation]:
        """A formula in the band, and beside it a word on the numbers that stand above it: they are rounded."""
        return self.formula(f"{source} wide muted(word({quote(self.label('rounded'))}))", px, **fields)

    # -- light -----------------------------------------------------------------------------------------------------

    def light_unit(self, unit: int) -> list[Animation]:
        """Only the wires that end in this unit of the first hidden layer stay bright."""
        return self._light(lambda layer, end, source: layer == 0 and end == unit)

    def light_from(self, column: int, unit: int) -> list[Animation]:
        """Only the wires that leave this unit of a column stay bright."""
        return self._light(lambda layer, end, source: layer == column and source == unit)

    def light_layer(self, column: int) -> list[Animation]:
        """Only the wires that end in this column stay bright."""
        return self._light(lambda layer, end, source: layer + 1 == column)

    def light_all(self) -> list[Animation]:
        """Every wire as bright as its weight."""
        return self._light(lambda layer, end, source: True)

    def repaint(self, series: str, role: str = "") -> list[Animation]:
        """All wires drawn after another series of their layers."""
        out: list[Animation] = []
        for layer, wires in enumerate(self.net.edges, start=1):
            target = {key: line.copy() for key, line in wires.items()}
            self.net.paint(target, self.array(self.of(layer, series)), role)
            out += [line.animate.become(target[key]) for key, line in wires.items()]
        return out

    def silence(self, wires: Iterable[Line], cells: Iterable[Typeset]) -> list[Animation]:
        """Wires that carry nothing fade, and so do the numbers of what is cut off."""
        faint: list[Animation] = [line.animate.set_stroke(opacity=SILENT) for line in wires]
        return faint + [cell.animate.set_color(self.look.muted) for cell in cells]

    def _light(self, bright: Callable[[int, int, int], bool]) -> list[Animation]:
        out: list[Animation] = []
        for layer, wires in enumerate(self.net.edges):
            if not self.sees(layer, layer + 1):
                continue
            target = {key: line.copy() for key, line in wires.items()}
            self.net.paint(target, self.array(f"layer{layer + 1}/weight"))
            for (end, source), line in wires.items():
                goal = target[end, source]
                if not bright(layer, end, source):
                    goal.set_stroke(opacity=DIM)
                if goal.get_stroke_opacity() != line.get_stroke_opacity():
                    out.append(line.animate.become(goal))
        return out


def share(value: float, values: np.ndarray) -> float:
    """|value| as a share of the largest of `values`, for tints."""
    return float(abs(value) / (np.abs(values).max() or 1.0))
