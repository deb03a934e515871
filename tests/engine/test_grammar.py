"""The formula reader: what it allows, and one sentence with the place for whatever it does not."""

import string

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.errors import InputError
from engine.grammar import FUNCTIONS, Term, parse

WORDS = (
    "x w y ( ) + - * ** / , 1 2.5 1e3 0 lambda : ' . [ ] { } = < if else for in not True 1j # "
    "f' @ % // ^ ŷ 가 _ := await yield 0x 1_0 ;"
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
    ],
)
def test_reads(text: str, expected: object):
    assert shape(parse(text)[1]) == expected


def test_columns_are_characters_not_bytes():
    formula, root = parse("가나*log(ŷ)")
    log = root.inputs[1]
    assert formula.text[log.start : log.end] == "log(ŷ)"


@pytest.mark.parametrize(
    ("text", "sentence", "marked"),
    [
        ("x +", "cannot be read", "+"),
        ("(x", "never closed", "("),
        ("x.real", r"An attribute is not allowed: use \+ - \* / \*\*", "x.real"),
        ("y + x.a", "An attribute", "x.a"),
        ("x < 1", "A comparison", "x < 1"),
        ("x and y", "'and' or 'or'", "x and y"),
        ("lambda: x", "A lambda", "lambda: x"),
        ("x if y else 1", "An if", "x if y else 1"),
        ("x[0]", "An index", "x[0]"),
        ("(x, y)", "A comma outside", "(x, y)"),
        ("[x]", "A list is not allowed", "[x]"),
        ("f'{x}'", "Text is not", "f'{x}'"),
        ("2 * 'a'", "Text is not", "'a'"),
        ("True + x", "True is not", "True"),
        ("x ^ 2", r"The operator \^", "x ^ 2"),
        ("x // 2", "The operator //", "x // 2"),
        ("x % 2", "The operator %", "x % 2"),
        ("not x", "'not' or ~ is not", "not x"),
        ("(z := x)", "An assignment", "z := x"),
        ("1j * x", "A complex number", "1j"),
        ("1e999 * x", "larger than a float64", "1e999"),
        ("9" * 350 + "*x", "larger than a float64", "9" * 350),
        ("x # note", "A comment", "#"),
        ("epx(x)", r"no function epx\. Did you mean exp\?", "epx"),
        ("__import__(x)", "no function __import__", "__import__"),
        ("exp", r"exp is a function: write exp", "exp"),
        ("exp(x, y)", "takes one value, not 2", "exp(x, y)"),
        ("exp()", "takes one value, not 0", "exp()"),
        ("max(x)", "two or more values, not 1", "max(x)"),
        ("exp(x=1)", "no named values", "exp(x=1)"),
        ("max(*x)", "A star", "*x"),
        ("2(x)", "multiplication needs a", "2(x)"),
        ("x.exp(1)", "Only functions", "x.exp(1)"),
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
        ("(" * 199 + "x" + ")" * 199 + "(", "cannot be read|nested"),
        ("exp(" * 90 + "x" + ")", "cannot be read|nested|more than"),
    ],
)
def test_refuses_what_is_out_of_bounds(text: str, sentence: str):
    with pytest.raises(InputError, match=sentence):
        parse(text)


def test_carets_stand_under_wide_characters():
    with pytest.raises(InputError) as caught:
        parse("가 + 나.다")
    assert str(caught.value).split("\n")[2] == "  " + " " * 5 + "^" * 5


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
