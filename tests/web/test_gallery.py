"""The gallery as somebody finds it on a stick: everything is there, plays, is found, and says where it came from."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from pipeline.gallery.write import gallery
from tests.conftest import Film
from tests.web.browser import PHONE, Watch, near, pixels, serious_findings
from tests.web.films import BLUE, GOLD, GREEN, HOSTILE, RED, write_film

HOSTILE_NAME = "<img src=x onerror=window.hacked=3> #1 %20 & 'q'"


def rename_record(numbers: Path, **changes: Any) -> None:
    data = json.loads(numbers.read_text()) | changes
    numbers.write_text(json.dumps(data), encoding="utf-8")


@pytest.fixture(scope="module")
def media(film: Film, page: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real film, a kit, a lecture, a deck, pictures; and things that are damaged, alone or hostile."""
    folder = tmp_path_factory.mktemp("media")
    for path in film.clip.parent.iterdir():
        shutil.copy(path, folder / path.name)
    kit = folder / "clips" / "forward-ko-02-neuron"
    kit.parent.mkdir()
    shutil.copy(film.numbers, f"{kit}.numbers.json")
    beat = {"name": "neuron", "title": "뉴런 하나", "start_s": 0.0, "end_s": 0.8}
    rename_record(
        Path(f"{kit}.numbers.json"), scene="forward", language="ko", beats=[beat], rows=[], seconds=0.8
    )
    write_film(Path(f"{kit}.mp4"), RED, GREEN)
    write_film(Path(f"{kit}.mov"), RED, GREEN)
    Image.new("RGB", (64, 36), BLUE).save(f"{kit}.png")
    Image.new("RGB", (64, 36), RED).save(
        f"{kit}.gif", save_all=True, append_images=[Image.new("RGB", (64, 36))]
    )
    Path(f"{kit}.srt").write_text("1\n00:00:00,000 --> 00:00:00,800\n찾을 말\n", encoding="utf-8")
    write_film(folder / f"{HOSTILE_NAME}.mp4", BLUE, GOLD)
    (folder / f"{HOSTILE_NAME}.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:00.800\n{HOSTILE}\n")
    (folder / "broken.mp4").write_bytes(b"no film")
    (folder / "broken.numbers.json").write_text("{")
    (folder / "broken.vtt").write_bytes(b"\xff\xfe nothing")
    (folder / ".clip.1234.part.mp4").write_bytes(b"half")
    (folder / "alone.numbers.json").write_text("{}")
    shutil.copytree(page.parent, folder / "core-ko-deck")
    lecture(folder / "core-en")
    gallery(folder)
    return folder


def lecture(stem: Path) -> None:
    """What the lecture command leaves, as far as it matters here."""
    write_film(Path(f"{stem}.mp4"), GREEN, BLUE)
    Image.new("RGB", (64, 36), GOLD).save(f"{stem}.cover.png")
    for language, text in (("ko", "강의입니다"), ("en", "the lecture")):
        Path(f"{stem}.{language}.vtt").write_text(
            f"WEBVTT\n\n00:00.000 --> 00:00.800\n{text}\n", encoding="utf-8"
        )
    row = {
        "time_s": 0.1,
        "beat": "one",
        "text": "0.33",
        "series": "a/b",
        "index": [2],
        "value": 1 / 3,
        "format": ".2f",
    }
    beats = [{"key": "p1/one", "name": "one", "title": "First", "start_s": 0.0, "end_s": 0.8}]
    report = {
        "gradreel": "0", "script": "core.toml", "title": "The core", "author": "Kim", "language": "en", "theme": "dark",
        "quality": "720p30", "captions": "sidecar", "seconds": 0.8, "extra": 1,
        "parts": [{"beats": beats, "run": {"environment": {"torch": "2"}, "rows": [row], "scene": "x"}}],
    }  # fmt: skip
    Path(f"{stem}.lecture.json").write_text(json.dumps(report), encoding="utf-8")


def card(tab: Any, text: str) -> Any:
    return tab.locator(".item:not([hidden])", has_text=text).first.locator(".card")


def shown(tab: Any) -> list[str]:
    return tab.locator(".item:not([hidden]) .card-title").all_text_contents()


def test_everything_is_there_once(watch: Watch, media: Path) -> None:
    tab = watch.open(media / "index.html", locale="en-US")
    assert sorted(shown(tab)) == sorted(
        [
            "Backward pass · Forward: the values",
            "순전파 · 뉴런 하나",
            "The core",
            "세 색",
            "broken",
            HOSTILE_NAME,
        ]
    )
    kit = card(tab, "뉴런 하나")
    assert kit.locator(".formats span").all_inner_texts() == ["gif", "mov", "mp4", "png"]
    assert near(pixels(tab, ".item:has-text('뉴런 하나') .poster")[60, 60], BLUE), "a kit's own poster"
    assert near(pixels(tab, ".item:has-text('onerror') .poster")[60, 60], GOLD), "else the last frame"
    assert tab.evaluate("window.hacked") is None
    watch.check(media)


def test_search_and_filters_find_what_is_asked_for(watch: Watch, media: Path) -> None:
    tab = watch.open(media / "index.html", locale="ko-KR")
    tab.fill("#query", "찾을 말")
    assert shown(tab) == ["순전파 · 뉴런 하나"], "words of captions"
    tab.fill("#query", "BACKWARD values")
    assert shown(tab) == ["Backward pass · Forward: the values"]
    tab.fill("#query", "순전파 없음")
    assert shown(tab) == []
    tab.click("#show-all")
    tab.click("[data-group=language] [data-value=en]")
    assert shown(tab) == ["Backward pass · Forward: the values", "The core"]
    tab.click("[data-group=scene] [data-value=backward]")
    assert shown(tab) == ["Backward pass · Forward: the values"]
    assert tab.get_attribute("[data-group=scene] [data-value=backward]", "aria-pressed") == "true"
    tab.click("[data-group=scene] [data-value=backward]")
    tab.click("[data-group=kind] [data-value=lecture]")
    assert shown(tab) == ["The core"]
    watch.check(media)


def test_a_film_plays_in_its_place_with_its_numbers(watch: Watch, media: Path, film: Film) -> None:
    """The numbers listed at a moment are those of the record: computed here from the file itself."""
    told = json.loads(film.numbers.read_text())
    tab = watch.open(media / "index.html", locale="en-US")
    card(tab, "Backward pass").click()
    tab.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    tab.evaluate("document.querySelector('video').play()")
    tab.wait_for_function("() => document.querySelector('video').currentTime > 0.3")
    tab.evaluate("document.querySelector('video').pause()")
    for share in (0.35, 0.95):
        moment = share * told["seconds"]
        tab.evaluate("time => { document.querySelector('video').currentTime = time; }", moment)
        expected = [row["text"] for row in told["rows"] if row["time_s"] <= moment]
        wait = "count => document.querySelectorAll('.numbers li').length === count"
        tab.wait_for_function(wait, arg=len(expected), timeout=20_000)
        assert tab.locator(".numbers li b").all_inner_texts() == expected[::-1]
    newest = told["rows"][-1]
    first = tab.locator(".numbers li").first
    place = f"[{', '.join(map(str, newest['index']))}]" if newest["index"] else ""
    assert first.locator("code").inner_text() == newest["series"] + place
    assert first.locator("b, .exact").last.inner_text() in (repr(newest["value"]), newest["text"])
    watch.check(media)


def test_pointing_at_the_strip_shows_the_numbers_of_that_frame(watch: Watch, media: Path, film: Film) -> None:
    told = json.loads(film.numbers.read_text())
    tab = watch.open(media / "index.html", locale="en-US")
    card(tab, "Backward pass").click()
    tab.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    times = sorted({row["time_s"] for row in told["rows"]})
    gap, start = max((after - before, before) for before, after in pairwise([*times, told["seconds"]]))
    moment = start + gap / 2
    box = tab.locator(".strip").bounding_box()
    tab.mouse.move(box["x"] + moment / told["seconds"] * box["width"], box["y"] + 8)
    expected = [row["text"] for row in told["rows"] if row["time_s"] <= moment]
    assert tab.locator(".numbers li b").all_inner_texts() == expected[::-1]
    assert tab.evaluate("document.querySelector('video').currentTime") == 0, "pointing does not move the film"
    tab.mouse.move(5, 5)
    assert tab.locator(".numbers li").count() == sum(row["time_s"] == 0 for row in told["rows"])
    tab.focus(".strip")
    tab.keyboard.press("End")
    tab.wait_for_function("() => document.querySelector('video').currentTime > 1")
    assert "Forward: the values" in tab.get_attribute(".strip", "aria-valuetext")


def test_subtitles_of_both_languages_and_the_command(watch: Watch, media: Path) -> None:
    tab = watch.open(media / "index.html", locale="en-US")
    card(tab, "The core").click()
    tracks = (
        "[...document.querySelector('video').textTracks].map(t => [t.language, t.mode, t.cues?.[0]?.text])"
    )
    tab.wait_for_selector("video")
    found = {language: mode for language, mode, _ in tab.evaluate(tracks)}
    assert found == {"en": "showing", "ko": "disabled"}
    assert tab.inner_text(".command code") == "gradreel lecture core.toml --lang en -q 720p30"
    assert tab.locator(".downloads a").count() == 5
    assert "320 × 180" in tab.inner_text(".run"), "the film's size, not its cover's"
    tab.keyboard.press("Escape")
    card(tab, "Backward pass").click()
    wanted = "gradreel render backward --beat values --lang en -q 144p5"
    assert tab.inner_text(".command code") == wanted
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.click(".copy")
    tab.wait_for_selector("#toast.shown")
    assert tab.evaluate("navigator.clipboard.readText()") == wanted


def test_what_is_missing_is_said_and_harms_nothing(watch: Watch, media: Path) -> None:
    tab = watch.open(media / "index.html", locale="en-US")
    card(tab, "broken").click()
    tab.wait_for_selector(".problems li")
    assert tab.locator(".problems li").count() == 3, "film, numbers and subtitles"
    assert "is not JSON" in tab.inner_text(".problems")
    tab.keyboard.press("Escape")
    card(tab, "onerror").click()
    tab.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    assert "no record of its numbers" in tab.inner_text(".numbers")
    assert tab.evaluate("window.hacked") is None
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.className") == "card", "focus returns to the card"


def test_a_phone_and_both_themes(watch: Watch, media: Path, axe: str) -> None:
    phone = watch.open(media / "index.html", color_scheme="light", **PHONE)
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    card(phone, "Backward pass").tap()
    phone.wait_for_selector("video")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert serious_findings(phone, axe) == []
    tab = watch.open(media / "index.html", color_scheme="dark", locale="ko-KR")
    assert tab.get_attribute("html", "data-look") == "dark"
    assert serious_findings(tab, axe) == []
    card(tab, "Backward pass").click()
    tab.wait_for_selector("video")
    assert serious_findings(tab, axe) == []
    tab.click("#look")
    assert serious_findings(tab, axe) == []
    tab.click("#language")
    assert tab.inner_text(".numbers h3 span") == "Numbers on screen"
    watch.check(media)


def test_a_gallery_elsewhere_holds_all_that_it_shows(watch: Watch, media: Path, tmp_path: Path) -> None:
    page = gallery(media, tmp_path / "web" / "site")
    away = tmp_path / "moved"
    shutil.move(page.parent, away)
    tab = watch.open(away / "index.html", locale="en-US")
    card(tab, "onerror").click()
    tab.wait_for_function("() => document.querySelector('video')?.readyState >= 2")
    tab.keyboard.press("Escape")
    card(tab, "세 색").click()
    with tab.expect_popup() as opened:
        tab.click(".downloads a")
    opened.value.wait_for_selector("#stage[data-phase]")
    watch.check(away)
