"""A clip kit: one beat in one language, as files of one name that appear together."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from engine.errors import InputError
from engine.files.digest import sha256
from engine.text.echo import whole_path
from engine.trace import Trace
from pipeline import beside, numbers
from pipeline.clips.fit import Written, write_within
from pipeline.clips.footage import Footage
from pipeline.clips.formats import Format, named
from pipeline.clips.master import Master
from pipeline.clips.recipe import Recipe
from pipeline.console import clock
from pipeline.film import FilmJob
from pipeline.outputs import free_target, staged
from pipeline.studio import Film
from scenes.stage.style import LOOKS

POSTER = named("png")


@dataclass(frozen=True)
class Kit:
    """What becomes of one master: files called `stem` and a suffix in `folder`."""

    job: FilmJob
    folder: Path
    stem: str

    def path(self, suffix: str) -> Path:
        """The file with that suffix."""
        return self.folder / f"{self.stem}{suffix}"


def files_of(recipe: Recipe) -> list[Format]:
    """The formats written: those asked for, and the poster."""
    return [POSTER, *(one for one in recipe.formats if one is not POSTER)]


def make_kit(kit: Kit, trace: Trace, film: Film, recipe: Recipe, watch: Callable[[], None]) -> list[str]:
    """Write every file of a kit from its master; returns a line for each film or picture.

    `watch` is called often and may raise: then none of the files is there.
    """
    master = _master(kit.job, film)
    with staged(kit.folder) as stage:
        # Renamed in this order: what moves comes last, and is never there without its companions.
        places = beside.places(stage, kit.path)
        written = {}
        for one in files_of(recipe):
            path = kit.path(one.suffix)
            footage = replace(_footage(master, one, kit.job, recipe), watch=watch)
            place = stage.file(free_target(path))
            written[one] = write_within(footage, one, kit.job.quality, recipe.max_bytes, place, path.name)
        clip = kit.path(recipe.formats[0].suffix)
        beside.write(stage, places, trace, kit.job, film.result, clip, partial(_with_former, kit))
    return [_line(kit, one, outcome) for one, outcome in written.items()]


def _master(job: FilmJob, film: Film) -> Master:
    quality = job.quality
    return Master(film.path, quality.width, quality.height, quality.fps, film.result.frames, job.transparent)


def _footage(master: Master, one: Format, job: FilmJob, recipe: Recipe) -> Footage:
    width, height = recipe.size(one, job.quality)
    background = LOOKS[job.theme].background
    ground = (int(background[1:3], 16), int(background[3:5], 16), int(background[5:7], 16))
    return Footage(master, width, height, one.rate(master.fps), ground, recipe.loop and one.moves)


def _with_former(kit: Kit, told: numbers.Numbers) -> numbers.Numbers:
    """The record, with the files of an earlier run that show the very same film in other formats."""
    try:
        former = numbers.read(kit.path(numbers.SUFFIX))
    except InputError:
        return told
    if former.model_copy(update={"clip": told.clip, "files": told.files}) != told:
        return told
    return told.model_copy(update={"files": dict(_still_there(former, kit.folder)) | told.files})


def _still_there(former: numbers.Numbers, folder: Path) -> Iterator[tuple[str, str]]:
    for name, digest in former.files.items():
        path = folder / Path(name).name
        if path.is_file() and sha256(path) == digest:
            yield name, digest


def _line(kit: Kit, one: Format, written: Written) -> str:
    seconds = f"{clock(float(written.shape.frames / written.shape.fps))}  " if one.moves else ""
    return f"{whole_path(kit.path(one.suffix))}  {seconds}{written.words}"
