"""From the log of a run to the series, nodes and flags of its trace. The tables are in docs/trace.md, "own model"."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.model.budget import Kept
from engine.model.calls import Log, TensorRow
from engine.model.declared import TEXT_MAX
from engine.model.summary import COUNTS, EMPTY, STATISTICS, Summary
from engine.model.tree import class_name, is_leaf
from engine.model.weights import ParameterRow
from engine.text.echo import echo
from engine.trace.header import AXES_MAX, NAME_MAX
from engine.trace.recording import Recording
from engine.trace.series import Node, Series

PARTS_MAX = 3600  # of the 4,000 that a trace file may have; tables need the rest


@dataclass(frozen=True)
class Outcome:
    """How the run ended. loss_row: the tensor row of the loss, −1 for none; failure: a sentence, "" for none."""

    training: bool
    loss_row: int = -1
    loss_value: float = 0.0
    loss_name: str = ""
    loss_reason: str = ""
    backward: bool = False
    failure: str = ""
    failed_node: int = -1
    failed_call: int = -1


def recording(log: Log, parameters: Sequence[ParameterRow], outcome: Outcome) -> Recording:
    """The log as series by node, tensor, edge, call, module and parameter."""
    log.keeper.trim(PARTS_MAX)
    series = {
        **_node_series(log, parameters),
        **_tensor_series(log),
        **_edge_series(log),
        **_call_series(log),
        **_module_series(log, parameters),
        **_parameter_series(log, parameters),
        **_outcome_series(log, outcome),
        **_kept_series(log),
    }
    flags = {
        "backward": outcome.backward,
        "training": outcome.training,
        "failed": bool(outcome.failure),
        "closed": any(one.kind == "closed" for one in log.nodes),
        "nan": any(one.about.nan for one in log.tensors),
        "infinite": any(one.about.nonfinite > one.about.nan for one in log.tensors),
        "fed": any(one.kind == "input" and one.stage == "forward" for one in log.nodes),
        "answered": any(one.kind == "output" for one in log.nodes),
        "weighted": any(one.elements > 1 for one in parameters),
    }
    return Recording(series, nodes(log), flags)


def nodes(log: Log) -> tuple[Node, ...]:
    """A Node for each call, in order; of one with several outputs the shape is the first one's."""
    made = []
    for index, one in enumerate(log.nodes):
        rows = [log.tensors[row] for _, row in one.sources]
        if one.tensors:
            shape = log.tensors[one.tensors[0]].shape
        else:
            shape = rows[0].shape if one.kind == "output" and rows else ()
        made.append(
            Node(
                f"n{index}",
                _readable(one.name, NAME_MAX),
                _readable(one.operation, NAME_MAX),
                tuple(f"n{row.node}" for row in rows),
                tuple(_drawn(row.shape) for row in rows),
                _drawn(shape),
            )
        )
    return tuple(made)


def _drawn(shape: tuple[int, ...]) -> tuple[int, ...]:
    """At most as many dimensions as a trace has axes: the first ones multiplied."""
    surplus = len(shape) - AXES_MAX + 1
    return shape if surplus <= 1 else (math.prod(shape[:surplus]), *shape[surplus:])


def _ints(values: Iterable[int], axis: str, source: str = "") -> Series:
    return Series(np.array(list(values), np.int64), (axis,), source=source)


def _bools(values: Iterable[bool], axis: str) -> Series:
    return Series(np.array(list(values), np.bool_), (axis,))


def _floats(values: Iterable[float], axis: str) -> Series:
    return Series(np.array(list(values), np.float64), (axis,))


def _texts(values: Iterable[str], axis: str) -> Series:
    return Series(np.array([_readable(one) for one in values], np.str_), (axis,))


def _readable(text: str, length_max: int = TEXT_MAX) -> str:
    plain = text.isascii() and text.isprintable() and len(text) <= length_max
    return text if plain else echo(text, length_max)  # which looks at every sign


def _written(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))})"


def _node_series(log: Log, parameters: Sequence[ParameterRow]) -> dict[str, Series]:
    counted: set[int] = set()
    first, again, trained = [], [], []
    for one in log.nodes:
        new = [use for use in one.uses if use not in counted]
        first.append(sum(parameters[use].elements for use in new))
        again.append(sum(parameters[use].elements for use in one.uses if use in counted))
        trained.append(sum(parameters[use].elements for use in one.uses if parameters[use].trained))
        counted.update(new)
    uses = [(index, use) for index, one in enumerate(log.nodes) for use in one.uses]
    return {
        "node/name": _texts((one.name for one in log.nodes), "node"),
        "node/operation": _texts((one.operation for one in log.nodes), "node"),
        "node/kind": _texts((one.kind for one in log.nodes), "node"),
        "node/stage": _texts((one.stage for one in log.nodes), "node"),
        "node/module": _ints((one.module for one in log.nodes), "node"),
        "node/call": _ints((one.call for one in log.nodes), "node"),
        "node/tensor": _ints((next(iter(one.tensors), -1) for one in log.nodes), "node"),
        "node/tensors": _ints((len(one.tensors) for one in log.nodes), "node"),
        "node/parameters": _ints(first, "node"),
        "node/parameters_again": _ints(again, "node"),
        "node/trained": _ints(trained, "node"),
        "node/frozen": _bools(
            (bool(one.uses) and not n for one, n in zip(log.nodes, trained, strict=True)), "node"
        ),
        "node/closed": _texts((one.closed for one in log.nodes), "node"),
        "node/own_gradient": _bools((one.closed == "custom" for one in log.nodes), "node"),
        "node/in_place": _bools((one.in_place for one in log.nodes), "node"),
        "node/failed": _bools((one.failed for one in log.nodes), "node"),
        "use/node": _ints((node for node, _ in uses), "use"),
        "use/parameter": _ints((use for _, use in uses), "use"),
    }


def _tensor_series(log: Log) -> dict[str, Series]:
    rows = log.tensors
    gradients = [one.gradient or EMPTY for one in rows]
    return {
        "tensor/node": _ints((one.node for one in rows), "tensor"),
        "tensor/name": _texts((one.name for one in rows), "tensor"),
        "tensor/shape": _texts((_written(one.shape) for one in rows), "tensor"),
        "tensor/dtype": _texts((one.dtype for one in rows), "tensor"),
        "tensor/elements": _ints((math.prod(one.shape) for one in rows), "tensor"),
        **_kept_how("tensor/kept", "tensor/slice", "value", log, len(rows)),
        **_statistics("forward", [one.about for one in rows], rows),
        "gradient/reached": _bools((one.gradient is not None for one in rows), "tensor"),
        "gradient/order": _ints((one.order for one in rows), "tensor"),
        **_kept_how("gradient/kept", "gradient/slice", "gradient", log, len(rows)),
        **_statistics("gradient", gradients, rows),
    }


def _statistics(name: str, about: Sequence[Summary], rows: Sequence[TensorRow]) -> dict[str, Series]:
    series = {f"{name}/{key}": _floats(map(of, about), "tensor") for key, of in STATISTICS.items()}
    series |= {f"{name}/{key}": _ints(map(count, about), "tensor") for key, count in COUNTS.items()}
    bins = np.array([one.histogram for one in about], np.int64).reshape(len(rows), len(EMPTY.histogram))
    source = "of evenly spread numbers, as many as sampled says, in equal bins from min to max"
    return series | {f"{name}/histogram": Series(bins, ("tensor", "bin"), source=source)}


def _kept_how(
    kept: str, cut: str, name: str, log: Log, count: int, axis: str = "tensor"
) -> dict[str, Series]:
    """What is kept of each: ``whole``, ``slice``, or ``none`` but statistics; and which slice."""
    there = [log.keeper.kept.get(f"{name}/{index}") for index in range(count)]
    how = ("none" if one is None else "slice" if one.slice else "whole" for one in there)
    return {
        kept: _texts(how, axis),
        cut: _texts(("" if one is None else one.slice for one in there), axis),
    }


def _edge_series(log: Log) -> dict[str, Series]:
    edges = [(row, index, slot) for index, one in enumerate(log.nodes) for slot, row in one.sources]
    return {
        "edge/source": _ints((log.tensors[row].node for row, _, _ in edges), "edge"),
        "edge/target": _ints((target for _, target, _ in edges), "edge"),
        "edge/slot": _ints((slot for _, _, slot in edges), "edge"),
        "edge/tensor": _ints((row for row, _, _ in edges), "edge"),
    }


def _call_series(log: Log) -> dict[str, Series]:
    calls = log.calls
    gradients = [log.tensors[one.tensor].gradient if one.tensor >= 0 else None for one in calls]
    return {
        "call/module": _ints((one.module for one in calls), "call"),
        "call/number": _ints((one.number for one in calls), "call"),
        "call/parent": _ints((one.parent for one in calls), "call"),
        "call/first": _ints((one.first for one in calls), "call"),
        "call/last": _ints((one.last for one in calls), "call"),
        "call/node": _ints((one.node for one in calls), "call"),
        "call/tensor": _ints((one.tensor for one in calls), "call"),
        "call/gradient_norm": _floats(((one or EMPTY).norm for one in gradients), "call"),
        "call/gradient_reached": _bools((one is not None for one in gradients), "call"),
        "call/failed": _bools((one.failed for one in calls), "call"),
    }


def _module_series(log: Log, parameters: Sequence[ParameterRow]) -> dict[str, Series]:
    places = log.tree.places
    known = {id(one): index for index, one in enumerate(log.parameter_objects)}
    holds: list[set[int]] = [
        {known[id(one)] for one in place.module._parameters.values() if id(one) in known} for place in places
    ]
    for index in range(len(places) - 1, 0, -1):  # children stand behind their parents
        if places[index].parent >= 0:
            holds[places[index].parent] |= holds[index]
    calls = [0] * len(places)
    for call in log.calls:
        calls[call.module] += 1
    alike = log.tree.alike()
    elements = [sum(parameters[one].elements for one in there) for there in holds]
    trained = [sum(parameters[one].elements for one in there if parameters[one].trained) for there in holds]
    return {
        "module/name": _texts((one.name for one in places), "module"),
        "module/class": _texts((class_name(one.module) for one in places), "module"),
        "module/parent": _ints((one.parent for one in places), "module"),
        "module/leaf": _bools((is_leaf(one.module) for one in places), "module"),
        "module/calls": _ints(calls, "module"),
        "module/parameters": _ints(elements, "module"),
        "module/trained": _ints(trained, "module"),
        "module/structure": _ints(alike.structure, "module"),
        "module/alike": _ints(alike.count, "module"),
        "module/block": _ints(alike.first, "module"),
        "module/repeat": _ints(alike.length, "module"),
    }


def _parameter_series(log: Log, rows: Sequence[ParameterRow]) -> dict[str, Series]:
    axis = "parameter"
    series = {
        "parameter/name": _texts((one.names[0] for one in rows), axis),
        "parameter/also": _texts((", ".join(one.names[1:]) for one in rows), axis),
        "parameter/module": _ints((one.module for one in rows), axis),
        "parameter/shape": _texts((_written(one.shape) for one in rows), axis),
        "parameter/elements": _ints((one.elements for one in rows), axis),
        "parameter/trained": _bools((one.trained for one in rows), axis),
        "parameter/norm": _floats((one.norm for one in rows), axis),
        "parameter/gradient_norm": _floats((one.gradient_norm for one in rows), axis),
        "parameter/reached": _bools((one.reached for one in rows), axis),
        "parameter/rows": _ints((one.rows for one in rows), axis),
        **_kept_how("parameter/kept", "parameter/slice", "weight", log, len(rows), axis),
        **_kept_how(
            "parameter/gradient_kept", "parameter/gradient_slice", "weight_gradient", log, len(rows), axis
        ),
        "parameters/total": Series(sum(one.elements for one in rows)),
        "parameters/trained": Series(sum(one.elements for one in rows if one.trained)),
        "computed/name": _texts(log.computed, "computed"),
        **_kept_how("computed/kept", "computed/slice", "computed", log, len(log.computed), "computed"),
    }
    return series


def _outcome_series(log: Log, outcome: Outcome) -> dict[str, Series]:
    finite = math.isfinite(outcome.loss_value)
    arrived = sorted((one.order, row) for row, one in enumerate(log.tensors) if one.gradient is not None)
    gradients = [(row, log.tensors[row].gradient or EMPTY) for _, row in arrived]
    values = [(row, one.about) for row, one in enumerate(log.tensors)]
    return {
        "loss/tensor": Series(outcome.loss_row),
        "loss/value": Series(outcome.loss_value if finite else 0.0),
        "loss/finite": Series(finite),
        "loss/name": Series(outcome.loss_name),
        "loss/reason": Series(outcome.loss_reason, source="why there is no loss"),
        "failure/sentence": Series(outcome.failure),
        "failure/node": Series(outcome.failed_node),
        "failure/call": Series(outcome.failed_call),
        "first/nan": Series(_first(values, lambda one: one.nan > 0)),
        "first/infinite": Series(_first(values, lambda one: one.nonfinite > one.nan)),
        "first/gradient_nan": Series(_first(gradients, lambda one: one.nan > 0)),
        "first/gradient_infinite": Series(_first(gradients, lambda one: one.nonfinite > one.nan)),
        "kept/left_out": Series(log.keeper.left_out),
    }


def _first(rows: Iterable[tuple[int, Summary]], wrong: Callable[[Summary], bool]) -> int:
    return next((row for row, one in rows if wrong(one)), -1)


def _kept_series(log: Log) -> dict[str, Series]:
    series: dict[str, Series] = {}
    for name, one in log.keeper.kept.items():
        series |= _numbers(name, one)
    listed: dict[str, list[str]] = {}
    for name, part in series.items():
        family, index, *mask = name.split("/")
        kind = mask[0] if mask else str(part.values.dtype)
        listed.setdefault(f"kept/{family}/{kind}_{part.values.ndim}", []).append(index)
    series |= {name: _texts(indices, "kept") for name, indices in listed.items()}
    if log.packed:
        series["kept/packed"] = _texts(map(str, log.packed), "kept")
    for row, packed in log.packed.items():
        series[f"packed/{row}/sentence"] = _ints(packed.sentence, "row")
        series[f"packed/{row}/step"] = _ints(packed.step, "row")
        series[f"packed/{row}/length"] = _ints(packed.length, "sentence")
    return series


def _numbers(name: str, one: Kept) -> Mapping[str, Series]:
    """The numbers; where they are not finite they are 0, and a second series says where that is."""
    axes = tuple(f"d{place}" for place in range(one.values.ndim))
    values: Any = one.values
    series = {}
    if not one.finite:
        finite = np.isfinite(values)
        series[f"{name}/nonfinite"] = Series(~finite, axes)
        values = np.where(finite, values, values.dtype.type(0))
    series[name] = Series(values, axes, source=f"{one.slice} of {_written(one.shape)}" if one.slice else "")
    return series
