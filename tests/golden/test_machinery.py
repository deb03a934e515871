"""The comparison sees what a viewer sees, and renewing touches one scene only."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from tests.golden import carried, renew, stills
from tests.golden.compare import likeness, write_beside
from tests.shared import recorded


def frame(word: str = "L = 0.296", at: tuple[int, int] = (40, 60), colour: str = "#FEF08A") -> np.ndarray:
    picture = Image.new("RGB", (stills.WIDTH, stills.HEIGHT), "#0E1116")
    draw = ImageDraw.Draw(picture)
    draw.text(at, word, colour)
    draw.line((10, 100, 230, 100), "#8B949E")
    return np.array(picture)


def test_the_same_frame_and_a_softer_one_are_alike() -> None:
    assert likeness(frame(), frame()).mean == pytest.approx(1)
    # What another version of a rasteriser does to edges.
    soft = np.array(Image.fromarray(frame()).filter(ImageFilter.GaussianBlur(0.25)))
    assert not np.array_equal(soft, frame())
    assert likeness(frame(), soft).good


@pytest.mark.parametrize(
    "other",
    [
        frame(word="L = 0.298 x"),
        frame(at=(44, 60)),
        frame(colour="#F0ABFC"),
        frame(word=""),
    ],
    ids=["another text", "moved", "another colour", "gone"],
)
def test_what_a_viewer_would_notice_is_not_alike(other: np.ndarray) -> None:
    assert not likeness(frame(), other).good


def test_frames_of_other_sizes_are_not_alike() -> None:
    assert not likeness(frame(), frame()[:-15]).good


def test_a_mismatch_is_written_with_reference_result_and_difference(tmp_path: Path) -> None:
    beside = tmp_path / "new" / "forward-loss-ko-dark.png"
    write_beside(frame(), frame(at=(60, 60)), beside)
    with Image.open(beside) as picture:
        pixels = np.array(picture)
    assert pixels.shape == (stills.HEIGHT, 3 * stills.WIDTH + 8, 3)
    assert np.array_equal(pixels[:, : stills.WIDTH], frame())
    assert pixels[:, -stills.WIDTH :].max() > 200


def test_a_reference_is_stored_without_loss(tmp_path: Path) -> None:
    stills.save(frame(), tmp_path / "a.webp")
    assert np.array_equal(stills.load(tmp_path / "a.webp"), frame())


def test_renewing_writes_the_named_scene_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stills, "stills", lambda slug, language, theme: {"one": frame(), "two": frame("b")})
    other = stills.reference("backward", "graph", "ko", "dark", tmp_path)
    old = stills.reference("forward", "gone", "ko", "dark", tmp_path)
    stills.save(frame(), other)
    stills.save(frame(), old)
    made = renew.renew("forward", tmp_path)
    assert len(made) == 2 * len(stills.COMBINATIONS)
    assert set(tmp_path.iterdir()) == {*made, other}


def test_an_unknown_scene_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert renew.main(["forwards"]) == 2
    assert "forward" in capsys.readouterr().err
    assert renew.main([]) == 2


def test_a_trace_is_carried_whole_but_for_its_last_digits(tmp_path: Path) -> None:
    fresh = recorded("perceptron")
    carried.carry(fresh, tmp_path)
    back = carried.trace_of("perceptron", tmp_path)
    assert carried.unlike(back, fresh) == []
    assert (back.nodes, dict(back.flags), back.params) == (fresh.nodes, dict(fresh.flags), fresh.params)
    for name, one in fresh.series.items():
        assert back[name].values.dtype == one.values.dtype
        if one.values.dtype.kind == "f":
            np.testing.assert_allclose(back[name].values, one.values, rtol=1e-10)
        else:
            np.testing.assert_array_equal(back[name].values, one.values)


def test_a_trace_is_recorded_anew_only_when_its_recorder_changed(tmp_path: Path) -> None:
    assert renew.retrace("perceptron", tmp_path)
    assert not renew.retrace("perceptron", tmp_path)
    fresh = recorded("perceptron")
    fewer = {name: one for name, one in fresh.series.items() if name != "loss/value"}
    carried.carry(replace(fresh, series=fewer), tmp_path)
    assert renew.retrace("perceptron", tmp_path)


def test_another_processor_does_not_move_a_picture(monkeypatch: pytest.MonkeyPatch) -> None:
    """A beat is drawn from the carried numbers: what this machine would record is not asked for."""
    monkeypatch.setattr(carried, "recorded", lambda recorder: pytest.fail(f"{recorder} was recorded"))
    drawn = stills.stills("backward", "en", "light")
    assert likeness(stills.load(stills.reference("backward", "check", "en", "light")), drawn["check"]).good


def test_a_real_beat_is_drawn_small_and_not_blank() -> None:
    drawn = stills.stills("forward", "en", "light")
    assert list(drawn)[:2] == ["question", "network"]
    assert all(one.shape == (135, 240, 3) and one.std() > 5 for one in drawn.values())
