"""A gradient's way back through the graph of a recorded expression, product by product."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from manim import FadeIn, VGroup

from scenes.parts.nets.graph import OperationGraph
from scenes.parts.room.motion import leave
from scenes.stage import style
from scenes.stage.graph_formulas import GraphFormulas

ONE_BY_ONE_MOST = (
    8  # wires that the gradient goes over one after the other; over more, operation by operation
)
WIRE_S, READ_S = 0.6, 0.3  # over one of them; for its product
TOTAL_S, STEP_S = 7.0, 0.65  # over all operations, however many there are; over one of them, at most


class GraphSweep(GraphFormulas):
    """A film that plays what happens on the graph."""

    op_graph: OperationGraph

    def step_s(self, count: int) -> float:
        """Time for one of `count` operations."""
        return min(STEP_S, max(0.35, TOTAL_S / max(count, 1) / 1.6))

    def sweep_back(self, after_first: Callable[[], None]) -> None:
        """From the result to the leaves: gradient times local derivative, which stands beside it before it arrives.

        `after_first` is called between the first step and the others.
        """
        graph, ways = self.op_graph, [self.derived_into(i) for i in reversed(self.inner)]
        single = sum(map(len, ways)) <= ONE_BY_ONE_MOST
        ways = [[wire] for way in ways for wire in way] if single else ways
        pending, standing = (
            Counter(wire.source for wire in self.edge_of),
            defaultdict[int, list[VGroup]](list),
        )
        for place, wires in enumerate(ways):
            if place == 1 or len(ways) == 1:
                after_first()
            self.play(*graph.multiply(wires), run_time=WIRE_S if single else self.step_s(len(ways)))
            for wire in wires:
                pending[wire.source] -= 1
                if single:
                    product = graph.beside(wire, self.math(self.message(wire), graph.px))
                    standing[wire.source].append(product)
                    self.play(FadeIn(product), run_time=style.QUICK_S)
                    self.hold(READ_S)
            ready = [i for i in dict.fromkeys(wire.source for wire in wires) if not pending[i]]
            gone = [leave(one) for i in ready for one in standing[i]]
            found = [graph.arrive(i) for i in ready if i in graph.gradients]
            if found:
                self.play(*gone, *found, run_time=style.QUICK_S)
