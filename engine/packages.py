"""Which installed packages matter, and for what: every list of versions is chosen from this one.

Nothing is imported to tell a version, so that a cached film is found without torch.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True)
class Package:
    """A distribution and the module that is imported of it.

    computes: the last bits of a trace's numbers depend on its version.  draws: a film's pixels do.
    asked: pyproject.toml names it; the others come with those.
    """

    name: str
    module: str
    computes: bool = False
    draws: bool = False
    asked: bool = True


PACKAGES = (
    Package("manim", "manim", draws=True),
    Package("typst", "typst", draws=True),
    Package("numpy", "numpy", computes=True, draws=True),
    Package("torch", "torch", computes=True),
    Package("pillow", "PIL", computes=True, draws=True),
    Package("scikit-learn", "sklearn", computes=True),
    Package("av", "av", draws=True),
    Package("pycairo", "cairo", draws=True, asked=False),
    Package("manimpango", "manimpango", draws=True, asked=False),
    Package("svgelements", "svgelements", draws=True, asked=False),
    Package("scipy", "scipy", draws=True, asked=False),
    Package("contourpy", "contourpy", draws=True),
    Package("grandalf", "grandalf", draws=True),
    Package("justmytype-intl-cjk", "justmytype_intl_cjk", draws=True),
    Package("pydantic", "pydantic"),
    Package("click", "click"),
    Package("grimp", "grimp"),
    Package("srt", "srt"),
    Package("webvtt-py", "webvtt"),
    Package("rich", "rich"),
    Package("tqdm", "tqdm"),
    Package("platformdirs", "platformdirs"),
    Package("python-pptx", "pptx"),
    Package("fpdf2", "fpdf"),
    Package("fonttools", "fontTools"),
    Package("tree-sitter", "tree_sitter"),
    Package("tree-sitter-toml", "tree_sitter_toml"),
    Package("jinja2", "jinja2"),
    Package("pyloudnorm", "pyloudnorm"),
    Package("python-docx", "docx"),
)
COMPUTING = tuple(one.name for one in PACKAGES if one.computes)
DRAWING = tuple(one.name for one in PACKAGES if one.draws)


def installed(name: str) -> str | None:
    """The installed version of a distribution; None when it is missing."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def versions(names: Iterable[str]) -> dict[str, str]:
    """The version of each distribution, without those that are missing."""
    found = {name: installed(name) for name in names}
    return {name: version for name, version in found.items() if version is not None}
