"""A gallery of whatever lies in a folder: posters as a person sees the films, bad files named and left out."""

import json
import os
from pathlib import Path

import pytest
from PIL import Image

from engine.data.pictures import colours
from pipeline.gallery import posters
from pipeline.gallery.write import gallery
from tests.media import made


def test_posters_of_everybodys_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that looks like an address, a phone's film, HDR, a browser's recording, and what is no film at all."""
    made.film(tmp_path / "a.mp4")
    os.rename(tmp_path / "a.mp4", tmp_path / "http:127.0.0.1:9,a.mp4")
    made.turned(tmp_path / "turned.mp4")
    made.hlg(tmp_path / "hdr.mp4", 0.75)
    made.film(tmp_path / "live.webm", codec="libvpx", muxer={"live": "1"})
    made.animated(tmp_path / "anim.gif", ("red", "blue"))
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40), "white").save(tmp_path / "photo.jpg", exif=exif)
    (tmp_path / "list.mp4").write_bytes(b"#EXTM3U\n#EXTINF:9,\nturned.mp4\n")
    (tmp_path / "eps.png").write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\nshowpage\n")
    (tmp_path / "text.mp4").write_bytes(b"hello\n" * 100)
    gallery(tmp_path)

    own = tmp_path / "gallery-files"
    posters = json.loads((own / "posters.json").read_text())
    shown = {one["stamp"][0][0]: (name, one["face"]) for name, one in posters.items()}
    sizes = {name: (face["width"], face["height"]) for name, (_, face) in shown.items()}
    assert sizes == {
        "http:127.0.0.1:9,a.mp4": (64, 48),
        "turned.mp4": (48, 64),
        "hdr.mp4": (64, 48),
        "live.webm": (64, 48),
        "anim.gif": (16, 12),
        "photo.jpg": (40, 60),
    }
    assert shown["live.webm"][1]["seconds"] == pytest.approx(1.0, abs=0.11)

    def colour(name: str) -> tuple[int, int, int]:
        with Image.open(own / "posters" / f"{shown[name][0]}.webp") as poster:
            found = poster.convert("RGB").getpixel((poster.width // 2, 5))
        assert isinstance(found, tuple)
        return found[0], found[1], found[2]

    assert min(colour("hdr.mp4")) > 235
    assert min(colour("turned.mp4")) > 235  # what lies at the left stands above
    assert colour("anim.gif")[2] > 240  # a poster shows the last picture
    notes = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Note: ")]
    assert [Path(note.split(" cannot")[0]).name for note in notes] == ["eps.png", "list.mp4", "text.mp4"]
    assert all(note.count(".mp4") + note.count(".png") <= 2 and note.endswith(".") for note in notes)


def colour_of(poster: Path) -> list[int]:
    with Image.open(poster) as picture:
        return [int(band > 128) for band in picture.convert("RGB").resize((1, 1)).tobytes()]


@pytest.mark.parametrize("kind", ["gif", "webp", "png"])
def test_a_poster_that_costs_too_much_is_an_earlier_frame(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """A GIF of 46 KB holds 2,000 frames of 10,000 × 10,000 pixels: more than a minute for its last one."""
    source, poster = made.animated(tmp_path / f"a.{kind}"), tmp_path / "p.webp"
    posters.make_poster(source, poster)
    assert colour_of(poster) == [0, 0, 1]
    monkeypatch.setattr(posters, "FRAME_PIXELS_MIN", posters.COMPOSED_PIXELS_MAX + 1)
    posters.make_poster(source, poster)
    assert colour_of(poster) == [0, 1, 0]
    monkeypatch.setattr(posters, "CANVAS_PIXELS_MAX", 16 * 12 - 1)
    posters.make_poster(source, poster)
    assert colour_of(poster) == [1, 0, 0]


def test_a_large_picture_is_averaged_for_its_poster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole in RGBA, and turned, it took 1.5 GB. Its size is told as it stands, upright."""
    made_px: list[int] = []
    rgba = colours.rgba
    monkeypatch.setattr(
        colours, "rgba", lambda *given: (shown := rgba(*given), made_px.append(max(shown.size)))[0]
    )
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (6000, 90)).save(tmp_path / "a.png", exif=exif)
    assert posters.make_poster(tmp_path / "a.png", tmp_path / "p.webp") == posters.Face(90, 6000)
    assert made_px == [3000]
