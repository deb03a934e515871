"""A piper voice: really run by piper-tts and onnxruntime, with a model so small that a test can write it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import InputError, RunError
from pipeline.lecture.timeline import Spoken
from pipeline.voice import voices
from pipeline.voice.samples import read
from tests import needs

ROOT = Path(__file__).resolve().parents[2]
RATE, SAMPLES_A_SYMBOL = 22_050, 1_000


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A network with piper's inputs and output: every symbol of the text becomes a millisecond-long buzz."""
    onnx = needs.library("onnx")  # which writes the model
    needs.library("piper")
    helper, kinds = onnx.helper, onnx.TensorProto
    buzz = np.sin(2 * np.pi * 200 * np.arange(SAMPLES_A_SYMBOL) / RATE).astype(np.float32) * 0.3
    nodes = [
        helper.make_node("Cast", ["input"], ["symbols"], to=kinds.FLOAT),
        helper.make_node("Mul", ["symbols", "zero"], ["zeros"]),
        helper.make_node("Unsqueeze", ["zeros", "last"], ["column"]),
        helper.make_node("Add", ["column", "buzz"], ["rows"]),
        helper.make_node("Reshape", ["rows", "flat"], ["output"]),
    ]
    inputs = [
        helper.make_tensor_value_info("input", kinds.INT64, [1, None]),
        helper.make_tensor_value_info("input_lengths", kinds.INT64, [1]),
        helper.make_tensor_value_info("scales", kinds.FLOAT, [3]),
    ]
    constants = [
        onnx.numpy_helper.from_array(np.zeros(1, np.float32), "zero"),
        onnx.numpy_helper.from_array(np.array([2]), "last"),
        onnx.numpy_helper.from_array(buzz, "buzz"),
        onnx.numpy_helper.from_array(np.array([1, 1, 1, -1]), "flat"),
    ]
    outputs = [helper.make_tensor_value_info("output", kinds.FLOAT, [1, 1, 1, None])]
    graph = helper.make_graph(nodes, "voice", inputs, outputs, constants)
    path = tmp_path / "voice.onnx"
    opset = helper.make_opsetid("", 13)
    onnx.save(helper.make_model(graph, opset_imports=[opset], ir_version=8), str(path))
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "en-us"},
        "language": {"code": "en_US"},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
        "num_symbols": 256,
        "num_speakers": 1,
        "phoneme_type": "text",
        "phoneme_id_map": {chr(code): [code] for code in range(32, 127)} | {"_": [0], "^": [1], "$": [2]},
    }
    path.with_name("voice.onnx.json").write_text(json.dumps(config))
    return path


def refused(model: Path, language: str = "en") -> str:
    with pytest.raises(InputError) as error, voices(f"piper:{model}", [language]):
        pass
    assert "\n" not in str(error.value)
    return str(error.value)


def test_piper_speaks(model: Path, cached: Path) -> None:
    """As many buzzes as the spoken text has symbols, and the ones that piper puts around and between them."""
    with voices(f"piper:{model}", ["en"]) as voice:
        assert voice is not None
        beat = voice("en", [Spoken("a", "A", ("x = −2", "A much longer caption than that."))])["a"]
        short, long = beat.clips
        assert beat.by_caption
        symbols = 2 * len("x equals minus 2.") + 2
        assert short.seconds == pytest.approx(symbols * SAMPLES_A_SYMBOL / RATE, rel=0.1)
        assert long.seconds > 1.5 * short.seconds
        assert np.abs(read(long.path, 60)).max() > 0.1


def test_models_that_cannot_be_used(model: Path) -> None:
    config = model.with_name("voice.onnx.json")
    assert "speaks en, not ko" in refused(model, "ko")
    assert "There is no voice model" in refused(model.with_name("other.onnx"))
    good = config.read_text()
    config.write_text("{")
    assert "voice.onnx.json cannot be used" in refused(model)
    config.write_text("[]")
    assert "voice.onnx.json cannot be used" in refused(model)
    config.write_text(good)
    model.write_bytes(model.read_bytes()[:300])
    assert "may be damaged" in refused(model)
    config.unlink()
    assert "There is no" in refused(model)


def test_a_model_by_mail_fetches_nothing_and_names_no_file(model: Path) -> None:
    """piper's phonemizer for Chinese downloads an archive; a voice of espeak-ng may be a path."""
    config = model.with_name("voice.onnx.json")
    good = json.loads(config.read_text())

    def altered(**changes: Any) -> str:
        config.write_text(json.dumps(good | changes))
        return refused(model)

    for phonemizer in ("pinyin", "japanese", "thai", "hebrew", "\x1b[2J", [1]):
        assert "asks for the phonemes" in altered(phoneme_type=phonemizer)
    for voice in ("../../etc/passwd", "/etc/passwd", "", "a.b", "x" * 41, 1):
        assert "cannot be used" in altered(espeak={"voice": voice})
    for rate in (0, -1, 1, 1e-300, 10**30, True, "22050", None):
        assert "cannot be used" in altered(audio={"sample_rate": rate})
    languages: tuple[Any, ...] = ([], "en", {"code": 1}, {"code": None})
    for language in languages:
        assert "cannot be used" in altered(language=language)


def test_a_description_of_any_form_is_refused(model: Path) -> None:
    config = model.with_name("voice.onnx.json")
    for text in (
        "[" * 100_000,
        '{"a":' + "9" * 5000 + "}",
        "NaN",
        " " * (2**21 + 1),
        "\ud800".encode("utf-8", "surrogatepass"),
    ):
        config.write_bytes(text.encode() if isinstance(text, str) else text)
        refused(model)
    config.unlink()
    os.mkfifo(config)
    assert "no ordinary file" in refused(model)
    model.unlink()
    os.mkfifo(model)
    refused(model)


def test_a_network_in_other_files_is_refused(model: Path) -> None:
    """They may be anybody's: ONNX gives their names in the model."""
    onnx = needs.library("onnx")
    loaded = onnx.load(str(model))
    numbers = loaded.graph.initializer[2]
    numbers.ClearField("raw_data")
    numbers.data_location = onnx.TensorProto.EXTERNAL
    for key, value in (("location", "diary.txt"), ("offset", "0"), ("length", "4000")):
        entry = numbers.external_data.add()
        entry.key, entry.value = key, value
    model.with_name("diary.txt").write_bytes(bytes(4000))
    model.write_bytes(loaded.SerializeToString())
    assert "in another file" in refused(model)


def test_a_network_gets_no_more_memory_than_is_allowed(model: Path, cached: Path) -> None:
    """It asks for 3.6 GB of zeros."""
    onnx = needs.library("onnx")
    loaded = onnx.load(str(model))
    helper = onnx.helper
    loaded.graph.initializer.append(onnx.numpy_helper.from_array(np.array([900_000_000]), "many"))
    zeros = [
        helper.make_node("ConstantOfShape", ["many"], ["all"]),
        helper.make_node("ReduceSum", ["all"], ["sum"], keepdims=0),
        helper.make_node("Mul", ["symbols", "sum"], ["zeros"]),
    ]
    kept = [loaded.graph.node[0], *zeros, *list(loaded.graph.node)[2:]]
    del loaded.graph.node[:]
    loaded.graph.node.extend(kept)
    model.write_bytes(loaded.SerializeToString())
    with voices(f"piper:{model}", ["en"]) as voice:
        assert voice is not None
        with pytest.raises(RunError, match="could not speak"):
            voice("en", [Spoken("a", "A", ("x",))])


def test_nothing_is_reported_to_anybody(model: Path, tmp_path: Path) -> None:
    """onnxruntime keeps a store of what it will send to its makers, unless it is told not to."""
    home = tmp_path / "home"
    home.mkdir()
    environment = os.environ | {"HOME": str(home), "XDG_CACHE_HOME": str(home / "cache")}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    program = "import pathlib, sys; from pipeline.voice.piper import Piper; Piper(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", program, str(model)], env=environment, cwd=ROOT, check=True)
    assert not [path for path in home.rglob("*") if "onnx" in path.name.lower()]
