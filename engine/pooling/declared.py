"""The series of recorder pooling."""

from engine.declared.rule import Declaration, Row, row
from engine.pooling.parameters import DIGITS
from engine.trace import Trace

SIDE = 12
LARGEST = 1e3
KINDS = ["map", "max", "mean", "coarse", "global"]
NETS = ["max", "coarse", "global"]
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
    for name, wanted in (("change/kind", KINDS), ("nets/kind", NETS)):
        if trace.series[name].values.tolist() != wanted:
            return f"{name} are not those that are compared"
    return None


DECLARED = Declaration(
    rows=(
        row("digit/index", "int", high=DIGITS - 1),
        row("digit/label", "int", high=9),
        row("frame/pixel frame/moved", "float", FRAME, low=0, high=1),
        row("kernel/name", "text", choices=("sobel-x", "sobel-y", "laplacian", "sharpen", "emboss")),
        _number("map moved/map gradient/max gradient/mean", FRAME),
        row("moved/by", "int", low=1, high=1),
        _number("pool/max pool/mean moved/max moved/mean", POOLED),
        _count("window/y window/x", below="side"),
        _number("window/value", CELL),
        _number("window/max window/mean"),
        _count("window/count", low=1),
        _count("size/input", low=SIDE, high=SIDE),
        _count("size/window size/stride", low=2, high=3, equals="k"),
        _count("size/coarse", low=4, high=6),
        _count("size/output", low=1, equals="side"),
        _count("count/before count/after", low=1),
        _count("count/parameters", high=0),
        _number("gradient/arriving gradient/mean_each"),
        _count("gradient/max_count gradient/mean_count"),
        row("change/kind", "text", f"kind={len(KINDS)}"),
        _number("change/one change/all", f"kind={len(KINDS)}"),
        _number("whole/max whole/moved"),
        row("nets/kind", "text", f"net={len(NETS)}"),
        row("nets/accuracy nets/moved", "float", f"net={len(NETS)}", low=0, high=1),
        _count("nets/parameters", f"net={len(NETS)}", low=1),
        _count("nets/test_count nets/filters nets/epochs", low=1),
    ),
    relations=(sizes_fit,),
    params={"digit": "digit/index", "kernel": "kernel/name"},
)
