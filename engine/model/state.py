"""Weights from a user's file: safetensors, or what torch.save wrote, of which nothing but tensors is ever loaded."""

import io
import json
import math
import pickle
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import torch
from torch import Tensor, nn

from engine.errors import InputError
from engine.files import given, strict_json
from engine.model.tree import held, unsettled
from engine.text.echo import echo

HEADER_BYTES_MAX = 100_000_000  # as the format's own library has it
LENGTH_BYTES = 8
# https://github.com/huggingface/safetensors: the names of the types in a header.
DTYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16,
    "I64": torch.int64, "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8,
    "BOOL": torch.bool,
}  # fmt: skip
INSIDE = ("state_dict", "model_state_dict", "model", "net", "weights", "params")  # of a training's checkpoint
WRAPPERS = ("module.", "_orig_mod.", "model.")  # of DataParallel, torch.compile and Lightning
NAMES_MAX = 4  # of keys that differ, in one sentence


def load(model: nn.Module, file: given.File) -> None:
    """Put the weights of ``file`` into ``model``. InputError when it holds none, or others than the model has."""
    name = echo(PurePath(file["path"]).name)
    state = _unwrapped(read(file), set(model.state_dict()))
    own = model.state_dict()
    missing, more = [key for key in own if key not in state], [key for key in state if key not in own]
    shaped = [
        f"{echo(key)} has the shape {tuple(one.shape)} in the file and {tuple(own[key].shape)} in the model"
        for key, one in state.items()
        if key in own and not unsettled(own[key]) and one.shape != own[key].shape
    ]
    clauses = [
        _listed(missing, "is missing in the file", "are missing in the file"),
        _listed(more, "of the file is not in the model", "of the file are not in the model"),
        *shaped[:NAMES_MAX],
    ]
    wrong = "; ".join(filter(None, clauses))
    if wrong:
        raise InputError(
            f"{name} does not match the model ({wrong}): give the weights of this model, or the model of these weights."
        )
    empty = any(
        one.is_meta for one in held(model)
    )  # shapes without numbers take the file's tensors themselves
    try:
        model.load_state_dict(dict(state), assign=empty)
    except RuntimeError as error:  # what a module of the user's own says of its state
        said = echo(" ".join(str(error).split()), 300).rstrip(".")
        raise InputError(
            f"{name} does not match the model ({said}): give the weights of this model."
        ) from error


def read(file: given.File) -> dict[str, Tensor]:
    """The tensors of ``file`` by name."""
    name = echo(PurePath(file["path"]).name)
    with given.opened(file) as handle:
        content = handle.read()
    if content[LENGTH_BYTES : LENGTH_BYTES + 1] == b"{":
        return _safetensors(content, name)
    return _torchs(content, name)


def _listed(keys: list[str], one: str, several: str) -> str:
    if not keys:
        return ""
    more = f" and {len(keys) - NAMES_MAX} more" if len(keys) > NAMES_MAX else ""
    return f"{', '.join(map(echo, keys[:NAMES_MAX]))}{more} {one if len(keys) == 1 else several}"


def _unwrapped(state: Mapping[str, Tensor], own: set[str]) -> Mapping[str, Tensor]:
    """Without what a wrapper puts before every name, where the names fit the model better then."""
    for prefix in WRAPPERS:
        if state and all(key.startswith(prefix) for key in state):
            bare = {key.removeprefix(prefix): one for key, one in state.items()}
            if len(own & set(bare)) > len(own & set(state)):
                return bare
    return state


def _torchs(content: bytes, name: str) -> dict[str, Tensor]:
    try:
        found: Any = torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
    except pickle.UnpicklingError as error:
        raise InputError(
            f"{name} holds more than tensors, which is never loaded, or no weights at all: save them with "
            "torch.save(model.state_dict(), …), or as safetensors."
        ) from error
    except Exception as error:  # whatever a hostile or broken file makes torch say
        raise InputError(
            f"{name} holds no weights that can be read: give a .safetensors file, or what "
            "torch.save(model.state_dict(), …) wrote."
        ) from error
    inside = next(
        (found[key] for key in INSIDE if isinstance(found, dict) and isinstance(found.get(key), dict)), found
    )
    if not isinstance(inside, dict) or not inside:
        raise InputError(
            f"{name} holds a {type(inside).__name__} and no names with tensors: save model.state_dict()."
        )
    wrong = next((key for key, one in inside.items() if not isinstance(one, Tensor)), None)
    if wrong is not None:
        raise InputError(
            f"{name} holds {echo(wrong)}, which is no tensor: save model.state_dict() and nothing else."
        )
    return {str(key): one for key, one in inside.items()}


def _safetensors(content: bytes, name: str) -> dict[str, Tensor]:
    length = int.from_bytes(content[:LENGTH_BYTES], "little")
    data = memoryview(content)[LENGTH_BYTES + length :]
    try:
        if not 0 < length <= min(HEADER_BYTES_MAX, len(content) - LENGTH_BYTES):
            raise ValueError("its head is longer than the file")
        header = strict_json.parse(content[LENGTH_BYTES : LENGTH_BYTES + length].decode("utf-8"))
        return {key: _tensor(key, one, data) for key, one in header.items() if key != "__metadata__"}
    except (ValueError, TypeError, KeyError, AttributeError, json.JSONDecodeError) as error:
        said = echo(str(error), 120)
        raise InputError(f"{name} is a damaged safetensors file ({said}): save it again.") from error


def _tensor(key: str, about: Any, data: memoryview) -> Tensor:
    dtype = DTYPES.get(about["dtype"])
    if dtype is None:
        raise ValueError(f"{echo(key)} has the type {echo(about['dtype'])}, which is not read")
    shape, (start, end) = about["shape"], about["data_offsets"]
    whole = all(type(one) is int and one >= 0 for one in (*shape, start, end))
    if not whole or end > len(data) or end - start != math.prod(shape) * dtype.itemsize:
        raise ValueError(f"{echo(key)} has another size than it says")
    if start == end:
        return torch.empty(shape, dtype=dtype)
    return torch.frombuffer(bytearray(data[start:end]), dtype=dtype).reshape(shape)
