"""Reads a formula as people write it, against a list of what is allowed; nothing of it is ever evaluated as code.

What is allowed: + - * / **, brackets, numbers, names, and the functions in FUNCTIONS; also 2x, x(x+1), x², w·x − b,
|x|, √x and ^. Where mathematics itself can be read in two ways (1/2x, √x²) a sentence says so. Standard library only.
"""

import keyword
import math
import unicodedata
from collections.abc import Collection

from engine.errors import InputError, nearest
from engine.formula.cursor import ALLOWED, FUNCTIONS, Cursor
from engine.formula.notation import Token, normal_name
from engine.formula.terms import Formula, Term
from engine.text.echo import echo

__all__ = ["FUNCTIONS", "OPERATORS", "Formula", "Term", "normal_name", "parse"]

LENGTH_MAX = 400
NAME_MAX = 24

FOLDED = ("max", "min")  # take two or more values, from left to right
OPERATORS = {"+": "add", "-": "sub", "*": "mul", "/": "div", "**": "pow"}
CONSTANTS = {"e": math.e, "π": math.pi}  # unless a variable of that name is given
WORDS = frozenset(keyword.kwlist) - {"lambda", "as"}  # nobody calls a variable so; "x if y" is no product


def parse(text: str, names: Collection[str] = ()) -> tuple[Formula, Term]:
    """Return the formula and its tree. InputError points at the place of whatever is not allowed.

    names: variables that have a value: they may stand before a bracket, rate(x+1), and take e and π for themselves.
    """
    if len(text) > 10 * LENGTH_MAX:
        raise _too_long(text)
    formula = Formula("".join(" " if one.isspace() else one for one in text).strip())
    if not formula.text:
        raise InputError(f"The expression is empty: {ALLOWED}.")
    strange = next((k for k, one in enumerate(formula.text) if not one.isprintable()), None)
    if strange is not None:
        raise InputError(f"Character {strange + 1} of the expression cannot be shown or read: {ALLOWED}.")
    if len(formula.text) > LENGTH_MAX:
        raise _too_long(formula.text)
    return formula, _Reader(formula, frozenset(map(normal_name, names))).read()


def _too_long(text: str) -> InputError:
    return InputError(f"The expression has {len(text)} characters: shorten it to {LENGTH_MAX}.")


class _Reader(Cursor):
    """Turns tokens into terms, by descent."""

    def __init__(self, formula: Formula, names: frozenset[str]) -> None:
        super().__init__(formula)
        self.names, self.bars = names, 0

    # -- sums, products, powers ------------------------------------------------------------------------------------

    def read(self) -> Term:
        """The whole formula."""
        term = self.sum()
        if self.token.kind == ")":
            raise self.error("The expression cannot be read: this bracket was never opened.", self.token)
        if self.token.kind == ",":
            raise self.comma()
        if self.token.kind != "end":
            raise self.misplaced()
        return term

    def sum(self) -> Term:
        start, left = self.token.start, self.product()
        while self.token.kind in ("+", "-"):
            name = OPERATORS[self.take().kind]
            left = self.operation(name, start, left, self.product())
        return left

    def product(self) -> Term:
        """Factors with * and / between them, or with nothing between them."""
        start, left = self.token.start, self.signed()
        divided = False
        while True:
            if self.token.kind in ("*", "/"):
                divided = self.take().kind == "/"
                name, right = "div" if divided else "mul", self.signed()
            elif self.begins_factor():
                name, right = "mul", self.beside(start, divided)
            else:
                return left
            left = self.operation(name, start, left, right)

    def begins_factor(self) -> bool:
        opens = self.token.kind == "|" and not self.bars
        return opens or self.token.kind in ("number", "name", "(", "√")

    def beside(self, start: int, divided: bool) -> Term:
        """A factor that stands beside the one before, without a sign between them."""
        first = self.token
        if first.kind == "number":
            sentence = "The expression cannot be read: an operator is missing before this number."
            raise self.error(sentence, first)
        factor = self.power()
        if divided:
            sentence = "This can be read in two ways: write brackets around what is divided, or * before"
            raise self.formula.error(f"{sentence} {self.text_of(first)}.", start, self.end)
        return factor

    def text_of(self, first: Token) -> str:
        return self.formula.text[first.start : self.end]

    def signed(self) -> Term:
        """A power with any signs before it; the sign of a number alone belongs to the number."""
        sign = self.token
        if sign.kind not in ("+", "-"):
            return self.power()
        self.take()
        number = self.token
        if (
            sign.kind == "-"
            and number.kind == "number"
            and self.tokens[self.at + 1].kind not in ("**", "raised")
        ):
            constant = self.number(self.take())
            return Term("constant", sign.start, constant.end, (), f"-{constant.label}", -constant.value)
        self.deeper(sign)
        inner = self.signed()
        self.depth -= 1
        return inner if sign.kind == "+" else self.operation("neg", sign.start, inner)

    def power(self) -> Term:
        start, base = self.token.start, self.factor()
        while self.token.kind == "raised":
            base = self.operation("pow", start, base, self.raised(self.take()))
        if self.token.kind != "**":
            return base
        self.deeper(self.take())
        exponent = self.signed()
        self.depth -= 1
        return self.operation("pow", start, base, exponent)

    def raised(self, token: Token) -> Term:
        """The exponent that a superscript is: a whole number or one letter."""
        digits = token.text.lstrip("+-")
        sign = token.text[: len(token.text) - len(digits)]
        if digits.isascii() and digits.isdigit() and len(sign) <= 1:
            label = token.text.lstrip("+")
            return Term("constant", token.start, token.end, (), label, self.finite(label, token))
        if len(digits) == 1 and digits.isalpha() and not sign:
            return self.variable(Token("name", digits, token.start, token.end))
        raise self.error("This exponent cannot be read: write ** and the exponent in brackets.", token)

    # -- factors ---------------------------------------------------------------------------------------------------

    def factor(self) -> Term:
        """A number, a variable, a function of something, or something in brackets or bars."""
        token = self.take()
        if token.kind == "number":
            return self.number(token)
        if token.kind == "name":
            return self.call(token) if self.is_call(token) else self.variable(token)
        if token.kind == "(":
            return self.bracket(token)
        if token.kind == "|":
            return self.absolute(token)
        if token.kind == "√":
            return self.root(token)
        if token.kind != "end":
            self.at -= 1
        raise self.misplaced()

    def bracket(self, opening: Token) -> Term:
        term = self.inside(opening)
        if self.token.kind == ",":
            raise self.comma()
        self.close(opening)
        return term

    def inside(self, opening: Token) -> Term:
        """A sum after an opening bracket, where bars begin anew."""
        self.deeper(opening)
        bars, self.bars = self.bars, 0
        term = self.sum()
        self.depth -= 1
        self.bars = bars
        return term

    def close(self, opening: Token) -> None:
        if self.token.kind not in (")", "end"):
            raise self.misplaced()
        if self.take().kind == "end":
            raise self.error("The expression cannot be read: this bracket was never closed.", opening)

    def absolute(self, opening: Token) -> Term:
        self.deeper(opening)
        self.bars += 1
        term = self.sum()
        self.bars -= 1
        self.depth -= 1
        if self.token.kind not in ("|", "end"):
            raise self.misplaced()
        if self.take().kind == "end":
            raise self.error("The expression cannot be read: this bar was never closed.", opening)
        return self.operation("abs", opening.start, term)

    def root(self, sign: Token) -> Term:
        """What stands right behind √; more than that without brackets could be under it or not."""
        self.deeper(sign)
        bare = self.token.kind != "("
        term = self.factor()
        self.depth -= 1
        if self.token.kind in ("raised", "**") or (bare and self.begins_factor()):
            self.take()
            sentence = "This can be read in two ways: write sqrt(…) around what is under the root."
            raise self.formula.error(sentence, sign.start, self.end)
        return self.operation("sqrt", sign.start, term)

    def number(self, token: Token) -> Term:
        label = self.formula.text[token.start : token.end]
        return Term("constant", token.start, token.end, (), label, self.finite(token.text, token))

    def finite(self, text: str, token: Token) -> float:
        value = float(text)
        if math.isinf(value):
            raise self.error("The number is larger than a float64 holds: use a smaller one.", token)
        return value

    def variable(self, token: Token) -> Term:
        name = normal_name(token.text)
        if name in FUNCTIONS:
            raised = self.token.kind in ("raised", "**")
            how = f"{name}(…)**2 for its square" if raised else f"{name}(…)"
            raise self.error(f"{name} is a function: write {how}.", token)
        if token.text in WORDS:
            raise self.error(f"The word {token.text} is not allowed: {ALLOWED}.", token)
        if len(name) > NAME_MAX:
            raise self.error(f"The name has {len(name)} letters: shorten it to {NAME_MAX}.", token)
        if name in CONSTANTS and name not in self.names:
            return Term("constant", token.start, token.end, (), name, CONSTANTS[name])
        return Term("input", token.start, token.end, (), name)

    # -- functions -------------------------------------------------------------------------------------------------

    def is_call(self, token: Token) -> bool:
        """Whether a name before a bracket is a function: x(x+1) is a product, and so is what has a value."""
        if self.token.kind != "(":
            return False
        name = normal_name(token.text)
        if name in FUNCTIONS:
            return True
        if name in self.names or name in CONSTANTS:
            return False
        if name.lower() in FUNCTIONS:
            return True
        letter = name.rstrip("0123456789_")
        return len(unicodedata.normalize("NFC", letter)) > 1 and not unicodedata.combining(letter[1])

    def call(self, token: Token) -> Term:
        """A function of what stands in brackets; ReLU, Max and SIN are relu, max and sin."""
        name = normal_name(token.text)
        name = name.lower() if name.lower() in FUNCTIONS else name
        if name not in FUNCTIONS:
            hint = nearest(name, FUNCTIONS, listed_max=len(FUNCTIONS))
            sentence = f"There is no function {echo(name)}. {hint} A variable needs a * before the bracket."
            raise self.error(sentence, token)
        opening = self.take()
        values = self.values(opening)
        if name not in FOLDED:
            if len(values) != 1:
                raise self.counted(f"{name} takes one value, not {len(values)}.", token)
            return self.operation(name, token.start, values[0])
        if len(values) < 2:
            raise self.counted(f"{name} takes two or more values, not {len(values)}.", token)
        folded = values[0]
        for value in values[1:]:
            folded = self.operation(name, token.start, folded, value)
        return folded

    def values(self, opening: Token) -> list[Term]:
        """What stands between a function's brackets, comma by comma."""
        if self.token.kind == ")":
            self.take()
            return []
        values = [self.inside(opening)]
        while self.token.kind == ",":
            self.take()
            values.append(self.inside(opening))
        self.close(opening)
        return values
