"""A film in a page."""

from __future__ import annotations

import base64
import html


def player(data: bytes, poster: bytes, title: str) -> str:
    """An .mp4 as a <video> that holds it, with the browser's own controls; before it plays, the .webp ``poster``."""
    return (
        f'<video controls playsinline width="854" style="max-width:100%;height:auto" '
        f'aria-label="{html.escape(title)}" poster="{_inside("image/webp", poster)}" '
        f'src="{_inside("video/mp4", data)}">This page cannot play the film.</video>'
    )


def _inside(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(data).decode('ascii')}"


def sentence(text: str) -> str:
    """What is said in place of a film."""
    return f"<p>{html.escape(text)}</p>"
