"""espeak-ng: the library and voices of the PyPI package espeakng-loader, or else the system's program."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from functools import cache, cached_property
from typing import Any

import numpy as np

from engine.errors import InputError, RunError
from pipeline import scratch
from pipeline.parent import before_exec
from pipeline.voice.samples import Samples, Unusable, read, resampled
from pipeline.voice.speaker import LONGEST_S, Speaker

VOICES = {"ko": "ko", "en": "en-us"}
WORDS_A_MINUTE = 155  # its own 175 is hurried for a lecture
PROGRAM = "espeak-ng"
INSTALL = (
    "`pip install gradreel[voice]`, or the program with "
    "`sudo apt-get install espeak-ng` (macOS: `brew install espeak-ng`)"
)
# From espeak-ng's speak_lib.h.
SYNCHRONOUS, NO_EXIT, UTF8, RATE_PARAMETER = 2, 0x8000, 1, 1


def espeak() -> Speaker:
    """espeak-ng as it is installed; InputError that says how when it is not."""
    brought, installed = library(), program()
    if brought is not None:
        return brought
    if installed is None:
        raise InputError(f"--voice espeak needs espeak-ng: install {INSTALL}.")
    return Program(installed)


def found() -> str | None:
    """Which espeak-ng there is, in words; None when there is none."""
    if library() is not None:
        return "library of espeakng-loader"
    path = program()
    return None if path is None else f"program {path}"


def program() -> str | None:
    """Where the system's program is, if it is there."""
    return shutil.which(PROGRAM)


class Program:
    """The program, run for each text, which it reads from its standard input."""

    def __init__(self, path: str) -> None:
        self._path = path

    @cached_property
    def identity(self) -> str:
        """See Speaker."""
        asked = subprocess.run([self._path, "--version"], capture_output=True, check=False)
        return f"espeak-ng program {asked.stdout.decode(errors='replace').split('Data')[0]} {WORDS_A_MINUTE} {VOICES}"

    def say(self, text: str, language: str) -> Samples:
        """See Speaker."""
        with scratch.folder() as folder:
            wav = folder / "said.wav"
            command = [
                self._path,
                "-v",
                VOICES[language],
                "-s",
                str(WORDS_A_MINUTE),
                "-b",
                str(UTF8),
                "-w",
                str(wav),
            ]
            try:
                subprocess.run(
                    [*command, "--stdin"],
                    input=text.encode(),
                    capture_output=True,
                    check=True,
                    timeout=LONGEST_S,
                    preexec_fn=before_exec(),
                )
                return read(wav, LONGEST_S)
            except subprocess.CalledProcessError as error:
                said = error.stderr.decode(errors="replace").strip().splitlines()
                raise RunError(
                    f"espeak-ng failed ({said[0] if said else error.returncode}): try `espeak-ng -v "
                    f"{VOICES[language]} test`, or install it again."
                ) from error
            except (subprocess.TimeoutExpired, OSError, Unusable) as error:
                raise RunError(f"espeak-ng failed ({error}): install it again, {INSTALL}.") from error


class Library:
    """The library, in this process. It has one voice at a time and is called by one thread only."""

    def __init__(self, library: Any, data: str) -> None:
        self._library = library
        self._rate = int(library.espeak_Initialize(SYNCHRONOUS, 0, data.encode(), NO_EXIT))
        if self._rate <= 0:
            raise OSError("espeak-ng's voices cannot be loaded")
        library.espeak_Info.restype = ctypes.c_char_p
        version = library.espeak_Info(None).decode()
        self.identity = f"espeak-ng library {version} {WORDS_A_MINUTE} {VOICES}"
        self._pieces: list[Any] = []
        receiver = ctypes.CFUNCTYPE(
            ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
        )
        self._receive = receiver(self._keep)  # the library keeps no reference of its own
        library.espeak_SetSynthCallback(self._receive)
        library.espeak_SetParameter(RATE_PARAMETER, WORDS_A_MINUTE, 0)

    def _keep(self, samples: Any, count: int, events: Any) -> int:
        if samples and count > 0:
            self._pieces.append(np.ctypeslib.as_array(samples, (count,)).copy())
        return 0

    def say(self, text: str, language: str) -> Samples:
        """See Speaker."""
        self._pieces.clear()
        if self._library.espeak_SetVoiceByName(VOICES[language].encode()) != 0:
            raise RunError(f"This espeak-ng has no voice {VOICES[language]}: install it again, {INSTALL}.")
        data = text.encode() + b"\0"
        if self._library.espeak_Synth(data, ctypes.c_size_t(len(data)), 0, 0, 0, UTF8, None, None) != 0:
            raise RunError("espeak-ng could not speak a text: install it again, " + INSTALL + ".")
        said = np.concatenate(self._pieces) if self._pieces else np.zeros(0, np.int16)
        return resampled(said, self._rate)


@cache
def library() -> Library | None:
    """The library of espeakng-loader; None without the package, or where its build does not load."""
    try:
        import espeakng_loader

        return Library(ctypes.CDLL(espeakng_loader.get_library_path()), espeakng_loader.get_data_path())
    except (ImportError, OSError, RuntimeError, AttributeError):
        return None
