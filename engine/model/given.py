"""What is given is looked at before anything runs: which files it names, and what they hold by sha256."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.errors import InputError, nearest
from engine.files import named
from engine.files.named import Named
from engine.model.neighbours import imported
from engine.model.parameters import LOSSES
from engine.text.echo import echo, typed

EXAMPLE = "my_net.py:Net"


def with_files(resolved: dict[str, Any]) -> dict[str, Any]:
    """Texts that name files become ``Named``; InputError for what cannot be a model, a loss or an input."""
    model, loss, given, target = (resolved[name] for name in ("model", "loss", "input", "target"))
    if isinstance(model, str) and not _one_file(model, "model", EXAMPLE).endswith(named.PYTHON):
        raise InputError(f"model is {echo(model)}: give FILE.py:NAME, such as {EXAMPLE}.")
    why = unrepeatable(resolved)
    if why is not None:
        raise InputError(f"{why}: record it there again.")
    if isinstance(loss, str) and loss not in LOSSES:
        if not named.Part("", loss).path.endswith(named.PYTHON):
            raise InputError(
                f"loss is {echo(loss)}: give FILE.py:NAME or one of these. {nearest(loss, LOSSES)}"
            )
        _one_file(loss, "loss", "my_net.py:loss")
    if isinstance(given, str):
        for part in named.parts(given) or [named.Part("", given)]:
            if not part.path and not part.word.startswith(named.RANDOM):
                raise InputError(
                    f"input is {typed(part.word)}: give the path of a file with its ending, or random with a "
                    f"shape, such as random:1,3,32,32."
                )
    checked = {
        "model": None if model is None else named.checked("model", model, imported),
        "loss": None if loss is None else named.checked("loss", loss, imported),
        "input": None if given is None else named.checked("input", given),
        "target": target if isinstance(target, int | float | None) else named.checked("target", target),
    }
    return resolved | checked


def unrepeatable(resolved: Mapping[str, Any]) -> str | None:
    """Why a run with these parameters cannot be made again; None where it can, as far as they say."""
    model: Any = resolved.get("model")
    if named.is_named(model) and not model["files"]:
        return f"The model {echo(model['text'])} was handed over in Python, where no file says how to make it"
    return None


def _one_file(text: str, parameter: str, example: str) -> str:
    found = named.parts(text)
    if len(found) != 1 or not found[0].path:
        raise InputError(f"{parameter} is {typed(text)}: give FILE.py:NAME, such as {example}.")
    return found[0].path


def live(
    model: str, loss: str, own_loss: bool, budget_mb: float, focus: Sequence[str], seed: int, train_mode: bool
) -> Mapping[str, Any]:
    """The parameters of a recording that was made in Python: all of the recorder's, none of which makes it again.

    model: its class; loss: its name, "" for none; own_loss: whether that is no name of ours.
    """
    return {
        "seed": seed,
        "model": Named(text=model, files={}),
        "model_arg": None,
        "weights": None,
        "input": None,
        "target": None,
        "loss": Named(text=loss, files={}) if own_loss else loss or None,
        "class_names": "",
        "focus": ",".join(focus),
        "train_mode": train_mode,
        "budget_mb": float(budget_mb),
    }
