"""From a recorder's name and parameters to a trace, through the cache."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.trace import Trace
from pipeline import cache


def obtain(
    recorder: str,
    given: Mapping[str, Any],
    *,
    use_cache: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Trace:
    """Return the trace of ``recorder`` run with ``given`` parameters; a cached one is loaded without torch.

    progress: called with (steps done, steps in all) while the recorder runs.
    Raises InputError for a parameter that cannot be used, RunError when the run itself fails.
    """
    from engine import recorders

    resolved = recorders.resolve(recorder, given)
    path = cache.path_for(recorder, given, resolved)
    found = cache.load(path, recorder) if use_cache else None
    if found is not None:
        return found
    trace = recorders.run(recorder, given, progress=progress)
    if use_cache:
        cache.store(trace, path)
    return trace
