"""The rules of -o, the same for every command: the one file that is made, when it is named as such, else a folder."""

from collections.abc import Sequence
from pathlib import Path

from engine.errors import InputError
from engine.text.echo import echo

DEFAULT_FOLDER = "media"
FOLDER_REMEDY = "give -o a folder"


def only_file(
    output: Path | None,
    endings: Sequence[str],
    count: int,
    *,
    what: str = "files",
    remedy: str = FOLDER_REMEDY,
) -> Path | None:
    """``output`` when it names the only file to be made, None when it is a folder (or not given).

    ``endings`` are those of what is made, such as ".mp4". InputError for another ending, and where ``count`` of
    ``what`` would go into one file.
    """
    if output is None or output.suffix == "" or output.is_dir():
        return None
    if output.suffix.lower() not in endings:
        made = (
            f"{endings[0]}, which is what is made"
            if len(endings) == 1
            else f"what is made ({', '.join(endings)})"
        )
        raise InputError(f"{echo(output)} does not end in {made}: give such a name or a folder.")
    if count > 1:
        raise InputError(f"{count} {what} cannot all be {echo(output)}: {remedy}.")
    return output


def places(names: Sequence[str], ending: str, output: Path | None) -> list[Path]:
    """Where files of these ``names`` go: in the folder ``output`` (media without -o), or the only one at ``output``."""
    file = only_file(output, (ending,), len(names))
    if file is not None:
        return [file]
    folder = Path(DEFAULT_FOLDER) if output is None else output
    return [folder / f"{name}{ending}" for name in names]
