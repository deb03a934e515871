"""Random formulas: every value against Python's own arithmetic, every gradient two independent ways."""

import cmath
import math
import operator
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.formula.grammar import OPERATORS, parse
from engine.formula.recorder import record
from engine.trace import Trace

SMOOTH = ("exp", "log", "ln", "log10", "log2", "sin", "cos", "tan", "tanh", "sigmoid", "softplus", "sqrt")
KINKED = ("relu", "abs")
ARITHMETIC = ("+", "-", "*", "/")
LEAVES = st.sampled_from(["a", "a", "b", "b", "c", "2", "0.5", "-3", "1.25"])
POINTS = st.fixed_dictionaries({name: st.floats(-3, 3).map(lambda value: round(value, 3)) for name in "abc"})
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(ARITHMETIC), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(st.sampled_from(SMOOTH + KINKED), inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(st.sampled_from(("max", "min")), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
        st.tuples(inner, st.sampled_from(("2", "3", "-1"))).map(lambda p: f"({p[0]})**{p[1]}"),
        inner.map(lambda one: f"(-({one}))"),
    ),
    max_leaves=10,
)
Meaning = Callable[[dict[str, float]], float]
PYTHON = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


def joined(left: tuple[str, Meaning], sign: str, right: tuple[str, Meaning]) -> tuple[str, Meaning]:
    return f"({left[0]} {sign} {right[0]})", lambda at: PYTHON[sign](left[1](at), right[1](at))


ARITHMETIC_WITH_MEANING = st.recursive(
    LEAVES.map(lambda leaf: (leaf, lambda at: at[leaf] if leaf in at else float(leaf))),
    lambda inner: st.builds(joined, inner, st.sampled_from(ARITHMETIC), inner),
    max_leaves=15,
)
CALM = 1e3  # formulas whose values and slopes stay below this are well enough conditioned for differences
AWAY = 0.05  # from a kink

REAL = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "pow": lambda x, y: x**y,
    "neg": lambda x: -x,
    "exp": cmath.exp,
    "log": cmath.log,
    "ln": cmath.log,
    "log10": cmath.log10,
    "log2": lambda x: cmath.log(x) / math.log(2),
    "tan": cmath.tan,
    "softplus": lambda x: cmath.log(1 + cmath.exp(x)) if x.real < 20 else x,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tanh": cmath.tanh,
    "sqrt": cmath.sqrt,
    "sigmoid": lambda x: 1 / (1 + cmath.exp(-x)),
    "relu": lambda x: x if x.real > 0 else 0 * x,
    "abs": lambda x: x if x.real > 0 else -x,
    "max": lambda x, y: x if x.real >= y.real else y,
    "min": lambda x, y: x if x.real <= y.real else y,
}


def record_or_skip(expression: str, at: dict[str, float]) -> Trace:
    root = parse(expression)[1]
    assume(root.inputs and root.variables)
    point = {name: at[name] for name in root.variables}
    try:
        return record(expression=expression, at=point, wrt=root.variables[0], lr=1e-9)
    except InputError:
        assume(False)
        raise


def evaluate(expression: str, at: dict[str, complex]) -> complex:
    """The formula in Python's own complex arithmetic, from our tree but not from torch."""

    def value(term) -> complex:
        if term.operation == "input":
            return at[term.label]
        if term.operation == "constant":
            return term.value
        return REAL[term.operation](*[value(one) for one in term.inputs])

    return value(parse(expression)[1])


@given(FORMULAS, POINTS)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_every_value_is_python_arithmetic_of_its_inputs(expression: str, at: dict[str, float]):
    trace = record_or_skip(expression, at)
    index = {node.id: i for i, node in enumerate(trace.nodes)}
    for i, node in enumerate(trace.nodes):
        if node.inputs:
            arguments = [trace["value"][index[one]] for one in node.inputs]
            expected = REAL[node.operation](*[complex(one) for one in arguments]).real
            assert trace["value"][i] == pytest.approx(expected, rel=1e-12, abs=1e-300)


@given(ARITHMETIC_WITH_MEANING, POINTS)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_arithmetic_is_bit_for_bit_that_of_python(formula: tuple[str, Meaning], at: dict[str, float]):
    """The meaning is built beside the text, so the reader is checked too; only division by zero fails."""
    expression, meaning = formula
    used = [name for name in "abc" if name in expression]
    assume(used and len(expression) > 1)
    point = {name: at[name] for name in used}
    try:
        expected = meaning(at)
    except ZeroDivisionError:
        with pytest.raises(InputError, match="Division by zero"):
            record(expression=expression, at=point, wrt=used[0], lr=1e-9)
    else:
        assert record(expression=expression, at=point, wrt=used[0], lr=1e-9)["loss"].item() == expected


@given(FORMULAS, POINTS)
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
def test_gradients(expression: str, at: dict[str, float]):
    """Against the complex step, exact up to rounding, and against float64 differences to 1e-6 relative."""
    trace = record_or_skip(expression, at)
    biggest = max(1.0, float(abs(trace["value"].values).max()))
    steepest = float(abs(trace["edge/message"].values).max())
    assume(biggest < CALM and steepest < CALM and not near_kink(trace))
    gradient = trace["gradient"].item()
    step = 1e-30
    wrt = trace["wrt"].item()
    exact = evaluate(expression, {**at, wrt: complex(at[wrt], step)}).imag / step
    assert gradient == pytest.approx(exact, rel=1e-9, abs=1e-9 * max(1.0, steepest))
    assert trace["gradient_fd"].item() == pytest.approx(
        gradient, rel=1e-6, abs=1e-8 * max(1.0, steepest, 1e-4 * biggest)
    )
    assert not trace.flags["kink"]


def near_kink(trace: Trace) -> bool:
    index = {node.id: i for i, node in enumerate(trace.nodes)}
    for node in trace.nodes:
        arguments = [trace["value"][index[one]] for one in node.inputs]
        if node.operation in KINKED and abs(arguments[0]) < AWAY:
            return True
        if node.operation in ("max", "min") and abs(arguments[0] - arguments[1]) < AWAY:
            return True
    return False


@given(
    st.lists(st.sampled_from(["a*a", "a", "a*b", "(a+a)", "a*a*a"]), min_size=1, max_size=6), st.floats(-2, 2)
)
@settings(max_examples=60, deadline=None)
def test_duplicates_keep_every_path(parts: list[str], a: float):
    expression = " + ".join([*parts, "a"])
    trace = record(expression=expression, at={"a": a, "b": 3} if "b" in expression else {"a": a}, wrt="a")
    slopes = {"a*a": 2 * a, "a": 1, "a*b": 3, "(a+a)": 2, "a*a*a": 3 * a * a}
    assert trace["count/paths"].item() == expression.count("a")
    assert math.isclose(
        trace["gradient"].item(), sum(slopes[part] for part in parts) + 1, rel_tol=1e-12, abs_tol=1e-12
    )
    used = trace["edge/source"].values == trace["wrt/node"].item()
    assert used.sum() == expression.count("a")
    assert trace["edge/message"].values[used].sum() == pytest.approx(trace["gradient"].item(), abs=1e-12)


def test_every_operator_of_the_grammar_has_an_independent_counterpart():
    assert set(OPERATORS.values()) <= set(REAL)
