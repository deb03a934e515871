"""Films of phones, browsers and cameras are shown as those show them: length, shape, colours, sound."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import InputError
from pipeline.deck.footage import own_clip
from pipeline.lecture import sound
from pipeline.lecture.timeline import Sound
from pipeline.media import facts as module_of_facts
from pipeline.media import films, hdr, shown
from pipeline.media.facts import facts
from pipeline.voice import samples
from tests.media import made

SIZE = (64, 48)


def brightness(path: Path, size: tuple[int, int] = SIZE, fps: int | None = None) -> list[NDArray[np.int64]]:
    """The luma of each picture that is shown, (height, width)."""
    pictures = shown.frames(path, facts(path), size, fps)
    return [one.to_ndarray()[: size[1]].astype(int) for one in pictures]


def test_a_live_recording_has_no_length_and_gets_one(tmp_path: Path) -> None:
    """As browsers record: a WebM that was never closed. Its packets say how long it is."""
    path = made.film(tmp_path / "a.webm", codec="libvpx", muxer={"live": "1"}, sounds=0)
    with films.opened(path) as container:
        assert container.duration is None
        assert container.streams.video[0].duration is None
    assert facts(path).seconds == pytest.approx(1.0, abs=0.11)
    assert len(brightness(path, fps=10)) in (10, 11)
    assert own_clip(path, True, tmp_path / "own").seconds == pytest.approx(1.0, abs=0.11)


def test_pictures_at_uneven_times_keep_their_rhythm(tmp_path: Path) -> None:
    """A screen recording: one picture stands for 800 ms. At an even rate it is repeated, on a slide it stands."""
    white, black = np.full((48, 64, 3), 255, np.uint8), np.zeros((48, 64, 3), np.uint8)
    times = [Fraction(0), Fraction(1, 10), Fraction(9, 10)]
    path = made.film(tmp_path / "a.mkv", [black, white, black], times=times)
    even = [picture.mean() > 128 for picture in brightness(path, fps=10)]
    assert even[:9] == [False, *[True] * 8]
    clip = own_clip(path, False, tmp_path / "own")
    with av.open(str(clip.path)) as container:
        assert [round(frame.time, 2) for frame in container.decode(video=0)] == [0.0, 0.1, 0.9]


@pytest.mark.parametrize(("count", "rate"), [(1, 60), (2, 60), (1, 30), (1, 1000)])
def test_a_film_shorter_than_half_a_picture_shows_one(tmp_path: Path, count: int, rate: int) -> None:
    path = made.film(tmp_path / "a.mp4", [made.halves()] * count, rate=rate)
    (picture,) = brightness(path, fps=10)
    assert picture[:, :28].mean() > 220 > 40 > picture[:, 36:].mean()


def test_a_phone_held_upright(tmp_path: Path) -> None:
    path = made.turned(tmp_path / "a.mp4")
    found = facts(path)
    assert (found.width, found.height, found.turns) == (48, 64, 3)
    picture = brightness(path, (48, 64))[0]  # left of what lies is above when it stands
    assert picture[:28].mean() > 220 > 40 > picture[36:].mean()
    clip = own_clip(path, False, tmp_path / "own")
    assert (clip.width_px, clip.height_px) == (48, 64)


def test_pixels_that_are_not_square(tmp_path: Path) -> None:
    """A DVD's: 64 × 48 pixels, each twice as wide as high."""
    path = made.film(tmp_path / "a.mp4", aspect=Fraction(2, 1))
    assert (facts(path).width, facts(path).height) == (128, 48)
    clip = own_clip(path, False, tmp_path / "own")
    with av.open(str(clip.path)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height, stream.sample_aspect_ratio or 1) == (128, 48, 1)


@pytest.mark.parametrize(("codec", "suffix"), [("ffv1", "mkv"), ("png", "mov"), ("libvpx-vp9", "webm")])
def test_odd_sides(tmp_path: Path, codec: str, suffix: str) -> None:
    layout = "rgb24" if codec == "png" else "yuv444p"
    path = made.film(tmp_path / f"a.{suffix}", [made.halves(63, 47)] * 4, codec=codec, layout=layout)
    assert (facts(path).width, facts(path).height) == (63, 47)
    clip = own_clip(path, False, tmp_path / "own")
    assert (clip.width_px % 2, clip.height_px % 2) == (0, 0)


def test_interlaced_pictures_lose_their_comb(tmp_path: Path) -> None:
    """Something bright moves between the two fields of each picture: even and odd lines differ there."""
    pictures = []
    for number in range(8):
        pixels = np.zeros((48, 64, 3), np.uint8)
        pixels[0::2, 8 * number : 8 * number + 4] = 255
        pixels[1::2, 8 * number + 4 : 8 * number + 8] = 255
        pictures.append(pixels)
    how = {"x264-params": "tff=1:interlaced=1", "qp": "10"}
    path = made.film(tmp_path / "a.mp4", pictures, coding=how)
    assert facts(path).interlaced

    def comb(picture: NDArray[np.int64]) -> float:
        return float(np.abs(picture[0::2] - picture[1::2]).mean())

    with av.open(str(path)) as container:
        stored = [frame.to_ndarray(format="gray").astype(int) for frame in container.decode(video=0)]
    assert comb(brightness(path)[4]) < 0.5 * comb(stored[4])


@pytest.mark.parametrize(
    ("signal", "least", "most"), [(0.75, 222, 232), (0.38, 100, 130), (0.0, 16, 18), (1.0, 233, 237)]
)
def test_reference_white_of_hlg_is_white(tmp_path: Path, signal: float, least: int, most: int) -> None:
    """75 % of HLG is paper in the light (ITU-R BT.2408): white, and not a grey of 180."""
    path = made.hlg(tmp_path / "a.mp4", signal)
    assert hdr.needed(facts(path))
    assert least <= np.median(brightness(path)[0]) <= most
    clip = own_clip(path, False, tmp_path / "own")
    with av.open(str(clip.path)) as container:
        picture = next(container.decode(video=0))
        assert (picture.format.name, container.streams.video[0].codec_context.color_trc) == ("yuv420p", 1)
        assert least <= np.median(picture.to_ndarray()[:48]) <= most


def test_the_curves_of_bt2100() -> None:
    """Light by HLG and PQ at the signals that the recommendations list, in units of reference white."""
    grey = np.array([[0.0], [0.38], [0.5], [0.75], [1.0]]).repeat(3, 1)
    nits = (
        hdr.hlg_light(grey)[:, 0] * 203
    )  # BT.2408, table 1: 18 % grey card at 38 % is 26, white at 75 % is 203
    np.testing.assert_allclose(nits, [0, 26, 51, 203, 1000], rtol=0.03, atol=0.01)
    np.testing.assert_allclose(
        hdr.pq_light(np.array([0.0, 0.38, 0.58, 0.75])) * 203, [0, 26, 203, 983], rtol=0.03, atol=0.01
    )
    light = np.linspace(0, hdr.PEAK, 2000)
    assert np.diff(hdr.pressed(light)).min() > 0  # brighter stays brighter
    knee = hdr.pressed(hdr.KNEE + np.array([-1e-6, 0, 1e-6]))
    np.testing.assert_allclose(np.diff(knee), 1e-6, rtol=1e-3)  # without a kink
    assert hdr.pressed(np.array([hdr.PEAK]))[0] == pytest.approx(1)


def test_wide_primaries_become_bt709() -> None:
    """BT.2020's numbers for BT.709's own red, green and blue; white and grey stay."""
    of_709 = np.linalg.inv(np.array(hdr.TO_BT709[9])).T ** (
        1 / 2.4
    )  # rows: red, green, blue as BT.2020 signals
    np.testing.assert_allclose(hdr.converted(of_709, 1, 9), np.eye(3), atol=0.02)
    grey = np.full((1, 3), 0.5)
    np.testing.assert_allclose(hdr.converted(grey, 1, 9), grey, atol=1e-3)


def test_a_second_sound_that_nobody_decodes(tmp_path: Path) -> None:
    """A phone's spatial sound beside plain AAC: the AAC is heard, everywhere."""
    path = made.with_unknown_second_sound(tmp_path / "IMG.mp4")
    with films.opened(path) as container:
        assert [one.codec_context is None for one in container.streams.audio] == [False, True]
    assert facts(path).sound
    with av.open(str(own_clip(path, True, tmp_path / "own").path)) as container:
        assert [one.codec_context.name for one in container.streams] == ["h264", "aac"]
    track = np.concatenate(list(sound.blocks([Sound(path, 0.0, 0.9)], 0.9)), axis=1)
    assert np.std(track) == pytest.approx(0.5 / 2**0.5, abs=0.03)
    assert np.std(samples.read(path, 60)) == pytest.approx(0.5 / 2**0.5, abs=0.03)


def test_sound_that_nobody_decodes_is_left_out(tmp_path: Path) -> None:
    data = made.film(tmp_path / "a.mp4", sounds=1).read_bytes()
    (tmp_path / "a.mp4").write_bytes(made.unknown(data))
    found = facts(tmp_path / "a.mp4")
    assert (found.sound, found.unheard) == (False, True)
    with av.open(str(own_clip(tmp_path / "a.mp4", True, tmp_path / "own").path)) as container:
        assert [one.type for one in container.streams] == ["video"]


@pytest.mark.parametrize("name", ["talk.mp3", "talk.m4a"])
def test_a_cover_is_no_film(tmp_path: Path, name: str) -> None:
    made.sound_with_cover(tmp_path / name)
    with pytest.raises(InputError, match=rf"{name} has no picture: give a film"):
        facts(tmp_path / name)
    assert np.std(samples.read(tmp_path / name, 60)) == pytest.approx(0.5 / 2**0.5, abs=0.03)


def test_an_animated_picture_plays_as_a_film(tmp_path: Path) -> None:
    for kind in ("gif", "png"):
        path = made.animated(tmp_path / f"a.{kind}", ("white", "black", "white"))
        assert facts(path).seconds == pytest.approx(0.3, abs=0.11)
        assert [picture.mean() > 128 for picture in brightness(path, fps=10)][:3] == [True, False, True]


def test_a_film_without_pictures_and_one_cut_off(tmp_path: Path) -> None:
    whole = made.film(tmp_path / "a.mp4", [made.halves()] * 40, sounds=1).read_bytes()
    (tmp_path / "a.mp4").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"a\.mp4 cannot be played"):
        facts(tmp_path / "a.mp4")
    with av.open(str(tmp_path / "none.mkv"), "w") as out:
        stream = out.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        out.start_encoding()
    with pytest.raises(InputError, match=r"none\.mkv"):
        facts(tmp_path / "none.mkv")


def test_a_picture_long_after_the_end_does_not_hang(tmp_path: Path) -> None:
    """A file that says it lasts a second and has a picture in ten hours would be drawn for ten hours."""
    pictures = [made.halves()] * 3
    path = made.film(tmp_path / "a.mkv", pictures, times=[Fraction(0), Fraction(1), Fraction(36_000)])
    data = path.read_bytes()
    at = data.index(b"\x44\x89")  # the length of the segment, which is a float of 8 bytes
    assert data[at + 2] == 0x88
    import struct

    path.write_bytes(data[: at + 3] + struct.pack(">d", 1000.0) + data[at + 11 :])
    assert facts(path).seconds == pytest.approx(1.0)
    with pytest.raises(InputError, match="says that it lasts 1 s and has pictures for 36000 s"):
        brightness(path, fps=30)


@pytest.mark.parametrize("kind", ["gif", "png"])
def test_an_animation_that_takes_long_to_compose_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A GIF of 69 KB holds 3,000 frames of 8000 × 8000 pixels; each is composed whole."""
    path = made.animated(tmp_path / f"a.{kind}")
    monkeypatch.setattr(module_of_facts, "ANIMATED_PIXELS_MAX", 3 * 16 * 12)
    assert facts(path).width == 16
    monkeypatch.setattr(module_of_facts, "ANIMATED_PIXELS_MAX", 3 * 16 * 12 - 1)
    with pytest.raises(InputError, match=r"more than 2 frames of 16 × 12 pixels: convert it to MP4"):
        facts(path)
