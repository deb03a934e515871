"""A folder of a teacher's recordings, one file a beat, checked as a whole before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from engine.errors import InputError
from engine.text.echo import echo
from pipeline.voice import names
from pipeline.voice.loudness import is_silent
from pipeline.voice.pauses import trimmed
from pipeline.voice.samples import Samples, Unusable, read

LONGEST_S = 600.0
OTHERS_MAX = 1000  # files for no beat whose names are looked at
TOLD_MAX = 8  # of files that one sentence names; those of missing beats are named all
SCRIPT_HINT = "`script` prints what each recording must say and its file name"


@dataclass(frozen=True)
class Found:
    """The file of each beat that has one, by key; the beats that need one and have none; files for no beat."""

    files: Mapping[str, Path]
    missing: tuple[str, ...]
    others: tuple[Path, ...]

    def probably_meant(self) -> dict[Path, str]:
        """Files for no beat whose names are close to the key of a beat that has none."""
        close = {
            path: get_close_matches(names.plain(path), self.missing, n=1) for path in self.others[:OTHERS_MAX]
        }
        return {path: keys[0] for path, keys in close.items() if keys}


def folder_for(folder: Path, language: str, languages: Sequence[str]) -> Path:
    """Where the recordings in `language` lie: in a subfolder `ko` or `en` if there is one, else in `folder` itself."""
    if not folder.exists():
        raise InputError(
            f"There is no folder {echo(folder)}: give one with recordings, or --voice none, espeak or piper:MODEL.onnx."
        )
    if not folder.is_dir():
        raise InputError(
            f"{echo(folder)} is a file: give --voice the folder that holds one recording for each beat."
        )
    own = folder / language
    if own.is_dir():
        return own
    if len(languages) > 1:
        raise InputError(
            f"{echo(folder)} has no folder {language}: for a lecture in several languages put the recordings of each "
            f"into {' and '.join(echo(folder / one) for one in languages)}."
        )
    return folder


def find(folder: Path, keys: Sequence[str], needed: Sequence[str]) -> Found:
    """The recordings in `folder`; `needed` are the beats that say something.

    Raises InputError for two files for one beat.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{echo(folder)} cannot be read: {error.strerror or error}.") from error
    files: dict[str, Path] = {}
    others, twice = [], []
    for path in (path for path in paths if path.suffix.lower() in names.SUFFIXES):
        key = names.key_of(path, keys)
        if key is None:
            others.append(path)
        elif key in files:
            twice.append(f"{echo(files[key].name)} and {echo(path.name)}")
        else:
            files[key] = path
    if twice:
        raise InputError(f"In {echo(folder)} these are for the same beat: {_some(twice)}. Keep one of each.")
    return Found(files, tuple(key for key in needed if key not in files), tuple(others))


def missing_sentence(folder: Path, found: Found, stems: Mapping[str, str]) -> str:
    """Which recordings are to be made, all of them, and what else can be done."""
    files = ", ".join(f"{stems[key]}.wav" for key in found.missing)
    what = "A recording is" if len(found.missing) == 1 else f"{len(found.missing)} recordings are"
    return (
        f"{what} missing in {echo(folder)}: {files} (or .mp3, .m4a){others_words(found, stems)}. {SCRIPT_HINT}; "
        "--voice-missing silent leaves such beats without a voice, --voice-missing espeak has them spoken."
    )


def others_words(found: Found, stems: Mapping[str, str]) -> str:
    """What is to be said of files that are for no beat; "" when there are none."""
    meant = found.probably_meant()
    said = [
        f"{echo(path.name)} (did you mean {stems[meant[path]]}?)" if path in meant else echo(path.name)
        for path in sorted(found.others, key=lambda path: path not in meant)
    ]
    return f"; for no beat of this lecture: {_some(said, ', ')}" if said else ""


def load(path: Path) -> Samples:
    """The sound of one recording, without the silence around it. Raises Unusable with the reason."""
    sound = read(path, LONGEST_S)
    if is_silent(sound):
        raise Unusable("is silent" if sound.size else "is empty")
    return trimmed(sound)


def unusable_sentence(folder: Path, problems: Mapping[Path, Unusable]) -> str:
    """Every recording that cannot be used, each with the reason."""
    reasons = "; ".join(f"{echo(path.name)} {problem}" for path, problem in problems.items())
    return f"In {echo(folder)}: {reasons}. Record {'it' if len(problems) == 1 else 'them'} again."


def _some(phrases: Sequence[str], between: str = "; ") -> str:
    """As many as a sentence holds, and how many there are beyond them."""
    more = len(phrases) - TOLD_MAX
    return between.join(phrases[:TOLD_MAX]) + (f" and {more:,} more" if more > 0 else "")
