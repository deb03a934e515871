"""A formula run in torch, captured operation by operation, and its gradients sent back along the edges."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from engine.formula.capture import Call, Capture, local_derivatives
from engine.formula.domain import fault, slope_fault
from engine.formula.operations import CALLED, TORCH
from engine.formula.terms import Formula, Term

Seen = Callable[[Term, Sequence[Tensor], Tensor], None]


@dataclass(frozen=True)
class Edge:
    """``source`` feeds input ``slot`` of ``target`` (node indices).

    local: ∂target/∂source through this slot.  message: adjoint of target · local.
    defined: False where a constant's derivative is not a finite number; local and message are then 0.
    """

    source: int
    target: int
    slot: int
    local: float
    message: float
    defined: bool


@dataclass(frozen=True)
class Graph:
    """Nodes in topological order, by index: leaves stand just before their first use."""

    terms: tuple[Term, ...]
    values: tuple[float, ...]
    calls: tuple[tuple[int, Call, tuple[int, ...]], ...]  # (output node, the call, its input nodes)


def evaluate(term: Term, variables: Mapping[str, Tensor], seen: Seen | None = None) -> Tensor:
    """Run ``term`` in torch; ``seen(term, arguments, output)`` hears of every leaf and operation."""
    arguments = [evaluate(one, variables, seen) for one in term.inputs]
    if term.operation == "input":
        output = variables[term.label]
    elif term.operation == "constant":
        output = torch.tensor(term.value, dtype=torch.float64)
    else:
        output = TORCH[term.operation](*arguments)
    if seen is not None:
        seen(term, arguments, output)
    return output


def run(formula: Formula, root: Term, at: Mapping[str, float], when: str = "", remedy: str = "") -> Graph:
    """Run the formula at the point ``at`` and return its captured graph, all float64 scalars.

    when: what an error's sentence begins with, such as "After the step: ".  remedy: what it advises.
    Raises InputError, with the place, where an operation has no finite real value.
    """
    origin: dict[int, Term] = {}

    def seen(term: Term, arguments: Sequence[Tensor], output: Tensor) -> None:
        origin.setdefault(id(output), term)
        texts = [formula.text[one.start : one.end] for one in term.inputs]
        values = [float(one) for one in arguments]
        if values and (why := fault(term.operation, texts, values, float(output))):
            fixed = "" if term.variables else "mend the expression"
            advice = fixed or remedy or ("take a smaller lr" if when else "change the values in at")
            raise formula.error(f"{when}{why}; {advice}.", term.start, term.end)

    variables = {name: torch.tensor(at[name], dtype=torch.float64) for name in root.variables}
    with Capture(CALLED) as capture:
        evaluate(root, variables, seen)
    return _graph(capture.calls, origin)


def _graph(calls: Sequence[Call], origin: Mapping[int, Term]) -> Graph:
    """Nodes from the captured calls: a tensor met first is a new node, met again it is the same one."""
    tensors: list[Tensor] = []
    index: dict[int, int] = {}
    steps: list[tuple[int, Call, tuple[int, ...]]] = []

    def node(tensor: Tensor) -> int:
        if id(tensor) not in index:
            index[id(tensor)] = len(tensors)
            tensors.append(tensor)
        return index[id(tensor)]

    for call in calls:
        inputs = tuple(node(one) for one in call.arguments)
        steps.append((node(call.output), call, inputs))
    terms = tuple(origin[id(tensor)] for tensor in tensors)
    return Graph(terms, tuple(float(tensor) for tensor in tensors), tuple(steps))


def sweep(formula: Formula, graph: Graph) -> tuple[list[float], list[Edge]]:
    """Return every node's adjoint ∂L/∂node and all edges, by target and slot.

    From the last node back: what arrives at a node times the edge's local derivative goes on to its input,
    and the messages of all edges that leave a node add up there.
    Raises InputError where a derivative that a variable needs is not a finite number.
    """
    adjoints = [torch.zeros((), dtype=torch.float64) for _ in graph.terms]
    adjoints[-1] = torch.ones((), dtype=torch.float64)
    edges: list[Edge] = []
    for target, call, inputs in reversed(graph.calls):
        locals_ = local_derivatives(call)
        for slot in reversed(range(len(inputs))):
            message = adjoints[target] * locals_[slot]
            defined = math.isfinite(float(message)) and math.isfinite(float(locals_[slot]))
            if not defined:
                _require_constant(formula, graph.terms[target], slot, call, float(locals_[slot]))
            local, sent = (float(locals_[slot]), float(message)) if defined else (0.0, 0.0)
            edges.append(Edge(inputs[slot], target, slot, local, sent, defined))
            adjoints[inputs[slot]] = adjoints[inputs[slot]] + sent
    return _finite(formula, graph, [float(one) for one in adjoints]), edges[::-1]


def _require_constant(formula: Formula, term: Term, slot: int, call: Call, local: float) -> None:
    """A derivative by a constant is not needed; one on a variable's way must be a finite number."""
    part = term.inputs[slot]
    if not part.variables:
        return
    texts = [formula.text[one.start : one.end] for one in term.inputs]
    why = slope_fault(term.operation, texts, [float(one) for one in call.arguments], slot, local)
    raise formula.error(f"{why}; change the values in at.", term.start, term.end)


def _finite(formula: Formula, graph: Graph, adjoints: list[float]) -> list[float]:
    for term, adjoint in zip(graph.terms, adjoints, strict=True):
        if not math.isfinite(adjoint):
            why = "The gradient overflows here; change the values in at."
            raise formula.error(why, term.start, term.end)
    return adjoints
