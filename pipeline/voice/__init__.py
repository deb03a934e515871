"""The voice of a lecture: a teacher's recordings or a speech program, evened in loudness, one `BeatVoice` a beat."""

from pipeline.voice.casting import voices

__all__ = ["voices"]
