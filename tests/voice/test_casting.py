"""A folder of recordings or a speech program becomes the voice of each beat, or one sentence says why not."""

import sys
import wave
from pathlib import Path

import numpy as np
import pytest

from engine.errors import InputError, RunError
from pipeline.console import Stopped
from pipeline.lecture.timeline import Beat, BeatVoice, Spoken
from pipeline.voice import espeak, voices
from pipeline.voice.loudness import TARGET_LUFS
from pipeline.voice.samples import RATE, Samples, read
from scenes.stage.captions import Cue
from tests import needs
from tests.voice.sounds import ebur128, save, silent_film, speech

BEATS = (
    Spoken("opening", "Core", ()),
    Spoken("forward-network", "A network", ("First of all.", "Then much more of it.")),
    Spoken("forward-loss", "The loss", ("The end.",)),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "voice"
    place.mkdir()
    save(place / "02-forward-network.wav", speech(1.0, 1.6))
    save(place / "forward-loss.mp3", speech(0.8, level=0.01), channels=2)
    return place


def made(
    source: Path | str, missing: str = "stop", languages: tuple[str, ...] = ("en",)
) -> dict[str, BeatVoice]:
    with voices(str(source), languages, missing) as voice:
        assert voice is not None
        return dict(voice("en", BEATS))


def refused(source: Path | str, missing: str = "stop", languages: tuple[str, ...] = ("en",)) -> str:
    with pytest.raises(InputError) as error:
        made(source, missing, languages)
    assert str(error.value).count("\n") == 0
    return str(error.value)


def test_none_is_no_voice() -> None:
    with voices("none", ["ko"]) as voice:
        assert voice is None


def test_recordings_are_evened_and_parted_among_their_captions(folder: Path) -> None:
    with voices(str(folder), ["en"]) as voice:
        assert voice is not None
        found = voice("en", BEATS)
        assert set(found) == {"forward-network", "forward-loss"}
        network = found["forward-network"]
        assert network.by_caption
        assert [clip.seconds for clip in network.clips] == pytest.approx([1.0, 1.6], abs=0.15)
        for one in found.values():
            sound = np.concatenate([read(clip.path, 60) for clip in one.clips])
            assert ebur128(np.stack([sound, sound]))[0] == pytest.approx(TARGET_LUFS, abs=1)
        files = [clip.path for one in found.values() for clip in one.clips]
    assert not any(file.exists() for file in files)


def test_a_recording_in_one_breath_is_shared_out_among_its_captions(folder: Path) -> None:
    """It begins with the first caption; the captions together last as long as it does."""
    save(folder / "02-forward-network.wav", speech(4.0))
    voice = made(folder)["forward-network"]
    (clip,) = voice.clips
    assert sum(voice.captions_s) == pytest.approx(clip.seconds)
    assert voice.captions_s[0] < voice.captions_s[1]
    cues = (Cue(10.5, 12.0, ("a",), "network"), Cue(12.0, 15.0, ("b",), "network"))
    (sound,) = voice.placed(Beat("forward-network", "network", "", 10.0, 15.0, {"en": cues}), "en")
    assert (sound.start_s, sound.end_s) == (10.5, 15.0)
    assert voice.least_s > clip.seconds


@pytest.mark.parametrize(
    "name", ["forward-network", "7-forward-network", "007_Forward-Network", "2. forward-network"]
)
def test_numbers_and_case_of_file_names_do_not_matter(folder: Path, name: str) -> None:
    (folder / "02-forward-network.wav").rename(folder / f"{name}.wav")
    (folder / "notes.txt").write_text("not a recording")
    (folder / "._forward-loss.wav").write_text("what macOS leaves")
    assert "forward-network" in made(folder)


def test_all_missing_recordings_are_named_at_once(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()
    said = refused(folder)
    assert "2 recordings are missing" in said
    assert "02-forward-network.wav, 03-forward-loss.wav" in said
    assert "opening" not in said
    assert "--voice-missing" in said


def test_a_missing_recording_may_stay_silent(folder: Path) -> None:
    (folder / "forward-loss.mp3").unlink()
    assert set(made(folder, missing="silent")) == {"forward-network"}


def test_a_card_may_be_spoken_over_too(folder: Path) -> None:
    save(folder / "opening.m4a", speech(1.0))
    voice = made(folder)["opening"]
    (sound,) = voice.placed(Beat("opening", "opening", "", 0.0, 5.0, {}), "en")
    assert 0 < sound.start_s < 1


def test_recordings_that_cannot_be_used_are_all_named(folder: Path) -> None:
    save(folder / "02-forward-network.wav", np.zeros(RATE, np.float32))
    (folder / "forward-loss.mp3").write_bytes(b"damaged" * 999)
    said = refused(folder)
    assert "02-forward-network.wav is silent" in said
    assert "forward-loss.mp3 cannot be read as sound" in said


def test_a_film_without_sound_is_no_recording(folder: Path) -> None:
    (folder / "forward-loss.mp3").unlink()
    silent_film(folder / "forward-loss.m4a")
    assert "forward-loss.m4a is a film without sound" in refused(folder)


def test_two_files_for_one_beat(folder: Path) -> None:
    save(folder / "forward-network.m4a", speech(1.0))
    assert "02-forward-network.wav and forward-network.m4a" in refused(folder)


def test_of_many_files_for_no_beat_a_few_are_named(folder: Path) -> None:
    (folder / "forward-loss.mp3").rename(folder / "zz-forward-losss.mp3")
    for number in range(300):
        (folder / f"take {number}.wav").touch()
    said = refused(folder)
    assert len(said) < 1000
    assert "zz-forward-losss.mp3 (did you mean" in said
    assert "and 293 more" in said


def test_a_misspelt_file_is_found_again(folder: Path) -> None:
    """Also when missing recordings are allowed: this one is there, under another name."""
    (folder / "forward-loss.mp3").rename(folder / "04-forward-losss.mp3")
    for missing in ("stop", "silent"):
        said = refused(folder, missing)
        assert "03-forward-loss.wav" in said
        assert "04-forward-losss.mp3 (did you mean 03-forward-loss?)" in said


def test_recordings_of_a_longer_lecture_are_only_noted(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save(folder / "09-rnn-memory.wav", speech(1.0))
    assert set(made(folder)) == {"forward-network", "forward-loss"}
    assert "09-rnn-memory.wav" in capsys.readouterr().err


def test_folders_that_cannot_be_used(folder: Path, tmp_path: Path) -> None:
    assert "There is no folder" in refused(tmp_path / "nowhere")
    assert "is a file" in refused(folder / "forward-loss.mp3")
    assert f"{folder / 'ko'} and {folder / 'en'}" in refused(folder, languages=("ko", "en"))


def test_each_language_has_a_folder_of_its_own(folder: Path, tmp_path: Path) -> None:
    place = tmp_path / "both"
    (place / "ko").mkdir(parents=True)
    folder.rename(place / "en")
    assert set(made(place, languages=("ko", "en"))) == {"forward-network", "forward-loss"}


@pytest.fixture(params=["library", "program"])
def speaker(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, cached: Path) -> str:
    """espeak-ng in both forms, each where it is installed."""
    if request.param == "library" and espeak.library() is None:
        pytest.skip(needs.lacking("espeakng_loader"))
    if request.param == "program":
        if espeak.program() is None:
            pytest.skip(needs.ESPEAK.missing)
        monkeypatch.setattr(espeak, "library", lambda: None)
    return str(request.param)


def test_espeak_speaks_each_caption_by_itself(speaker: str) -> None:
    with voices("espeak", ["en"]) as voice:
        assert voice is not None
        found = voice("en", BEATS)
        assert set(found) == {"forward-network", "forward-loss"}
        assert [len(one.clips) for one in found.values()] == [2, 1]
        for one in found.values():
            assert one.by_caption
            for clip, least_s in zip(one.clips, one.captions_s, strict=True):
                assert 0.3 < clip.seconds < 4
                assert least_s > clip.seconds
        sound = np.concatenate([read(clip.path, 60) for clip in found["forward-network"].clips])
        assert ebur128(np.stack([sound, sound]))[0] == pytest.approx(TARGET_LUFS, abs=1)


def test_a_card_without_captions_is_read(speaker: str) -> None:
    """Its title and its paragraphs, over the whole of it."""
    with voices("espeak", ["en"]) as voice:
        assert voice is not None
        found = voice(
            "en", [Spoken("end", "The end", (), ("The end", "That was all.")), Spoken("film", "", ())]
        )
        assert set(found) == {"end"}
        (clip,) = found["end"].clips
        assert not found["end"].by_caption
        assert 1.5 < clip.seconds < 4


def test_espeak_speaks_korean_and_longer_texts_longer(speaker: str) -> None:
    one = espeak.espeak()
    short, long = (one.say(text, "ko") for text in ("가중치.", "가중치의 기울기는 마이너스 이입니다."))
    assert 0.3 * RATE < len(short) < len(long)
    assert np.abs(long).max() > 0.05


def test_what_was_spoken_once_is_not_spoken_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And a voice that would sound otherwise is; a damaged file of the cache is made anew."""
    monkeypatch.setenv("GRADREEL_CACHE", str(tmp_path))
    spoken: list[str] = []

    class Counting:
        identity = "one"

        def say(self, text: str, language: str) -> Samples:
            spoken.append(text)
            return speech(0.5)

    monkeypatch.setattr(espeak, "espeak", Counting)
    made("espeak")
    made("espeak")
    assert len(spoken) == 3
    Counting.identity = "another"
    made("espeak")
    assert len(spoken) == 6
    for file in (tmp_path / "voices").glob("*/said.wav"):
        file.write_bytes(b"damaged")
    made("espeak")
    assert len(spoken) == 9
    with voices("espeak", ["en"], use_cache=False) as voice:
        assert voice is not None
        voice("en", BEATS)
    assert len(spoken) == 12


def test_espeak_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(espeak, "library", lambda: None)
    monkeypatch.setattr(espeak, "program", lambda: None)
    said = refused("espeak")
    assert "apt-get install espeak-ng" in said
    assert "gradreel[voice]" in said


def test_espeak_that_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "espeak-ng"
    program.write_text("#!/bin/sh\necho 'no voices here' >&2\nexit 3\n")
    program.chmod(0o755)
    with pytest.raises(RunError, match="no voices here"):
        espeak.Program(str(program)).say("a", "en")


def test_the_program_gets_its_text_by_its_standard_input(tmp_path: Path) -> None:
    """Never through a shell or an argument: a caption that looks like an option is only text."""
    heard = tmp_path / "heard"
    program = tmp_path / "espeak-ng"
    out = save(tmp_path / "out.wav", speech(0.3))
    program.write_text(
        f"#!{sys.executable}\nimport shutil, sys\nopen({str(heard)!r}, 'wb').write(sys.stdin.buffer.read())\n"
        f"shutil.copy({str(out)!r}, sys.argv[sys.argv.index('-w') + 1])\n"
    )
    program.chmod(0o755)
    espeak.Program(str(program)).say("--help; $(rm -rf) `x` 가", "ko")
    assert heard.read_text(encoding="utf-8") == "--help; $(rm -rf) `x` 가"


def test_wav_files_are_plain_pcm(folder: Path) -> None:
    with voices(str(folder), ["en"]) as voice:
        assert voice is not None
        clip = voice("en", BEATS)["forward-loss"].clips[0]
        with wave.open(str(clip.path)) as file:
            assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, RATE, 2)


def test_no_room_for_the_voices(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(samples: Samples, path: Path) -> float:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.voice.clips.write", full)
    with pytest.raises(RunError, match=r"No space left on device.*TMPDIR"):
        made(folder)


def test_piper_that_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = tmp_path / "a.onnx"
    model.write_bytes(b"a network")  # nobody looks into it
    (tmp_path / "a.onnx.json").write_text('{"espeak": {"voice": "en"}, "audio": {"sample_rate": 22050}}')
    monkeypatch.setitem(sys.modules, "piper", None)
    assert "gradreel[piper]" in refused(f"piper:{model}")


def test_stopping_says_where(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(samples: Samples, path: Path) -> float:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.voice.clips.write", stop)
    with pytest.raises(Stopped, match=r"Stopped in recordings \(en\)"):
        made(folder)
