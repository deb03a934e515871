"""The errors that a user may meet. The classes are the engine's, which type checkers cannot see (_own.py)."""

__all__ = ["GradreelError", "InputError", "RunError", "__version__"]

__version__: str

class GradreelError(Exception):
    """Base of every error of gradreel: one sentence that says what is wrong and what to do."""

    exit_code: int

class InputError(GradreelError):
    """What was given cannot be used: a parameter, an expression, a name or a file."""

    exit_code: int

class RunError(GradreelError):
    """The input was fine but the run went wrong, for example a training that diverged."""

    exit_code: int
