"""`script` gives everything that a film says, in order, with the file name of each recording."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from docx import Document

from pipeline.voice.recordings import find
from pipeline.voice.script import ReadBeat, Reading, ReadPart, markdown
from scenes.stage.text import scene_text

Run = Callable[..., Result]
OWN = ("--expression", "w*x", "--at", "x=3,w=5", "--wrt", "w")
BEATS = ("graph", "values", "local", "chain", "update")  # what backward shows of a formula of one's own


@pytest.fixture(scope="module")
def own(process: Callable[..., object], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script of a formula of one's own, in English, as Markdown."""
    path = tmp_path_factory.mktemp("script") / "own.md"
    done = process("script", "backward", "--lang", "en", "-o", path, *OWN)
    assert (done.returncode, done.stderr) == (0, "")  # type: ignore[attr-defined]
    return path


def test_every_beat_is_there_in_order_with_its_file_name(own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    files = re.findall(r"^`(.+)\.wav` · film: (\d+) s$", text, re.M)
    assert [name for name, _ in files] == [
        f"{number:02d}-backward-{beat}" for number, beat in enumerate(BEATS, 1)
    ]
    assert all(2 <= int(seconds) <= 30 for _, seconds in files)
    titles = re.findall(r"^### (.+)$", text, re.M)
    assert titles == [scene_text("backward").beats[beat].title["en"] for beat in BEATS]


def test_numbers_are_those_of_the_run(own: Path) -> None:
    """The loss of w*x at w = 5, x = 3 is 15 and its derivative 3."""
    text = own.read_text(encoding="utf-8")
    assert "L = 15." in text
    assert "the derivative of L with respect to w is 3." in text


def test_recordings_with_the_printed_names_are_found(own: Path, tmp_path: Path) -> None:
    text = own.read_text(encoding="utf-8")
    keys = [f"backward-{beat}" for beat in BEATS]
    for name in re.findall(r"`(.+\.wav)`", text):
        (tmp_path / name).touch()
    found = find(tmp_path, keys, keys)
    assert (list(found.files), found.missing) == (sorted(keys, key=keys.index), ())


def test_word_document_says_the_same_as_the_markdown(run: Run, own: Path, tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    result = run("script", "backward", "--lang", "both", "-o", path, *OWN)
    assert result.exit_code == 0, result.output
    paragraphs = [paragraph.text for paragraph in Document(str(path)).paragraphs]
    said = [
        line.removeprefix("> ").rstrip()
        for line in own.read_text(encoding="utf-8").splitlines()
        if line[:1] == ">"
    ]
    english = paragraphs[next(i for i, text in enumerate(paragraphs) if text.endswith("Text to record")) :]
    assert [text for text in english if text in said] == said
    assert sum(text.endswith("녹음 대본") for text in paragraphs) == 1
    styles = {paragraph.style.name for paragraph in Document(str(path)).paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Normal"} <= styles


def test_markdown_signs_in_texts_are_text() -> None:
    beat = ReadBeat("01-a", "a_b*c", ("x < y [1] `z` #",), 3.2)
    card = ReadBeat("02-b", "B", (), needed=False)
    text = markdown([Reading("T", "en", (ReadPart("P", (beat,)), ReadPart("B", (card,))), "Ada")])
    assert r"### a\_b\*c" in text
    assert r"> x \< y \[1\] \`z\` \#" in text
    assert "## B\n\n`02-b.wav` · on the screen; recording it is optional\n" in text
    assert "\nAda\n" in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("backwrad",), "There is no scene backwrad. Did you mean backward"),
        (("backward", "-o", "script.pdf"), "script.pdf ends neither in .md nor in .docx"),
        (("backward", "-o", "{folder}"), "ends neither in .md nor in .docx"),
        (("backward", "-p", "nothing=1"), "no parameter nothing"),
        ((), "Missing argument"),
    ],
)
def test_wrong_input(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    result = run("script", *(argument.format(folder=tmp_path) for argument in arguments))
    assert result.exit_code == 2
    assert said in result.stderr
    assert not list(tmp_path.iterdir())


LECTURE = """
title = { ko = "강의", en = "A lecture" }
author = "Ada"
language = "en"
[[part]]
scene = "backward"
name = "own"
beats = ["chain"]
parameters = { expression = "w*x", at = "x=3,w=5", wrt = "w" }
captions.chain.en = ["First.", ["Then.", "And then."], "It is {gradient}.", "{turn}"]
[[part]]
card = "text"
title = { ko = "끝", en = "The end" }
text = { ko = "정리", en = "Summing up" }
"""


def test_a_lecture_is_read_with_its_own_words_and_numbers(run: Run, tmp_path: Path) -> None:
    """In the script's language unless --lang says otherwise; cards too, whose recordings are optional."""
    file = tmp_path / "lecture.toml"
    file.write_text(LECTURE, encoding="utf-8")
    result = run("script", file)
    assert result.exit_code == 0, result.stderr
    text = result.stdout
    assert text.startswith("# A lecture · Text to record\n\nAda\n")
    assert re.findall(r"^`(.+?)\.wav`", text, re.M) == ["01-opening", "02-own-chain", "03-text"]
    assert re.findall(r"^> (.+?) *$", text, re.M) == [
        "A lecture",
        "First.",
        "Then.",
        "And then.",
        "It is 3.",
        "Positive: a larger w, a larger L. So w must go down.",
        "The end",
        "Summing up",
    ]
    korean = run("script", file, "--lang", "ko").stdout
    assert "강의 · 녹음 대본" in korean
    assert "> 정리" in korean


def test_wrong_lectures(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "lecture.toml"
    file.write_text(LECTURE.replace("{gradient}", "{gradinet}"), encoding="utf-8")
    result = run("script", file)
    assert result.exit_code == 2
    assert "gradinet" in result.stderr
    assert "lecture.toml" in result.stderr
    assert "nowhere.toml" in run("script", tmp_path / "nowhere.toml").stderr
    assert "Give one lecture script, or scenes" in run("script", file, "forward").stderr
