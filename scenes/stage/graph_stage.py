"""A recorded expression on stage: its graph, the texts of its nodes, the rule and number of each derivative."""

from __future__ import annotations

import math
import re
from functools import cached_property

import numpy as np
from manim import Animation, ShowPassingFlash

from engine.errors import InputError
from scenes.parts.expression import TIGHT, Expression, Operation, Part, compose, number_part, symbol, variable
from scenes.parts.graph import TEXT_PX, Face, OperationGraph, Wire, lay_out
from scenes.parts.typeset import Typeset
from scenes.stage import style
from scenes.stage.comparing import comparable
from scenes.stage.explainer import Explainer
from scenes.stage.provenance import format_value

GRAPH_WIDTH, GRAPH_HEIGHT = 12.4, 4.3
GENERIC = re.compile(r"u\d+")
SYMBOL_PX = 40
CROWDED_CHARS = 3
SYMBOL_CHARS = 2  # a longer constant is a leaf of its own
VALUE_CHARS = 14  # the room for a value; none more than it has anyway where the graph does not fit
FINE = 0.1  # of a sum: what rounding may move its terms
ROOMY = 6  # operations up to which a number has room for four digits

# What a derivative of each operation is, for inputs a (and b); rule(..) marks digits that belong to the rule itself.
RULES = {
    "mul": ("{b}", "{a}"),
    "div": ("rule(1) / {b}", "-{a} / {b}^2"),
    "exp": ("e^{a}",),
    "log": ("rule(1) / {a}",),
    "ln": ("rule(1) / {a}",),
    "log10": ("rule(1) / ({a} ln rule(10))",),
    "log2": ("rule(1) / ({a} ln rule(2))",),
    "sin": ("cos {a}",),
    "cos": ("-sin {a}",),
    "tan": ("rule(1) + tan^2 {a}",),
    "tanh": ("rule(1) - tanh^2 {a}",),
    "sigmoid": ("sigma({a}) (rule(1) - sigma({a}))",),
    "softplus": ("sigma({a})",),
    "sqrt": ("rule(1) / (rule(2) sqrt({a}))",),
}


class GraphStage(Explainer):
    """A film that draws a recorded expression. Series names start with "graph/"."""

    crowded = False  # set when the graph does not fit with full texts
    most = VALUE_CHARS  # characters a value may take so that it can be compared

    def g(self, name: str) -> str:
        """The full name of one of the graph's series."""
        return f"graph/{name}"

    def garray(self, name: str) -> np.ndarray:
        """The values of one of the graph's series."""
        return self.trace[self.g(name)].values

    @cached_property
    def operations(self) -> list[Operation]:
        """Every recorded node in topological order."""
        count = len(self.garray("name"))
        inputs: list[list[tuple[int, int]]] = [[] for _ in range(count)]
        for edge in range(len(self.garray("edge/source"))):
            source, target, slot = (int(self.garray(f"edge/{k}")[edge]) for k in ("source", "target", "slot"))
            inputs[target].append((slot, source))
        return [
            Operation(str(name), str(operation), tuple(source for _, source in sorted(into)))
            for name, operation, into in zip(
                self.garray("name"), self.garray("operation"), inputs, strict=True
            )
        ]

    @property
    def form(self) -> str:
        """How numbers are written: fewer digits, and no names for what has none, where many stand close together."""
        many = int(self.garray("count/operations").item()) > ROOMY
        return "short" if many or self.crowded else "auto"

    def form_of(self, i: int) -> str:
        """How node `i` is written: finely enough for the sums it is part of, and for what the step changes in it."""
        if i == len(self.operations) - 1:
            return self.loss_form
        if i not in self._forms or self._forms[i][0] != self.form:
            values = [self.garray(name)[i] for name in ("value", "value_after")]
            self._forms[i] = self.form, comparable(values, form=self.form, fine=self._fine(i), most=self.most)
        return self._forms[i][1]

    @cached_property
    def _forms(self) -> dict[int, tuple[str, str]]:
        return {}

    def _fine(self, i: int) -> float:
        """What rounding may move node `i`: a share of each sum or difference that it is part of."""
        sums = [
            FINE * abs(float(self.garray(name)[j]))
            for j, op in enumerate(self.operations)
            if i in op.inputs and op.operation in ("add", "sub")
            for name in ("value", "value_after")
        ]
        return min((one for one in sums if one), default=math.inf)

    @property
    def loss_form(self) -> str:
        """As many digits as it takes to tell the loss before the step from the loss after it."""
        return comparable([self.garray(name).item() for name in ("loss", "loss_after")], most=self.most)

    @cached_property
    def expression(self) -> Expression:
        """The whole expression, for formulas."""
        return Expression(self.operations, lambda i: self.number(self.g("value"), i, form=self.form_of(i)))

    def constant_operand(self, i: int) -> int | None:
        """The constant that is drawn inside operation `i` rather than as a leaf of its own."""
        inputs = self.operations[i].inputs
        constants = [j for j in inputs if self.is_constant(j) and self._short(j)]
        return constants[0] if len(inputs) == 2 and len(set(constants)) == 1 and len(constants) == 1 else None

    def _short(self, i: int) -> bool:
        """Whether a constant's text fits inside an operation's circle."""
        return len(format_value(self.garray("value")[i].item(), self.form_of(i))) <= (
            CROWDED_CHARS if self.crowded else SYMBOL_CHARS
        )

    @cached_property
    def drawn(self) -> list[int]:
        """The nodes that are drawn, in topological order."""
        folded = {
            self.constant_operand(i)
            for i in range(len(self.operations))
            if self.constant_operand(i) is not None
        }
        users = {
            j: [i for i, op in enumerate(self.operations) if j in op.inputs] for j in folded if j is not None
        }
        hidden = {j for j, into in users.items() if all(self.constant_operand(i) == j for i in into)}
        return [i for i in range(len(self.operations)) if i not in hidden]

    @cached_property
    def edge_of(self) -> dict[Wire, int]:
        """The recorded edge of every drawn wire."""
        wires = {}
        for edge in range(len(self.garray("edge/source"))):
            source, target, slot = (int(self.garray(f"edge/{k}")[edge]) for k in ("source", "target", "slot"))
            if source in self.drawn and self.constant_operand(target) != source:
                wires[Wire(source, target, slot)] = edge
        return wires

    @property
    def kinked(self) -> bool:
        """Whether the loss bends where it is differentiated, so that it has two slopes there."""
        return bool(self.trace.flags.get(self.g("kink"), False))

    @property
    def disputed(self) -> bool:
        """Whether torch's gradient is another than the one slope there is, as where kinks cancel each other."""
        return not self.kinked and not self.trace.flags.get(self.g("gradient_agrees"), True)

    @property
    def wrt(self) -> int:
        """The node the loss is differentiated by."""
        return int(self.garray("wrt/node").item())

    def named(self, i: int) -> bool:
        """Whether node `i` carries its name: in a crowded graph, u1, u2, … would only take room."""
        return self.form == "auto" or self.is_leaf(i) or not GENERIC.fullmatch(self.operations[i].name)

    def all_named(self, i: int) -> bool:
        """Whether an operation and its inputs all carry names (or are constants)."""
        return all(self.named(j) for j in (i, *self.operations[i].inputs))

    def is_constant(self, i: int) -> bool:
        """Whether node `i` is a number of the expression: nothing is differentiated by it."""
        return self.operations[i].operation == "constant"

    def is_leaf(self, i: int) -> bool:
        """Whether node `i` is a variable or a constant."""
        return not self.operations[i].inputs

    def math_name(self, i: int) -> str:
        """A node's name in Typst math, in the colour of its role."""
        role = self.role(i)
        name = variable(self.operations[i].name)
        return f"{role}({name})" if role != "muted" else name

    def role(self, i: int) -> str:
        """The colour role of a node: parameter, data, loss, or a value on the way."""
        if i == self.wrt:
            return "positive"
        if i == len(self.operations) - 1:
            return "loss"
        return "input" if self.is_leaf(i) else "muted"

    # -- building --------------------------------------------------------------------------------------------------

    def build_graph(self) -> OperationGraph:
        """The graph, laid out for the texts it will carry; where they do not fit, with shorter ones."""
        for crowded, most in ((False, VALUE_CHARS), (True, VALUE_CHARS), (False, 0)):
            try:
                return self._built(crowded, most)
            except InputError:
                continue
        return self._built(True, 0)

    def _built(self, crowded: bool, most: int) -> OperationGraph:
        self.crowded, self.most = crowded, most
        for name in ("drawn", "edge_of", "_forms"):  # constants move into their operations, or out again
            self.__dict__.pop(name, None)
        return self._laid_out()

    def _laid_out(self) -> OperationGraph:
        faces = {i: self._face(i) for i in self.drawn}
        layout = lay_out(faces, list(self.edge_of), GRAPH_WIDTH, GRAPH_HEIGHT, style.STAGE_Y)
        return OperationGraph(self.look, layout, faces, self._symbol, self.role)

    def _face(self, i: int) -> Face:
        """Room for the widest text the node will carry: its equation before and after the step, its gradient."""
        widest = max(self._equation(i, name).width for name in ("value", "value_after"))
        gradient = self._quiet("adjoint", i).width
        if self.is_leaf(i):
            return Face.of_leaf(widest, 0.0 if self.is_constant(i) else gradient)
        edges = [
            e for wire, e in self.edge_of.items() if wire.target == i and not self.is_constant(wire.source)
        ]
        local = max((self._quiet("edge/local", edge).width for edge in edges), default=0.0)
        return Face.of_operation(max(widest, gradient), local)

    def _quiet(self, series: str, i: int) -> Typeset:
        """A value's mobject for measuring only: no row is written."""
        rows = len(self.rows)
        form = self.form_of(i) if series.startswith("value") else self.form
        label = self.value(self.g(series), i, form=form, px=TEXT_PX)
        del self.rows[rows:]
        return label

    def _equation(self, i: int, series: str) -> Typeset:
        rows = len(self.rows)
        label = self.equation(i, series)
        del self.rows[rows:]
        return label

    def equation(self, i: int, series: str = "value", px: float = TEXT_PX) -> Typeset:
        """ "name = value" of a node; a constant shows its value only."""
        if self.is_constant(i) or not self.named(i):
            return self.value(self.g(series), i, form=self.form_of(i), px=px)
        return self.math(
            f"{self.math_name(i)} = {{v}}", px, v=self.number(self.g(series), i, form=self.form_of(i))
        )

    def _symbol(self, i: int) -> Typeset:
        if self.is_leaf(i):
            return (
                self.math(self.math_name(i), 36)
                if self.operations[i].operation == "input"
                else self.equation(i)
            )
        constant = self.constant_operand(i)
        if constant is None:
            return self._fit(self.math(symbol(self.operations[i].operation), SYMBOL_PX))
        shown = self.number(self.g("value"), constant, form=self.form_of(constant))
        first = self.operations[i].inputs[0] == constant
        return self._fit(self.math(symbol(self.operations[i].operation, shown, first), SYMBOL_PX))

    @staticmethod
    def _fit(label: Typeset) -> Typeset:
        room = 0.58
        return label.scale(room / label.width) if label.width > room else label

    # -- derivatives -----------------------------------------------------------------------------------------------

    def rule(self, wire: Wire) -> str:
        """The local derivative of a wire as a rule in Typst math, or "" where it is a plain number (+ and −)."""
        op = self.operations[wire.target]
        names = {key: part.within(TIGHT) for key, part in zip("ab", self.operands(wire.target), strict=False)}
        if op.operation == "pow":
            return self._power_rule(wire, names)
        rules = RULES.get(op.operation)
        if rules is None:
            return ""
        source = rules[wire.slot]
        for key, name in names.items():
            source = source.replace(f"{{{key}}}", name)
        return source

    def _power_rule(self, wire: Wire, names: dict[str, str]) -> str:
        if wire.slot == 1:
            return f"{names['a']}^{names['b']} ln {names['a']}"
        exponent = self.operations[wire.target].inputs[1]
        if float(self.garray("value")[exponent]) == 2:
            return f"{names['b']} {names['a']}"
        return f"{names['b']} {names['a']}^({names['b']} - rule(1))"

    def operands(self, i: int) -> list[Part]:
        """An operation's inputs as they stand in its rule: their names, or a and b where one has none."""
        inputs = self.operations[i].inputs
        if self.all_named(i):
            return [self.operand(j) for j in inputs]
        letters = [Part("a"), Part("b")]
        return [self.operand(j) if self.is_constant(j) else letters[k] for k, j in enumerate(inputs)]

    def quotient(self, wire: Wire) -> str:
        """ "∂u/∂a" of one wire in Typst math; an operation without a name is written out."""
        op, parts = self.operations[wire.target], self.operands(wire.target)
        if self.all_named(wire.target):
            return f"(partial {self.math_name(wire.target)}) / (partial {self.math_name(wire.source)})"
        return f"(partial ({compose(op.operation, parts).source})) / (partial {parts[wire.slot].source})"

    def operand(self, i: int) -> Part:
        """A node as it stands in a formula: its name, or a constant's value."""
        if self.is_constant(i):
            return number_part(self.number(self.g("value"), i, form=self.form_of(i)))
        return Part(self.math_name(i))

    def pulse(
        self, wires: list[Wire], graph: OperationGraph, role: str, reverse: bool = False
    ) -> list[Animation]:
        """A glow running along wires, forward or back."""
        out: list[Animation] = []
        for wire in wires:
            glow = graph.wires[wire].copy().set_stroke(self.look.colour(role), width=style.EDGE_MAX)
            out.append(ShowPassingFlash(glow.reverse_points() if reverse else glow, time_width=0.6))
        return out
