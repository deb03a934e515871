"""The clips of a deck: without a header of their own, one taking up where the other ended, at the usual pace."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from engine.errors import InputError
from pipeline import film as films
from pipeline.deck.model import ClipSlide, Deck
from pipeline.film import FilmJob, Quality, measure_film
from pipeline.media import ends
from scenes.stage import style
from scenes.stage.style import FRAME_HEIGHT, STAGE_TOP
from tests.films.watching import recorded


def pixels(path: Path) -> Any:
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB")).astype(int)


def clip_of(slide: Any) -> Any:
    assert isinstance(slide, ClipSlide)
    return slide.clip


def test_the_place_of_the_slides_title_is_empty_in_every_picture(scene_deck: Deck) -> None:
    """Else the slide's title would stand on the film's."""
    for slide in scene_deck.slides:
        for path in (clip_of(slide).first, clip_of(slide).last):
            picture = pixels(path)
            top = int(picture.shape[0] * (0.5 - STAGE_TOP / FRAME_HEIGHT)) - 2
            assert np.ptp(picture[:top], axis=(0, 1)).max() <= 8


def test_captions_are_in_the_notes_and_not_in_the_picture(scene_deck: Deck) -> None:
    for slide in scene_deck.slides:
        picture = pixels(clip_of(slide).last)
        assert np.ptp(picture[int(picture.shape[0] * 0.96) :], axis=(0, 1)).max() <= 8
        assert slide.notes


@pytest.mark.parametrize("captions", ["burned", "none"])
def test_stage_and_formula_take_the_room_of_captions_that_are_not_in_the_picture(captions: str) -> None:
    trace = recorded("backpropagation")
    job = FilmJob("backward", "en", "dark", Quality.parse("144p15"), captions)
    with films.manim_session(job, None) as renderer:
        film = films._scene(trace, job, ("graph", "values"), renderer, dry=True)
        film.render()
    assert bool(film._caption.family_members_with_points()) == (captions == "burned")
    height = float(film._formula.get_center()[1])
    assert (height < style.FORMULA_Y - 0.5) == (captions == "none")


def test_films_without_a_header_keep_their_timing() -> None:
    trace = recorded("backpropagation")
    results = [
        measure_film(
            trace,
            FilmJob("backward", "en", "dark", Quality.parse("144p15"), "none", ("values",), header=header),
        )
        for header in (True, False)
    ]
    assert results[0].frames == results[1].frames
    assert results[0].spans == results[1].spans
    assert results[0].cues == results[1].cues


def test_first_and_last_are_those_of_decoding_everything(scene_deck: Deck, tmp_path: Path) -> None:
    """The last frame is looked for from the last keyframe on, which must not change what is found."""
    import av

    clip = clip_of(scene_deck.slides[1])
    with av.open(str(clip.path)) as container:
        frames = [np.asarray(frame.to_image()) for frame in container.decode(video=0)]
    assert len(frames) == round(clip.seconds * clip.fps)
    assert np.array_equal(pixels(clip.first), frames[0])
    assert np.array_equal(pixels(clip.last), frames[-1])


@pytest.mark.parametrize("data", [b"", b"no film" * 99])
def test_what_is_no_film_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.mp4").write_bytes(data)
    with pytest.raises(InputError, match=r"is empty|no film of a known kind"):
        ends.save(tmp_path / "x.mp4", tmp_path / "a.png", tmp_path / "b.png")


@pytest.mark.parametrize("missing", ["path", "first", "last"])
def test_a_clip_without_its_files_is_none(scene_deck: Deck, tmp_path: Path, missing: str) -> None:
    from dataclasses import replace

    gone: Callable[..., Any] = replace
    with pytest.raises(ValueError, match="missing"):
        gone(clip_of(scene_deck.slides[0]), **{missing: tmp_path / "gone"})


@pytest.mark.parametrize("seconds", [0.0, -1.0, float("nan"), float("inf")])
def test_a_clip_has_a_length(scene_deck: Deck, seconds: float) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="has a length"):
        replace(clip_of(scene_deck.slides[0]), seconds=seconds)


def test_slides_and_decks_have_titles(scene_deck: Deck) -> None:
    from dataclasses import replace

    with pytest.raises(ValueError, match="needs a title"):
        replace(scene_deck.slides[0], title=" ")
    for change in ({"title": ""}, {"slides": ()}, {"language": "fr"}, {"theme": "pink"}):
        with pytest.raises(ValueError, match="deck"):
            replace(scene_deck, **change)
