"""A real Chromium that tests drive, and what is asked of every page: no error, no request that leaves its folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from tests import needs

WIDE = {"width": 1280, "height": 720}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
# Keeps every slide and phase a deck has been in: a busy machine may miss one that lasts less than a second.
KEEP_PHASES = """
window.seen = [];
addEventListener("DOMContentLoaded", () => {
  const stage = document.getElementById("stage");
  const keep = () => seen.push([parseInt(document.getElementById("count").textContent), stage.dataset.phase]);
  if (stage) new MutationObserver(keep).observe(stage, { attributes: true });
});
"""
SERIOUS = ("serious", "critical")


@contextmanager
def launched() -> Iterator[Any]:
    """A Chromium without a window; skips when there is none, or nothing to drive it with."""
    api = needs.library("playwright.sync_api")
    path = needs.program(needs.CHROMIUM)
    with api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--mute-audio"])
        yield browser
        browser.close()


@dataclass
class Watch:
    """Opens pages and keeps what they ask for and complain about."""

    browser: Any
    contexts: list[Any] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, page: Path, fragment: str = "", **options: Any) -> Any:
        """The page at its file:// address in a fresh profile."""
        context = self.browser.new_context(**({"viewport": WIDE} | options))
        self.contexts.append(context)
        context.add_init_script(KEEP_PHASES)
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        tab = context.new_page()
        tab.goto(page.as_uri() + fragment)
        return tab

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def check(self, folder: Path) -> None:
        """AssertionError when a page complained, or asked for anything outside ``folder``."""
        assert self.complaints == []
        inside = (folder.as_uri() + "/", "blob:", "data:", "about:blank")
        assert [url for url in self.requests if not url.startswith(inside)] == []

    def close(self) -> None:
        for context in self.contexts:
            context.close()


def serious_findings(tab: Any, axe: str) -> list[str]:
    """What axe-core finds in ``tab`` that is serious or critical, one line each."""
    tab.evaluate(axe)
    found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def pixels(tab: Any, selector: str | None = None) -> np.ndarray[Any, Any]:
    """A screenshot of the page, or of one element, as (height, width, 3) uint8."""
    shot = tab.locator(selector).screenshot() if selector else tab.screenshot()
    return np.asarray(Image.open(BytesIO(shot)).convert("RGB"))


def near(colour: Any, wanted: tuple[int, int, int], tolerance: int = 24) -> bool:
    """Whether two colours are alike, as far as video keeps colours."""
    return bool(np.abs(np.asarray(colour, dtype=int) - np.asarray(wanted)).max() <= tolerance)


Opener = Callable[..., Any]
