"""What films say of runs that go otherwise: if these failed, a film would say what its run does not show.

Each film's cases stand in its own `test_honest_FILM.py`.
"""

from typing import Any

from tests.scenes.watching import play

# parameters, beat, what is said in Korean, and what must not be
Case = tuple[dict[str, Any], str, str, tuple[str, ...]]


def says(slug: str, given: dict[str, Any], beat: str, said: str, unsaid: tuple[str, ...]) -> None:
    """A beat of the film of this run has a caption with `said`, and none with any of `unsaid`."""
    theme = "light" if given else "dark"  # as other tests play them
    cues = [" ".join(one.text.split()) for one in play(slug, "ko", theme, **given).spoken if one.beat == beat]
    assert any(said in cue for cue in cues), cues
    assert not [cue for cue in cues for words in unsaid if words in cue]
