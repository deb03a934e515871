"""Recorder of a user's own model, from its file: one run of it, forward and, where there is a loss, backward.

Series (axes): see docs/trace.md, "own model". ``record.record`` is the same for a model that lives in Python.
"""

import sys
from collections.abc import Mapping
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, Any

from engine.errors import InputError
from engine.model.given import with_files
from engine.model.parameters import (
    BudgetMb,
    ClassNames,
    Focus,
    Input,
    Loss,
    Model,
    ModelArg,
    Target,
    TrainMode,
    Weights,
)
from engine.parameters import Seed
from engine.trace import Series, Trace
from engine.trace.recording import Recording, recorder

if TYPE_CHECKING:
    from engine.model.reading import Picture

WANTS_A_MODEL = ("model_arg", "weights", "input")


@recorder("model", settle=with_files)
def record(
    *,
    seed: Seed = 0,
    model: Model = None,
    model_arg: ModelArg = None,
    weights: Weights = None,
    input: Input = None,
    target: Target = None,
    loss: Loss = None,
    class_names: ClassNames = "",
    focus: Focus = "",
    train_mode: TrainMode = False,
    budget_mb: BudgetMb = 50.0,
) -> Recording:
    """Make the model, run it once on the input, and record all of it; see docs/your-own-model.md."""
    given = {"model_arg": model_arg, "weights": weights, "input": input, "target": target, "loss": loss}
    settings = {"class_names": _listed(class_names), "focus": _listed(focus), "budget_mb": budget_mb}
    if model is None:
        trace, pictures = _example(given, settings, seed, train_mode)
    else:
        trace, pictures = _own(model, given, settings, seed, train_mode)
    return Recording({**trace.series, **_picture(trace, pictures)}, trace.nodes, trace.flags)


def _example(
    given: Mapping[str, Any], settings: dict[str, Any], seed: int, train_mode: bool
) -> "tuple[Trace, Mapping[str, Picture]]":
    from engine.model.example import example
    from engine.model.inputs import target
    from engine.model.record import run

    for name in WANTS_A_MODEL:
        if given[name] is not None:
            raise InputError(
                f"{name} is given without a model: give --model FILE.py:NAME, too, or leave it out."
            )
    if isinstance(given["loss"], dict):
        raise InputError(
            "loss is in a file of yours and the model is not: give --model FILE.py:NAME, or leave it out."
        )
    made = example(seed)
    names = settings["class_names"] or made.names
    wanted, _ = target(given["target"], names, made.net)
    made.net.train(train_mode)
    trace = run(
        made.net,
        (made.picture.tensor,),
        {},
        target=made.label if wanted is None else wanted,
        loss=given["loss"] or "cross_entropy",
        seed=seed,
        **(settings | {"class_names": names}),
    )
    return trace, {"x": made.picture}


def _own(
    model: Any, given: Mapping[str, Any], settings: dict[str, Any], seed: int, train_mode: bool
) -> "tuple[Trace, Mapping[str, Picture]]":
    from engine.files import named
    from engine.model import building, inputs, leaving, refusing, state
    from engine.model.importing import sources
    from engine.model.record import run
    from engine.model.tree import held

    quiet = redirect_stdout(sys.stderr)  # what the file prints is no output of ours, such as JSON
    with quiet, leaving.switches(), leaving.random_from(seed), sources() as opened:
        net = building.model(model, given["model_arg"] or {}, opened, seed)
        if given["weights"] is not None:
            state.load(net, given["weights"])
        if not {one.device.type for one in held(net)} <= {"cpu", "meta"}:
            net.cpu()
        leaving.on_one_thread_of_the_cpu()
        refusing.check(net, (), settings["budget_mb"], settings["focus"])
        own_loss = given["loss"]
        loss = building.loss(own_loss, opened) if isinstance(own_loss, dict) else own_loss
        (part,) = named.parts(model["text"])
        goes_in = inputs.inputs(given["input"], net, part.inside or type(net).__name__, seed)
        wanted, _ = inputs.target(given["target"], settings["class_names"], net)
        net.train(train_mode)
        goes = goes_in.positional, dict(goes_in.by_name)
        trace = run(net, *goes, target=wanted, loss=loss, seed=seed, **settings)
    return trace, goes_in.pictures


def _listed(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (one.strip() for one in text.split(","))))


def _picture(trace: Trace, pictures: "Mapping[str, Picture]") -> dict[str, Series]:
    """The first picture that went in, as it was."""
    for name, one in pictures.items():
        kinds = trace.series["node/kind"].values
        places = [
            place for place, node in enumerate(trace.nodes) if node.name == name and kinds[place] == "input"
        ]
        row = int(trace.series["node/tensor"].values[places[0]]) if places else -1
        source = f"{one.reduced_by} × {one.reduced_by} pixels became one" if one.reduced_by > 1 else ""
        return {
            "picture/name": Series(one.name),
            "picture/pixel": Series(one.pixel, ("y", "x", "channel"), source=source),
            "picture/low": Series(one.low),
            "picture/high": Series(one.high),
            "picture/height": Series(one.file_height),
            "picture/width": Series(one.file_width),
            "picture/tensor": Series(row, source="what it went in as"),
        }  # fmt: skip
    return {}
