"""Reads a formula with Python's ast against an allow list and never evaluates it. Standard library only.

What is allowed: + - * / **, parentheses, numbers, names, and the functions in FUNCTIONS.
"""

import ast
import math
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import InputError, nearest

LENGTH_MAX = 400
OPERATIONS_MAX = 60
DEPTH_MAX = 100

FUNCTIONS = ("exp", "log", "sin", "cos", "tanh", "sigmoid", "relu", "abs", "sqrt", "max", "min")
FOLDED = ("max", "min")  # take two or more values, from left to right
OPERATORS: dict[type[ast.operator], str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.Div: "div",
    ast.Pow: "pow",
}
ALLOWED = f"use + - * / **, parentheses, numbers, names and {', '.join(FUNCTIONS)}"
FORBIDDEN: dict[type[ast.AST], str] = {
    ast.Attribute: "an attribute",
    ast.Compare: "a comparison",
    ast.BoolOp: "'and' or 'or'",
    ast.Lambda: "a lambda",
    ast.IfExp: "an if",
    ast.Subscript: "an index",
    ast.Tuple: "a comma outside a function",
    ast.JoinedStr: "text",
    ast.NamedExpr: "an assignment",
    ast.UnaryOp: "'not' or ~",
    ast.List: "a list",
    ast.Starred: "a star before a value",
    ast.BitXor: "the operator ^",
    ast.FloorDiv: "the operator //",
    ast.Mod: "the operator %",
    ast.MatMult: "the operator @",
}


@dataclass(frozen=True)
class Formula:
    """The text as typed, one line. Columns below count its characters from 0."""

    text: str

    def error(self, sentence: str, start: int, end: int) -> InputError:
        """``sentence`` with the formula and carets under its characters ``start`` to ``end``."""
        before, marked = self.text[:start], self.text[start : max(end, start + 1)]
        carets = "^" * max(_columns(marked), 1)
        return InputError(f"{sentence}\n  {self.text}\n  {' ' * _columns(before)}{carets}")


@dataclass(frozen=True)
class Term:
    """A constant, a variable (``operation`` is "constant" or "input") or an operation on ``inputs``.

    label: a variable's name, or a constant as typed.  start, end: its columns in the formula.
    """

    operation: str
    start: int
    end: int
    inputs: tuple["Term", ...] = ()
    label: str = ""
    value: float = 0.0

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for structurally equal terms, wherever they stand."""
        name = self.label if self.operation == "input" else self.value
        return (self.operation, name, *(one.key for one in self.inputs))

    def walk(self) -> Iterator["Term"]:
        """Every term in the order of evaluation, inputs before what uses them, repeats included."""
        for one in self.inputs:
            yield from one.walk()
        yield self

    @property
    def variables(self) -> tuple[str, ...]:
        """The names used, in order of first use."""
        return tuple(dict.fromkeys(one.label for one in self.walk() if one.operation == "input"))


def parse(text: str) -> tuple[Formula, Term]:
    """Return the formula and its tree. InputError points at the place of whatever is not allowed."""
    formula = Formula("".join(" " if one.isspace() else one for one in text).strip())
    if not formula.text:
        raise InputError(f"The expression is empty: {ALLOWED}.")
    strange = next((k for k, one in enumerate(formula.text) if not one.isprintable()), None)
    if strange is not None:
        raise InputError(f"Character {strange + 1} of the expression cannot be shown or read: {ALLOWED}.")
    if len(formula.text) > LENGTH_MAX:
        raise InputError(f"The expression has {len(formula.text)} characters: shorten it to {LENGTH_MAX}.")
    return formula, _Reader(formula).read(_syntax_tree(formula))


def normal_name(name: str) -> str:
    """A name as Python's own parser would spell it (NFKC), so that ŷ typed in two ways is one name."""
    return unicodedata.normalize("NFKC", name)


def _columns(text: str) -> int:
    """Terminal columns: Hangul and other wide characters take two, combining marks none."""
    wide = sum(unicodedata.east_asian_width(one) in "WF" for one in text)
    return len(text) + wide - sum(unicodedata.combining(one) > 0 for one in text)


def _syntax_tree(formula: Formula) -> ast.expr:
    comment = formula.text.find("#")
    if comment >= 0:
        raise formula.error(f"A comment is not allowed here: {ALLOWED}.", comment, comment + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a doubtful literal is an error here, not a line on stderr
            return ast.parse(formula.text, mode="eval").body
    except SyntaxError as error:
        # Python counts from 1, and gives 0 when the text ends too early.
        start = min((error.offset or LENGTH_MAX + 1) - 1, len(formula.text) - 1)
        raise formula.error(
            f"The expression cannot be read ({error.msg}): {ALLOWED}.", start, start + 1
        ) from error
    except (ValueError, Warning) as error:
        raise InputError(f"The expression holds characters that cannot be read: {ALLOWED}.") from error
    except (RecursionError, MemoryError) as error:
        raise InputError("The expression is nested too deeply: shorten it.") from error


class _Reader:
    """Turns Python's tree into terms; counts operations and depth so that no input can run away."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self.bytes = formula.text.encode("utf-8")
        self.operations = 0

    def read(self, node: ast.expr, depth: int = 0) -> Term:
        if depth > DEPTH_MAX:
            raise self.error("The expression is nested too deeply: shorten it.", node)
        match node:
            case ast.Constant():
                return self.constant(node)
            case ast.Name():
                return self.variable(node)
            case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as literal):
                return self.constant(literal, negative=node)
            case ast.UnaryOp(op=ast.USub()):
                return self.operation("neg", node, self.read(node.operand, depth + 1))
            case ast.UnaryOp(op=ast.UAdd()):
                return self.read(node.operand, depth + 1)
            case ast.BinOp() if type(node.op) in OPERATORS:
                left, right = self.read(node.left, depth + 1), self.read(node.right, depth + 1)
                return self.operation(OPERATORS[type(node.op)], node, left, right)
            case ast.Call():
                return self.call(node, depth)
        what = node.op if isinstance(node, ast.BinOp) else node
        raise self.error(f"{_capital(FORBIDDEN.get(type(what), 'this'))} is not allowed: {ALLOWED}.", node)

    def constant(self, node: ast.Constant, negative: ast.UnaryOp | None = None) -> Term:
        if isinstance(node.value, complex):
            raise self.error("A complex number is not allowed: use real numbers.", node)
        if isinstance(node.value, bool) or not isinstance(node.value, int | float):
            what = "Text" if isinstance(node.value, str | bytes) else str(node.value)
            raise self.error(f"{what} is not allowed: {ALLOWED}.", node)
        start, end = self.span(node)
        label = self.formula.text[start:end]
        try:
            value = float(node.value)
        except OverflowError:
            value = math.inf
        if math.isinf(value):
            raise self.error("The number is larger than a float64 holds: use a smaller one.", node)
        if negative is not None:
            return Term("constant", self.span(negative)[0], end, label=f"-{label}", value=-value)
        return Term("constant", start, end, label=label, value=value)

    def variable(self, node: ast.Name) -> Term:
        if node.id in FUNCTIONS:
            raise self.error(f"{node.id} is a function: write {node.id}(…).", node)
        return Term("input", *self.span(node), label=node.id)

    def call(self, node: ast.Call, depth: int) -> Term:
        if not isinstance(node.func, ast.Name):
            raise self.error("Only functions can be called; multiplication needs a *.", node)
        name = node.func.id
        if name not in FUNCTIONS:
            raise self.error(f"There is no function {name}. {nearest(name, FUNCTIONS)}", node.func)
        if node.keywords:
            raise self.error(f"{name} takes no named values: write {name}(…).", node)
        values = [self.read(one, depth + 1) for one in node.args]
        if name not in FOLDED:
            if len(values) != 1:
                raise self.error(f"{name} takes one value, not {len(values)}.", node)
            return self.operation(name, node, values[0])
        if len(values) < 2:
            raise self.error(f"{name} takes two or more values, not {len(values)}.", node)
        folded = values[0]
        for value in values[1:]:
            folded = self.operation(name, node, folded, value)
        return folded

    def operation(self, name: str, node: ast.expr, *inputs: Term) -> Term:
        self.operations += 1
        if self.operations > OPERATIONS_MAX:
            raise InputError(f"The expression has more than {OPERATIONS_MAX} operations: shorten it.")
        return Term(name, *self.span(node), inputs=inputs)

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Columns in characters; Python's tree counts bytes of UTF-8."""
        end = node.end_col_offset if node.end_col_offset is not None else node.col_offset + 1
        return len(self.bytes[: node.col_offset].decode()), len(self.bytes[:end].decode())

    def error(self, sentence: str, node: ast.expr) -> InputError:
        return self.formula.error(sentence, *self.span(node))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
