"""A Trace is a frozen record of one run: named Series (arrays with axes) and Nodes (operations or modules)."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from numpy.typing import NDArray

from engine.errors import InputError, RunError, nearest
from engine.text.echo import echo
from engine.trace import storage
from engine.trace.header import Wrong, fields, node_rows
from engine.trace.series import Node, Series

SCHEMA = 1
NAME = re.compile(r"[A-Za-z0-9_]+(/[A-Za-z0-9_]+)*")

Flag = bool | int | float | str


@dataclass(frozen=True, repr=False)
class Trace:
    """One recorded run. Everything is checked when it is made; nothing changes afterwards.

    params: {"given": what the user gave, "resolved": every parameter as it was used}, as JSON data.
    environment: versions and device.  nodes: in topological order.  flags: facts about the whole run.
    Raises RunError when a name, an id or a value is not what docs/trace.md promises.
    """

    recorder: str
    version: str
    seed: int
    params: Mapping[str, Any]
    environment: Mapping[str, Any]
    series: Mapping[str, Series]
    nodes: tuple[Node, ...] = ()
    flags: Mapping[str, Flag] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (isinstance(self.recorder, str) and isinstance(self.version, str) and type(self.seed) is int):
            raise RunError("A trace's recorder and version are text, and its seed is a whole number.")
        if set(self.params) != {"given", "resolved"}:
            raise RunError(f"A trace's params are 'given' and 'resolved', not {echo(sorted(self.params))}.")
        if not all(isinstance(one, Mapping) for one in self.params.values()):
            raise RunError("A trace's params, 'given' and 'resolved', are names with values.")
        _check_names(self.series)
        _check_nodes(tuple(self.nodes))
        for name, flag in self.flags.items():
            if not isinstance(flag, bool | int | float | str):
                raise RunError(
                    f"Flag {echo(name)} is a {type(flag).__name__}: use a bool, a number or a text."
                )
        frozen = {
            "params": _plain(self.params, "params"),
            "environment": _plain(self.environment, "environment"),
            "series": MappingProxyType(dict(self.series)),
            "nodes": tuple(self.nodes),
            "flags": MappingProxyType(_plain(self.flags, "flags")),
        }
        for name, value in frozen.items():
            object.__setattr__(self, name, value)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        """One line: all that it holds would fill a notebook."""
        counts = f"{len(self.series)} series, {len(self.nodes)} nodes, seed {self.seed}"
        return f"<Trace of {echo(self.recorder)}: {counts}>"

    def __reduce__(self) -> tuple[Any, ...]:
        """Traces travel between processes; what was frozen is frozen again there."""
        header = json.loads(json.dumps(_header(self), default=dict))
        return _from_header, (type(self), header, {name: one.values for name, one in self.series.items()})

    def __contains__(self, name: object) -> bool:
        return name in self.series

    def __getitem__(self, name: str) -> Series:
        """The series of that name; InputError with the nearest known names when there is none."""
        self.need(name)
        return self.series[name]

    def need(self, *names: str) -> None:
        """Raise one InputError naming every series of ``names`` that this trace does not hold."""
        missing = [name for name in names if name not in self.series]
        if missing:
            hint = nearest(missing[0], self.series)
            raise InputError(f"A trace of {self.recorder} holds no series {', '.join(missing)}. {hint}")

    def node(self, id: str) -> Node:
        """The node of that id; InputError with the nearest known ids when there is none."""
        for node in self.nodes:
            if node.id == id:
                return node
        hint = nearest(id, [node.id for node in self.nodes])
        raise InputError(f"A trace of {self.recorder} holds no node {id}. {hint}")

    def digest(self) -> dict[str, str]:
        """sha256 of each series: equal digests mean equal types, shapes and bytes."""
        return {name: series.digest() for name, series in self.series.items()}

    def save(self, path: str | Path) -> None:
        """Write one .npz, beside ``path`` first, then renamed; RunError when the place cannot be written."""
        storage.write(Path(path), _header(self), {name: one.values for name, one in self.series.items()})

    @classmethod
    def load(cls, path: str | Path) -> "Trace":
        """Read what ``save`` wrote. InputError when missing, damaged, altered, or of a newer schema."""
        header, arrays = storage.read(Path(path))
        schema = header.get("schema")
        if type(schema) is not int or schema < 1:
            raise InputError(f"{echo(path)} names no trace schema: give a file made by `trace`.")
        if schema > SCHEMA:
            raise InputError(
                f"{echo(path)} has trace schema {echo(schema)} and this gradreel reads up to {SCHEMA}: update gradreel."
            )
        try:
            return _from_header(cls, header, arrays)
        except (Wrong, RunError) as error:
            raise storage.damaged(Path(path), str(error).rstrip(".")) from error

    @classmethod
    def join(
        cls,
        parts: Mapping[str, "Trace"],
        *,
        recorder: str,
        seed: int,
        params: Mapping[str, Any],
        flags: Mapping[str, Flag] | None = None,
    ) -> "Trace":
        """Put several traces into one: series, node ids and flags of part ``graph`` become ``graph/…``."""
        environment: dict[str, Any] = {}
        for part in parts.values():
            environment |= part.environment
        return cls(
            recorder=recorder,
            version=next(iter(parts.values())).version,
            seed=seed,
            params=params,
            environment=environment,
            series={f"{key}/{name}": one for key, part in parts.items() for name, one in part.series.items()},
            nodes=tuple(_prefixed(key, node) for key, part in parts.items() for node in part.nodes),
            flags={f"{key}/{name}": flag for key, part in parts.items() for name, flag in part.flags.items()}
            | dict(flags or {}),
        )


def _check_names(series: Mapping[str, Series]) -> None:
    for name, one in series.items():
        if not isinstance(name, str) or NAME.fullmatch(name) is None:
            raise RunError(
                f"Series name '{echo(name)}' is not words of letters, digits and _ joined by slashes."
            )
        if not isinstance(one, Series):
            raise RunError(f"Series {name} is a {type(one).__name__}: wrap it in Series(values, axes).")


def _check_nodes(nodes: tuple[Node, ...]) -> None:
    seen: set[str] = set()
    for node in nodes:
        unknown = [id for id in node.inputs if id not in seen]
        if unknown:
            raise RunError(
                f"Node {echo(node.id)} takes {echo(', '.join(unknown))}, which no earlier node gives."
            )
        if node.id in seen:
            raise RunError(f"Two nodes have the id {echo(node.id)}: ids are unique.")
        seen.add(node.id)


def _plain(data: Any, where: str) -> Any:
    """A deep copy as JSON keeps it: dicts with text keys, lists, texts, finite numbers, bools and None."""
    if isinstance(data, Mapping):
        return {_key(key, where): _plain(value, f"{where}.{key}") for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value, where) for value in data]
    if (
        data is None
        or isinstance(data, bool | int | str)
        or (isinstance(data, float) and math.isfinite(data))
    ):
        return data
    raise RunError(
        f"{echo(where)} is {echo(data)}: a trace keeps text, finite numbers, bools, lists and dicts there."
    )


def _key(key: Any, where: str) -> str:
    if not isinstance(key, str):
        raise RunError(f"{echo(where)} has the key {echo(key)}: keys are text.")
    return key


def _prefixed(key: str, node: Node) -> Node:
    inputs = tuple(f"{key}/{id}" for id in node.inputs)
    return Node(f"{key}/{node.id}", node.name, node.operation, inputs, node.input_shapes, node.output_shape)


def _header(trace: Trace) -> dict[str, Any]:
    return {
        "schema": SCHEMA,
        "recorder": trace.recorder,
        "version": trace.version,
        "seed": trace.seed,
        "params": trace.params,
        "environment": trace.environment,
        "flags": dict(trace.flags),
        "nodes": node_rows(trace.nodes),
        "series": {
            name: {"axes": one.axes, "unit": one.unit, "source": one.source, "sha256": one.digest()}
            for name, one in trace.series.items()
        },
    }


def _from_header(cls: type[Trace], header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> Trace:
    """Rebuild the trace; whatever is missing or of the wrong kind raises and means a damaged file."""
    return cls(**fields(header, arrays))
