"""Checks a clip against the numbers file beside it, and that file against a fresh run of the recorder."""

from pathlib import Path
from typing import TYPE_CHECKING

from engine import recorders
from engine.errors import GradreelError, InputError
from engine.files import regular
from engine.text.echo import echo
from pipeline import beside, json_records, numbers, repeated
from pipeline.near import near
from pipeline.repeated import Report

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.numbers import Numbers


def verify(given: Path) -> Report:
    """Check the clip or lecture ``given`` (or what lies beside it). Recorders run again; no cache is used.

    Raises InputError when there is no such clip or its numbers file cannot be read.
    """
    from pipeline.lecture import verify as lectures
    from pipeline.replay import film_differences

    if not regular.is_regular(given):
        raise InputError(
            f"There is no file {echo(given)}: give a clip that render made, or its numbers file."
        )
    if lectures.beside(given).is_file():
        return lectures.check(lectures.beside(given))
    path = numbers.beside(given)
    told = numbers.read(path)
    clip = path.parent / told.clip if given == path else given
    resolved = told.params.get("resolved")
    kept = recorders.unrepeatable(told.recorder, resolved) if isinstance(resolved, dict) else None
    if kept is not None:
        return _kept_only(told, path, clip, kept)
    fresh = repeated.run_again(told, path)
    changed = repeated.elsewhere(told.environment, fresh.environment)
    differences = [
        *repeated.file_differences(told.files, (told.clip, clip.name), path.parent),
        *repeated.record_differences(told, fresh),
    ]
    if changed:
        stored, found = _near_differences(told, fresh, path)
        differences += found
    else:
        stored, found = None, list(repeated.exact_differences(told, fresh))
        differences += found
    # The film is made again from the very numbers that it was made from, where they are at hand.
    exact = not changed or stored is not None
    differences += film_differences(told, stored or fresh, path.parent, exact=exact)
    return Report(
        clip, not changed, len(told.files), len(told.digests), len(told.rows), tuple(differences), changed
    )


def _kept_only(told: "Numbers", path: Path, clip: Path, why: str) -> Report:
    """Everything but the run itself: files, the trace beside the clip, and that the film shows its numbers."""
    from pipeline.replay import film_differences

    stored, differences = _stored(told, path)
    differences = [*repeated.file_differences(told.files, (told.clip, clip.name), path.parent), *differences]
    if stored is not None:
        differences += film_differences(told, stored, path.parent, exact=True)
    counts = len(told.files), len(told.digests), len(told.rows)
    return Report(clip, True, *counts, tuple(differences), kept=why)


def _near_differences(told: "Numbers", fresh: "Trace", path: Path) -> "tuple[Trace | None, list[str]]":
    """The stored trace, once its own digests prove that the clip was made from it, and how far it is from ``fresh``."""
    stored, found = _stored(told, path)
    if stored is not None:
        for name in told.digests:
            if name in fresh and not near(stored[name].values, fresh[name].values):
                found.append(f"Series {echo(name)} is not what the recorder gives.")
    return stored, found


def _stored(told: "Numbers", path: Path) -> "tuple[Trace | None, list[str]]":
    """The trace beside the clip, and why it is not the one that the clip was made from."""
    from engine.trace import Trace

    place = path.with_name(path.name.removesuffix(numbers.SUFFIX) + beside.TRACE)
    try:
        stored = Trace.load(place)
    except GradreelError as error:
        return None, [f"The stored trace cannot be compared: {error}"]
    if json_records.plain(stored.params) != told.params or stored.recorder != told.recorder:
        return None, ["The stored trace is of another run than the clip."]
    digests = stored.digest()
    found = [
        f"Series {echo(name)} of the stored trace is not the one the clip was made from."
        for name, digest in told.digests.items()
        if digests.get(name) != digest
    ]
    return (stored if set(digests) == set(told.digests) else None), found
