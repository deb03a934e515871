"""The pinned fonts, shipped as a dependency: Noto Sans (OFL-1.1) inside the package justmytype-intl-cjk.

Noto Sans KR is the films' font. Its sisters have the Chinese characters and a few others that it lacks.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from engine.errors import RunError

PACKAGE = "justmytype_intl_cjk"
FAMILIES = {
    "Noto Sans KR": "notosanskr",
    "Noto Sans JP": "notosansjp",
    "Noto Sans SC": "notosanssc",
    "Noto Sans TC": "notosanstc",
}


@cache
def font_folder(family: str = "Noto Sans KR") -> Path:
    """The folder that holds a family of FAMILIES."""
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / "fonts" / "ofl" / FAMILIES[family] if spec and spec.origin else None
    if folder is None or not any(folder.glob("*.ttf")):
        raise RunError(f"The font {family} is missing: install it with `pip install justmytype-intl-cjk`.")
    return folder


def font_folders() -> tuple[Path, ...]:
    """The folders of all FAMILIES, the films' own first."""
    return tuple(font_folder(family) for family in FAMILIES)


def font_files() -> tuple[Path, ...]:
    """The font files of all FAMILIES, the films' own first."""
    return tuple(file for folder in font_folders() for file in sorted(folder.glob("*.ttf")))
