"""Recorder of a formula: its graph, values, local derivatives, chain rule, update and the loss after it.

Series (axes): see docs/trace.md. The default is the example of notes 004, section 5.3, at a point where every
factor of the chain is another number.
"""

import math
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from engine.errors import InputError, nearest
from engine.formula.grammar import Formula, Term, normal_name, parse
from engine.formula.naming import name_nodes
from engine.formula.parameters import (
    DEFAULT_AT,
    DEFAULT_EXPRESSION,
    DEFAULT_STEP_RATE,
    At,
    Expression,
    Names,
    StepRate,
    Wrt,
)
from engine.parameters import Seed
from engine.text.echo import echo
from engine.trace.recording import Recording, recorder
from engine.trace.series import Node, Series

if TYPE_CHECKING:
    from engine.formula.graph import Edge, Graph

AGREEMENT_RELATIVE = 1e-6  # how close autograd and finite differences must be for flag gradient_agrees
KINK_RELATIVE = 1e-3  # how far the slopes on both sides differ at a kink: where relu, abs or max bends


@recorder("expression")
def record(
    *,
    seed: Seed = 0,
    expression: Expression = DEFAULT_EXPRESSION,
    at: At = DEFAULT_AT,
    wrt: Wrt = "w",
    lr: StepRate = DEFAULT_STEP_RATE,
    names: Names = "",
) -> Recording:
    """Record ``expression`` at the point ``at``, differentiated by ``wrt`` and one step of gradient descent.

    Everything is a float64 scalar. Nothing here is random: ``seed`` is only written down.
    Raises InputError, pointing at the place in the expression, when it cannot be read or has no finite value.
    """
    from engine.formula.graph import run, sweep

    formula, root = parse(expression, at)
    point = _point(formula, root, at)
    wrt = normal_name(wrt.strip())
    _check(formula, root, wrt)
    graph = run(formula, root, point)
    adjoints, edges = sweep(formula, graph)
    wrt_node = next(
        i for i, term in enumerate(graph.terms) if term.label == wrt and term.operation == "input"
    )
    step = _step(point[wrt], adjoints[wrt_node], lr)
    after = run(formula, root, {**point, wrt: step["wrt/after"].item()}, when="After the step: ")
    labels = name_nodes(root, graph.terms, names)
    checked, sides = _check_gradient(root, point, wrt)
    series = {
        "value": Series(graph.values, ("node",), source="torch forward"),
        "adjoint": Series(adjoints, ("node",), source="∂L/∂node, sum of messages"),
        "value_after": Series(after.values, ("node",), source="torch forward after the step"),
        "name": Series(labels, ("node",)),
        "operation": Series([term.operation for term in graph.terms], ("node",)),
        **_edge_series(edges),
        "wrt": Series(wrt),
        "wrt/node": Series(wrt_node),
        **step,
        "gradient_fd": Series(checked, source="central differences of fourth order"),
        **_side_series(*sides),
        "loss": Series(graph.values[-1], source="torch forward"),
        "loss_after": Series(after.values[-1], source="torch forward after the step"),
        "expression": Series(expression),
        "count/operations": Series(len(graph.calls)),
        "count/paths": Series(sum(term.label == wrt for term in root.walk() if term.operation == "input")),
    }
    gradient = adjoints[wrt_node]
    kink = _differ(*sides, KINK_RELATIVE, graph.values[-1])
    apart = [_differ(gradient, one, AGREEMENT_RELATIVE, graph.values[-1]) for one in (checked, *sides)]
    agrees = not kink and not (apart[0] and any(apart[1:]))
    return Recording(series, _nodes(graph, labels), {"gradient_agrees": agrees, "kink": kink})


def _point(formula: Formula, root: Term, at: Mapping[str, float]) -> dict[str, float]:
    """The value of every variable of the formula; InputError for one that is missing or not used."""
    given = {normal_name(name.strip()): value for name, value in at.items()}
    if len(given) < len(at):
        raise InputError("at gives a value twice for one name: λ and lambda are one, and x₁ and x1.")
    for term in root.walk():
        if term.operation == "input" and term.label not in given:
            factors = "*".join(_factors(term.label, frozenset(given)))
            remedy = f"write {factors} for the product" if factors else "mend the name"
            sentence = f"There is no value for {term.label}: add {term.label}=<number> to at, or {remedy}."
            raise formula.error(sentence, term.start, term.end)
    unused = [name for name in given if name not in root.variables]
    if unused and dict(at) != DEFAULT_AT:
        told = f"at gives a value for {echo(', '.join(unused))}"
        if not root.variables:
            raise InputError(f"{told}, and the expression has no variables: write one with w, such as w**2.")
        hint = nearest(unused[0], root.variables)
        raise InputError(f"{told}, which the expression does not use. {hint}")
    return {name: given[name] for name in root.variables}


@cache
def _factors(label: str, names: frozenset[str]) -> tuple[str, ...]:
    """The names that stand one behind the other in label, w1 and x1 in w1x1; empty where it is no such row."""
    if label in names:
        return (label,)
    for name in sorted(names):
        rest = _factors(label.removeprefix(name), names) if name and label.startswith(name) else ()
        if rest:
            return (name, *rest)
    return ()


def _check(formula: Formula, root: Term, wrt: str) -> None:
    if not root.inputs:
        raise formula.error("One number or name alone has no graph: add an operation.", root.start, root.end)
    if wrt not in root.variables:
        known = f"wrt is one of {', '.join(root.variables)}" if root.variables else "add a variable"
        missing = (
            f"has no {echo(wrt)} to differentiate by" if wrt.strip() else "needs a name to differentiate by"
        )
        raise formula.error(f"The expression {missing}: {known}.", 0, len(formula.text))


def _step(before: float, gradient: float, lr: float) -> dict[str, Series]:
    """One step of gradient descent, in torch."""
    import torch

    after = torch.tensor(before, dtype=torch.float64) - lr * torch.tensor(gradient, dtype=torch.float64)
    if not torch.isfinite(after):
        raise InputError(
            f"The step overflows: the gradient is {gradient:g} and lr {lr:g}; take a smaller lr."
        )
    return {
        "wrt/before": Series(before),
        "wrt/after": Series(after.item(), source="wrt − lr · gradient"),
        "gradient": Series(gradient, source="∂L/∂wrt, sum over paths"),
        "lr": Series(lr),
    }


def _check_gradient(root: Term, point: Mapping[str, float], wrt: str) -> tuple[float, tuple[float, float]]:
    """∂L/∂wrt by finite differences, from whole evaluations of the formula only; then from each side alone."""
    import torch

    from engine.formula.differences import derivative, one_sided
    from engine.formula.graph import evaluate

    others = {name: torch.tensor(value, dtype=torch.float64) for name, value in point.items()}

    def loss(points: torch.Tensor) -> torch.Tensor:
        return evaluate(root, {**others, wrt: points})

    return derivative(loss, point[wrt]), one_sided(loss, point[wrt])


def _side_series(left: float, right: float) -> dict[str, Series]:
    """The slopes from each side, to a millionth of the larger: the rest is rounding and differs by processor."""
    larger = max(abs(left), abs(right))
    places = 6 - math.floor(math.log10(larger)) if larger > 0 else 0
    source = "differences of fourth order from one side of wrt, to a millionth of the larger"
    sides = {"gradient_left": left, "gradient_right": right}
    return {name: Series(round(one, places) + 0.0, source=source) for name, one in sides.items()}


def _differ(one: float, other: float, share: float, loss: float) -> bool:
    """Whether two slopes are further apart than a share of them, or of the loss where both are next to nothing."""
    return abs(one - other) > share * max(abs(one), abs(other), 1e-4 * max(1.0, abs(loss)))


def _edge_series(edges: "list[Edge]") -> dict[str, Series]:
    axes = ("edge",)
    return {
        "edge/source": Series([edge.source for edge in edges], axes),
        "edge/target": Series([edge.target for edge in edges], axes),
        "edge/slot": Series([edge.slot for edge in edges], axes),
        "edge/local": Series([edge.local for edge in edges], axes, source="torch.func.vjp, ∂target/∂source"),
        "edge/message": Series([edge.message for edge in edges], axes, source="adjoint(target) · local"),
        "edge/defined": Series([edge.defined for edge in edges], axes),
    }


def _nodes(graph: "Graph", labels: list[str]) -> tuple[Node, ...]:
    inputs = {target: sources for target, _, sources in graph.calls}
    return tuple(
        Node(
            id=f"n{i}",
            name=labels[i],
            operation=term.operation,
            inputs=tuple(f"n{source}" for source in inputs.get(i, ())),
            input_shapes=((),) * len(inputs.get(i, ())),
        )
        for i, term in enumerate(graph.terms)
    )
