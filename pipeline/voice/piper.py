"""piper: a neural voice from a model file that the user has. Nothing is ever fetched.

A model may come by mail. Its settings may ask piper for a phonemizer that fetches files, or name a file for a voice;
its network may lie in other files, or ask for any amount of memory: all of that is refused.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import InputError, RunError
from engine.files import regular, strict_json
from engine.text.echo import echo
from pipeline.voice.samples import Samples, resampled

WHERE = "a model and its .onnx.json are two files of one piper voice, kept side by side"
MODEL_BYTES_MAX, CONFIG_BYTES_MAX = regular.GIB // 4, 2**21  # piper's largest are 115 MB and 20 kB
WORK_BYTES_MAX = regular.GIB // 2  # of memory, while it speaks
PHONEMIZERS = ("espeak", "text")  # piper's others are for other languages, and fetch dictionaries
VOICE = re.compile(r"[A-Za-z][A-Za-z0-9+_-]{0,39}")  # a voice of espeak-ng; with dots and slashes, any file
RATES = (4_000, 384_000)  # samples a second
SPEAKS_S_MAX = 600  # of one text
ELSEWHERE = b"location"  # the key by which ONNX names another file that holds numbers of a network


class Piper:
    """A voice model: MODEL.onnx and, beside it, MODEL.onnx.json. Raises InputError for files that cannot be used."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._config = _config(model)
        # onnxruntime reports its use to its makers unless told otherwise.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        try:
            import piper
        except ImportError as error:
            raise InputError(
                "--voice piper:… needs the package piper-tts: install it with `pip install gradreel[piper]`."
            ) from error
        network = _network(model)
        self._digest = hashlib.sha256(json.dumps(self._config, sort_keys=True).encode())
        self._digest.update(network)
        try:
            config = piper.PiperConfig.from_dict(self._config)
            self._voice = piper.PiperVoice(_session(network), config)
        except Exception as error:  # onnxruntime has an error for every kind of damage, with no common base
            raise InputError(
                f"{echo(model)} cannot be used as a piper voice, it may be damaged: {WHERE}."
            ) from error

    @property
    def language(self) -> str:
        """What the model speaks: "ko", "en", "de", …"""
        said = self._config.get("language", {}).get("code") or self._config["espeak"]["voice"]
        return str(said).lower().replace("_", "-").split("-")[0]

    def check(self, language: str) -> None:
        """InputError when the model speaks another language."""
        if self.language != language:
            raise InputError(
                f"The voice {echo(self._model.name)} speaks {echo(self.language, 20)}, not {language}: give a voice "
                "for that language, or make each language by itself with its own voice (--lang)."
            )

    @cached_property
    def identity(self) -> str:
        """Changes with the model, whatever its file is called."""
        return f"piper {self._digest.hexdigest()}"

    def say(self, text: str, language: str) -> Samples:
        """See Speaker."""
        name = echo(self._model.name)
        said: list[Samples] = []
        try:
            for chunk in self._voice.synthesize(text):
                said.append(chunk.audio_float_array)
                if sum(one.size for one in said) > SPEAKS_S_MAX * self._rate:
                    raise InputError(f"The piper voice {name} speaks without end: {WHERE}.")
        except InputError:
            raise
        except Exception as error:  # as above
            raise RunError(f"The piper voice {name} could not speak a text: {WHERE}.") from error
        sound = np.concatenate([np.zeros(0, np.float32), *said])
        if not np.isfinite(sound).all():
            raise RunError(f"The piper voice {name} gave no usable sound: {WHERE}.")
        return resampled(sound, self._rate)

    @property
    def _rate(self) -> int:
        return int(self._config["audio"]["sample_rate"])


def _config(model: Path) -> dict[str, Any]:
    """The settings beside the model, once they have their form. InputError otherwise."""
    if not model.exists():
        raise InputError(
            f"There is no voice model {echo(model)}: give the path of a piper voice, piper:MODEL.onnx."
        )
    beside = model.with_name(model.name + ".json")
    if not beside.exists():
        raise InputError(f"There is no {echo(beside)}: {WHERE}.")
    data = regular.content(beside, bytes_max=CONFIG_BYTES_MAX)
    try:
        config = strict_json.parse(data.decode("utf-8"))
        good = _is_config(config)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{echo(beside)} cannot be used, it may be damaged: {WHERE}.") from error
    if not good:
        raise InputError(f"{echo(beside)} cannot be used, it may be damaged: {WHERE}.")
    phonemizer = config.get("phoneme_type", PHONEMIZERS[0])
    if phonemizer not in PHONEMIZERS:
        raise InputError(
            f"{echo(beside)} asks for the phonemes {echo(phonemizer, 20)}, and a Korean or English voice needs "
            "espeak's or plain text: give another voice."
        )
    return dict(config)


def _is_config(config: Any) -> bool:
    """Whether it names an espeak-ng voice and a rate that sound can have. Or an error, where it has another form."""
    rate = config["audio"]["sample_rate"]
    code = config.get("language", {}).get("code", "")
    return (
        type(rate) is int
        and RATES[0] <= rate <= RATES[1]
        and isinstance(code, str)
        and VOICE.fullmatch(config["espeak"]["voice"]) is not None
    )


def _network(model: Path) -> bytes:
    """The model's bytes. InputError when it is no ordinary file, too large, or keeps a part of itself elsewhere."""
    network = regular.content(model, bytes_max=MODEL_BYTES_MAX)
    if ELSEWHERE in network:
        raise InputError(f"{echo(model)} keeps its numbers in another file: give a voice that is one file.")
    return network


@cache
def _limit_memory() -> None:
    """For every network of this process, once: what they work with comes from one store, and it has an end."""
    import onnxruntime as onnx

    place = onnx.OrtMemoryInfo("Cpu", onnx.OrtAllocatorType.ORT_ARENA_ALLOCATOR, 0, onnx.OrtMemType.DEFAULT)
    as_needed = {
        "max_mem": WORK_BYTES_MAX,
        "arena_extend_strategy": 1,
        "initial_chunk_size_bytes": -1,
        "max_dead_bytes_per_chunk": -1,
    }
    onnx.create_and_register_allocator(place, onnx.OrtArenaCfg(as_needed))


def _session(network: bytes) -> Any:
    """The network, ready to run, from its bytes alone, with bounded memory and without a word on the terminal."""
    import onnxruntime as onnx

    _limit_memory()
    options = onnx.SessionOptions()
    options.log_severity_level = 4  # fatal
    options.add_session_config_entry("session.use_env_allocators", "1")
    return onnx.InferenceSession(network, sess_options=options, providers=["CPUExecutionProvider"])
