"""A run that a record tells of, repeated: how files, parameters and series differ from what was written down."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from engine.errors import InputError
from engine.files import regular
from engine.files.digest import sha256
from engine.text.echo import echo
from pipeline import json_records, record
from pipeline.near import RTOL

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.numbers import ShownNumber

DIFFERENCES_SHOWN = 40  # who has more has seen enough
REASONS = 6  # as many as a sentence bears


class Told(Protocol):
    """What a film or a part of a lecture says of its run: see ``Numbers``."""

    @property
    def recorder(self) -> str: ...
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
    kept: why the run was not made again and the clip only compared with the trace beside it; "" where it was.
    """

    clip: Path
    exact: bool
    files: int
    series: int
    rows: int
    differences: tuple[str, ...]
    elsewhere: tuple[str, ...] = ()
    kept: str = ""

    @property
    def how(self) -> str:
        """How values were compared, in words."""
        if self.kept:
            return f"with the run that is kept beside it, bit for bit. {self.kept}, so it was not run again"
        if self.exact:
            return "bit for bit: same processor, same versions"
        return f"within a relative tolerance of {RTOL:g}, because {'; '.join(self.elsewhere[:REASONS])}"

    @property
    def complaint(self) -> str:
        """The differences, below a line that counts them."""
        count = len(self.differences)
        head = (
            f"Error: {echo(self.clip)} differs in {count} {'place' if count == 1 else 'places'} ({self.how}):"
        )
        more = count - DIFFERENCES_SHOWN
        rest = [f"… and {more} more."] if more > 0 else []
        return "\n  ".join([head, *self.differences[:DIFFERENCES_SHOWN], *rest])

    @property
    def summary(self) -> str:
        """One line for a clip without differences."""
        counts = f"{self.files} files, {self.series} series, {self.rows} shown numbers"
        return f"{echo(self.clip)}: OK, {counts} ({self.how})"


def run_again(told: "Told", path: Path) -> "Trace":
    """The run that a record tells of, once more. InputError when the record names no run that there is."""
    given = parameters(told, path)
    try:
        return record.run(told.recorder, given)
    except InputError as error:
        raise InputError(f"{echo(path)} tells of a run that cannot be repeated: {error}") from error


def parameters(told: "Told", path: Path) -> dict[str, Any]:
    given = told.params.get("given")
    if not isinstance(given, dict):
        raise InputError(f"{echo(path)} does not say which parameters were given: render the clip again.")
    return {"seed": told.seed, **given}


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
        path = folder / name
        if not regular.is_regular(path):
            yield f"{echo(path)} is missing."
        elif sha256(path) != digest:
            yield (
                f"{echo(path)} was changed after it was rendered, or is of another run than the files beside it: make "
                f"them again, then all are of one run."
            )
    for name in dict.fromkeys(clips):
        if name not in files:
            yield f"The numbers file holds no checksum of {echo(name)}."


def record_differences(told: "Told", fresh: "Trace") -> Iterator[str]:
    """The seed, the stored resolved parameters, and the names of the series."""
    if told.seed != fresh.seed:
        yield f"The record says seed {echo(told.seed)}, and the run that it tells of has seed {fresh.seed}."
    stored = told.params.get("resolved")
    if stored != json_records.plain(fresh.params)["resolved"]:
        yield "The resolved parameters differ from those of the run that was repeated."
    for name in sorted(set(told.digests) ^ set(fresh.series)):
        where = "only in the clip's record" if name in told.digests else "missing from the clip's record"
        yield f"Series {echo(name)} is {where}."


def exact_differences(told: "Told", fresh: "Trace") -> Iterator[str]:
    digests = fresh.digest()
    for name, digest in told.digests.items():
        if name in digests and digests[name] != digest:
            yield f"Series {echo(name)} is not what the recorder gives."
