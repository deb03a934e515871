"""What goes into a user's model: files, pictures, random numbers, several by name; and what is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image

from engine.errors import InputError
from engine.recorders import run
from engine.trace import Trace
from tests.engine.model.models import named

KINDS = """
import torch
from torch import nn


class Passes(nn.Module):
    def forward(self, x):
        return x


class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(50, 3)

    def forward(self, tokens, mask, scale=None):
        return (self.embed(tokens) * mask[..., None]).sum()


class Labelled(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x, label):
        return nn.functional.cross_entropy(x * self.scale, label)


class Grey(nn.Module):
    def __init__(self, channels=1):
        super().__init__()
        self.conv = nn.Conv2d(channels, 2, 3)

    def forward(self, x):
        return self.conv(x)


class Own(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 1)

    def forward(self, seed, focus, target=None):
        return self.fc(seed) + focus


def half():
    return nn.Linear(4, 2).double()


def distance(output, target):
    return (output - target).abs().mean()
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kinds.py").write_text(KINDS, "utf-8")
    return tmp_path


def recorded(model: str, given: Any, **more: Any) -> Trace:
    return run("model", {"model": f"kinds.py:{model}", "input": given, **more})


def went_in(trace: Trace, name: str = "x") -> np.ndarray:
    return np.asarray(trace[f"value/{trace['node/tensor'][named(trace, name)]}"].values)


def test_an_array_as_it_is(here: Path):
    values = np.arange(12.0).reshape(1, 3, 4) / 7
    np.save("x.npy", values)
    trace = recorded("Passes", "x.npy")
    assert went_in(trace).tolist() == values.astype(np.float32).tolist()
    assert trace["tensor/dtype"][0] == "float32"


def test_what_a_double_model_gets_is_double(here: Path):
    np.save("x.npy", np.ones((1, 4), np.float32))
    assert recorded("half", "x.npy")["tensor/dtype"][0] == "float64"


@pytest.mark.parametrize("kind", ["int64", "uint8", "uint16", ">f4", "float16", "bool"])
def test_arrays_of_every_kind(here: Path, kind: str):
    np.save("x.npy", np.array([[1, 0, 1]]).astype(kind))
    trace = recorded("Passes", "x.npy")
    assert went_in(trace).tolist() == [[1, 0, 1]]
    assert trace["tensor/dtype"][0] == ("bool" if kind == "bool" else "float32")


@pytest.mark.parametrize("text", ["a,b,c\n5.1,3.5,-1.4\n", "5.1;3.5;-1.4\n", "5.1,3.5,-1.4\n"])
def test_a_row_of_a_csv_file(here: Path, text: str):
    Path("row.csv").write_text(text, "utf-8")
    assert went_in(recorded("Passes", "row.csv")) == pytest.approx(np.array([[5.1, 3.5, -1.4]]))


def test_several_rows_are_several_examples(here: Path):
    Path("rows.csv").write_text("a,b\n1,2\n3,4\n5,6\n", "utf-8")
    assert went_in(recorded("Passes", "rows.csv")).tolist() == [[1, 2], [3, 4], [5, 6]]


def test_several_by_name(here: Path):
    tokens, mask = np.array([[1, 49, 3]]), np.array([[1.0, 0.5, 0.0]])
    np.savez("labelled.npz", x=np.ones((1, 3)), label=np.array([2]))
    labelled = recorded("Labelled", "labelled.npz")
    assert labelled["tensor/dtype"].values[:2].tolist() == ["float32", "int64"]
    assert labelled["loss/value"].item() == pytest.approx(1.0986, abs=1e-4)
    np.savez("two.npz", tokens=tokens, mask=mask)
    np.save("mask.npy", mask)
    np.save("tokens.npy", tokens.astype(np.int32))
    first = recorded("Two", "two.npz")
    second = recorded("Two", "mask=mask.npy;tokens=tokens.npy")
    for trace in (first, second):
        assert went_in(trace, "tokens").tolist() == tokens.tolist()
        assert went_in(trace, "mask").tolist() == mask.tolist()
    assert first["loss/value"].item() == second["loss/value"].item()


def test_arguments_may_be_called_as_our_own_settings_are(here: Path):
    trace = recorded("Own", "seed=random:1,2;focus=random:1,1")
    assert went_in(trace, "seed").shape == (1, 2)
    assert went_in(trace, "focus").shape == (1, 1)


def test_random_numbers(here: Path):
    normal = went_in(recorded("Passes", "random:40,50"))
    assert normal.shape == (40, 50)
    assert (abs(normal.mean()) < 0.1, abs(normal.std() - 1) < 0.1) == (True, True)
    whole = went_in(recorded("Two", "tokens=random:1,12:50;mask=random:1,12"), "tokens")
    assert (whole.shape, whole.dtype) == ((1, 12), np.int64)
    assert 0 <= whole.min() < whole.max() < 50


def picture(path: str, mode: str = "RGB", size: tuple[int, int] = (7, 5)) -> np.ndarray:
    """A picture of that size (width, height) as it is stored."""
    y, x, c = np.mgrid[0 : size[1], 0 : size[0], 0:3]
    rgb = ((x * 31 + y * 57 + c * 83) % 256).astype(np.uint8)
    image = Image.fromarray(rgb).convert(mode)
    image.save(path)
    return np.asarray(image)


@pytest.mark.parametrize(("channels", "mode"), [(3, "RGB"), (1, "L"), (1, "RGB"), (3, "L")])
def test_a_picture_has_the_channels_that_the_first_convolution_takes(here: Path, channels: int, mode: str):
    stored = picture("p.png", mode)
    trace = recorded("Grey", "p.png", model_arg={"channels": channels})
    wanted = np.asarray(Image.fromarray(stored).convert("L" if channels == 1 else "RGB")).reshape(5, 7, -1)
    assert went_in(trace) == pytest.approx(wanted.transpose(2, 0, 1)[None] / np.float32(255))
    assert trace["picture/pixel"].values.tolist() == wanted.tolist()
    assert trace["picture/pixel"].axes == ("y", "x", "channel")
    assert trace["picture/tensor"].item() == trace["node/tensor"][named(trace, "x")]
    assert [trace[f"picture/{one}"].item() for one in ("name", "height", "width", "low", "high")] == [
        "p.png", 5, 7, 0.0, 255.0,
    ]  # fmt: skip


def test_a_jpeg_and_a_large_picture(here: Path):
    picture("large.jpg", size=(900, 410))
    trace = recorded("Passes", "large.jpg")
    assert trace.nodes[0].output_shape == (1, 3, 410, 900)
    assert trace["picture/pixel"].shape == (137, 300, 3)
    assert trace["picture/width"].item() == 900


def test_what_is_transparent_shows_white(here: Path):
    Image.fromarray(np.array([[[9, 9, 9, 0], [10, 20, 30, 255]]], np.uint8)).save("t.png")
    assert recorded("Passes", "t.png")["picture/pixel"].values.tolist() == [[[255, 255, 255], [10, 20, 30]]]


WRONG = {
    "nothing": ("Passes", None, "takes x, and nothing goes in: give --input FILE, .*'random:1,3,32,32'"),
    "nothing for words": ("Two", None, "'tokens=random:1,12:50;mask=random:1,12:50'"),
    "one missing": ("Two", "tokens=random:1,3:50", "takes mask, too: name every input"),
    "unknown": ("Passes", "y=random:1", r"takes no y, which input gives\. Known: x"),
    "twice": ("Passes", "x=random:1;x=random:1", "input gives x twice"),
    "too many": ("Passes", "random:1;random:1", "takes x, and input gives 2: leave some out"),
    "a word": ("Passes", "photo", "input is photo: give the path of a file with its ending, or random"),
    "empty": ("Passes", "", 'input is "": give the path'),
    "gone": ("Passes", "gone.npy", r"gone\.npy cannot be read"),
    "no shape": ("Passes", "random:1,a", "give sizes, such as random:1,3,32,32"),
    "no limit": ("Passes", "random:1,2:0", "whole numbers below 1000"),
    "too large": ("Passes", "random:99999,99999", "too large: give a smaller shape"),
    "objects": ("Passes", "objects.npy", "Python objects, which are never loaded"),
    "texts": ("Passes", "texts.npy", "holds text: give an array of plain numbers"),
    "cut": ("Passes", "cut.npy", "is cut off"),
    "objects in npz": ("Passes", "objects.npz", r"a in objects\.npz holds Python objects"),
    "no archive": ("Passes", "broken.npz", r"broken\.npz is no \.npz file that can be read"),
    "without names": ("Two", "places.npz", r"save them by name, numpy\.savez\(tokens=…, mask=…"),
    "several as one": ("Passes", "x=places.npz", "holds 2 arrays, and x is one"),
    "words in a csv": ("Passes", "words.csv", r"words\.csv, row 2, column 2: 'setosa' is not a number"),
    "a film": ("Passes", "film.webm", "holds WebM or MKV, a film, which cannot be used as a model's input: give .npy"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_go_in_is_said_in_a_sentence(here: Path, case: str):
    np.save("objects.npy", np.array([{}], object), allow_pickle=True)
    np.savez("objects.npz", a=np.array([{}], object))
    np.savez("places.npz", np.ones(2), np.ones(2))
    np.save("texts.npy", np.array(["a"]))
    np.save("whole.npy", np.ones(100))
    Path("cut.npy").write_bytes(Path("whole.npy").read_bytes()[:200])
    Path("broken.npz").write_bytes(b"PK\x03\x04 and no more")
    Path("words.csv").write_text("a,b\n1,setosa\n", "utf-8")
    Path("film.webm").write_bytes(b"\x1a\x45\xdf\xa3" + b"\0" * 50)
    model, given, said = WRONG[case]
    with pytest.raises(InputError, match=said) as caught:
        recorded(model, given)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("target", "loss", "names", "value"),
    [
        ("2", "cross_entropy", "", 0.4076),
        (2, "cross_entropy", "", 0.4076),
        ("dog", "cross_entropy", "cat,cow, dog", 0.4076),
        ("1", "cross_entropy", "3,2,1", 0.4076),
        ("0,0,1", "mse", "", 2 / 1),
        ("0.5, 0.5, -1.5", "l1", "", 2.1667),
        ("t.npy", "kinds.py:distance", "", 2.0),
        ("t.csv", "cross_entropy", "", 0.4076),
    ],
)
def test_what_is_right(here: Path, target: Any, loss: str, names: str, value: float):
    np.save("x.npy", np.array([[1.0, 2.0, 3.0]]))
    np.save("t.npy", np.array([[0.0, 0.0, 0.0]]))
    Path("t.csv").write_text("class\n2\n", "utf-8")
    if loss == "mse":
        value = float(((torch.tensor([1.0, 2, 3]) - torch.tensor([0.0, 0, 1])) ** 2).mean())
    trace = recorded("Passes", "x.npy", target=target, loss=loss, class_names=names)
    assert trace["loss/value"].item() == pytest.approx(value, abs=1e-4)


def test_a_picture_may_be_what_is_right(here: Path):
    picture("p.png")
    trace = recorded("Passes", "p.png", target="p.png", loss="mse")
    assert trace["loss/value"].item() == 0


@pytest.mark.parametrize(
    ("target", "names", "said"),
    [
        ("cat", "", r"target is cat: give the number of a class from 0, or numbers\. Give class_names, too"),
        ("cot", "cat,cow,dog", r"or numbers\. Did you mean cow or cat"),
        ("7", "", "target is 7 and the output has 3 classes: give 0 to 2"),
        ("1,2", "", r"wants a target of shape \(1,\) and got \(2,\)"),
        ("gone.npy", "", r"gone\.npy cannot be read"),
    ],
)
def test_what_cannot_be_right(here: Path, target: str, names: str, said: str):
    with pytest.raises(InputError, match=said):
        recorded("Passes", "random:1,3", target=target, loss="cross_entropy", class_names=names)
