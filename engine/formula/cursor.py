"""Where a reader of a formula stands: the token before it, what it has counted, and the errors that point there.

Standard library only.
"""

from engine.errors import InputError
from engine.formula.notation import Token, tokens
from engine.formula.terms import Formula, Term
from engine.text.echo import echo

OPERATIONS_MAX = 60
DEPTH_MAX = 60
FUNCTIONS = (
    *("exp", "log", "ln", "log10", "log2", "sin", "cos", "tan", "tanh"),
    *("sigmoid", "relu", "softplus", "abs", "sqrt", "max", "min"),
)
ALLOWED = f"use + - * / **, brackets, numbers, names and {', '.join(FUNCTIONS)}"
STRANGE = {
    "=": "An equals sign is not allowed: give only what stands to the right of it.",
    "<": "A comparison is not allowed",
    ">": "A comparison is not allowed",
    "#": "A comment is not allowed here",
    ".": "A point that belongs to no number cannot be read: write * for a product, and exp(x) for np.exp(x).",
    "[": "Write round brackets instead of square ones.",
    "]": "Write round brackets instead of square ones.",
    "{": "Write round brackets instead of curly ones.",
    "}": "Write round brackets instead of curly ones.",
    "'": "Text is not allowed",
    '"': "Text is not allowed",
}


class Cursor:
    """A place in a formula's tokens. It counts operations and depth, so that no input can run away."""

    def __init__(self, formula: Formula) -> None:
        self.formula = formula
        self.tokens = list(tokens(formula.text))
        self.at = self.operations = self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        """The token here; the reader goes on to the next."""
        taken = self.token
        self.at += taken.kind != "end"
        return taken

    @property
    def end(self) -> int:
        """The column where the last taken token ends."""
        return self.tokens[self.at - 1].end

    def operation(self, name: str, start: int, *inputs: Term) -> Term:
        self.operations += 1
        if self.operations > OPERATIONS_MAX:
            raise InputError(f"The expression has more than {OPERATIONS_MAX} operations: shorten it.")
        return Term(name, start, self.end, inputs)

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEPTH_MAX:
            raise self.error("The expression is nested too deeply: shorten it.", token)

    def counted(self, sentence: str, token: Token) -> InputError:
        return self.formula.error(sentence, token.start, self.end)

    def comma(self) -> InputError:
        sentence = "A comma outside a function is not allowed: write a decimal point in numbers."
        return self.error(sentence, self.token)

    def misplaced(self) -> InputError:
        """The error for the token here, which cannot stand here."""
        token = self.token
        if token.kind == "end":
            last = len(self.formula.text) - 1
            sentence = "The expression cannot be read: it ends where a number or a name should stand."
            return self.formula.error(sentence, last, last + 1)
        if token.kind == "strange":
            said = STRANGE.get(token.text, f"The sign {echo(token.text)} is not allowed")
            return self.error(said if said.endswith(".") else f"{said}: {ALLOWED}.", token)
        return self.error("The expression cannot be read: a number or a name should stand here.", token)

    def error(self, sentence: str, token: Token) -> InputError:
        return self.formula.error(sentence, token.start, token.end)
