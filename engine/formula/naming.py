"""Names of a graph's nodes: the user's own, the notes' for the default formula, else u1, u2, … and L."""

import itertools
from collections.abc import Iterator, Sequence

from engine.errors import InputError
from engine.formula.grammar import Term, normal_name, parse
from engine.formula.parameters import DEFAULT_EXPRESSION
from engine.text.echo import echo

NOTES_NAMES = "ŷ=w*x, s=w*x-y"  # notes 004, section 5.3
NAME_LENGTH_MAX = 12


def name_nodes(root: Term, terms: Sequence[Term], names: str) -> list[str]:
    """One name per term of ``terms`` (node order). InputError when ``names`` cannot be used.

    names: ``"p=w*x, s=w*x-y"`` names each part of the formula that has the same structure.
    """
    if not names.strip() and root.key == parse(DEFAULT_EXPRESSION)[1].key:
        names = NOTES_NAMES
    own = _own_names(names, root)
    taken = set(root.variables) | set(own.values())
    numbered = (f"u{k}" for k in itertools.count(1) if f"u{k}" not in taken)
    losses = itertools.chain(("L", "Loss"), (f"L{k}" for k in itertools.count(1)))
    loss = next(name for name in losses if name not in taken)
    return [_name(term, root, own, loss, numbered) for term in terms]


def _name(term: Term, root: Term, own: dict[object, str], loss: str, numbered: Iterator[str]) -> str:
    if term.operation in ("input", "constant"):
        return term.label
    if term.key in own:
        return own[term.key]
    return loss if term is root else next(numbered)


def _own_names(names: str, root: Term) -> dict[object, str]:
    own: dict[object, str] = {}
    parts = {term.key for term in root.walk() if term.inputs}
    for item in _split(names):
        name, equals, text = (piece.strip() for piece in item.partition("="))
        name = normal_name(name)
        if not equals or not name.isidentifier() or len(name) > NAME_LENGTH_MAX:
            raise InputError(
                f"names holds {echo(item.strip())}: write name=part of the formula, for example 'p=w*x, s=w*x-y'."
            )
        if name in root.variables or name in own.values():
            raise InputError(f"names gives {name} twice: choose a name that is not in use.")
        key = parse(text, root.variables)[1].key
        if key not in parts:
            raise InputError(
                f"names calls {echo(text)} {name}, which is no part of the expression: copy the part exactly."
            )
        own[key] = name
    return own


def _split(names: str) -> list[str]:
    """Cut at commas outside parentheses."""
    pieces, start, depth = [], 0, 0
    for place, one in enumerate(names):
        depth += {"(": 1, ")": -1}.get(one, 0)
        if one == "," and depth == 0:
            pieces.append(names[start:place])
            start = place + 1
    pieces.append(names[start:])
    return [piece for piece in pieces if piece.strip()]
