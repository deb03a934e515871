"""The errors, as the engine has them, under the name of this package. Typed in _errors.pyi."""

from gradreel._own.engine import __version__
from gradreel._own.engine.errors import GradreelError, InputError, RunError

for _one in (GradreelError, InputError, RunError):
    _one.__module__ = "gradreel"  # what a traceback says, and where pickle looks

__all__ = ["GradreelError", "InputError", "RunError", "__version__"]
