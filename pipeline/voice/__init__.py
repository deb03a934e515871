"""The voice of a lecture: a teacher's recordings or a speech program, evened in loudness, one `BeatVoice` a beat."""

from pipeline.voice.casting import MISSING, NONE, Voice, voices

__all__ = ["MISSING", "NONE", "Voice", "voices"]
