"""Two numbers for one thing, digit by digit: how far they agree is seen before it is read."""

from __future__ import annotations

from collections.abc import Sequence

from scenes.parts.text.source import escape
from scenes.parts.text.typeset import Typeset
from scenes.stage.provenance import readings_of
from scenes.stage.style import Look


def agreeing(text: str, other: str) -> int:
    """How many characters two texts have in common from their beginning."""
    pairs = enumerate(zip(text, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(text), len(other)))


def side_by_side(
    look: Look, left: Sequence[str], right: Sequence[str], px: float, role: str
) -> tuple[list[Typeset], list[Typeset]]:
    """Both numbers of each pair; the digits that they share are in the colour of a role, the rest is muted."""

    def text(one: str, count: int) -> Typeset:
        rest = f"#muted[{escape(one[count:])}]" if count < len(one) else ""
        return Typeset(f"#{role}[{escape(one[:count])}]{rest}", look, px, readings=readings_of(one))

    counts = [agreeing(a, b) for a, b in zip(left, right, strict=True)]
    first, second = ([text(one, n) for one, n in zip(side, counts, strict=True)] for side in (left, right))
    return first, second
