"""The errors a user may meet. Each message is one sentence that says what is wrong and what to do."""

import difflib
from collections.abc import Iterable


class GradreelError(Exception):
    """Base of every error that ends the program with a sentence instead of a traceback."""

    exit_code = 1


class InputError(GradreelError):
    """What was given cannot be used: a parameter, an expression, a name or a file."""

    exit_code = 2


class RunError(GradreelError):
    """The input was fine but the run went wrong, for example a training that diverged."""

    exit_code = 1


def runaway(what: str, rate: float) -> RunError:
    """The error for a training whose numbers left all bounds; ``what`` says which and where."""
    return RunError(f"{what} at a learning rate of {rate:g}: take a smaller learning_rate.")


def nearest(name: str, known: Iterable[str], *, listed_max: int = 12) -> str:
    """Return a sentence for an unknown ``name``: the nearest known names, or else what is known.

    ``listed_max`` bounds the list when nothing is near, so that the message stays one readable line.
    """
    names = list(known)
    # What is much longer than any name is no slip of the pen, and comparing it would take long.
    near = len(name) <= 2 * max(map(len, names), default=0)
    close = difflib.get_close_matches(name, names, n=3) if near else []
    if close:
        return f"Did you mean {' or '.join(close)}?"
    if not names:
        return "There are none."
    more = f" and {len(names) - listed_max} more" if len(names) > listed_max else ""
    return f"Known: {', '.join(names[:listed_max])}{more}."
