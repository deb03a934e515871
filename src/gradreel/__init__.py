"""Films of deep learning in which torch computed every number you see.

``record`` gives a Trace of your own model, or of a scene's run; ``film`` makes a film of it, which plays in a
notebook; ``scenes`` lists what there is; ``verify`` computes every number of a film again. See docs/python.md.

Importing this loads nothing: what a name needs is loaded when it is first used. An installation adds no other name to
an environment; ``engine``, ``scenes`` and ``pipeline`` may be packages of your own.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gradreel._errors import GradreelError, InputError, RunError, __version__
    from gradreel._film import Film, film
    from gradreel._record import record
    from gradreel._scenes import Beat, Parameter, Scene, scenes
    from gradreel._traces import ModelFailed, Node, Series, Trace
    from gradreel._verify import Report, verify

__all__ = [
    "Beat",
    "Film",
    "GradreelError",
    "InputError",
    "ModelFailed",
    "Node",
    "Parameter",
    "Report",
    "RunError",
    "Scene",
    "Series",
    "Trace",
    "__version__",
    "film",
    "record",
    "scenes",
    "verify",
]

_WHERE = {
    "_errors": ("GradreelError", "InputError", "RunError", "__version__"),
    "_film": ("Film", "film"),
    "_record": ("record",),
    "_scenes": ("Beat", "Parameter", "Scene", "scenes"),
    "_traces": ("ModelFailed", "Node", "Series", "Trace"),
    "_verify": ("Report", "verify"),
}


if not TYPE_CHECKING:  # a type checker that sees it takes every name for one that is there

    def __getattr__(name: str) -> Any:
        """What ``name`` stands for, loaded now and kept."""
        for module, names in _WHERE.items():
            if name in names:
                found = getattr(import_module(f"{__name__}.{module}"), name)
                globals()[name] = found
                return found
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}: it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return [*__all__]


def house() -> Path:
    """The folder that holds ``render.py``: inside this package when installed, the checkout when editable."""
    here = Path(__file__).resolve().parent
    installed = here / "house"
    return installed if installed.is_dir() else here.parents[1]


def main() -> None:
    """The command ``gradreel``: the same as ``python render.py``, with the process's own arguments."""
    sys.path.insert(0, str(house()))
    from engine.files import stopping

    stopping.listen_early()
    from render import main as run

    run()
