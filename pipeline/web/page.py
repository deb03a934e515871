"""One HTML page from a template: styles and scripts inline, nothing from outside, nothing run that is not ours.

A page must work from file:// without a network. Everything it is made of stands in the file or beside it, and a
content security policy in the page forbids the browser the rest.
"""

from __future__ import annotations

import base64
import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from engine import __version__
from scenes.stage.style import LANGUAGES, LOOKS, ROLES

HERE = Path(__file__).parent
COMMON = HERE / "js" / "common.js"  # before every page's own program
GENERATOR = f"gradreel {__version__}"

# The stripes under a title, as on the title cards of films.
STRIPES = ("input", "positive", "activation", "loss", "gradient")
STRIPE, STEP = 18.0, 20.5  # widths in % of one, and of one with the gap after it
PALETTE = (
    "--palette:linear-gradient(90deg,"
    + ",".join(
        f"var(--{role}) 0 {STEP * place + STRIPE:g}%,transparent 0 {STEP * (place + 1):g}%"
        for place, role in enumerate(STRIPES)
    )
    + ");"
)

Words = dict[str, dict[str, str]]  # language -> key -> text


def palette_css() -> str:
    """The films' colours as CSS variables, for whatever element has ``data-look="dark"`` or ``"light"``."""
    names = ("background", "surface", *ROLES)
    return "".join(
        f'[data-look="{look.name}"]{{color-scheme:{look.name};'
        + "".join(f"--{name}:{look.colour(name)};" for name in names)
        + f"{PALETTE}}}\n"
        for look in LOOKS.values()
    )


def read_words(path: Path) -> Words:
    """A TOML of ``key = { ko = "…", en = "…" }`` by language.

    Raises ValueError when a key lacks a language: a page must not change language in the middle.
    """
    table: dict[str, dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8"))
    for key, texts in table.items():
        if sorted(texts) != sorted(LANGUAGES):
            raise ValueError(f"{path.name}: {key} is not in {' and '.join(LANGUAGES)}.")
    return {language: {key: texts[language] for key, texts in table.items()} for language in LANGUAGES}


def source(paths: Iterable[Path]) -> str:
    """The texts of several files, one after the other."""
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def script(paths: Iterable[Path]) -> str:
    """JavaScript files as one program with a scope of its own; a later file sees the earlier ones' names."""
    return f'"use strict";\n(() => {{\n{source(paths)}\n}})();\n'


def policy(style: str, program: str, *, scripts_beside: bool = False) -> str:
    """The page's content security policy: only this very style and program, media from beside, no connections."""
    scripts = f"'sha256-{_hash(program)}'" + (" 'self' file:" if scripts_beside else "")
    return (
        f"default-src 'none'; script-src {scripts}; style-src 'sha256-{_hash(style)}'; "
        "img-src 'self' file: data: blob:; media-src 'self' file: data: blob:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


class _Templates(Environment):
    """jinja's, but ``words.keys`` is the entry of that name: a dictionary's methods are no words."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The entry of a mapping, an error when it has none; of anything else its attribute."""
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


def fill(
    template: Path, style: str, program: str, context: Mapping[str, Any], *, scripts_beside: bool = False
) -> str:
    """The page: ``template`` with ``context``, everything in it escaped; ``style`` and ``program`` as they are."""
    environment = _Templates(
        loader=FileSystemLoader([template.parent, HERE]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(template.name).render(
        generator=GENERATOR,
        policy=policy(style, program, scripts_beside=scripts_beside),
        style=Markup(style),
        program=Markup(program),
        **context,
    )
