"""The forward pass of a trained classifier on one real sample, from its measurements to its loss."""

from __future__ import annotations

import numpy as np
from manim import (
    LEFT,
    AnimationGroup,
    Create,
    Dot,
    FadeIn,
    FadeOut,
    GrowFromCenter,
    GrowFromEdge,
    LaggedStart,
    Line,
    Mobject,
    Rectangle,
    ReplacementTransform,
    TransformFromCopy,
    VGroup,
)

from engine.trace import Trace
from scenes import SCENES, style
from scenes.network_stage import CENTRED, PANEL_LEFT, PANEL_RIGHT, PANEL_TOP, PANEL_X, NetworkStage
from scenes.parts.folding import Fold, fold
from scenes.parts.matrix import NumberGrid
from scenes.parts.plot import Plot
from scenes.parts.typeset import Typeset
from scenes.parts.waterfall import Waterfall

TERMS_MAX = 6
MATRIX_ROWS, MATRIX_COLUMNS = 7, 5


def at(x: float, y: float) -> np.ndarray:
    """A point of the frame."""
    return np.array([x, y, 0.0])


class Forward(NetworkStage):
    """See scenes/text/forward.toml for what each beat says."""

    card = next(card for card in SCENES if card.slug == "forward")
    reads = (
        "widths",
        "activation",
        "activation/curve_x",
        "activation/curve_y",
        "data/features",
        "data/classes",
        "parameters/total",
        "sample/raw",
        "sample/input",
        "sample/label",
        "softmax/exp",
        "softmax/exp_sum",
        "softmax/sum",
        "loss/value",
        "loss/curve_p",
        "loss/curve",
    )

    @classmethod
    def required(cls, trace: Trace) -> tuple[str, ...]:
        depth = len(trace["widths"].values) - 1
        layers = (f"layer{n}/{name}" for n in range(1, depth + 1) for name in ("weight", "bias", "z", "a"))
        return (*cls.reads, *layers, "layer1/product", "layer1/partial")

    def prepare(self) -> None:
        self.build_network()
        self.strong, self.weak = self.strong_unit(), self.weak_unit()
        self.panel = VGroup()

    def swap_panel(self, new: Mobject | None = None) -> list[FadeOut]:
        """Animations that clear the panel; `new` is what the panel will hold."""
        old, self.panel = self.panel, VGroup() if new is None else VGroup(new)
        return [FadeOut(old)] if len(old) else []

    # -- beats -----------------------------------------------------------------------------------------------------

    def network(self) -> None:
        stage = VGroup(self.net, self.names).shift(CENTRED)
        self.say(data=self.name("data/name"))
        for column, name in zip(self.net.nodes, self.column_names, strict=True):
            grow = [GrowFromCenter(node) for node in column.values()]
            self.play(LaggedStart(*grow, lag_ratio=0.15), FadeIn(name), run_time=style.QUICK_S)
        self.play(FadeIn(self.net.gaps, self.feature_names, self.class_names), run_time=style.QUICK_S)
        self.say()
        key = self._edge_key()
        for wires in self.net.edges:
            lines = LaggedStart(*(Create(line) for line in wires.values()), lag_ratio=0.03)
            self.play(lines, run_time=style.SLOW_S)
        self.play(FadeIn(key), run_time=style.QUICK_S)
        self.say(total=self.number("parameters/total", form="d"))
        self.play(*self._count_parameters(), run_time=style.MOVE_S)
        self.swap_panel(key)
        self.add(stage)

    def _edge_key(self) -> VGroup:
        rows = VGroup()
        for i, sign in enumerate(("positive", "negative")):
            y = 2.2 - i * 0.5
            line = Line(at(4.15, y), at(4.65, y), stroke_width=style.EDGE_MAX, color=self.look.colour(sign))
            name = self.words(self.label(f"weight_{sign}"), style.SMALL_PX, "muted").left_at(at(4.8, y))
            rows.add(VGroup(line, name))
        return rows

    def _count_parameters(self) -> list:
        """Units times inputs plus biases, layer by layer, with the recorded counts."""
        terms, fields = [], {}
        for n in range(1, self.depth + 1):
            fields |= {
                f"w{n}": self.number("parameters/weights", n - 1, form="d"),
                f"b{n}": self.number("parameters/biases", n - 1, form="d"),
            }
            terms.append(f"underbrace({{w{n}}}, W^(({n}))) + underbrace({{b{n}}}, b^(({n})))")
        total = self.number("parameters/total", form="d")
        return self.formula(" + ".join(terms) + " = {total}", 38, total=total, **fields)

    def features(self) -> None:
        self.say(index=self.number("sample/index", form="d"), count=self.number("widths", 0, form="d"))
        clear = [*self.swap_panel(), *self.no_formula()]
        self.play(*clear, VGroup(self.net, self.names).animate.shift(-CENTRED), run_time=style.MOVE_S)
        rows, raw, scaled, heads = self._feature_table()
        self.play(FadeIn(heads[0], heads[1]), run_time=style.QUICK_S)
        self.play(LaggedStart(*(FadeIn(a, b) for a, b in zip(rows, raw, strict=True)), lag_ratio=0.3))
        self.say()
        first = self.net.folds[0].shown[0]
        self.play(
            *self.formula(
                "x_j = (x_j^\"raw\" - mu_j) / sigma_j = ({raw} - {mean}) / {std} = input({x})",
                34,
                raw=self.number("sample/raw", first, form=".2f"),
                mean=self.number("data/mean", first, form=".2f"),
                std=self.number("data/std", first, form=".2f"),
                x=self.number("sample/input", first, form=".2f"),
            ),
            FadeIn(heads[2]),
        )
        self.play(LaggedStart(*(FadeIn(cell) for cell in scaled), lag_ratio=0.3))
        self.say()
        self._enter(scaled)
        self.swap_panel(VGroup(*rows, *raw, *scaled, *heads))

    def _feature_table(self) -> tuple[list[Typeset], list[Typeset], list[Typeset], list[Typeset]]:
        shown = self.net.folds[0].shown
        top, pitch = PANEL_TOP - 0.75, min(0.7, 3.3 / len(shown))
        rows, raw, scaled = [], [], []
        for place, feature in enumerate(shown):
            y = top - place * pitch
            rows.append(self.words(self.name("data/features", feature), style.LABEL_PX).left_at(at(0.8, y)))
            value = self.number("sample/raw", feature, form=".2f")
            unit = self.name("data/units", feature)
            raw.append(self.words(self.join(value, " ", unit), style.LABEL_PX).right_at(at(4.3, y)))
            scaled.append(self.value("sample/input", feature, form=".2f", px=32, colour="input"))
            scaled[-1].right_at(at(6.1, y))
        keys = (("column_feature", 0.8), ("column_raw", 4.3), ("column_scaled", 6.1))
        heads = [self.words(self.label(key), style.SMALL_PX, "muted") for key, _ in keys]
        heads[0].left_at(at(0.8, PANEL_TOP))
        for head, (_, x) in zip(heads[1:], keys[1:], strict=True):
            head.right_at(at(x, PANEL_TOP))
        return rows, raw, scaled, heads

    def _enter(self, cells: list[Typeset]) -> None:
        values = self.trace["sample/input"].values
        moves = []
        for cell, feature in zip(cells, self.net.folds[0].shown, strict=True):
            label = self.value("sample/input", feature, form=".2f", px=style.NUMBER_MIN_PX)
            self.net.put(0, feature, label)
            node = self.net.nodes[0][feature]
            tint = self.net.dye(node.copy(), "input", self.share(values[feature], values))
            moves.append(AnimationGroup(TransformFromCopy(cell, label), node.animate.become(tint)))
        self.play(LaggedStart(*moves, lag_ratio=0.25), run_time=style.SLOW_S)

    def neuron(self) -> None:
        u, shown = self.strong, fold(len(self.trace["sample/input"].values), TERMS_MAX)
        self.say()
        self.play(*self.swap_panel(), *self.no_formula(), *self._focus(u), run_time=style.MOVE_S)
        ys, rows, levels, heads = self._terms(u, shown)
        fall = Waterfall(self.look, levels, ys, 4.35, PANEL_RIGHT)
        self.play(
            *self.formula("z_j^((l)) = sum_i w_(j i)^((l)) x_i + b_j^((l))", 40),
            FadeIn(heads),
            Create(fall.axis),
            run_time=style.QUICK_S,
        )
        for i, row in enumerate(rows[:-1]):
            if i == 1:
                self.say()
            self.play(FadeIn(row, shift=at(0.15, 0)), fall.grow(i), run_time=0.7)
        self.say(z=self.number("layer1/z", u, form=".2f"))
        self.play(FadeIn(rows[-1], shift=at(0.15, 0)), fall.grow(len(rows) - 1), run_time=0.7)
        total = self._total(u, fall, ys)
        self.play(FadeIn(total), run_time=style.QUICK_S)
        self.play(self.fill_unit(1, u, "layer1/z", "activation"))
        self.swap_panel(VGroup(*rows, fall, heads, total))

    def _focus(self, unit: int) -> list:
        """Dim every wire but those that end in `unit` of the first hidden layer."""
        out = []
        for layer, wires in enumerate(self.net.edges):
            for (end, _), line in wires.items():
                if layer == 0 and end == unit:
                    continue
                out.append(line.animate.set_stroke(opacity=0.12))
        return out

    def _unfocus(self) -> list:
        out = []
        for layer, wires in enumerate(self.net.edges, start=1):
            targets = {key: line.copy() for key, line in wires.items()}
            self.net.paint(targets, self.trace[f"layer{layer}/weight"].values)
            out += [line.animate.become(targets[key]) for key, line in wires.items()]
        return out

    def _terms(self, u: int, shown: Fold) -> tuple[list[float], list[VGroup], np.ndarray, VGroup]:
        """Rows "w × x = product", then the bias; and the running sum the bars stand on."""
        partial = self.trace["layer1/partial"].values[u]
        count = shown.slots + 1
        pitch = min(0.56, 3.4 / (count + 1))
        ys = [PANEL_TOP - 0.45 - pitch * i for i in range(count + 1)]
        rows, levels = [], [0.0]
        for place in range(shown.slots):
            if shown.gap is not None and place == shown.gap:
                hidden = [i for i in range(shown.count) if i not in shown.shown]
                rows.append(VGroup(self.words("⋮", style.LABEL_PX, "muted").centre_at(at(1.6, ys[place]))))
                levels.append(float(partial[hidden[-1]]))
                continue
            feature = next(i for i in shown.shown if shown.slot(i) == place)
            rows.append(self._term(u, feature, ys[place]))
            levels.append(float(partial[feature]))
        bias = self.words(self.label("bias"), style.SMALL_PX, "muted").left_at(at(PANEL_LEFT, ys[count - 1]))
        amount = self.value("layer1/bias", u, form="+.2f", px=32).right_at(at(4.0, ys[count - 1]))
        rows.append(VGroup(bias, amount))
        levels.append(float(partial[-1]))
        heads = VGroup(
            self.math("w_(j i)", 32).centre_at(at(0.85, PANEL_TOP)),
            self.math("x_i", 32).centre_at(at(2.15, PANEL_TOP)),
            self.math("w_(j i) x_i", 32).right_at(at(4.0, PANEL_TOP)),
        )
        return ys, rows, np.array(levels), heads

    def _term(self, u: int, feature: int, y: float) -> VGroup:
        sign = "positive" if self.trace["layer1/weight"].values[u, feature] >= 0 else "negative"
        return VGroup(
            self.value("layer1/weight", u, feature, form=".2f", px=32, colour=sign).right_at(at(1.25, y)),
            self.words("×", 32, "muted").centre_at(at(1.5, y)),
            self.value("sample/input", feature, form=".2f", px=32, colour="input").right_at(at(2.55, y)),
            self.words("=", 32, "muted").centre_at(at(2.85, y)),
            self.value("layer1/product", u, feature, form="+.2f", px=32).right_at(at(4.0, y)),
        )

    def _total(self, u: int, fall: Waterfall, ys: list[float]) -> VGroup:
        z = float(self.trace["layer1/z"].values[u])
        y = ys[-1] - 0.1
        rule = Line(at(PANEL_LEFT, y + 0.3), at(PANEL_RIGHT, y + 0.3), color=self.look.muted, stroke_width=1.5)
        name = self.math("z_j", 36).left_at(at(PANEL_LEFT, y))
        value = self.value("layer1/z", u, form=".2f", px=36, colour="activation").right_at(at(4.0, y))
        return VGroup(rule, name, value, fall.bar(0, z, y, "activation"))

    def activation(self) -> None:
        """The strong unit's z on the curve, then the weakest one's."""
        off = self._cut_off(1)
        if not off:
            self.variant("smooth")
        name = self.name("activation")
        self.say(name=name)
        plot = self._activation_plot()
        self.play(*self.swap_panel(), *self._activation_formula(), FadeIn(plot, self.curve))
        z, a = (self.number(f"layer1/{s}", self.strong, form=".2f") for s in ("z", "a"))
        self.say(z=z, a=a)
        first = self._drop(plot, self.strong)
        self.play(self.fill_unit(1, self.strong, "layer1/a", "activation"))
        weak_z, weak_a = (self.number(f"layer1/{s}", self.weak, form=".2f") for s in ("z", "a"))
        zero = self.number("layer1/a", self.weak, form="auto")
        self.say(zero=zero, weak_z=weak_z, weak_a=weak_a)
        focus = [*self._unfocus_to(self.weak), first.animate.set_opacity(0.35)]
        self.play(*focus, run_time=style.MOVE_S)
        second = self._drop(plot, self.weak)
        self.play(self.fill_unit(1, self.weak, "layer1/a", "activation"))
        self.swap_panel(VGroup(plot, self.curve, first, second))

    def _cut_off(self, layer: int) -> bool:
        return self.activation_is("relu") and bool((self.trace[f"layer{layer}/z"].values <= 0).any())

    def activation_is(self, name: str) -> bool:
        """Whether the hidden activation is `name`."""
        return str(self.trace["activation"].values.item()) == name

    def _unfocus_to(self, unit: int) -> list:
        """Light the wires of another unit of the first hidden layer instead."""
        wires = self.net.edges[0]
        targets = {key: line.copy() for key, line in wires.items()}
        self.net.paint(targets, self.trace["layer1/weight"].values)
        out = []
        for key, line in wires.items():
            out.append(line.animate.become(targets[key]) if key[0] == unit else line.animate.set_stroke(opacity=0.12))
        return out

    def _activation_formula(self) -> list:
        shapes = {
            "relu": "a = max(z, {zero})",
            "leaky_relu": 'a = "LeakyReLU"(z)',
            "tanh": "a = tanh(z)",
            "sigmoid": "a = sigma(z)",
        }
        source = shapes[str(self.trace["activation"].values.item())]
        fields = {"zero": self.number("layer1/a", self.weak, form="auto")} if "{zero}" in source else {}
        if "{zero}" in source and not self._cut_off(1):
            source, fields = 'a = "ReLU"(z)', {}
        return self.formula(source, **fields)

    def _activation_plot(self) -> Plot:
        xs, ys = (self.trace[f"activation/curve_{axis}"].values for axis in "xy")
        low = min(float(ys.min()), -0.15 * float(ys.max()))
        plot = Plot(self.look, (float(xs.min()), float(xs.max())), (low, float(ys.max())), (PANEL_X, 0.6), 5.2, 3.4)
        plot.name_axes(self.math("z", 34), self.math("a", 34))
        self.curve = plot.curve(xs, ys, "activation")
        return plot

    def _drop(self, plot: Plot, unit: int) -> VGroup:
        """z on its axis, up to the curve, across to a."""
        z, a = (float(self.trace[f"layer1/{s}"].values[unit]) for s in ("z", "a"))
        side = at(0, -0.28)
        name = self.value("layer1/z", unit, form=".2f", px=32)
        dot = plot.dot(z, 0, "activation")
        name.move_to(plot.at(z, 0) + side)
        self.play(FadeIn(dot, scale=2), FadeIn(name), run_time=style.QUICK_S)
        parts = VGroup(dot, name)
        if abs(a) > 1e-9:
            up, across = plot.guide((z, 0), (z, a), "activation"), plot.guide((z, a), (0, a), "activation")
            result = self.value("layer1/a", unit, form=".2f", px=32, colour="activation")
            result.move_to(plot.at(0, a) + at(-0.5 if z > 0 else 0.5, 0))
            self.play(Create(up), dot.animate.move_to(plot.at(z, a)))
            self.play(Create(across), FadeIn(result))
            parts.add(up, across, result)
        else:
            result = self.words(self.label("cut_off"), style.LABEL_PX, "activation")
            result.move_to(plot.at(z, 0) + at(0, 0.38))
            self.play(FadeIn(result))
            parts.add(result)
        return parts

    def matrix(self) -> None:
        keep = tuple(dict.fromkeys((self.strong, self.weak)))
        units, inputs = (int(n) for n in self.trace["layer1/weight"].values.shape)
        rows, columns = fold(units, MATRIX_ROWS, keep), fold(inputs, MATRIX_COLUMNS)
        self.say()
        grids, signs = self._equation(rows, columns)
        weight, x, bias, z = grids
        self.play(*self.swap_panel(), *self._unfocus(), FadeIn(weight, x, bias, z.brackets, z.ellipses, signs))
        frames = weight.row_frame(rows.shown[0], "ink"), bias.row_frame(rows.shown[0], "ink")
        box = x.frame("input")
        self.play(*(Create(frame) for frame in (*frames, box)), *self._lit_row(rows.shown[0]), run_time=style.MOVE_S)
        self.say()
        for place, unit in enumerate(rows.shown):
            moves = [f.animate.move_to(g.row_frame(unit, "ink")) for f, g in zip(frames, (weight, bias), strict=True)]
            cell = z.cells[unit, 0]
            speed = style.MOVE_S if place < 2 else style.QUICK_S
            if place:
                self.play(*moves, *self._lit_row(unit), run_time=speed / 2)
            self.play(TransformFromCopy(weight.row(unit), cell), self.fill_unit(1, unit, "layer1/z", "activation"), run_time=speed)
        self.say(units=self.number("widths", 1, form="d"))
        self.play(*(FadeOut(frame) for frame in (*frames, box)), *self._unfocus())
        self.equation = VGroup(weight, x, bias, z.brackets, z.ellipses, *z.cells.values(), signs)
        self.z_grid = z
        self.swap_panel(self.equation)

    def _lit_row(self, unit: int) -> list:
        return self._unfocus_to(unit)

    def _equation(self, rows: Fold, columns: Fold) -> tuple[tuple[NumberGrid, ...], VGroup]:
        """W, x, b and z side by side, with the signs between them."""
        one = fold(1)
        weights = self.trace["layer1/weight"].values

        def weight(r: int, c: int) -> Typeset:
            sign = "positive" if weights[r, c] >= 0 else "negative"
            return self.value("layer1/weight", r, c, form=".2f", px=style.NUMBER_MIN_PX, colour=sign)

        def column(series: str, role: str):  # noqa: ANN202 - a cell maker
            return lambda r, c: self.value(series, r, form=".2f", px=style.NUMBER_MIN_PX, colour=role)

        y, pitch = 0.75, 0.55
        grids = (
            NumberGrid(self.look, weight, rows, columns, (0, y), pitch),
            NumberGrid(self.look, column("sample/input", "input"), columns, one, (0, y), pitch),
            NumberGrid(self.look, column("layer1/bias", "ink"), rows, one, (0, y), pitch),
            NumberGrid(self.look, column("layer1/z", "activation"), rows, one, (0, y), pitch),
        )
        signs = [self.words(sign, 34, "muted") for sign in ("·", "+", "=")]
        return grids, self._line_up(grids, signs, y)

    def _line_up(self, grids: tuple[NumberGrid, ...], signs: list[Typeset], y: float) -> VGroup:
        gap = 0.2
        total = sum(g.size[0] + 0.26 for g in grids) + gap * 2 * len(signs)
        x = PANEL_X + 0.05 - total / 2
        for i, grid in enumerate(grids):
            width = grid.size[0] + 0.26
            grid.shift(at(x + width / 2, 0))
            x += width
            if i < len(signs):
                signs[i].centre_at(at(x + gap, y))
                x += 2 * gap
        return VGroup(*signs)

    def layer(self) -> None:
        self.say(name=self.name("activation"))
        off = self._cut_off(1)
        if not off:
            self.variant("all_on")
        self.play(*self.formula('a^((l)) = f(z^((l)))', 40) if not off else self._activation_formula())
        self.play(self.fill_column(1, "layer1/a", "activation"), run_time=style.SLOW_S)
        self.say(off=self.number("layer1/cut_off", form="d") if "layer1/cut_off" in self.trace else "")
        self.play(*self._dim_cut_off(1), run_time=style.MOVE_S)
        self.say()
        self.play(*self.formula("z^((l+1)) = W^((l+1)) a^((l)) + b^((l+1))".replace("l+1", "l + 1"), 40))
        for column in range(2, self.depth + 1):
            self.play(self.net.flash(column - 1, "activation"), run_time=style.PULSE_S)
            last = column == self.depth
            if not last:
                self.play(self.fill_column(column, f"layer{column}/a", "activation"), run_time=style.MOVE_S)
            else:
                self.play(self.fill_column(column, f"layer{column}/z", "activation"), run_time=style.MOVE_S)

    def _dim_cut_off(self, layer: int) -> list:
        """Wires that carry nothing fade: those from units whose activation is 0."""
        a = self.trace[f"layer{layer}/a"].values
        out = []
        for (_, source), line in self.net.edges[layer].items():
            if a[source] == 0:
                out.append(line.animate.set_stroke(opacity=0.08))
        return out or [self.net.node_group.animate.set_opacity(1)]

    def softmax(self) -> None:
        last, classes = self.depth, self.net.folds[-1].shown
        self.say()
        top, pitch = PANEL_TOP - 0.75, min(0.8, 3.0 / (len(classes) + 1))
        ys = [top - pitch * i for i in range(len(classes) + 1)]
        names = [self.words(self.name("data/classes", c), style.LABEL_PX).left_at(at(PANEL_LEFT, y)) for c, y in zip(classes, ys, strict=False)]
        scores = [self.value(f"layer{last}/z", c, form=".2f", px=32).right_at(at(3.0, y)) for c, y in zip(classes, ys, strict=False)]
        heads = [self.math(source, 34).centre_at(at(x, PANEL_TOP)) for source, x in (("z", 2.75), ("e^z", 3.95), ("p", 5.6))]
        self.play(*self.swap_panel(), FadeIn(*names, heads[0]))
        sources = [self.net.values[last, c] for c in classes]
        self.play(LaggedStart(*(TransformFromCopy(a, b) for a, b in zip(sources, scores, strict=True)), lag_ratio=0.2))
        self.say()
        exps = [self.value("softmax/exp", c, form=".2f", px=32).right_at(at(4.25, y)) for c, y in zip(classes, ys, strict=False)]
        rule = Line(at(3.35, ys[-1] + pitch * 0.55), at(4.3, ys[-1] + pitch * 0.55), color=self.look.muted, stroke_width=style.LINE)
        sum_name = self.words(self.label("sum"), style.SMALL_PX, "muted").right_at(at(3.0, ys[-1]))
        exp_sum = self.value("softmax/exp_sum", form=".2f", px=32).right_at(at(4.25, ys[-1]))
        self.play(FadeIn(heads[1]), LaggedStart(*(TransformFromCopy(a, b) for a, b in zip(scores, exps, strict=True)), lag_ratio=0.2))
        self.play(Create(rule), FadeIn(sum_name, exp_sum))
        self.say(sum=self.number("softmax/sum", form="auto"))
        bars, shares = self._probability_bars(classes, ys)
        self.play(*self.formula("p_k = e^(z_k) / (sum_j e^(z_j))", 40), FadeIn(heads[2]))
        self.play(
            LaggedStart(*(GrowFromEdge(bar, LEFT) for bar in bars), lag_ratio=0.2),
            LaggedStart(*(FadeIn(share) for share in shares), lag_ratio=0.2),
            run_time=style.SLOW_S,
        )
        self.play(self.fill_column(last, f"layer{last}/a", "activation"))
        self.bars = VGroup(*bars, *shares)
        self.swap_panel(VGroup(*names, *scores, *heads, *exps, rule, sum_name, exp_sum, self.bars))

    def _probability_bars(self, classes: tuple[int, ...], ys: list[float]) -> tuple[list[Rectangle], list[Typeset]]:
        p = self.trace[f"layer{self.depth}/a"].values
        bars, shares = [], []
        for c, y in zip(classes, ys, strict=False):
            width = max(1.15 * float(p[c]), 0.02)
            bar = Rectangle(width=width, height=0.3, stroke_width=0, fill_opacity=0.9, fill_color=self.look.activation)
            bars.append(bar.move_to(at(4.55 + width / 2, y)))
            shares.append(self.value(f"layer{self.depth}/a", c, form=".3f", px=32).right_at(at(PANEL_RIGHT, y)))
        return bars, shares

    def loss(self) -> None:
        label = int(self.trace["sample/label"].values.item())
        p_text = self.number(f"layer{self.depth}/a", label, form=".3f")
        self.say(label=self.name("data/classes", label))
        self.play(*self._mark_truth(label))
        self.say()
        xs, ys = self.trace["loss/curve_p"].values, self.trace["loss/curve"].values
        plot = Plot(self.look, (0, 1), (0, float(ys.max())), (PANEL_X, 0.55), 4.8, 3.3)
        plot.name_axes(self.math("p", 34), self.math("loss(L)", 34))
        curve = plot.curve(xs, ys, "loss")
        self.play(*self.swap_panel(), *self.formula("loss(L) = -log p_y", 42), FadeIn(plot))
        self.play(Create(curve), run_time=style.SLOW_S)
        p, value = float(self.trace[f"layer{self.depth}/a"].values[label]), float(self.trace["loss/value"].values.item())
        self.say(p=p_text, loss=self.number("loss/value", form=".3f"))
        dot = plot.dot(p, 0, "activation")
        below = self.value(f"layer{self.depth}/a", label, form=".3f", px=32, colour="activation")
        below.move_to(plot.at(p, 0) + at(0, -0.3))
        self.play(FadeIn(dot), TransformFromCopy(self.net.values[self.depth, label], below))
        up, across = plot.guide((p, 0), (p, value), "loss"), plot.guide((p, value), (0, value), "loss")
        self.play(Create(up), dot.animate.move_to(plot.at(p, value)).set_color(self.look.loss))
        result = self.value("loss/value", form=".3f", px=36, colour="loss").move_to(plot.at(0, value) + at(-0.5, 0))
        self.play(Create(across), FadeIn(result))
        numbers = {"p": p_text, "l": self.number("loss/value", form=".3f")}
        self.play(*self.formula("loss(L) = -log p_y = -log {p} = loss({l})", 42, **numbers))
        self.swap_panel(VGroup(plot, curve, dot, below, up, across, result))

    def _mark_truth(self, label: int) -> list:
        node = self.net.nodes[self.depth][label]
        name = self.class_names[self.net.folds[-1].shown.index(label)]
        flag = self.words(self.label("truth"), style.SMALL_PX, "loss")
        flag.move_to(name.get_left() + at(flag.width / 2, -0.34))
        self.truth = flag
        return [node.animate.set_stroke(self.look.loss, width=style.STRONG), name.animate.set_color(self.look.ink), FadeIn(flag)]

    def recap(self) -> None:
        self.say()
        steps = self._steps()
        self.play(*self.swap_panel(), *self.no_formula(), *self._unfocus(), run_time=style.MOVE_S)
        self.play(FadeIn(steps[0], shift=at(0.2, 0)), run_time=style.QUICK_S)
        for column in range(1, self.depth + 1):
            self.play(self.net.flash(column - 1, "activation"), run_time=style.PULSE_S)
            self.play(FadeIn(steps[column], shift=at(0.2, 0)), run_time=style.QUICK_S)
        self.play(FadeIn(steps[self.depth + 1], shift=at(0.2, 0)), run_time=style.QUICK_S)
        self.say()
        self.play(FadeIn(steps[-1], shift=at(0.2, 0)))
        self.say()
        self.swap_panel(VGroup(*steps))

    def _steps(self) -> list[VGroup]:
        """One line of mathematics for each stage of the pass, top to bottom in the panel."""
        label = int(self.trace["sample/label"].values.item())
        act = {"relu": '"ReLU"', "leaky_relu": '"LeakyReLU"', "tanh": "tanh", "sigmoid": "sigma"}[
            str(self.trace["activation"].values.item())
        ]
        lines = [("step_input", "a^((0)) = input(x)", {})]
        for n in range(1, self.depth + 1):
            z = f"z^(({n})) = W^(({n})) a^(({n - 1})) + b^(({n}))"
            if n < self.depth:
                lines.append(("step_hidden", f"{z}, quad a^(({n})) = {act}(z^(({n})))", {}))
            else:
                lines.append(("step_output", z, {}))
        p = {"p": self.number(f"layer{self.depth}/a", label, form=".3f")}
        lines.append(("step_softmax", f'p = "softmax"(z^(({self.depth}))), quad p_y = {{p}}', p))
        lines.append(("step_loss", "loss(L) = -log p_y = loss({l})", {"l": self.number("loss/value", form=".3f")}))
        pitch = min(0.85, 4.0 / len(lines))
        out = []
        for i, (key, source, fields) in enumerate(lines):
            y = 2.4 - i * pitch
            name = self.words(self.label(key), style.SMALL_PX, "muted").left_at(at(PANEL_LEFT, y))
            formula = self.math(source, 34, **fields)
            formula.shift(at(PANEL_LEFT + 1.75, y) - formula.get_left() + at(0, formula.get_center()[1] * 0))
            out.append(VGroup(name, formula))
        return out
