"""What is worth saying of a recorded model beside its numbers. Loads no torch."""

from collections.abc import Iterator

from engine.files.named import is_named
from engine.text.echo import echo
from engine.trace import Trace

RECORDER = "model"


def remarks(trace: Trace) -> list[str]:
    """Sentences: why there is no backward pass, where the first NaN stands, what was not looked into."""
    return list(_remarks(trace)) if trace.recorder == RECORDER else []


def _remarks(trace: Trace) -> Iterator[str]:
    resolved = trace.params["resolved"]
    if is_named(resolved.get("model")) and resolved["model"]["files"] and resolved.get("weights") is None:
        yield "The weights are those that the model's own file gives it: --weights FILE loads trained ones."
    reason = str(trace["loss/reason"].item())
    if reason:
        yield f"Forward only, no backward pass. {reason}"
    if (row := trace["first/nan"].item()) >= 0:
        yield f"The first NaN comes out of {_where(trace, row)}."
    if (row := trace["first/infinite"].item()) >= 0:
        yield f"The first infinity comes out of {_where(trace, row)}; where a mask puts it there it is meant."
    for name, what in (("first/gradient_nan", "NaN"), ("first/gradient_infinite", "infinity")):
        if (row := trace[name].item()) >= 0:
            yield f"The first {what} in a gradient arrives at {_where(trace, row)}."
    closed = [node.name for node, why in zip(trace.nodes, trace["node/closed"].values, strict=True) if why]
    if closed:
        names = ", ".join(map(echo, dict.fromkeys(closed)))
        yield f"Not looked into, only what goes in and comes out: {names}."


def _where(trace: Trace, row: int) -> str:
    place = int(trace["tensor/node"][row])
    node = trace.nodes[place]
    kind = "" if node.operation == node.name else f", {echo(node.operation)}"
    return f"{echo(node.name)} (node {place} of {len(trace.nodes)}{kind})"
