"""The formula reader: what it allows, and one sentence with the place for whatever it does not."""

import math
import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.formula.grammar import FUNCTIONS, Term, parse

WORDS = (
    "x w y ( ) + - * ** / , 1 2.5 1e3 0 lambda : ' . [ ] { } = < if else for in not True 1j # "
    "f' @ % // ^ ŷ 가 _ := await yield 0x 1_0 ; | √ ² ⁻¹ ⁿ · × ÷ − λ π e x₁ x̂ ½ ２ （"
)
PIECES = st.sampled_from([*FUNCTIONS, *WORDS.split(), " ", '"', "\\", "\n", "\t", "\0", "\ud800"])


def shape(term: Term) -> object:
    """A term as nested tuples of text."""
    return (term.operation, *map(shape, term.inputs)) if term.inputs else term.label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(w*x - y)**2", ("pow", ("sub", ("mul", "w", "x"), "y"), "2")),
        ("a*a", ("mul", "a", "a")),
        ("-x", ("neg", "x")),
        ("-2 + x", ("add", "-2", "x")),
        ("-2**2", ("neg", ("pow", "2", "2"))),
        ("x**-1.5", ("pow", "x", "-1.5")),
        ("+x/3", ("div", "x", "3")),
        ("--1", ("neg", "-1")),
        ("x - y - 1", ("sub", ("sub", "x", "y"), "1")),
        ("x**y**2", ("pow", "x", ("pow", "y", "2"))),
        ("sigmoid(w*x+b)", ("sigmoid", ("add", ("mul", "w", "x"), "b"))),
        ("max(a, b, c)", ("max", ("max", "a", "b"), "c")),
        ("relu(min(x, 1_000))", ("relu", ("min", "x", "1_000"))),
        ("  exp ( x )\n + 1e-3", ("add", ("exp", "x"), "1e-3")),
        ("가중치*ŷ", ("mul", "가중치", "ŷ")),
        # as people write them
        ("2x + 1", ("add", ("mul", "2", "x"), "1")),
        ("x(x+1)", ("mul", "x", ("add", "x", "1"))),
        ("x1(x+1)", ("mul", "x1", ("add", "x", "1"))),
        ("2(x+1)(x-1)", ("mul", ("mul", "2", ("add", "x", "1")), ("sub", "x", "1"))),
        ("w·x − b", ("sub", ("mul", "w", "x"), "b")),
        ("w × x ÷ 2", ("div", ("mul", "w", "x"), "2")),
        ("x² + 1", ("add", ("pow", "x", "2"), "1")),
        ("x⁻¹²", ("pow", "x", "-12")),
        ("xⁿ", ("pow", "x", "n")),
        ("(x+1)³", ("pow", ("add", "x", "1"), "3")),
        ("2x²y", ("mul", ("mul", "2", ("pow", "x", "2")), "y")),
        ("-x²", ("neg", ("pow", "x", "2"))),
        ("-2²", ("neg", ("pow", "2", "2"))),
        ("(-2)³", ("pow", "-2", "3")),
        ("-2x", ("mul", "-2", "x")),
        ("2^3^x", ("pow", "2", ("pow", "3", "x"))),
        ("|x|", ("abs", "x")),
        ("||x| - 1|", ("abs", ("sub", ("abs", "x"), "1"))),
        ("2|x||y|", ("mul", ("mul", "2", ("abs", "x")), ("abs", "y"))),
        ("|(|x|)y|", ("abs", ("mul", ("abs", "x"), "y"))),
        ("√x + √(y+1)", ("add", ("sqrt", "x"), ("sqrt", ("add", "y", "1")))),
        ("2√x", ("mul", "2", ("sqrt", "x"))),
        ("lambda*w + λ", ("add", ("mul", "λ", "w"), "λ")),
        ("theta_1 + θ_1", ("add", "θ_1", "θ_1")),
        ("µ + μ", ("add", "μ", "μ")),  # the sign of micro, and Greek
        ("y\u0302 + ŷ", ("add", "ŷ", "ŷ")),
        ("x₁ + x1", ("add", "x1", "x1")),
        ("（x＋２）", ("add", "x", "２")),
        ("2e + 2e3", ("add", ("mul", "2", "e"), "2e3")),
        ("2π r", ("mul", ("mul", "2", "π"), "r")),
        ("ln(x) + log10(x) + log2(x)", ("add", ("add", ("ln", "x"), ("log10", "x")), ("log2", "x"))),
        ("1/2*x", ("mul", ("div", "1", "2"), "x")),
        ("½x² − ¼", ("sub", ("mul", "½", ("pow", "x", "2")), "¼")),
        ("w₁x₁ + w₂x₂ + b", ("add", ("add", ("mul", "w1", "x1"), ("mul", "w2", "x2")), "b")),
        ("θ₀ + θ₁₂x", ("add", "θ0", ("mul", "θ12", "x"))),
        ("x₁_old + xᵢ", ("add", "x1_old", "x_i")),
        ("ReLU(SIN(x)) + Max(x, 1)", ("add", ("relu", ("sin", "x")), ("max", "x", "1"))),
        ("(1/2)x", ("mul", ("div", "1", "2"), "x")),
    ],
)
def test_reads(text: str, expected: object):
    assert shape(parse(text)[1]) == expected


def test_fractions_have_their_values():
    root = parse("½x + ¾")[1]
    assert (root.inputs[0].inputs[0].value, root.inputs[1].value) == (0.5, 0.75)


def test_columns_are_characters_not_bytes():
    formula, root = parse("가나*log(ŷ)")
    log = root.inputs[1]
    assert formula.text[log.start : log.end] == "log(ŷ)"


@pytest.mark.parametrize(
    ("text", "sentence", "marked"),
    [
        ("x +", "cannot be read: it ends where", "+"),
        ("(x", "never closed", "("),
        ("x)", "never opened", ")"),
        ("|x", "bar was never closed", "|"),
        ("* x", "a number or a name should stand here", "*"),
        ("x 2", "an operator is missing", "2"),
        ("np.exp(x)", r"write \* for a product, and exp\(x\) for np\.exp\(x\)\.", "."),
        ("x < 1", "A comparison", "<"),
        ("y = w*x", "to the right of it", "="),
        ("x and y", "The word and", "and"),
        ("x if y else 1", "The word if", "if"),
        ("x[0]", "round brackets instead of square", "["),
        ("{x}", "round brackets instead of curly", "{"),
        ("(x, y)", "A comma outside", ","),
        ("2,5*x", "write a decimal point", ","),
        ("f'{x}'", "Text is not", "'"),
        ("2 * 'a'", "Text is not", "'"),
        ("True + x", "The word True", "True"),
        ("x // 2", "should stand here", "/"),
        ("x % 2", "The sign % is not allowed", "%"),
        ("not x", "The word not", "not"),
        ("2½x", "an operator is missing", "½"),
        ("x½", "an operator is missing", "½"),
        ("x½ + 1", "an operator is missing", "½"),
        ("log_2(x)", "no function log_2. Did you mean log2", "log_2"),
        ("1e999 * x", "larger than a float64", "1e999"),
        ("9" * 350 + "*x", "larger than a float64", "9" * 350),
        ("x # note", "A comment", "#"),
        ("epx(x)", r"no function epx\. Did you mean exp\? A variable needs a \*", "epx"),
        ("__import__(x)", "no function __import__", "__import__"),
        ("exp", r"exp is a function: write exp\(…\)\.", "exp"),
        ("sin x", r"sin is a function: write sin\(…\)\.", "sin"),
        ("sin²(x)", r"write sin\(…\)\*\*2 for its square", "sin"),
        ("exp(x, y)", "takes one value, not 2", "exp(x, y)"),
        ("exp()", "takes one value, not 0", "exp()"),
        ("max(x)", "two or more values, not 1", "max(x)"),
        ("max(*x)", "should stand here", "*"),
        ("1/2x", "in two ways: write brackets around what is divided, or \\* before x", "1/2x"),
        ("y + x/2(x+1)", "or \\* before .x.1.", "x/2(x+1)"),
        ("√x²", r"in two ways: write sqrt\(…\) around", "√x²"),
        ("√2x", r"in two ways: write sqrt\(…\) around", "√2x"),
        ("x²⁺", r"write \*\* and the exponent in brackets", "²⁺"),
        ("a" * 25 + "*x", "has 25 letters: shorten it to 24", "a" * 25),
    ],
)
def test_refuses_and_points(text: str, sentence: str, marked: str):
    with pytest.raises(InputError, match=sentence) as caught:
        parse(text)
    _, shown, carets = str(caught.value).split("\n")
    start = carets.index("^") - 2
    assert shown[2:][start : start + carets.count("^")] == marked


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is empty"),
        (" \n\t", "is empty"),
        ("x\0", "Character 2"),
        ("\ud800", "Character 1"),
        ("x+" * 200 + "x", "401 characters"),
        ("x+" * 70 + "x", "more than 60 operations"),
        ("-" * 300 + "x", "nested too deeply"),
        ("+" * 399 + "x", "nested too deeply"),
        ("(" * 100 + "x" + ")" * 100, "nested too deeply"),
        ("exp(" * 90 + "x" + ")" * 10, "nested too deeply"),
        ("(" * 10_000 + "x" + ")" * 10_000, "20001 characters"),
        ("x" * 2_000_000, "2000000 characters"),
        ("x+" * 1_000_000 + "x", "2000001 characters"),
    ],
)
def test_refuses_what_is_out_of_bounds(text: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        parse(text)


def test_carets_stand_under_wide_characters():
    with pytest.raises(InputError) as caught:
        parse("가 + 나 + 1 다가나(x)")
    assert str(caught.value).split("\n")[2] == "  " + " " * 12 + "^" * 6


def test_names_that_have_a_value_come_before_what_they_might_be():
    """e is Euler's number until somebody calls a variable so, and a name with a value may stand before a bracket."""
    constant, variable = parse("2e")[1].inputs[1], parse("2e", ["e"])[1].inputs[1]
    assert (constant.operation, constant.value) == ("constant", math.e)
    assert (variable.operation, variable.label) == ("input", "e")
    assert shape(parse("rate(x+1)", ["rate"])[1]) == ("mul", "rate", ("add", "x", "1"))
    assert parse("pi*x")[1].inputs[0].value == parse("π*x")[1].inputs[0].value == math.pi
    assert shape(parse("log(x)", ["log"])[1]) == ("log", "x")
    assert shape(parse("Max(x+1)", ["Max", "x"])[1]) == ("mul", "Max", ("add", "x", "1"))


@given(
    st.text(max_size=60) | st.lists(PIECES, max_size=30).map("".join) | st.text(string.printable, max_size=40)
)
@settings(max_examples=600, deadline=None)
@example("\\\n")
@example("'\\d'+x")
@example("1if x else y")
@example("0777")
def test_any_text_gives_a_tree_or_a_sentence(text: str):
    try:
        formula, root = parse(text)
    except InputError:
        return
    assert all(0 <= term.start < term.end <= len(formula.text) for term in root.walk())
