"""A user's file becomes a model: what it may hold, what is said where it does not, and that nothing of it stays."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import torch

import engine
from engine.errors import InputError
from engine.recorders import run
from engine.trace import Trace
from tests.engine.model import written
from tests.engine.model.models import by_name, texts

ROW = "random:1,4"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written.net(tmp_path)
    return tmp_path


def recorded(model: str, **given: Any) -> Trace:
    return run("model", {"model": model, "input": ROW, **given})


@pytest.mark.parametrize(
    ("model", "arguments", "classes"),
    [
        ("my_net.py:Net", None, ["Net", "Block", "Linear", "Linear"]),
        ("my_net.py:make", None, ["Sequential", "Linear", "Linear", "Linear"]),
        ("my_net.py:make", {"widths": (5,)}, ["Sequential", "Linear", "Linear"]),
        ("my_net.py:ready", None, ["Linear"]),
        ("layers.py", {"inputs": 4, "outputs": 2}, ["Block", "Linear"]),
    ],
)
def test_a_class_a_function_and_a_model(here: Path, model: str, arguments: Any, classes: list[str]):
    trace = recorded(model, model_arg=arguments)
    assert texts(trace, "module/class") == classes
    assert trace["module/name"][0] == ""


def test_arguments_reach_it(here: Path):
    trace = recorded("my_net.py:Net", model_arg={"hidden": 5, "bias": False})
    assert by_name(trace, "parameter/shape") == {
        "block.fc.weight": "(5, 4)",
        "block.fc.bias": "(5)",
        "out.weight": "(3, 5)",
    }


WRONG = {
    "no file": ("gone.py:Net", {}, "gone.py cannot be read .*: check the path"),
    "no such name": ("my_net.py:Nett", {}, r"my_net\.py defines no Nett\. Did you mean Net\?"),
    "nothing near": ("my_net.py:Transformer", {}, r"defines no Transformer\. Known: Net, Needs, ready, make"),
    "several": ("my_net.py", {}, r"my_net\.py defines Net, Needs, ready: say which, such as my_net\.py:ready"),
    "no model in it": ("empty.py", {}, r"empty\.py defines no model: give FILE\.py:NAME"),
    "a dict": ("my_net.py:settings", {}, r"is a dict and no nn\.Module: .* my_net\.py defines Net, Needs, ready"),
    "gives nothing": ("my_net.py:nothing", {}, r"nothing gave back nothing: let it return an nn\.Module"),
    "missing": ("my_net.py:Needs", {}, r"wants channels and classes: give --model-arg channels=…,classes=…"),
    "one missing": (
        "my_net.py:Needs",
        {"model_arg": {"channels": 1}},
        "wants classes and model_arg gives channels: give",
    ),
    "unknown": ("my_net.py:Net", {"model_arg": {"hiden": 3}}, r"takes no hiden, .*Did you mean hidden\?"),
    "for a model": ("my_net.py:ready", {"model_arg": {"a": 3}}, "is a model already"),
    "cannot be made": (
        "my_net.py:Net",
        {"model_arg": {"hidden": "x"}},
        r"my_net\.py:Net cannot be made: layers\.py, line 9 raises TypeError",
    ),
    "no Python": ("picture.py:Net", {}, r"picture\.py.* is no Python .*: give a Python file"),
    "syntax": ("syntax.py:Net", {}, r"syntax\.py, line 2, is no Python \('\(' was never closed\)"),
    "raises": ("raises.py:Net", {}, r"cannot be imported: raises\.py, line 3 raises ZeroDivisionError"),
    "ends": ("ends.py:Net", {}, r"cannot be imported: ends\.py, line 2 raises SystemExit: 3"),
    "package missing": (
        "needs.py:Net",
        {},
        r"needs\.py, line 1 imports nowhere_at_all, which is not there: install it",
    ),
    "no file in it": ("my_net:Net", {}, r"model is my_net:Net: give FILE\.py:NAME, such as my_net\.py:Net"),
    "two files": ("my_net.py:Net;layers.py:Block", {}, r"give FILE\.py:NAME"),
    "no Python file": ("row.csv:Net", {}, r"give FILE\.py:NAME"),
    "meta": ("meta.py:net", {}, "meta device, which has shapes and no numbers: .*--weights"),
    "no such loss": ("my_net.py:Net", {"loss": "huber"}, r"loss is huber: give FILE\.py:NAME or one of"),
    "no such function": (
        "my_net.py:Net",
        {"loss": "my_net.py:distanse"},
        r"defines no distanse\. Did you mean distance",
    ),
    "no function": ("my_net.py:Net", {"loss": "my_net.py:settings"}, "settings is a dict: give a function"),
    "which function": ("my_net.py:Net", {"loss": "my_net.py"}, r"say which function, such as my_net\.py:loss"),
    "focus": ("my_net.py:Net", {"focus": "block.fcc"}, r"no module block\.fcc\. Did you mean block\.fc"),
    "names": (
        "my_net.py:Net",
        {"class_names": "cat,dog"},
        r"2 names and the output, of shape \(1, 3\), 3 scores: give a name for each",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_a_model_is_said_in_a_sentence(here: Path, case: str):
    files = {
        "empty.py": "x = 1\n",
        "syntax.py": "import torch\nclass X(\n",
        "raises.py": "import torch\n\nx = 1 / 0\n",
        "ends.py": "import sys\nsys.exit(3)\n",
        "needs.py": "import nowhere_at_all\n",
        "meta.py": "import torch\ndef net():\n    return torch.nn.Linear(4, 2, device='meta')\n",
    }
    for name, text in files.items():
        (here / name).write_text(text, "utf-8")
    (here / "picture.py").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    model, given, said = WRONG[case]
    with pytest.raises(InputError, match=said) as caught:
        recorded(model, **given)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith((".", "?"))


def test_a_meta_model_is_refused_whatever_goes_in(here: Path):
    (here / "meta.py").write_text(
        "import torch\ndef net():\n    return torch.nn.Linear(4, 2, device='meta')\n"
    )
    with pytest.raises(InputError, match="meta device"):
        run("model", {"model": "meta.py:net"})


def test_nothing_of_it_stays_also_after_a_failure(here: Path):
    (here / "bad.py").write_text("import layers\nimport sys\nsys.path.insert(0, 'x')\n1 / 0\n", "utf-8")
    path, modules = list(sys.path), set(sys.modules)
    recorded("my_net.py:Net", loss="my_net.py:distance", target=1)
    with pytest.raises(InputError, match=r"bad\.py, line 4"):
        recorded("bad.py:Net")
    assert sys.path == path
    assert not {name for name in set(sys.modules) - modules if name == "layers" or "gradreel_own" in name}
    assert not list(here.glob("**/__pycache__"))


def test_a_neighbour_may_have_the_name_of_one_of_our_packages(here: Path):
    """Many repositories have an engine.py."""
    (here / "engine.py").write_text(
        "from torch import nn\n\ndef block():\n    return nn.Linear(4, 3)\n", "utf-8"
    )
    (here / "later.py").write_text("def double(x):\n    return x * 2\n", "utf-8")
    (here / "own.py").write_text(
        "from __future__ import annotations\n"
        "from dataclasses import dataclass\n"
        "from torch import nn, Tensor\n"
        "from engine import block\n\n"
        "@dataclass\nclass Out:\n    logits: Tensor\n    hidden: Tensor\n\n"
        "class Net(nn.Module):\n"
        "    def __init__(self):\n        super().__init__()\n        self.body = block()\n\n"
        "    def forward(self, x):\n"
        "        from later import double\n"
        "        h = self.body(double(x))\n        return Out(h, h)\n",
        "utf-8",
    )
    trace = recorded("own.py:Net")
    assert [one.operation for one in trace.nodes if one.operation in ("mul", "Linear")] == ["mul", "Linear"]
    assert sys.modules["engine"] is engine
    assert "later" not in sys.modules


PARTS = "from torch import nn\n\ndef part():\n    return nn.Linear(4, 3)\n"
USES = "from torch import nn\n{imports}\n\ndef net():\n    return nn.Sequential(part(), nn.ReLU())\n"


@pytest.mark.parametrize(
    ("imports", "files"),
    [
        ("from .parts import part", {}),
        ("from .parts import part", {"__init__.py": ""}),
        ("from .parts import part", {"__init__.py": "from .net import net\n"}),
        ("from ..models.parts import part", {}),
        ("from parts import part", {"__init__.py": ""}),
        ("from models.parts import part", {}),
        ("from models.parts import part", {"__init__.py": "from models.parts import part\n"}),
    ],
)
def test_a_file_in_a_package_imports_as_where_it_is_used(here: Path, imports: str, files: dict[str, str]):
    """Projects are run from their own folder, and their files import each other by dots or by whole names."""
    before = {name: one for name, one in sys.modules.items() if "models" in name}
    (here / "models").mkdir()
    for name, text in {"parts.py": PARTS, "net.py": USES.format(imports=imports), **files}.items():
        (here / "models" / name).write_text(text, "utf-8")
    trace = recorded("models/net.py:net")
    assert texts(trace, "module/class") == ["Sequential", "Linear", "ReLU"]
    known = set(trace.params["resolved"]["model"]["files"])
    assert {"models/net.py", "models/parts.py"} <= known
    assert not sys.modules.keys() & {"models", "models.net", "models.parts", "parts"} - before.keys()


def test_what_a_file_sets_for_all_of_torch_is_as_it_was(here: Path):
    (here / "double.py").write_text(
        "import torch\ntorch.set_default_dtype(torch.float64)\ntorch.manual_seed(7)\ntorch.set_num_threads(2)\n"
        "def net():\n    return torch.nn.Linear(4, 2)\n",
        "utf-8",
    )
    state, threads = torch.random.get_rng_state(), torch.get_num_threads()
    trace = recorded("double.py:net")
    assert trace["tensor/dtype"][0] == "float64"
    assert torch.get_default_dtype() == torch.float32
    assert torch.get_num_threads() == threads
    (here / "device.py").write_text(
        "import torch\ntorch.set_default_device('meta')\nnet = torch.nn.ReLU\n", "utf-8"
    )
    assert recorded("device.py:net")["value/0"].shape == (1, 4)
    assert torch.get_default_device().type == "cpu"
    assert torch.equal(torch.random.get_rng_state(), state)


def test_a_file_may_have_any_name(here: Path):
    (here / "week 3.lecture-2 한글.py").write_text(written.NET, "utf-8")
    assert recorded("week 3.lecture-2 한글.py:Net")["module/class"][0] == "Net"


def test_the_seed_decides_the_weights_and_the_random_input(here: Path):
    first, again, other = (recorded("my_net.py:Net", seed=seed) for seed in (3, 3, 4))
    assert first.digest() == again.digest()
    assert by_name(first, "parameter/norm") != by_name(other, "parameter/norm")
    assert first["value/0"].values.tolist() != other["value/0"].values.tolist()
