"""What a speech program is to the rest."""

from __future__ import annotations

from typing import Protocol

from pipeline.voice.samples import Samples

LONGEST_S = 600.0  # of one caption; only a program that hangs takes as long


class Speaker(Protocol):
    """A speech program."""

    @property
    def identity(self) -> str:
        """Changes when the same text would sound otherwise: program, version, voice."""

    def say(self, text: str, language: str) -> Samples:
        """`text`, which `spoken` made, as sound; empty when there is nothing in it to say."""
