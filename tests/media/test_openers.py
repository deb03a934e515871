"""Only what is a picture, a film or a sound is opened, by the one reader for it: no list of files, no text."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import pytest
from PIL import Image

from engine.data.pictures import images
from engine.errors import InputError
from pipeline.media import films
from pipeline.media.facts import facts
from tests.media import made

ROOT = Path(__file__).resolve().parents[2]
OPENERS = {("engine/data/pictures/images.py", "Image"), ("pipeline/media/films.py", "av")}


def openings(path: Path) -> Iterator[tuple[str, int]]:
    """Every call of ``av.open`` or ``Image.open`` that does not write, and where."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if (
            not isinstance(node, ast.Call)
            or not isinstance(node.func, ast.Attribute)
            or node.func.attr != "open"
        ):
            continue
        owner = ast.unparse(node.func.value).split(".")[-1]
        mode = node.args[1] if len(node.args) > 1 else None
        if owner in ("av", "Image", "container") and not (
            isinstance(mode, ast.Constant) and mode.value == "w"
        ):
            yield owner, node.lineno


def test_pictures_and_films_are_opened_in_one_place_each() -> None:
    """A second opener would bring back what these keep out."""
    sources = [
        path for part in ("engine", "pipeline", "scenes", "src") for path in (ROOT / part).rglob("*.py")
    ]
    found = {
        (path.relative_to(ROOT).as_posix(), owner)
        for path in [*sources, ROOT / "render.py"]
        for owner, _ in openings(path)
    }
    assert found == OPENERS
    for path in sources:  # nor by a name that the walk would not see
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {
            (node.module, one.name)
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom)
            for one in node.names
        }
        assert not names & {("av", "open"), ("PIL.Image", "open"), ("av.container", "open")}, path


FOREIGN = [
    ("a.jpg", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\nshowpage\n", "EPS"),
    ("a.jpg", b"\xc5\xd0\xd3\xc6" + bytes(60), "EPS"),
    ("a.png", b"%PDF-1.7\n", "PDF"),
    ("a.png", b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    ("a.png", b"\xef\xbb\xbf<svg/>", "SVG"),
    ("IMG.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(40), "HEIC"),
    ("IMG.heic", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(40), "HEIC"),
    ("a.psd", b"8BPS\0\1" + bytes(40), "Photoshop"),
    ("a.jxl", b"\xff\x0a" + bytes(40), "JPEG XL"),
    ("a.jp2", b"\0\0\0\x0cjP  \r\n\x87\n" + bytes(40), "JPEG 2000"),
    ("x-ray.dcm", bytes(128) + b"DICM" + bytes(40), "DICOM"),
    ("a.cr2", b"II*\0\x10\0\0\0CR\2\0" + bytes(40), "raw camera"),
    ("a.png", b"\0\0\0\x18ftypisom\0\0\2\0isomiso2" + bytes(40), "MP4 or MOV, a film"),
    ("a.png", b"P5 9 9 255 " + bytes(81), "no picture of a known kind"),
    ("a.png", b"just words", "no picture of a known kind"),
]


@pytest.mark.parametrize(("name", "data", "says"), FOREIGN, ids=[f"{one[2]}-{one[0]}" for one in FOREIGN])
def test_what_is_no_picture_is_named_with_the_remedy(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=says) as caught, images.opened(tmp_path / name):
        pass
    assert name in str(caught.value)
    assert "PNG, JPEG" in str(caught.value)


def test_no_other_format_of_pillow_is_loaded(tmp_path: Path) -> None:
    """Its PPM comes with every picture; EPS, which starts Ghostscript, and forty more must not."""
    names = {"eps": b"%!PS-Adobe-3.0 EPSF-3.0\n", "psd": b"8BPS\0\1"}
    for name, data in names.items():
        (tmp_path / f"{name}.jpg").write_bytes(data)
        (tmp_path / f"named.{name}").write_bytes(data)
    for kind in ("png", "jpg", "webp", "gif", "tiff", "bmp"):
        Image.new("RGB", (4, 4)).save(tmp_path / f"good.{kind}")
        (tmp_path / f"good-{kind}.eps").write_bytes((tmp_path / f"good.{kind}").read_bytes())
    program = f"""
import pathlib, sys
from engine.data.pictures import images
from engine.errors import InputError
opened = 0
for path in sorted(pathlib.Path({str(tmp_path)!r}).iterdir()):
    try:
        images.load(path, 100)
        opened += 1
    except InputError:
        pass
print(opened, *sorted(name[4:-11] for name in sys.modules if name.startswith("PIL.") and name.endswith("ImagePlugin")))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    opened, *plugins = done.stdout.split()
    assert opened == "12"
    assert set(plugins) <= {"Bmp", "Gif", "Jpeg", "Mpo", "Png", "Ppm", "Tiff", "WebP"}


SCRIPTS = [
    ("x.txt", b"hello\n" * 40, "no film of a known kind"),
    ("x.mp4", b"\x1b[31mANSI art\x1b[0m\n" * 40, "no film of a known kind"),
    (
        "list.m3u8",
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nother.mp4\n#EXT-X-ENDLIST\n",
        "list of other files",
    ),
    ("list.mp4", b"#EXTM3U\n#EXTINF:9,\nother.mp4\n", "list of other files"),
    ("list.mp4", b"ffconcat version 1.0\nfile 'other.mp4'\n", "list of other files"),
    (
        "a.mpd",
        b'<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"/>',
        "no film of a known kind",
    ),
    ("a.sdp", b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n", "no film of a known kind"),
    ("a.srt", b"1\n00:00:00,000 --> 00:00:09,000\nhello\n", "no film of a known kind"),
    ("a.mp4", b"\xff\xd8\xff\xe0" + bytes(80), "JPEG, a picture"),
    ("a.mp4", b"PK\3\4" + bytes(80), "ZIP"),
]


@pytest.mark.parametrize(("name", "data", "says"), SCRIPTS, ids=[f"{one[2]}-{one[0]}" for one in SCRIPTS])
def test_what_is_no_film_is_named_and_nothing_else_is_read(
    tmp_path: Path, name: str, data: bytes, says: str
) -> None:
    made.film(tmp_path / "other.mp4")
    (tmp_path / name).write_bytes(data)
    with pytest.raises(InputError, match=says) as caught:
        facts(tmp_path / name)
    assert "MP4" in str(caught.value)


def test_a_picture_that_stands_still_is_no_film(tmp_path: Path) -> None:
    for kind in ("png", "gif"):
        Image.new("RGB", (4, 4)).save(tmp_path / f"a.{kind}")
        with pytest.raises(InputError, match=f"holds {kind.upper()}, a picture"):
            facts(tmp_path / f"a.{kind}")


@pytest.mark.parametrize(
    "name", ["http:127.0.0.1:9,a.mp4", "concat:a|b.mp4", "pipe:0.mp4", "-i.mp4", "a%03d.mp4"]
)
def test_a_name_that_looks_like_an_address_is_a_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    made.film(tmp_path / "a.mp4")
    os.rename(tmp_path / "a.mp4", tmp_path / name)
    monkeypatch.chdir(tmp_path)
    assert facts(name).width == 64


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    made.film(tmp_path / "a.mp4")
    target = os.fsencode(tmp_path) + b"/\xff.mp4"
    try:
        os.rename(tmp_path / "a.mp4", target)
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert facts(os.fsdecode(target)).width == 64


def test_a_track_in_another_file_is_not_read(tmp_path: Path) -> None:
    """QuickTime films may say that their pictures lie in another file; that one is not what the user gave."""
    data = made.film(tmp_path / "secret.mov").read_bytes()
    pointing = tmp_path / "pointing.mov"
    pointing.write_bytes(_with_alias(data, tmp_path / "secret.mov"))
    reading = {"enable_drefs": "1", "use_absolute_path": "1"}
    with av.open(str(pointing), container_options=reading) as container:  # the file does say so
        assert next(container.decode(video=0)).width == 64
    with pytest.raises(InputError):
        facts(pointing)


def _with_alias(data: bytes, target: Path) -> bytes:
    """The film with an Apple alias record to ``target`` in place of "in this file"; boxes around it are enlarged."""
    inside = b"\0\0\0\x0curl \0\0\0\x01"  # flag 1: in this very file
    name = os.fsencode(target)
    extra = b"\0\2" + len(name).to_bytes(2, "big") + name + b"\0" * (len(name) % 2) + b"\xff\xff\0\0"
    record = bytes(4) + (150 + len(extra)).to_bytes(2, "big") + bytes(144) + extra
    box = (12 + len(record)).to_bytes(4, "big") + b"alis" + bytes(4) + record
    at = data.index(inside)
    grown = len(box) - len(inside)
    made_bytes = bytearray(data)
    for kind in (b"moov", b"trak", b"mdia", b"minf", b"dinf", b"dref"):
        place = made_bytes.rindex(kind, 0, at) - 4
        size = int.from_bytes(made_bytes[place : place + 4], "big") + grown
        made_bytes[place : place + 4] = size.to_bytes(4, "big")
    return bytes(made_bytes[:at]) + box + bytes(made_bytes[at + len(inside) :])


def test_sounds_by_their_bytes(tmp_path: Path) -> None:
    for name in ("a.mp3", "a.m4a"):
        with films.opened(made.sound_with_cover(tmp_path / name), "sound") as container:
            assert films.pictures(container) is None
            assert next(container.decode(films.sound(container))).sample_rate == made.RATE
    (tmp_path / "a.wav").write_bytes(b"no sound" * 9)
    with (
        pytest.raises(InputError, match=r"no sound of a known kind: give a sound as WAV"),
        films.opened(tmp_path / "a.wav", "sound"),
    ):
        pass
