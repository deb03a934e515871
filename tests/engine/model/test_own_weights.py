"""Weights of a user's model from a file: what fits goes in, what does not is named, nothing is unpickled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from engine.errors import InputError
from engine.recorders import run
from engine.trace import Trace
from tests.engine.model import written


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written.net(tmp_path)
    return tmp_path


def weights() -> dict[str, Tensor]:
    shapes = {"block.fc.weight": (8, 4), "block.fc.bias": (8,), "out.weight": (3, 8), "out.bias": (3,)}
    return {
        name: torch.arange(float(torch.Size(shape).numel())).reshape(shape) for name, shape in shapes.items()
    }


def recorded(file: str, **given: Any) -> Trace:
    return run("model", {"model": "my_net.py:Net", "input": "row.csv", "weights": file, **given})


def save(kind: str) -> str:
    state = weights()
    if kind == "safetensors":
        return str(written.safetensors(Path("w.safetensors"), state))
    if kind == "safetensors of DataParallel":
        return str(
            written.safetensors(Path("w.safetensors"), {f"module.{key}": one for key, one in state.items()})
        )
    if kind == "half":
        return str(written.safetensors(Path("w.st"), {key: one.half() for key, one in state.items()}))
    inside: Any = {
        "pt": state,
        "checkpoint": {"epoch": 3, "state_dict": state},
        "Lightning": {"state_dict": {f"model.{key}": one for key, one in state.items()}},
        "old": state,
    }[kind]
    torch.save(inside, "w.pt", _use_new_zipfile_serialization=kind != "old")
    return "w.pt"


@pytest.mark.parametrize(
    "kind", ["safetensors", "safetensors of DataParallel", "half", "pt", "checkpoint", "Lightning", "old"]
)
def test_they_are_in_the_model(here: Path, kind: str):
    trace = recorded(save(kind))
    for place, name in enumerate(trace["parameter/name"].values):
        assert trace[f"weight/{place}"].values.tolist() == weights()[str(name)].tolist()


def test_the_keys_that_differ_are_named(here: Path):
    state = weights()
    del state["block.fc.bias"], state["out.weight"]
    state |= {"head.weight": torch.ones(2), "out.bias": torch.ones(2)}
    torch.save(state, "other.pt")
    said = (
        r"other\.pt does not match the model \(block\.fc\.bias, out\.weight are missing in the file; "
        r"head\.weight of the file is not in the model; "
        r"out\.bias has the shape \(2,\) in the file and \(3,\) in the model\): give the weights"
    )
    with pytest.raises(InputError, match=said):
        recorded("other.pt")


def test_a_meta_model_gets_its_numbers_from_the_file(here: Path):
    Path("meta.py").write_text(
        "import torch\ndef net():\n    return torch.nn.Linear(4, 2, device='meta')\n", "utf-8"
    )
    file = written.safetensors(Path("w.st"), {"weight": torch.ones(2, 4), "bias": torch.zeros(2)})
    trace = run("model", {"model": "meta.py:net", "input": "row.csv", "weights": str(file)})
    assert trace["weight/0"].values.tolist() == torch.ones(2, 4).tolist()


class Harm:
    """What a pickle can do: this one would leave a file."""

    def __reduce__(self) -> Any:
        return open, ("harm", "w")


def test_nothing_is_unpickled(here: Path):
    torch.save({"block.fc.weight": Harm()}, "harm.pt")
    with pytest.raises(InputError, match="holds more than tensors, which is never loaded"):
        recorded("harm.pt")
    assert not Path("harm").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"hello", "holds no weights that can be read: give a .safetensors file"),
        (b"\x05\0\0\0\0\0\0\0{bad}", r"damaged safetensors file \(it is not JSON"),
        (b"\xff\0\0\0\0\0\0\0{}", "its head is longer than the file"),
        (b"\x02\0\0\0\0\0\0\0[]", "or no weights at all: save them"),
        (b'\x11\0\0\0\0\0\0\0{"a":{"dtype":1}}', "damaged safetensors file"),
    ],
)
def test_what_is_damaged(here: Path, content: bytes, said: str):
    Path("w.safetensors").write_bytes(content)
    with pytest.raises(InputError, match=said):
        recorded("w.safetensors")


@pytest.mark.parametrize(
    "about",
    [
        {"dtype": "F32", "shape": [2], "data_offsets": [0, 7]},
        {"dtype": "F32", "shape": [-2], "data_offsets": [0, 8]},
        {"dtype": "F32", "shape": [200], "data_offsets": [0, 800]},
        {"dtype": "F4", "shape": [2], "data_offsets": [0, 8]},
        {"dtype": "F32", "shape": [2]},
        {"dtype": "F32", "shape": "ab", "data_offsets": [0, 8]},
        [],
    ],
)
def test_a_head_that_lies(here: Path, about: Any):
    written.safetensors(Path("w.st"), {"a": torch.ones(2)}, {"a": about})
    with pytest.raises(InputError, match="damaged safetensors file"):
        recorded("w.st")


def test_weights_without_a_model():
    with pytest.raises(InputError, match="model_arg is given without a model: give --model"):
        run("model", {"model_arg": {"a": 1}})
