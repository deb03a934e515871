"""The one pinned font, shipped as a dependency: Noto Sans KR (OFL-1.1) inside the package justmytype-intl-cjk."""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

from engine.errors import RunError

PACKAGE = "justmytype_intl_cjk"


@cache
def font_folder() -> Path:
    """The folder that holds Noto Sans KR."""
    spec = importlib.util.find_spec(PACKAGE)
    folder = Path(spec.origin).parent / "fonts" / "ofl" / "notosanskr" if spec and spec.origin else None
    if folder is None or not any(folder.glob("*.ttf")):
        raise RunError("The font Noto Sans KR is missing: install it with `pip install justmytype-intl-cjk`.")
    return folder
