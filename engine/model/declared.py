"""The series of recorder model, as far as rows can say: which of a model's numbers are kept, a trace lists itself."""

import re
from collections.abc import Callable

from engine.declared.rule import Declaration, Each, Row, row
from engine.model.summary import BINS, COUNTS, STATISTICS
from engine.trace import Trace
from engine.trace.header import AXES_MAX, NODES_MAX

FLOAT_MAX = 1.8e308
INT_MAX = 2.0**63
MANY = 2**31
TEXT_MAX = 5000
RANKS_MAX = 10  # of the classes of an answer
SUM_OFF = 1e-3  # of probabilities that a model of half precision computed itself
SIDE_MAX = 400  # pixels of a picture that went in, as it is drawn
FAMILIES = ("value", "gradient", "weight", "weight_gradient", "weight_rows", "computed")
CLOSED = ("", "scripted", "custom", "transform", "unseen")
NUMBER = re.compile(r"\d{1,15}")
SHAPE = re.compile(r"\((\d{1,15}(, \d{1,15})*)?\)")
HOW = ("whole", "slice", "none")
FLAGS = ("backward", "training", "failed", "closed", "nan", "infinite", "fed", "answered", "weighted")


def _floats(names: str, axes: str = "", low: float = -FLOAT_MAX) -> Row:
    return row(names, "float", axes, low=low, high=FLOAT_MAX, shortest=0, most=MANY)


def _ints(names: str, axes: str = "", low: float = 0, below: str = "") -> Row:
    return row(names, "int", axes, low=low, high=INT_MAX, below=below, shortest=0, most=MANY)


def _bools(names: str, axes: str = "") -> Row:
    return row(names, "bool", axes, shortest=0, most=MANY)


def _texts(names: str, axes: str = "", choices: tuple[str, ...] = ()) -> Row:
    return row(names, "text", axes, choices=choices, longest=TEXT_MAX, printable=False, shortest=0, most=MANY)


def _there(name: str) -> Callable[[Trace], bool]:
    return lambda trace: name in trace.series


def _kept() -> list[Row]:
    """Numbers: a list of their indices for each type and rank, and the series that it lists."""
    rows = []
    for family in FAMILIES:
        for kind, dtype in (
            ("float", "float64"),
            ("float32", "float32"),
            ("int", "int64"),
            ("bool", "bool"),
            ("bool", "nonfinite"),
        ):
            for rank in range(AXES_MAX + 1):
                listed = f"kept/{family}/{dtype}_{rank}"
                axes = ", ".join(f"d{axis}={family}{{k}}_{axis}" for axis in range(rank))
                name = f"{family}/{{k}}/nonfinite" if dtype == "nonfinite" else f"{family}/{{k}}"
                ranges = {"int": (-INT_MAX, INT_MAX), "bool": (None, None)}.get(kind, (-FLOAT_MAX, FLOAT_MAX))
                options = {"low": ranges[0], "high": ranges[1], "shortest": 0, "most": MANY}
                rows.append(
                    row(listed, "text", f"kept={family}_{dtype}_{rank}", most=MANY, when=_there(listed))
                )
                rows.append(row(name, kind, axes, each=Each("k", of=listed), when=_there(listed), **options))  # type: ignore[arg-type]
    return rows


def _packed() -> list[Row]:
    there = _there("kept/packed")
    axes = {"sentence": "row", "step": "row", "length": "sentence"}
    each = Each("k", of="kept/packed")
    return [
        row("kept/packed", "text", "kept=packed", most=MANY, when=there),
        *(
            row(f"packed/{{k}}/{name}", "int", f"{axis}={axis}{{k}}", each=each, most=MANY, when=there)
            for name, axis in axes.items()
        ),
    ]


def _answer() -> list[Row]:
    """Of a classifier, and of one example."""
    there = _there("answer/class")
    most = {"most": RANKS_MAX, "when": there}
    return [
        row("answer/classes", "int", low=2, high=MANY, equals="classes", when=there),
        row("answer/class", "int", "rank=ranks", below="classes", **most),
        row("answer/name", "text", "rank=ranks", longest=TEXT_MAX, **most),
        row("answer/score", "float", "rank=ranks", low=-FLOAT_MAX, high=FLOAT_MAX, **most),
        row("answer/probability", "float", "rank=ranks", low=0, high=1, **most),
        row("answer/others answer/target_probability", "float", low=0, high=1 + 1e-9, when=there),
        row("answer/target", "int", low=-1, below="classes", when=there),
        row("answer/target_name", "text", longest=TEXT_MAX, when=there),
        row("answer/right", "bool", when=there),
        row("answer/tensor", "int", low=-1, below="tensors", when=there),
    ]


def _picture() -> list[Row]:
    """A picture that went in as a file."""
    there = _there("picture/pixel")
    return [
        row("picture/pixel", "int", "y, x, channel", low=0, high=255, most=SIDE_MAX, when=there),
        row("picture/low picture/high", "float", low=0, high=255, when=there),
        row("picture/height picture/width", "int", low=1, high=MANY, when=there),
        row("picture/name", "text", longest=TEXT_MAX, when=there),
        row("picture/tensor", "int", low=-1, below="tensors", when=there),
    ]


def _statistics(name: str) -> list[Row]:
    return [
        _floats(" ".join(f"{name}/{one}" for one in STATISTICS), "tensor=tensors"),
        _ints(" ".join(f"{name}/{one}" for one in COUNTS), "tensor=tensors"),
        _ints(f"{name}/histogram", f"tensor=tensors, bin={BINS}"),
    ]


ROWS = (
    _texts("module/name module/class", "module=modules"),
    _ints("module/parent", "module=modules", -1, "modules"),
    _bools("module/leaf", "module=modules"),
    _ints("module/calls module/parameters module/trained", "module=modules"),
    _ints("module/structure module/block", "module=modules", 0, "modules"),
    _ints("module/alike module/repeat", "module=modules", 1, "modules+1"),
    _texts("node/name node/operation", "node=nodes"),
    _texts("node/kind", "node=nodes", ("module", "function", "closed", "input", "output")),
    _texts("node/stage", "node=nodes", ("forward", "loss")),
    _texts("node/closed", "node=nodes", CLOSED),
    _ints("node/module", "node=nodes", 0, "modules"),
    _ints("tensor/node", "tensor=tensors", 0, "nodes"),
    _texts("tensor/name tensor/shape tensor/dtype tensor/slice gradient/slice", "tensor=tensors"),
    _texts("tensor/kept gradient/kept", "tensor=tensors", HOW),
    _ints("tensor/elements", "tensor=tensors"),
    _ints("node/tensor", "node=nodes", -1, "tensors"),
    _ints("node/tensors node/parameters node/parameters_again node/trained", "node=nodes"),
    _bools("node/frozen node/own_gradient node/in_place node/failed", "node=nodes"),
    *_statistics("forward"),
    *_statistics("gradient"),
    _bools("gradient/reached", "tensor=tensors"),
    _ints("gradient/order", "tensor=tensors", -1),
    _ints("edge/source edge/target", "edge=edges", 0, "nodes"),
    _ints("edge/slot", "edge=edges"),
    _ints("edge/tensor", "edge=edges", 0, "tensors"),
    _ints("call/module", "call=calls", 0, "modules"),
    _ints("call/number", "call=calls", 1),
    _ints("call/parent", "call=calls", -1, "calls"),
    _ints("call/first call/last", "call=calls", 0, "nodes+1"),
    _ints("call/node", "call=calls", -1, "nodes"),
    _ints("call/tensor", "call=calls", -1, "tensors"),
    _floats("call/gradient_norm", "call=calls", 0),
    _bools("call/gradient_reached call/failed", "call=calls"),
    _ints("node/call", "node=nodes", -1, "calls"),
    _texts("parameter/name parameter/also parameter/shape", "parameter=parameters"),
    _texts("parameter/slice parameter/gradient_slice", "parameter=parameters"),
    _texts("parameter/kept parameter/gradient_kept", "parameter=parameters", HOW),
    _ints("parameter/module", "parameter=parameters", 0, "modules"),
    _ints("parameter/elements", "parameter=parameters"),
    _ints("parameter/rows", "parameter=parameters", -1),
    _bools("parameter/trained parameter/reached", "parameter=parameters"),
    _floats("parameter/norm parameter/gradient_norm", "parameter=parameters", 0),
    _ints("use/node", "use=uses", 0, "nodes"),
    _ints("use/parameter", "use=uses", 0, "parameters"),
    _ints("parameters/total parameters/trained kept/left_out"),
    _texts("computed/name computed/slice", "computed=computed"),
    _texts("computed/kept", "computed=computed", HOW),
    _ints(
        "loss/tensor first/nan first/infinite first/gradient_nan first/gradient_infinite", "", -1, "tensors"
    ),
    _floats("loss/value"),
    _bools("loss/finite"),
    _texts("loss/name loss/reason failure/sentence"),
    _ints("failure/node", "", -1, "nodes"),
    _ints("failure/call", "", -1, "calls"),
    *_kept(),
    *_packed(),
    row("classes/name", "text", "class=classes", most=MANY, longest=TEXT_MAX, when=_there("classes/name")),
    *_answer(),
    *_picture(),
)


def edges_fit(trace: Trace) -> str | None:
    """The edges are the inputs of the nodes, in order."""
    if not 1 <= len(trace.nodes) <= NODES_MAX or len(trace.nodes) != len(trace.series["node/kind"].values):
        return "its nodes are not those of its tables"
    wanted = [(source, place) for place, node in enumerate(trace.nodes) for source in node.inputs]
    pairs = zip(trace.series["edge/source"].values, trace.series["edge/target"].values, strict=True)
    if wanted != [(trace.nodes[source].id, int(target)) for source, target in pairs]:
        return "its edges are not the inputs of its nodes"
    sources = trace.series["tensor/node"].values[trace.series["edge/tensor"].values]
    return (
        None
        if (sources == trace.series["edge/source"].values).all()
        else "edge/tensor are not of edge/source"
    )


def shapes_fit(trace: Trace) -> str | None:
    """Shapes are written as Python writes them, and of what is kept whole they are those of its numbers."""
    for name in ("tensor/shape", "parameter/shape"):
        if not all(SHAPE.fullmatch(one) for one in trace.series[name].values.tolist()):
            return f"{name} holds what is no shape"
    for tensor, (shape, kept) in enumerate(
        zip(trace.series["tensor/shape"].values, trace.series["tensor/kept"].values, strict=True)
    ):
        values = trace.series.get(f"value/{tensor}")
        sides = tuple(map(int, NUMBER.findall(shape)))
        if kept == "whole" and values is not None and values.shape not in (sides, (*sides, 2)):
            return f"tensor/shape is not that of value/{tensor}"
    return None


def answer_fits(trace: Trace) -> str | None:
    """Names are those of the classes, what is more probable stands first, and all of it adds up to 1."""
    if "answer/class" not in trace.series:
        return None
    best, shares = trace.series["answer/class"].values, trace.series["answer/probability"].values
    right = int(trace.series["answer/target"].item())
    shown = [*best.tolist(), *([right] if right >= 0 else [])]
    known = trace.series["classes/name"].values.tolist() if "classes/name" in trace.series else None
    told = [*trace.series["answer/name"].values.tolist(), trace.series["answer/target_name"].item()]
    names = [known[one] if known else str(one) for one in shown] + ([] if right >= 0 else [""])
    if told != names or len(set(best.tolist())) != len(best):
        return "the names of its answer are not those of its classes"
    if (shares[1:] > shares[:-1]).any() or abs(
        shares.sum() + trace.series["answer/others"].item() - 1
    ) > SUM_OFF:
        return "the probabilities of its answer are none"
    if trace.series["answer/right"].item() != (right == best[0]):
        return "answer/right is not what its answer says"
    return None


DECLARED = Declaration(
    ROWS, flags=dict.fromkeys(FLAGS, bool), relations=(edges_fit, shapes_fit, answer_fits), nodes=True
)
