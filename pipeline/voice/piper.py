"""piper: a neural voice from a model file that the user has. Nothing is ever fetched."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np

from engine.echo import echo
from engine.errors import InputError, RunError
from pipeline.voice.samples import Samples, resampled

WHERE = "a model and its .onnx.json are two files of one piper voice, kept side by side"
CHUNK = 1 << 20


class Piper:
    """A voice model: MODEL.onnx and, beside it, MODEL.onnx.json. Raises InputError for files that cannot be used."""

    def __init__(self, model: Path) -> None:
        self._model = model
        self._config = _config(model)
        try:
            from piper import PiperVoice
        except ImportError as error:
            raise InputError(
                "--voice piper:… needs the package piper-tts: install it with `pip install gradreel[piper]`."
            ) from error
        try:
            self._voice = PiperVoice.load(model, use_cuda=False)
        except (
            Exception
        ) as error:  # onnxruntime has errors of its own for every kind of damage, with no common base
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
                f"The voice {echo(self._model.name)} speaks {self.language}, not {language}: give a voice for that "
                "language, or make each language by itself with its own voice (--lang)."
            )

    @cached_property
    def identity(self) -> str:
        """Changes with the model, whatever its file is called."""
        digest = hashlib.sha256(json.dumps(self._config, sort_keys=True).encode())
        with self._model.open("rb") as file:
            while chunk := file.read(CHUNK):
                digest.update(chunk)
        return f"piper {digest.hexdigest()}"

    def say(self, text: str, language: str) -> Samples:
        """See Speaker."""
        try:
            chunks = list(self._voice.synthesize(text))
        except Exception as error:  # as above
            raise RunError(f"The piper voice {self._model.name} could not speak a text: {WHERE}.") from error
        said = (
            np.concatenate([chunk.audio_float_array for chunk in chunks])
            if chunks
            else np.zeros(0, np.float32)
        )
        if not np.isfinite(said).all():
            raise RunError(f"The piper voice {self._model.name} gave no usable sound: {WHERE}.")
        return resampled(said, chunks[0].sample_rate) if chunks else said


def _config(model: Path) -> dict[str, Any]:
    if not model.is_file():
        raise InputError(
            f"There is no voice model {echo(model)}: give the path of a piper voice, piper:MODEL.onnx."
        )
    beside = model.with_name(model.name + ".json")
    try:
        config = json.loads(beside.read_text(encoding="utf-8"))
        if (
            isinstance(config, dict)
            and isinstance(config["espeak"]["voice"], str)
            and config["audio"]["sample_rate"]
        ):
            return config
    except FileNotFoundError as error:
        raise InputError(f"There is no {beside}: {WHERE}.") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{beside} cannot be used, it may be damaged: {WHERE}.") from error
    raise InputError(f"{beside} cannot be used, it may be damaged: {WHERE}.")
