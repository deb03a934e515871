"""Formulas on screen: if these failed, a film would show another formula than the one that was differentiated."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.formula.grammar import CONSTANTS, FUNCTIONS, Term, parse
from scenes.parts.text.expression import Expression, Operation, symbol, variable
from scenes.parts.text.typeset import math
from scenes.stage.provenance import format_value
from scenes.stage.style import LOOKS

LOOK = LOOKS["dark"]
LEAVES = st.sampled_from(["a", "b", "c", "2", "0.5", "-3", "1", "π"])
ONE, TWO = [name for name in FUNCTIONS if name not in ("max", "min")], ["max", "min"]
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds("({} {} {})".format, inner, st.sampled_from("+-*/"), inner),
        st.builds("({})**({})".format, inner, inner),
        st.builds("{}({})".format, st.sampled_from(ONE), inner),
        st.builds("{}({}, {})".format, st.sampled_from(TWO), inner, inner),
        st.builds("-({})".format, inner),
    ),
    max_leaves=12,
).filter(lambda text: parse(text)[1].inputs)


def nodes(root: Term) -> list[Operation]:
    """The formula's graph as a recorder gives it: equal terms are one node, inputs before what uses them."""
    found: dict[tuple[object, ...], int] = {}
    out = []
    for term in root.walk():
        if term.key not in found:
            found[term.key] = len(out)
            name = (
                term.label
                if term.operation == "input" or term.label in CONSTANTS
                else format_value(term.value)
            )
            out.append(Operation(name, term.operation, tuple(found[one.key] for one in term.inputs)))
    return out


def typst(text: str, lit: str = "") -> str:
    """The formula as the film writes it."""
    operations = nodes(parse(text)[1])
    return Expression(operations, lambda i: operations[i].name).formula(lit)


def python(source: str) -> str:
    """Typst math of the formulas here as Python writes the same: a fraction bar and a power bind alike in both."""
    source = re.sub(r'num\("([^"]*)"\)', lambda m: f"({m[1].replace('−', '-')})", source)
    source = source.replace('op("ReLU")', "relu").replace("sigma(", "sigmoid(")
    source = (
        source.replace('op("softplus")', "softplus")
        .replace("log_(rule(10))", "log10")
        .replace("log_(rule(2))", "log2")
    )
    return source.replace(" dot ", "*").replace("^", "**")


@given(FORMULAS)
@settings(max_examples=300, deadline=None)
def test_the_formula_means_what_was_typed(text: str):
    """Read back by the engine's own parser, which knows nothing of how it was written."""
    assert parse(python(typst(text)))[1].key == parse(text)[1].key


def test_terms_without_a_variable_can_be_muted():
    assert typst("x**2 + y*x - exp(y)", "x") == typst("x**2 + y*x") + " - muted(exp(y))"
    assert typst("x**2 - (y - x)", "y") == "muted(" + typst("x**2") + ") - (y - muted(x))"
    assert typst("x*y", "x") == typst("x*y")


@given(FORMULAS)
@settings(max_examples=60, deadline=None)
def test_typst_sets_every_formula(text: str):
    assert len(math(typst(text), LOOK, 40)) > 1


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("(w*x - y)**2", '(w dot x - y)^(num("2"))'),
        ("(a + b)*c", "(a + b) dot c"),
        ("a + b*c", "a + b dot c"),
        ("a - (b - c)", "a - (b - c)"),
        ("a - b - c", "a - b - c"),
        ("a*(b*c)", "a dot (b dot c)"),
        ("-a**2", '-a^(num("2"))'),
        ("(-a)**2", '(-a)^(num("2"))'),
        ("(a**b)**c", "(a^(b))^(c)"),
        ("a**b**c", "a^(b^(c))"),
        ("(a + b)/(c - a)", "(a + b) / (c - a)"),
        ("-(a + b)", "-(a + b)"),
        ("a*-b", "a dot (-b)"),
        ("a + -3", 'a + num("−3")'),
        ("a - -3", 'a - (num("−3"))'),
        ("exp(a + b)", "exp(a + b)"),
        ("sigmoid(a)", "sigma(a)"),
        ("relu(a)", 'op("ReLU")(a)'),
        ("max(a, b)", "max(a, b)"),
        ("sqrt(a)", "sqrt(a)"),
        ("ln(a)", "ln(a)"),
        ("log10(a)", "log_(rule(10))(a)"),
        ("log2(a)", "log_(rule(2))(a)"),
        ("tan(a)", "tan(a)"),
        ("softplus(a)", 'op("softplus")(a)'),
        ("e**a", "e^(a)"),
        ("2π*a", 'num("2") dot π dot a'),
        ("λ(a)", "λ dot a"),
    ],
)
def test_known_formulas(text: str, source: str):
    """Loosened only where brackets are a matter of taste: a sum's last term may be bracketed or not."""
    assert re.sub(r"\((num\([^)]*\))\)", r"\1", typst(text)) == re.sub(r"\((num\([^)]*\))\)", r"\1", source)


def test_a_power_of_a_fraction_keeps_its_brackets():
    """Typst binds a power more strongly than a fraction bar, so a/b squared would become a over b squared."""
    assert typst("(a/b)**2") == '((a) / (b))^(num("2"))'


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("w", "w"),
        ("x1", 'x_(name("1"))'),
        ("w_12", 'w_(name("12"))'),
        ("alpha", "alpha"),
        ("theta_0", 'theta_(name("0"))'),
        ("x1_2", 'x_(name("1, 2"))'),
        ("x_i", "x_(i)"),
        ("w_out", 'w_(name("out"))'),
        ("theta_k", "theta_(k)"),
        ("x1b", 'name("x1b")'),
        ('x_i"', 'name("x_i\\"")'),
        ("x_", 'name("x_")'),
        ("_1", 'name("_1")'),
        ("θ_1", 'θ_(name("1"))'),
        ('"', 'name("\\"")'),
        ('#read("a")1', 'name("#read(\\"a\\")")_(name("1"))'),
        ("rate", 'name("rate")'),
        ("rate2", 'name("rate")_(name("2"))'),
        ("ŷ", "hat(y)"),
        ("y\u0302", "hat(y)"),
        ("σ", "σ"),
    ],
)
def test_names_of_variables(name: str, source: str):
    assert variable(name) == source


@given(st.from_regex(r"[a-zA-Z_가-힣α-ω][a-zA-Z0-9_가-힣]{0,12}", fullmatch=True))
@settings(max_examples=80, deadline=None)
def test_every_name_can_be_set(name: str):
    math(variable(name), LOOK, 40)


@pytest.mark.parametrize("operation", ["add", "sub", "mul", "div", "pow", "neg", *FUNCTIONS])
def test_every_operation_has_a_symbol(operation: str):
    assert len(math(symbol(operation), LOOK, 40)) > 1
    if operation in ("add", "sub", "mul", "div", "pow"):
        for first in (True, False):
            assert 'num("2")' in symbol(operation, "2", first)
            assert len(math(symbol(operation, "2", first), LOOK, 40)) > 1


def test_a_constant_stands_on_its_own_side():
    assert symbol("sub", "1", True) == 'num("1") -'
    assert symbol("sub", "1", False) == '- num("1")'
    assert symbol("pow", "2", True) == 'num("2")^square'
    assert symbol("pow", "2", False) == 'square^num("2")'
