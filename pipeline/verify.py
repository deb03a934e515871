"""Checks a clip against the numbers file beside it, and that file against a fresh run of the recorder."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from engine.echo import echo
from engine.errors import GradreelError, InputError
from pipeline import numbers

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.numbers import Numbers, ShownNumber

# Another processor or version may round differently: a share of each number, and for what is 0 but for rounding (the
# difference of two numbers, a probability far from every other) a share of the largest number of its series.
RTOL = 1e-6
FLOOR = 1e-11
REASONS = 6  # as many as a sentence bears


class Told(Protocol):
    """What a film or a part of a lecture says of its run: see ``Numbers``."""

    @property
    def seed(self) -> int: ...
    @property
    def params(self) -> Mapping[str, Any]: ...
    @property
    def digests(self) -> Mapping[str, str]: ...
    @property
    def rows(self) -> "Sequence[ShownNumber]": ...


@dataclass(frozen=True)
class Report:
    """What verifying found. exact: values were compared bit for bit. differences: one sentence each.

    elsewhere: what is not as it was where the clip was made, in words; why values were not compared bit for bit.
    """

    clip: Path
    exact: bool
    files: int
    series: int
    rows: int
    differences: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()

    @property
    def how(self) -> str:
        """How values were compared, in words."""
        if self.exact:
            return "bit for bit: same processor, same versions"
        return f"within a relative tolerance of {RTOL:g}, because {'; '.join(self.elsewhere[:REASONS])}"

    @property
    def complaint(self) -> str:
        """Every difference, below a line that counts them."""
        count = len(self.differences)
        head = f"Error: {self.clip} differs in {count} {'place' if count == 1 else 'places'} ({self.how}):"
        return "\n  ".join([head, *self.differences])

    @property
    def summary(self) -> str:
        """One line for a clip without differences."""
        counts = f"{self.files} files, {self.series} series, {self.rows} shown numbers"
        return f"{self.clip}: OK, {counts} ({self.how})"


def verify(given: Path) -> Report:
    """Check the clip or lecture ``given`` (or what lies beside it). Recorders run again; no cache is used.

    Raises InputError when there is no such clip or its numbers file cannot be read.
    """
    from engine import recorders
    from pipeline.lecture import verify as lectures

    if not given.is_file():
        raise InputError(f"There is no file {given}: give a clip that render made, or its numbers file.")
    if lectures.beside(given).is_file():
        return lectures.check(lectures.beside(given))
    path = numbers.beside(given)
    told = numbers.read(path)
    clip = path.parent / told.clip if given == path else given
    fresh = recorders.run(told.recorder, parameters(told, path))
    changed = elsewhere(told.environment, fresh.environment)
    exact = not changed
    differences = [
        *file_differences(told.files, (told.clip, clip.name), path.parent),
        *record_differences(told, fresh),
        *(exact_differences(told, fresh) if exact else _near_differences(told, fresh, path)),
        *row_differences(told, fresh, exact),
    ]
    return Report(
        clip, exact, len(told.files), len(told.digests), len(told.rows), tuple(differences), changed
    )


def parameters(told: "Told", path: Path) -> dict[str, Any]:
    given = told.params.get("given")
    if not isinstance(given, dict):
        raise InputError(f"{path} does not say which parameters were given: render the clip again.")
    return {**given, "seed": told.seed}


def elsewhere(told: Mapping[str, Any], fresh: Mapping[str, Any]) -> tuple[str, ...]:
    """What differs between where a clip was made and here: "torch was 2.12 and is 2.13". Empty: same last bits."""
    return tuple(
        f"{echo(name)} was {echo(told.get(name, 'not noted'))} and is {echo(fresh.get(name, 'not noted'))}"
        for name in sorted({*told, *fresh})
        if told.get(name) != fresh.get(name)
    )


def file_differences(files: Mapping[str, str], clips: Iterable[str], folder: Path) -> Iterator[str]:
    """Files that are gone or no longer have the sha256 that was written down; ``clips`` must be among them."""
    for name, digest in files.items():
        path = folder / Path(name).name
        if not path.is_file():
            yield f"{path} is missing."
        elif numbers.sha256(path) != digest:
            yield (
                f"{path} was changed after it was rendered, or is of another run than the files beside it: make "
                f"them again, then all are of one run."
            )
    for name in dict.fromkeys(clips):
        if name not in files:
            yield f"The numbers file holds no checksum of {name}."


def record_differences(told: "Told", fresh: "Trace") -> Iterator[str]:
    """The stored resolved parameters, and the names of the series."""
    stored = told.params.get("resolved")
    if stored != numbers.plain(fresh.params)["resolved"]:
        yield "The resolved parameters differ from those of the run that was repeated."
    for name in sorted(set(told.digests) ^ set(fresh.series)):
        where = "only in the clip's record" if name in told.digests else "missing from the clip's record"
        yield f"Series {name} is {where}."


def exact_differences(told: "Told", fresh: "Trace") -> Iterator[str]:
    digests = fresh.digest()
    for name, digest in told.digests.items():
        if name in digests and digests[name] != digest:
            yield f"Series {name} is not what the recorder gives."


def _near_differences(told: "Numbers", fresh: "Trace", path: Path) -> Iterator[str]:
    """Compare with the stored trace, once its own digests prove that it is the one the clip was made from."""
    from engine.trace import Trace

    place = path.with_name(path.name.removesuffix(numbers.SUFFIX) + ".trace.npz")
    try:
        stored = Trace.load(place)
    except GradreelError as error:
        yield f"The stored trace cannot be compared: {error}"
        return
    digests = stored.digest()
    for name, digest in told.digests.items():
        if digests.get(name) != digest:
            yield f"Series {name} of the stored trace is not the one the clip was made from."
        elif name in fresh and not near(stored[name].values, fresh[name].values):
            yield f"Series {name} is not what the recorder gives."


def near(stored: Any, fresh: Any, largest: float | None = None) -> bool:
    """Whether two arrays (or values) agree: numbers within the tolerance, everything else exactly.

    largest: the size of the largest number around them; left out, that of ``fresh``.
    """
    one, other = np.asarray(stored), np.asarray(fresh)
    if one.shape != other.shape or one.dtype.kind != other.dtype.kind:
        return False
    if one.dtype.kind != "f" or one.size == 0:
        return bool(np.array_equal(one, other))
    sizes = np.maximum(abs(one), abs(other))
    with np.errstate(over="ignore", invalid="ignore"):
        limit = RTOL * sizes + FLOOR * (size_of(other) if largest is None else largest)
        return bool((abs(one - other) <= limit).all())


def size_of(values: Any) -> float:
    """The size of the largest number of an array; 0 where it holds none."""
    array = np.asarray(values)
    return float(abs(array).max()) if array.dtype.kind == "f" and array.size else 0.0


def row_differences(told: "Told", fresh: "Trace", exact: bool) -> Iterator[str]:
    from scenes.provenance import format_value

    for row in told.rows:
        where = f"{row.time_s:.2f} s, beat {row.beat}, {row.series}{row.index or ''}"
        value, problem = _value_at(fresh, row)
        if problem:
            yield f"{where}: {problem}"
            continue
        if not (
            _identical(row.value, value)
            if exact
            else near(row.value, value, size_of(fresh[row.series].values))
        ):
            yield f"{where}: the value {row.value!r} was recorded as {value!r}."
        try:
            text = format_value(row.value, row.format)
        except (ValueError, TypeError, OverflowError):
            yield f"{where}: {row.value!r} cannot be written as {row.format!r}."
            continue
        if text != row.text:
            yield f"{where}: the text {row.text!r} should be {text!r}."


def _value_at(fresh: "Trace", row: "ShownNumber") -> tuple[Any, str]:
    if row.series not in fresh:
        return None, "the recorder gives no such series."
    series = fresh[row.series]
    inside = len(row.index) == len(series.shape) and all(
        0 <= place < length for place, length in zip(row.index, series.shape, strict=True)
    )
    if not inside:
        return None, f"there is no such place in a series of shape {series.shape}."
    return series[tuple(row.index)], ""


def _identical(stored: Any, fresh: Any) -> bool:
    """Same type and same bits: 1 is not 1.0, and 0.0 is not -0.0."""
    return type(stored) is type(fresh) and repr(stored) == repr(fresh)
