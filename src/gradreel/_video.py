"""A film in a page."""

from __future__ import annotations

import base64
import html


def player(data: bytes, title: str) -> str:
    """An .mp4 as a <video> that holds it, with the browser's own controls."""
    source = f"data:video/mp4;base64,{base64.b64encode(data).decode('ascii')}"
    return (
        f'<video controls playsinline preload="auto" width="854" style="max-width:100%;height:auto" '
        f'aria-label="{html.escape(title)}" src="{source}">This page cannot play the film.</video>'
    )


def sentence(text: str) -> str:
    """What is said in place of a film."""
    return f"<p>{html.escape(text)}</p>"
