"""A piper voice: really run by piper-tts and onnxruntime, with a model so small that a test can write it."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError
from pipeline.lecture.timeline import Spoken
from pipeline.voice import voices
from pipeline.voice.samples import read
from tests import needs

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
