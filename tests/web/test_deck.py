"""The HTML deck as a lecturer uses it: keys, clicks, a phone, a second window, all in a real browser."""

from __future__ import annotations

import base64
import re
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.web.browser import PHONE, Watch, near, pixels, serious_findings
from tests.web.films import BLUE, GOLD, GREEN, HOSTILE, RED


def where(tab: Any) -> tuple[int, str]:
    """The slide's number and the phase."""
    return int(tab.inner_text("#count").split("/")[0]), tab.get_attribute("#stage", "data-phase")


def reach(tab: Any, number: int, phase: str) -> None:
    """Wait until slide ``number`` is in ``phase``; "playing" counts when it has been since the last phase reached."""
    now = "([n, p]) => parseInt(count.textContent) === n && stage.dataset.phase === p && !(seen = [])[0]"
    been = """([n, p]) => {
      const at = seen.findIndex(([number, phase]) => number === n && phase === p);
      return at >= 0 && seen.splice(0, at + 1).length;
    }"""
    tab.wait_for_function(been if phase == "playing" else now, arg=[number, phase], timeout=20_000)
    tab.wait_for_timeout(150)  # the picture behind is taken away


def middle(tab: Any) -> Any:
    shot = pixels(tab, "#stage")
    return shot[shot.shape[0] // 3, shot.shape[1] // 2]


def test_a_clip_plays_waits_at_its_end_and_goes_on_by_key(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    assert where(tab) == (1, "done")
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    assert near(middle(tab), GREEN), "the last frame stays"
    tab.wait_for_timeout(400)
    assert where(tab) == (2, "done"), "a beat's end waits for the lecturer"
    tab.keyboard.press("PageDown")
    reach(tab, 3, "done")
    assert near(middle(tab), BLUE)
    tab.keyboard.press("PageUp")
    reach(tab, 2, "done")
    assert near(middle(tab), GREEN), "going back shows how the beat ended"
    tab.keyboard.press("r")
    reach(tab, 2, "playing")
    reach(tab, 2, "done")
    watch.check(page.parent)


def test_space_plays_pauses_and_goes_on(watch: Watch, page: Path) -> None:
    tab = watch.open(page, "#4")
    assert where(tab) == (4, "ready")
    tab.keyboard.press("Space")
    reach(tab, 4, "playing")
    tab.keyboard.press("Space")
    reach(tab, 4, "paused")
    stood = tab.evaluate("document.querySelector('video.front').currentTime")
    tab.wait_for_timeout(300)
    assert tab.evaluate("document.querySelector('video.front').currentTime") == stood
    tab.keyboard.press("Space")
    reach(tab, 4, "playing")
    tab.evaluate("document.querySelector('video.front').currentTime = 7.5")
    reach(tab, 4, "done")
    assert near(middle(tab), GOLD)
    tab.keyboard.press("Space")
    reach(tab, 5, "done")
    watch.check(page.parent)


def test_jumps_by_number_list_and_ends_and_stops_at_both(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    tab.keyboard.press("4")
    tab.keyboard.press("Enter")
    reach(tab, 4, "playing")
    tab.keyboard.press("Home")
    reach(tab, 1, "done")
    tab.keyboard.press("ArrowLeft")
    assert where(tab)[0] == 1
    tab.keyboard.press("l")
    tab.locator(".beat", has_text="클립 2").click()
    reach(tab, 3, "done")
    assert near(middle(tab), BLUE)
    tab.keyboard.press("End")
    reach(tab, 6, "done")
    assert near(middle(tab), RED), "the picture slide"
    tab.keyboard.press("ArrowRight")
    assert where(tab)[0] == 6
    assert tab.inner_text("#toast") == "마지막 슬라이드입니다"
    watch.check(page.parent)


def test_letters_work_while_hangul_is_typed(watch: Watch, page: Path) -> None:
    """A Korean keyboard sends ㅣ for the L key; shortcuts must not depend on the input mode."""
    tab = watch.open(page)
    tab.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'ㅣ', code: 'KeyL', bubbles: true}))"
    )
    assert tab.evaluate("beats.open")
    tab.keyboard.press("Escape")
    assert not tab.evaluate("beats.open")


def test_fast_presses_end_where_they_should(watch: Watch, page: Path) -> None:
    """A remote's double press overtakes films still loading; the last press counts."""
    tab = watch.open(page)
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "ArrowRight", "ArrowLeft"):
        tab.keyboard.press(key)
    reach(tab, 3, "done")
    assert near(middle(tab), BLUE)
    watch.check(page.parent)


def test_no_blink_between_clips(watch: Watch, page: Path) -> None:
    """Every frame the browser shows around a change has a film in it, never the bare background."""
    tab = watch.open(page, "#2")
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    shots: list[bytes] = []
    caster = tab.context.new_cdp_session(tab)
    caster.on("Page.screencastFrame", lambda frame: (
        shots.append(base64.b64decode(frame["data"])),
        caster.send("Page.screencastFrameAck", {"sessionId": frame["sessionId"]}),
    ))  # fmt: skip
    caster.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
    tab.keyboard.press("ArrowRight")
    reach(tab, 3, "done")
    tab.keyboard.press("ArrowRight")
    reach(tab, 4, "playing")
    caster.send("Page.stopScreencast")
    seen = [np.asarray(Image.open(BytesIO(shot)).convert("RGB")) for shot in shots]
    colours = [shot[shot.shape[0] // 3, shot.shape[1] // 2] for shot in seen]
    assert len(colours) > 6
    assert [colour for colour in colours if max(colour) < 100] == [], "background seen between clips"
    assert near(colours[0], GREEN)
    assert near(colours[-1], BLUE, 80)


def test_subtitles_are_text_and_can_be_turned_off(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    assert tab.inner_text("#captions") == "빨강에서 <b>초록\ntwo", "the last words stay with the last frame"
    tab.keyboard.press("c")
    assert not tab.is_visible("#captions")
    assert tab.get_attribute("#subtitles", "aria-pressed") == "false"
    tab.keyboard.press("r")
    reach(tab, 2, "playing")
    assert not tab.is_visible("#captions")
    tab.keyboard.press("c")
    assert tab.inner_text("#captions").startswith("빨강에서 <b>초록")
    watch.check(page.parent)


def test_the_speaker_view_shows_and_steers(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    with tab.expect_popup() as opened:
        tab.keyboard.press("s")
    view = opened.value
    view.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    assert view.inner_text("#s-notes") == "노트 1"
    assert view.inner_text("#s-then-title") == "클립 2"
    view.wait_for_function("() => document.querySelector('#s-then img').complete")
    assert near(pixels(view, "#s-then")[40, 80], BLUE), "the next beat's picture"
    assert near(pixels(view, "#s-canvas")[40, 80], GREEN), "what the audience sees"
    view.click("#s-next")
    reach(tab, 3, "done")
    tab.keyboard.press("ArrowRight")
    reach(tab, 4, "playing")
    assert view.inner_text("#s-notes") == "노트 3"
    assert view.inner_text("#s-elapsed") != ""
    view.click("#s-reset")
    assert view.inner_text("#s-elapsed") == "0:00"
    view.keyboard.press("ArrowRight")
    assert view.inner_text("#s-notes") == HOSTILE
    with view.expect_event("close"):
        tab.reload()
    watch.check(page.parent)


def test_reduced_motion_shows_ends_and_plays_when_asked(watch: Watch, page: Path) -> None:
    tab = watch.open(page, reduced_motion="reduce")
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    assert near(middle(tab), GREEN)
    assert tab.evaluate("document.querySelector('video.front').played.length") == 0, "it was not played"
    tab.keyboard.press("ArrowRight")
    reach(tab, 3, "done")
    tab.click("#big-play")
    reach(tab, 3, "playing")
    reach(tab, 3, "done")
    watch.check(page.parent)


def test_a_click_goes_on_and_full_screen_and_black_work(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    tab.click("#stage")
    reach(tab, 2, "playing")
    tab.keyboard.press("f")
    tab.wait_for_function("() => document.fullscreenElement !== null")
    tab.keyboard.press("b")
    assert near(middle(tab), (0, 0, 0), 2)
    tab.keyboard.press("b")
    tab.keyboard.press("f")
    tab.wait_for_function("() => document.fullscreenElement === null")
    tab.locator("#progress > div").nth(3).click()
    reach(tab, 4, "playing")
    assert tab.is_visible("#mute"), "the deck has a film with sound"
    tab.keyboard.press("m")
    assert tab.evaluate("[...document.querySelectorAll('video')].every((film) => film.muted)")
    watch.check(page.parent)


def swipe(tab: Any, from_x: int, to_x: int) -> None:
    """With the browser's own idea of a finger: events all at once would leave it in the middle of a fling."""
    gesture = {"x": from_x, "y": 160, "xDistance": to_x - from_x, "gestureSourceType": "touch", "speed": 1500}
    tab.context.new_cdp_session(tab).send("Input.synthesizeScrollGesture", gesture)


def test_a_phone_swipes_taps_and_reads(watch: Watch, page: Path) -> None:
    tab = watch.open(page, **PHONE)
    swipe(tab, 300, 60)
    reach(tab, 2, "done")
    swipe(tab, 300, 60)
    reach(tab, 3, "done")
    swipe(tab, 300, 60)
    reach(tab, 4, "playing")
    tab.tap("#stage")
    reach(tab, 4, "paused")
    swipe(tab, 60, 300)
    reach(tab, 3, "done")
    swipe(tab, 60, 300)
    reach(tab, 2, "done")
    assert tab.inner_text("#reading-notes") == "노트 1"
    assert tab.inner_text("#reading-captions").endswith("two")
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing hangs out sideways"
    small = "[...document.querySelectorAll('#controls button')].filter((b) => b.offsetParent && b.offsetWidth < 40)"
    assert tab.evaluate(f"{small}.length") == 0, "buttons are as large as a finger"
    tab.tap("#reading-next")
    reach(tab, 3, "done")
    watch.check(page.parent)


def test_nothing_a_user_writes_is_run(watch: Watch, page: Path) -> None:
    tab = watch.open(page, "#6")
    tab.keyboard.press("l")
    assert HOSTILE in tab.inner_text("#beats")
    tab.keyboard.press("Escape")
    assert tab.inner_text("#words-slide h2") == HOSTILE
    tab.keyboard.press("ArrowLeft")
    reach(tab, 5, "done")
    assert HOSTILE in tab.inner_text("#words-slide")
    assert tab.evaluate("window.hacked") is None
    watch.check(page.parent)


def test_the_interface_speaks_both_languages(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    tab.keyboard.press("?")
    assert "다음 슬라이드" in tab.inner_text("#help-panel")
    tab.click("[data-language=en]")
    assert "Next slide" in tab.inner_text("#help-panel")
    assert tab.get_attribute("#next", "aria-label") == "Next"
    texts = tab.locator("#help-panel [data-t]").all_inner_texts()
    assert [text for text in texts if re.search("[가-힣]", text)] == []
    assert tab.get_attribute("html", "lang") == "en"


@pytest.mark.parametrize("look", ["dark", "light"])
def test_axe_finds_nothing_serious(watch: Watch, page: Path, axe: str, look: str) -> None:
    tab = watch.open(page)
    tab.keyboard.press("?")
    tab.click(f"[data-choose-look={look}]")
    assert serious_findings(tab, axe) == []
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowRight")
    reach(tab, 2, "done")
    assert serious_findings(tab, axe) == []
    tab.keyboard.press("l")
    assert serious_findings(tab, axe) == []
    tab.keyboard.press("Escape")
    with tab.expect_popup() as opened:
        tab.keyboard.press("s")
    assert serious_findings(opened.value, axe) == []
    phone = watch.open(page, "#3", **PHONE)
    assert serious_findings(phone, axe) == []


def test_tab_reaches_every_button_and_shows_where_it_is(watch: Watch, page: Path) -> None:
    tab = watch.open(page)
    reached = set()
    for _ in range(12):
        tab.keyboard.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        if tab.evaluate("document.activeElement.tagName") == "BUTTON":
            reached.add(tab.evaluate("document.activeElement.id"))
            assert tab.evaluate(f"{style}.outlineStyle") == "solid", reached
    assert {"list", "next", "subtitles", "speaker", "full", "help"} <= reached
    tab.focus("#help")
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector('#help-panel').open")
    assert where(tab)[0] == 1, "Enter on a button is for the button"
