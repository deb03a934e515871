"""A film object: what it says at once, what it makes, and how a notebook shows it."""

import base64
import io
import re
from pathlib import Path
from typing import Any

import av
import pytest

import gradreel
from gradreel import _asking, _film, _verify
from pipeline import verify as verifying
from pipeline.asked.answers import QUESTIONS
from pipeline.clips.formats import SLIDE_QUALITY
from pipeline.plan import CAPTIONS, DECK_QUALITY, DEFAULT_QUALITY, THEMES
from pipeline.repeated import Report
from scenes import SCENES


def test_defaults_are_those_of_the_command_line() -> None:
    assert _film.FILM == DEFAULT_QUALITY
    assert _film.SLIDES == SLIDE_QUALITY == DECK_QUALITY
    defaults = _film.film.__kwdefaults__
    assert (defaults["theme"], defaults["captions"], defaults["lang"]) == (THEMES[0], CAPTIONS[0], "ko")


def test_scenes_are_all_there() -> None:
    found = gradreel.scenes()
    assert [one.slug for one in found] == [card.slug for card in SCENES]
    for one, card in zip(found, SCENES, strict=True):
        assert tuple(beat.name for beat in one.beats) == card.beats
        assert one.title["ko"] == card.title("ko")
        assert {"seed"} <= {parameter.name for parameter in one.parameters}


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("look", "said"),
    [
        ({"lang": "fr"}, "There is no language fr: give ko or en."),
        ({"lang": "both"}, "There is no language both: give ko or en."),
        ({"theme": "blue"}, "There is no theme blue: give dark or light."),
        ({"captions": "above"}, "There is no way to show captions above: give burned or sidecar or none."),
        ({"beats": "chian"}, "backward has no beat chian. Did you mean chain?"),
        ({"scene": "forward"}, "forward does not draw a trace of backpropagation: choose backward."),
        ({"scene": "bakward"}, "There is no scene bakward. Did you mean backward?"),
    ],
)
def test_what_cannot_be_is_said_at_once(expression: gradreel.Trace, look: Any, said: str) -> None:
    with pytest.raises(gradreel.InputError) as error:
        gradreel.film(expression, **look)
    assert str(error.value) == said


def test_a_film_is_of_a_trace() -> None:
    with pytest.raises(gradreel.InputError, match="made of a Trace, and this has type str: record one first"):
        gradreel.film("backward")  # type: ignore[arg-type]


def test_a_trace_of_no_scene_is_refused(expression: gradreel.Trace) -> None:
    other = gradreel.Trace("other", "1", 0, {"given": {}, "resolved": {}}, {}, {})
    with pytest.raises(gradreel.InputError, match="No scene draws a trace of other"):
        gradreel.film(other)


@pytest.mark.usefixtures("here")
def test_a_trace_that_was_altered_is_refused(expression: gradreel.Trace, tmp_path: Path) -> None:
    series = {name: one for name, one in expression.series.items() if name != "graph/value"}
    told = (expression.seed, expression.params, expression.environment, series, expression.nodes)
    film = gradreel.film(gradreel.Trace(expression.recorder, "1", *told, expression.flags))
    with pytest.raises(gradreel.InputError) as error:
        film.save(tmp_path / "net.mp4")
    said = "It is no trace that backpropagation can have recorded (graph/value is missing): record it again."
    assert str(error.value) == said
    assert not [*tmp_path.iterdir()]


@pytest.mark.usefixtures("small")
def test_it_is_saved_and_verifies(expression: gradreel.Trace, tmp_path: Path) -> None:
    film = gradreel.film(expression, lang="en", theme="light", beats=["values"])
    assert repr(film) == "<gradreel film backward (en, light): values>"
    made = film.save(tmp_path / "net.mp4")
    assert made == tmp_path / "net.mp4"
    beside = {"net.mp4", "net.srt", "net.vtt", "net.trace.npz", "net.numbers.json"}
    assert {path.name for path in tmp_path.iterdir()} == beside
    assert gradreel.Trace.load(tmp_path / "net.trace.npz") == expression
    report = gradreel.verify(made)
    assert (report.clip, report.exact) == (made, True)
    assert report.rows > 0
    assert "OK" in str(report)


def test_a_film_that_differs_fails_loudly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = Report(tmp_path / "net.mp4", True, 5, 126, 3, ("net.srt is missing.",))
    monkeypatch.setattr(verifying, "verify", lambda path: report)
    monkeypatch.setattr(_verify, "ask", lambda question, path: QUESTIONS[question](path))
    with pytest.raises(gradreel.RunError) as error:
        gradreel.verify(tmp_path / "net.mp4")
    head = f"{tmp_path / 'net.mp4'} differs in 1 place (bit for bit: same processor, same versions):"
    assert str(error.value) == f"{head}\n  net.srt is missing."


@pytest.mark.usefixtures("small")
def test_stills_clips_and_decks(expression: gradreel.Trace, tmp_path: Path) -> None:
    film = gradreel.film(expression, lang="en", beats=["values"])
    assert film.still("values", tmp_path / "x.png").read_bytes().startswith(b"\x89PNG")
    clips = film.clips(tmp_path / "clips", formats=["gif", "mp4"])
    assert [path.suffix for path in clips] == [".gif", ".mp4"]
    assert all(path.is_file() and path.parent == tmp_path / "clips" for path in clips)
    for name in ("net.pptx", "net.pdf", "net.html"):
        assert film.deck(tmp_path / name).is_file()
    assert (film.deck(tmp_path / "folder") / "index.html").is_file()


@pytest.mark.usefixtures("here")
def test_wrong_wishes_are_said_in_pythons_words(expression: gradreel.Trace, tmp_path: Path) -> None:
    film = gradreel.film(expression, lang="en")
    with pytest.raises(gradreel.InputError, match=r"^max_mb 0 cannot be: give megabytes between"):
        film.clips(tmp_path, max_mb=0)
    with pytest.raises(
        gradreel.InputError, match=r"^An mp4 cannot be transparent: .* or leave transparent out"
    ):
        film.clips(tmp_path, transparent=True, formats="mp4")
    with pytest.raises(gradreel.InputError, match=r"^There is no format avi: give any of mp4,"):
        film.clips(tmp_path, formats=["avi"])
    with pytest.raises(gradreel.InputError, match=r"net\.odp is no deck: give a name that ends in \.pptx"):
        film.deck(tmp_path / "net.odp")
    with pytest.raises(gradreel.InputError, match=r"net\.avi does not end in \.mp4"):
        film.save(tmp_path / "net.avi")
    with pytest.raises(gradreel.InputError, match=r"^Unknown quality 'best'"):
        film.save(tmp_path / "net.mp4", quality="best")
    with pytest.raises(gradreel.InputError, match=r"^backward has no beat net"):
        film.still("net", tmp_path / "x.png")
    with pytest.raises(gradreel.InputError, match=r"no file"):
        gradreel.verify(tmp_path / "none.mp4")
    assert not [*tmp_path.iterdir()]


@pytest.mark.usefixtures("small")
def test_a_notebook_shows_the_film_itself(
    expression: gradreel.Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = gradreel.film(expression, lang="en", beats=["values"])
    assert film._repr_mimebundle_(include=["text/plain"]) == {"text/plain": repr(film)}
    assert film._repr_mimebundle_(exclude={"text/html"}) == {"text/plain": repr(film)}
    bundle = film._repr_mimebundle_()
    assert bundle["text/plain"] == repr(film)
    found = re.search(r'<video controls[^>]* src="data:video/mp4;base64,([^"]+)"', bundle["text/html"])
    assert found
    assert 'poster="data:image/webp;base64,' in bundle["text/html"]
    with av.open(io.BytesIO(base64.b64decode(found[1]))) as container:
        assert container.streams.video[0].codec_context.height == 144

    def refuse(*args: Any, **options: Any) -> Any:
        raise AssertionError("it has been drawn before")

    monkeypatch.setattr(_film, "ask", refuse)
    assert film._repr_html_() == bundle["text/html"]


@pytest.mark.usefixtures("small")
def test_a_film_that_is_too_large_is_not_embedded(expression: gradreel.Trace) -> None:
    said = gradreel.film(expression, lang="en", beats=["values"], embed_max_mb=0.001)._repr_html_()
    assert re.fullmatch(r"<p>The film has 0\.\d MB, more than the 0\.001 MB .* with embed_max_mb\.</p>", said)


def test_a_film_that_cannot_be_made_is_a_sentence(
    expression: gradreel.Trace, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = gradreel.film(expression, lang="en")

    def fail(*args: Any, **options: Any) -> Any:
        raise gradreel.RunError("Say <why>.")

    monkeypatch.setattr(_film, "ask", fail)
    assert film._repr_html_() == "<p>Say &lt;why&gt;.</p>"


def test_without_temporary_files_there_is_a_sentence(
    expression: gradreel.Trace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "none"))
    with pytest.raises(
        gradreel.RunError, match=r"^Temporary files cannot be made \(No such file or directory\)"
    ):
        gradreel.film(expression)


def test_a_process_that_dies_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "answering.py"
    monkeypatch.setattr(_asking, "ANSWERING", program)
    program.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "utf-8")
    with pytest.raises(gradreel.RunError, match=r"was killed \(signal 9\), most likely for want of memory"):
        _asking.ask("scenes")
    program.write_text("import nothing_of_that_name", "utf-8")
    with pytest.raises(
        gradreel.RunError, match=r"No module named 'nothing_of_that_name'\): see `gradreel doctor`"
    ):
        _asking.ask("scenes")
