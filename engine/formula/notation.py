"""The signs of a formula as people write them: 2x, x², w·x − b, |x|, √x, λ. Cut into tokens; standard library only."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.text.composed import half_width

GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "zeta": "ζ", "eta": "η", "theta": "θ",
    "iota": "ι", "kappa": "κ", "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "pi": "π", "rho": "ρ", "sigma": "σ",
    "tau": "τ", "phi": "φ", "chi": "χ", "psi": "ψ", "omega": "ω",
}  # fmt: skip
SAME = {
    **dict.fromkeys("·⋅∙•∗×✕", "*"),
    **dict.fromkeys("÷∕⁄∶", "/"),
    **dict.fromkeys("−–—‐", "-"),
    **dict.fromkeys("∣ǀ", "|"),
}
FRACTIONS = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
LOW_LETTERS = re.compile("(?<!_)([ₐₑₒₓₔₕₖₗₘₙₚₛₜᵢᵣᵤᵥᵦᵧᵨᵩᵪⱼ]+)")
NUMBER = re.compile(r"(\d+(_\d+)*\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
INDEXED_GREEK = re.compile(rf"^({'|'.join(GREEK)})(?=_?\d*$)")
OPERATORS = ("**", "^", "+", "-", "*", "/", "(", ")", ",", "|", "√")


@dataclass(frozen=True)
class Token:
    """kind: "number", "name", "raised" (a superscript), "end", "strange" (no sign of a formula), or an operator itself.

    text: in plain signs, ``-1`` for ⁻¹.  start, end: its columns in the formula.
    """

    kind: str
    text: str
    start: int
    end: int


def normal_name(name: str) -> str:
    """One spelling for each name (NFKC, Greek as a letter): ŷ typed in two ways, x₁ and x1, λ and lambda agree.

    A low letter gets a _ before it: xᵢ is x_i, and not the letters of ξ.
    """
    spelled = unicodedata.normalize("NFKC", LOW_LETTERS.sub(r"_\1", name))
    return INDEXED_GREEK.sub(lambda m: GREEK[m[1]], spelled)


def tokens(text: str) -> Iterator[Token]:
    """The tokens of one line of text, and an "end" after the last."""
    plain = "".join(map(_plain, text))
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        kind, end = _next(text, plain, at)
        signs = "".join(map(_base, text[at:end])) if kind == "raised" else plain[at:end]
        yield Token("**" if kind == "^" else kind, fraction(text[at]) or signs, at, end)
        at = end
    yield Token("end", "", len(text), len(text))


def _next(text: str, plain: str, at: int) -> tuple[str, int]:
    """Kind and end of the token that begins at ``at``."""
    number = NUMBER.match(plain, at)
    if number is not None:
        return "number", number.end()
    if _base(text[at]):
        return "raised", _run(text, at, lambda sign: bool(_base(sign)))
    if fraction(text[at]):
        return "number", at + 1
    if text[at].isalpha() or text[at] == "_":
        return "name", _end_of_name(text, at)
    operator = next((one for one in OPERATORS if plain.startswith(one, at)), None)
    return (operator, at + len(operator)) if operator else ("strange", at + 1)


def _run(text: str, at: int, belongs: Callable[[str], bool]) -> int:
    return next((k for k in range(at, len(text)) if not belongs(text[k])), len(text))


def _end_of_name(text: str, at: int) -> int:
    """Where the name ends: at a sign of another kind, or where a letter follows a low sign, w₁x₁ is w₁ times x₁."""
    end = _run(text, at, _in_name)
    return next(
        (k for k in range(at + 1, end) if _low(text[k - 1]) and text[k].isalpha() and not _low(text[k])), end
    )


def _low(sign: str) -> bool:
    return unicodedata.decomposition(sign).startswith("<sub>")


def fraction(sign: str) -> str:
    """The number that ½, ¾ and their like are, in digits; "" for any other sign."""
    return str(unicodedata.numeric(sign)) if sign in FRACTIONS else ""


def _in_name(sign: str) -> bool:
    """Letters, digits, low digits, _ and the marks on letters; a raised digit, a dot and ½ end a name."""
    if unicodedata.decomposition(sign).startswith("<fraction>"):
        return False
    return not _base(sign) and (sign.isalnum() or sign == "_" or unicodedata.category(sign)[0] == "M")


def _plain(sign: str) -> str:
    return SAME.get(sign, half_width(sign))


def _base(sign: str) -> str:
    """What a raised sign is when it is not raised: 2 of ², n of ⁿ; "" for any other sign."""
    kind, _, code = unicodedata.decomposition(sign).partition(" ")
    if kind != "<super>" or " " in code:
        return ""
    return SAME.get(chr(int(code, 16)), chr(int(code, 16)))
