"""A folder of a teacher's recordings, one file a beat, checked as a whole before anything is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.errors import InputError, nearest
from pipeline.voice import names
from pipeline.voice.loudness import is_silent
from pipeline.voice.pauses import trimmed
from pipeline.voice.samples import Samples, Unusable, read

LONGEST_S = 600.0
SCRIPT_HINT = "`script` prints what each recording must say and its file name"


@dataclass(frozen=True)
class Found:
    """The file of each beat that has one, by key, and the keys of those that need one and have none."""

    files: Mapping[str, Path]
    missing: tuple[str, ...]


def folder_for(folder: Path, language: str, languages: Sequence[str]) -> Path:
    """Where the recordings in `language` lie: in a subfolder `ko` or `en` if there is one, else in `folder` itself."""
    if not folder.exists():
        raise InputError(
            f"There is no folder {folder}: give one with recordings, or --voice none, espeak or piper:MODEL.onnx."
        )
    if not folder.is_dir():
        raise InputError(
            f"{folder} is a file: give --voice the folder that holds one recording for each beat."
        )
    own = folder / language
    if own.is_dir():
        return own
    if len(languages) > 1:
        raise InputError(
            f"{folder} has no folder {language}: for a lecture in several languages put the recordings of each into "
            f"{' and '.join(str(folder / one) for one in languages)}."
        )
    return folder


def find(folder: Path, keys: Sequence[str], needed: Sequence[str]) -> Found:
    """The recordings in `folder`; `needed` are the beats that say something.

    Raises InputError for files that are for no beat and for two files for one beat.
    """
    try:
        paths = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError as error:
        raise InputError(f"{folder} cannot be read: {error.strerror or error}.") from error
    files: dict[str, Path] = {}
    problems = []
    for path in (path for path in paths if path.suffix.lower() in names.SUFFIXES):
        key = names.key_of(path, keys)
        if key is None:
            near = nearest(names.NUMBERED.sub("", path.stem, count=1), keys, listed_max=3)
            problems.append(f"{path.name} is for no beat ({near.rstrip('.')})")
        elif key in files:
            problems.append(f"{files[key].name} and {path.name} are for the same beat")
        else:
            files[key] = path
    if problems:
        raise InputError(f"In {folder}: {'; '.join(problems)}. Rename them or move them away; {SCRIPT_HINT}.")
    return Found(files, tuple(key for key in needed if key not in files))


def missing_sentence(folder: Path, missing: Sequence[str], stems: Mapping[str, str]) -> str:
    """Which recordings are to be made, all of them, and what else can be done."""
    files = ", ".join(f"{stems[key]}.wav" for key in missing)
    what = "A recording is" if len(missing) == 1 else f"{len(missing)} recordings are"
    return (
        f"{what} missing in {folder}: {files} (or .mp3, .m4a). {SCRIPT_HINT}; "
        "--voice-missing silent leaves such beats without a voice, --voice-missing espeak has them spoken."
    )


def load(path: Path) -> Samples:
    """The sound of one recording, without the silence around it. Raises Unusable with the reason."""
    sound = read(path, LONGEST_S)
    if is_silent(sound):
        raise Unusable("is silent" if sound.size else "is empty")
    return trimmed(sound)


def unusable_sentence(folder: Path, problems: Mapping[Path, Unusable]) -> str:
    """Every recording that cannot be used, each with the reason."""
    reasons = "; ".join(f"{path.name} {problem}" for path, problem in problems.items())
    return f"In {folder}: {reasons}. Record {'it' if len(problems) == 1 else 'them'} again."
