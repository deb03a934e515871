"""From a recorder's name and parameters to a trace, through the cache."""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from engine.errors import InputError
from engine.trace import Trace
from pipeline import cache, scratch

TORCH_FOLDER = "TORCHINDUCTOR_CACHE_DIR"  # torch makes it as soon as it is asked for a derivative


def obtain(
    recorder: str,
    given: Mapping[str, Any],
    *,
    use_cache: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Trace:
    """Return the trace of ``recorder`` run with ``given`` parameters; a cached one is loaded without torch.

    progress: called with (steps done, steps in all) while the recorder runs.
    Raises InputError for parameters that cannot be used or whose numbers cannot be shown, RunError when the run fails.
    """
    from engine import declared, recorders

    resolved = recorders.resolve(recorder, given)
    path = cache.path_for(recorder, given, resolved)
    found = cache.load(path, recorder, given, resolved) if use_cache else None
    if found is not None:
        return found
    trace = run(recorder, given, progress)
    wrong = declared.problem(trace)
    if wrong is not None:  # numbers beyond all bounds: such a trace would be refused whenever it is read
        raise InputError(f"{recorder} cannot show this run ({wrong}): take other parameters.")
    if use_cache:
        cache.store(trace, path)
    return trace


def run(recorder: str, given: Mapping[str, Any], progress: Callable[[int, int], None] | None = None) -> Trace:
    """``recorders.run``; what torch leaves among the temporary files goes with this run of the program."""
    from engine import recorders

    with suppress(OSError):  # without a folder for temporary files torch does as it is used to
        os.environ.setdefault(TORCH_FOLDER, str(scratch.root() / "torch"))
    return recorders.run(recorder, given, progress=progress)
