"""What a film shows, found again without drawing it, beside what a record says that it shows: all of it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine import declared
from engine.errors import GradreelError, InputError
from engine.files import regular
from engine.text.echo import echo
from pipeline import numbers
from pipeline.film import Look, measure_film
from pipeline.near import identical, near, size_of
from pipeline.progress import working
from pipeline.subtitles import FORMATS
from scenes import SCENES
from scenes.stage.card import found_in

if TYPE_CHECKING:
    from engine.trace import Trace
    from pipeline.film import FilmResult
    from pipeline.numbers import Numbers, ShownNumber

TEXT_BYTES_MAX = 4 * 2**20


def film_of(trace: Trace, scene: str, look: Look, beats: Sequence[str]) -> FilmResult:
    """The film of ``trace`` that a record tells of, without its pictures; InputError says why there is none."""
    card = next((one for one in SCENES if one.slug == scene), None)
    if card is None or card.recorder != trace.recorder:
        raise InputError(f"No scene {echo(scene)} draws a run of {echo(trace.recorder)}.")
    known = [beat for beat in card.beats if beat in beats]
    if known != list(beats) or not beats:
        raise InputError(f"The beats {echo(', '.join(beats))} are not beats of {scene} in their order.")
    active = card.active_beats(found_in(trace))
    missing = [beat for beat in beats if beat not in active]
    if missing:
        raise InputError(f"Beat {missing[0]} of {scene} does not play with these parameters.")
    try:
        declared.check(trace, f"the run of {trace.recorder}")
        with working(f"checking {scene}"):
            return measure_film(trace, look.job(scene, tuple(beats)))
    except GradreelError as error:
        raise InputError(f"The film cannot be made again: {error}") from error


def film_differences(told: Numbers, trace: Trace, folder: Path, *, exact: bool) -> Iterator[str]:
    """Everything in which the record of a clip is not that of the film of ``trace``."""
    try:
        look = Look.parse(told.language, told.theme, told.quality, told.captions)
        film = film_of(trace, told.scene, look, [span.name for span in told.beats])
    except InputError as error:
        yield str(error)
        return
    yield from row_differences(told.rows, film, trace, exact=exact, times=True)
    spans = [(one.name, one.title, float(one.start_s), float(one.end_s)) for one in film.spans]
    for span, (name, title, start_s, end_s) in zip(told.beats, spans, strict=False):
        if (span.name, span.title, span.start_s, span.end_s) != (name, title, start_s, end_s):
            yield f"Beat {echo(span.name)} is not {name} from {start_s:.2f} s to {end_s:.2f} s, as in the film."
    if len(spans) != len(told.beats):
        yield f"The film has {len(spans)} beats and the record {len(told.beats)}."
    if (told.frames, told.seconds) != (film.frames, float(film.seconds)):
        yield f"The film has {film.frames} frames in {film.seconds:.2f} s, which the record says otherwise."
    yield from _caption_differences(told, film, folder)


def _caption_differences(told: Numbers, film: FilmResult, folder: Path) -> Iterator[str]:
    for suffix, text in FORMATS.items():
        path = folder / Path(told.clip).with_suffix(suffix)
        if not regular.is_regular(path):
            continue  # a file that is gone was told before
        try:
            found = regular.content(path, bytes_max=TEXT_BYTES_MAX)
        except GradreelError as error:
            yield str(error)
            continue
        if found.decode("utf-8", "replace").splitlines() != text(film.cues).splitlines():
            yield f"{echo(path)} does not hold the captions of the film."


def row_differences(
    told: Sequence[ShownNumber], film: FilmResult, trace: Trace, *, exact: bool, times: bool
) -> Iterator[str]:
    """Every number that the film shows and the record does not hold so, and the other way round.

    exact: values are compared bit for bit, else within the tolerance.  times: when they are shown, too.
    """
    from scenes.stage.provenance import format_value

    shown = [numbers.shown_number(row) for row in film.rows]
    if len(told) != len(shown):
        yield f"The film shows {len(shown)} numbers and the record holds {len(told)}."
    for place, (row, fresh) in enumerate(zip(told, shown, strict=False), start=1):
        where = f"{fresh.time_s:.2f} s, beat {fresh.beat}, {fresh.series}{fresh.index or ''}"
        if (row.beat, row.series, row.index, row.format) != (
            fresh.beat,
            fresh.series,
            fresh.index,
            fresh.format,
        ):
            yield (
                f"{where}: number {place} of the film is another one in the record "
                f"({echo(row.series)}{echo(row.index or '')} in beat {echo(row.beat)} as {echo(row.format)})."
            )
            return  # from here on every row would be told
        same = (
            identical(row.value, fresh.value)
            if exact
            else near(row.value, fresh.value, size_of(trace[fresh.series].values))
        )
        if not same:
            yield f"{where}: the value {echo(row.value)} was recorded as {echo(fresh.value)}."
        text = fresh.text if exact or not same else format_value(row.value, fresh.format)
        if text != row.text:
            yield f"{where}: the text '{echo(row.text)}' should be '{echo(text)}'."
        if times and row.time_s != fresh.time_s:
            yield f"{where}: the record says {row.time_s:.2f} s."
