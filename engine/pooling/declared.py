"""The series of recorder pooling."""

from engine.declared.rule import Declaration, Row, row
from engine.pooling.parameters import DIGITS
from engine.trace import Trace

SIDE = 12
LARGEST = 1e3
PATCH = 6  # cells a side of the part whose gradients are shown
KINDS = ["map", "max", "mean", "coarse", "global"]
FRAME, POOLED, CELL = f"y={SIDE}, x={SIDE}", "y=side, x=side", "y=k, x=k"


def _number(names: str, axes: str = "", **options: object) -> Row:
    return row(names, "float", axes, **{"low": 0, "high": LARGEST} | options)


def _count(names: str, axes: str = "", **options: object) -> Row:
    return row(names, "int", axes, **{"high": 100_000} | options)


def sizes_fit(trace: Trace) -> str | None:
    """All sizes are those of windows beside each other, and kinds and nets those that the film speaks of."""
    window, side = (int(trace.series[f"size/{name}"].values) for name in ("window", "output"))
    if window != trace.params["resolved"]["window"] or side != SIDE // window:
        return "its sizes are not those of its window"
    told = {"count/before": SIDE**2, "count/after": side**2, "count/parameters": 0, "window/count": window**2}
    for name, value in told.items():
        if int(trace.series[name].values) != value:
            return f"{name} is not what its sizes give"
    for name, wanted in (("change/kind", KINDS), ("nets/kind", KINDS)):
        if trace.series[name].values.tolist() != wanted:
            return f"{name} are not those that are compared"
    if int((trace.series["moved/changed"].values).sum()) != int(trace.series["moved/changed_count"].values):
        return "moved/changed_count is not how many have changed"
    if any(int(trace.series[f"gradient/{name}"].values) % window for name in ("top", "left")):
        return "gradient/top and gradient/left do not lie where windows begin"
    return None


DECLARED = Declaration(
    rows=(
        row("digit/index", "int", high=DIGITS - 1),
        row("digit/label", "int", high=9),
        row("frame/pixel frame/moved", "float", FRAME, low=0, high=1),
        row("kernel/name", "text", choices=("sobel-x", "sobel-y", "laplacian", "sharpen", "emboss")),
        _number("map moved/map left/map stride/map moved/difference", FRAME),
        _number("gradient/max gradient/mean gradient/max_response gradient/mean_response", FRAME),
        row("moved/by", "int", low=1, high=1),
        _number("pool/max pool/mean moved/max moved/mean moved/max_difference left/max stride/max", POOLED),
        row("moved/changed", "bool", POOLED),
        _count("moved/changed_count moved/map_changed_count"),
        _count("strip/row window/y window/x", below="side"),
        _number("window/value", CELL),
        _number("window/max window/mean"),
        _count("window/count", low=1),
        _count("size/input", low=SIDE, high=SIDE),
        _count("size/window size/stride", low=2, high=3, equals="k"),
        _count("size/coarse", low=4, high=6),
        _count("size/output", low=1, equals="side"),
        _count("size/kernel", low=3, high=3),
        _count("size/sees", low=6, high=9, equals="3*k"),
        _count("count/before count/after count/strided", low=1),
        _count("count/parameters", high=0),
        _number("gradient/arriving gradient/mean_each"),
        _count("gradient/top gradient/left", high=SIDE - PATCH),
        _count(
            "gradient/max_count gradient/mean_count gradient/max_lit gradient/mean_lit gradient/lit_count"
        ),
        row("change/kind", "text", f"kind={len(KINDS)}"),
        _number("change/one change/all", f"kind={len(KINDS)}"),
        _count("change/count", low=1, high=DIGITS),
        _number("whole/max whole/moved whole/left whole/stride"),
        row("nets/kind", "text", f"net={len(KINDS)}"),
        _count("nets/numbers", f"net={len(KINDS)}", low=1),
        row("nets/accuracy nets/moved nets/sides", "float", f"net={len(KINDS)}", low=0, high=1),
        _number("nets/guess", high=1),
        _count("nets/train_count nets/test_count nets/side_count nets/filters nets/epochs", low=1),
        _count("nets/kernel", low=5, high=5),
        _count("nets/classes", low=10, high=10),
    ),
    relations=(sizes_fit,),
    params={"digit": "digit/index", "kernel": "kernel/name"},
)
