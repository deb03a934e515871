"""The part of a trace that is no array, as it stands in a file; and back, once it has the form of one."""

from collections.abc import Iterable, Mapping
from typing import Any

from numpy.typing import NDArray

from engine.errors import RunError
from engine.text.echo import echo
from engine.trace.series import Node, Series

NAME_MAX = 200  # of a series, a node, an operation, an axis, a unit, a version
SOURCE_MAX = 1000
NODES_MAX = 4000
AXES_MAX = 8
INPUTS_MAX = 4000
SIZE_MAX = 2**31


class Wrong(ValueError):
    """Why a header is not one of a trace: a clause such as "it has no nodes"."""


def fields(header: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """What ``Trace(…)`` is made from: the header as JSON gives it, checked, with the arrays by name.

    Raises Wrong, or RunError from Series and Node, for whatever is missing, of another kind or altered.
    """
    return {
        "recorder": _text(header, "recorder"),
        "version": _text(header, "version"),
        "seed": header.get("seed"),
        "params": _object(header, "params"),
        "environment": _object(header, "environment"),
        "series": _series(_object(header, "series"), arrays),
        "nodes": nodes_of(header.get("nodes")),
        "flags": _object(header, "flags"),
    }


def _text(data: Mapping[str, Any], name: str, length_max: int = NAME_MAX) -> str:
    value = data.get(name)
    if not isinstance(value, str) or len(value) > length_max:
        raise Wrong(f"its {name} is no text of at most {length_max} characters")
    return value


def _object(header: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = header.get(name)
    if not isinstance(value, dict):
        raise Wrong(f"its {name} are missing")
    return value


def _texts(value: object, count_max: int) -> tuple[str, ...] | None:
    fits = isinstance(value, list) and len(value) <= count_max
    if not fits or not all(isinstance(one, str) and len(one) <= NAME_MAX for one in value):  # type: ignore[attr-defined]
        return None
    return tuple(value)  # type: ignore[arg-type]


def _series(about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]) -> dict[str, Series]:
    if set(about) != set(arrays):
        raise Wrong("its list of series and its arrays differ")
    series = {}
    altered = []
    for name, one in about.items():
        axes = _texts(one.get("axes"), AXES_MAX) if isinstance(one, dict) else None
        if axes is None:
            raise Wrong(f"the axes of {echo(name)} have no names")
        try:
            series[name] = Series(arrays[name], axes, _text(one, "unit"), _text(one, "source", SOURCE_MAX))
        except (Wrong, RunError) as error:
            raise Wrong(f"{echo(name)}: {str(error).rstrip('.')}") from error
        if one.get("sha256") != series[name].digest():
            altered.append(name)
    if altered:
        raise Wrong(f"the numbers of {echo(', '.join(altered))} were altered")
    return series


def node_rows(nodes: Iterable[Node]) -> list[list[Any]]:
    """Nodes as JSON keeps them, each a list of its fields."""
    return [[n.id, n.name, n.operation, n.inputs, n.input_shapes, n.output_shape] for n in nodes]


def nodes_of(value: object) -> tuple[Node, ...]:
    """Nodes from what ``node_rows`` gave, once JSON had it. Raises Wrong for another form."""
    if not isinstance(value, list) or len(value) > NODES_MAX:
        raise Wrong(f"its nodes are no list of at most {NODES_MAX}")
    return tuple(_node(one) for one in value)


def _node(value: object) -> Node:
    if not isinstance(value, list) or len(value) != 6:
        raise Wrong("a node of it is incomplete")
    named = _texts(value[:3], 3)
    inputs = _texts(value[3], INPUTS_MAX)
    if named is None or inputs is None:
        raise Wrong("a node of it has no name")
    if not isinstance(value[4], list):
        raise Wrong("a node of it has inputs without shapes")
    return Node(
        named[0], named[1], named[2], inputs, tuple(_shape(one) for one in value[4]), _shape(value[5])
    )


def _shape(value: object) -> tuple[int, ...]:
    if not isinstance(value, list) or len(value) > AXES_MAX:
        raise Wrong("a shape in it is none")
    if not all(type(one) is int and 0 <= one < SIZE_MAX for one in value):
        raise Wrong("a shape in it is none")
    return tuple(value)
