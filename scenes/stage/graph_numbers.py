"""The numbers of a recorded expression, and in how many digits each of its nodes is written."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property

import numpy as np

from scenes.parts.nets.recorded_graph import RecordedGraph
from scenes.parts.text.expression import variable
from scenes.stage.comparing import comparable
from scenes.stage.provenance import format_value
from scenes.stage.stage import Stage

VALUE_CHARS = 14  # the room for a value; none more than it has anyway where the graph does not fit
EXACT_CHARS = 7  # up to which a loss is written with all its digits
FINE = 0.1  # of a sum: what rounding may move its terms
ROOMY = 6  # operations up to which a number has room for four digits


class GraphNumbers(Stage):
    """A film with a recorded expression. Its series begin with "graph/"; `nodes` is what they hold."""

    crowded = False  # set when the graph does not fit with full texts
    most = VALUE_CHARS  # characters a value may take so that it can be compared

    def g(self, name: str) -> str:
        """The full name of one of the graph's series."""
        return f"graph/{name}"

    def garray(self, name: str) -> np.ndarray:
        """The values of one of the graph's series."""
        return self.trace[self.g(name)].values

    @cached_property
    def nodes(self) -> RecordedGraph:
        """The recorded nodes."""
        return RecordedGraph(self.garray)

    @property
    def own_signs(self) -> Iterable[str]:
        """The expression's variables and steps."""
        return (variable(operation.name) for operation in self.nodes.operations)

    @property
    def form(self) -> str:
        """How numbers are written: fewer digits, and no names for what has none, where many stand close together."""
        many = int(self.garray("count/operations").item()) > ROOMY
        return "short" if many or self.crowded else "auto"

    def form_of(self, i: int) -> str:
        """How node `i` is written: finely enough for the sums it is part of, and for what the step changes in it."""
        if i == self.nodes.last:
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
            for j, op in enumerate(self.nodes.operations)
            if i in op.inputs and op.operation in ("add", "sub")
            for name in ("value", "value_after")
        ]
        return min((one for one in sums if one), default=math.inf)

    @property
    def loss_form(self) -> str:
        """As many digits as it takes to tell the losses before and after the step; all, where they are few."""
        losses = [self.garray(name).item() for name in ("loss", "loss_after")]
        form = comparable(losses, most=self.most)
        few = max(len(format_value(one, "long")) for one in losses) <= EXACT_CHARS
        return "long" if form == "auto" and few else form

    @property
    def kinked(self) -> bool:
        """Whether the loss bends where it is differentiated, so that it has two slopes there."""
        return bool(self.trace.flags.get(self.g("kink"), False))

    @property
    def disputed(self) -> bool:
        """Whether torch's gradient is another than the one slope there is, as where kinks cancel each other."""
        return not self.kinked and not self.trace.flags.get(self.g("gradient_agrees"), True)

    def node_value(self, i: int, series: str = "value") -> str:
        """A node's value as a shown number."""
        return self.number(self.g(series), i, form=self.form_of(i))
