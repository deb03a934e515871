"""Typst source: how a text stands in it, and the little that it may hold.

Whatever comes from outside, a name in a trace or the words of an author, becomes source through ``quote`` or
``escape`` only. ``check`` is the lock behind that door: before anything is compiled, all that is neither a string nor
escaped text has to be one of our own few words, so no text is ever read as a command.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.errors import RunError
from engine.text.echo import echo
from scenes.stage.provenance import Shown
from scenes.stage.style import ROLES
from scenes.stage.superscripts import LOWERED, RAISED

STRING = r'"(?:[^"\\]|\\[\s\S])*"'
NUMBER = re.compile(rf"num\(({STRING})\)")
# In formulas a digit may stand by itself only where it belongs to the rule itself, marked rule(2), in a name of the
# trace marked name("x1b"), or in the name of a tag. Indices and exponents are no exception.
FREE = re.compile(rf'rule\(\w+\)|tag\("[^"]*"|name\({STRING}\)')
MARKS = re.compile("[\U000f0000-\U0010ffff]")
FIELD = re.compile(rf"{STRING}|\{{(?P<field>\w+)\}}")
SUPER = "#super(typographic: false, size: 0.72em)["

# Words of Typst math that our formulas are made of; what is a name of something else is a string.
MATH_WORDS = frozenset(
    (
        *ROLES,
        *("rule", "num", "name", "word", "tag", "op", "index"),
        *(
            "alpha",
            "beta",
            "gamma",
            "delta",
            "epsilon",
            "zeta",
            "eta",
            "theta",
            "iota",
            "kappa",
            "lambda",
            "mu",
        ),
        *("nu", "xi", "pi", "rho", "sigma", "tau", "phi", "chi", "psi", "omega"),
        *(
            "exp",
            "log",
            "ln",
            "sin",
            "cos",
            "tan",
            "tanh",
            "max",
            "min",
            "sqrt",
            "abs",
            "norm",
            "hat",
            "floor",
        ),
        *("partial", "nabla", "sum", "dot", "dot.c", "dot.o", "dot.op", "dots", "dots.c", "dots.v"),
        *("times", "div", "approx", "in", "RR", "top", "underbrace", "arrow.l", "arrow.r", "arrow.r.long"),
        *("square", "square.filled", "square.stroked", "circle", "circle.filled", "circle.stroked"),
        *("thick", "quad", "wide"),
    )
)
_MATH = re.compile(
    rf"(?P<opens>#num\[)|(?P<word>[^\W\d_][^\W_]+(?:\.[^\W\d_][^\W_]*)*)|{STRING}|\\."
    r"|(?:(?!//|/\*|[^\W\d_]{2})[^#$\"\\`@])",
    re.DOTALL,
)
_MARKUP = re.compile(
    rf"(?P<opens>#(?:{'|'.join((*ROLES, 'rule', 'num', 'word', 'letter'))})\[|{re.escape(SUPER)}|#tag\(\"\w+\"\)\[)"
    rf"|(?P<closes>\];?)|#{STRING}|\\.|[^\\#$\"'\[\]@<>`*_~=/]",
    re.DOTALL,
)


def escape(text: str) -> str:
    """Plain text as Typst markup that shows exactly that text."""
    plain = "".join("\\" + c if c in "\\#$*_`@<>[]~=-+/.'\"" else c for c in text)
    return RAISED.sub(lambda m: f"{SUPER}{m[0].translate(LOWERED)}];", plain)


def quote(text: str) -> str:
    """Plain text as a Typst string literal."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def num(text: str) -> str:
    """A shown number as Typst math, with the marks of what it was read from (which `Explainer.math` takes out)."""
    return f"num({quote((text.marks if isinstance(text, Shown) else '') + text)})"


def unquote(literal: str) -> str:
    """The text of a string literal that `quote` wrote."""
    return re.sub(r"\\(.)", r"\1", literal[1:-1], flags=re.DOTALL)


def formula(source: str) -> str:
    """Typst math (without the dollar signs) as a source of its own; its numbers become upright text."""
    return f"$ {NUMBER.sub(_number, source)} $"


def _number(match: re.Match[str]) -> str:
    """`num("1.2×10³")` as upright text; in mathematics the power is attached, not raised text."""
    text = unquote(match[1])
    plain, power = RAISED.sub("", text), RAISED.search(text)
    raised = f"^(#num[{power[0].translate(LOWERED)}])" if power else ""
    return f"#num[{escape(plain)}]{raised}"


def with_numbers(source: str, fields: Mapping[str, str]) -> str:
    """`source` with the numbers `fields` in its `{name}` places; what stands in a string is left as it is."""
    return FIELD.sub(lambda m: num(fields[m["field"]]) if m["field"] else m[0], source)


def check(source: str) -> str:
    """`source`, when all of it is text, a number or one of our own words; else RunError.

    A source is a formula between "$ " and " $", or markup.
    """
    is_formula = source.startswith("$ ") and source.endswith(" $") and len(source) >= 4
    inside = source[2:-2] if is_formula else source
    at = depth = 0
    while at < len(inside):
        found = (_MATH if is_formula and depth == 0 else _MARKUP).match(inside, at)
        if found is None or (found.groupdict().get("word") or "square") not in MATH_WORDS:
            raise _refused(source, inside[at:])
        depth += bool(found["opens"]) - bool(found.groupdict().get("closes"))
        if depth < 0:
            raise _refused(source, inside[at:])
        at = found.end()
    if depth:
        raise _refused(source, "")
    return source


def _refused(source: str, rest: str) -> RunError:
    return RunError(
        f"A text of this film would be read as a command at '{echo(rest, 30)}', and is not drawn: "
        f"{echo(source)}. Record the trace anew."
    )
