"""Which source files a result depends on: a module's own, and those of all that it imports, directly or not."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from engine.files.digest import sha256

if TYPE_CHECKING:
    from grimp import ImportGraph

HOUSE = Path(__file__).resolve().parents[1]
PACKAGES = ("scenes", "pipeline", "engine")


def digests(roots: tuple[str, ...], without: frozenset[str] = frozenset()) -> dict[str, str]:
    """sha256 hex of the source of every module of the house that one of ``roots`` imports, by module, in order.

    Imports inside functions count, those for type checking do not. ``without``: registries, which import all there
    is; they are left out, with what is reached through them alone.
    """
    graph = _imports(without)
    modules = set(roots).union(*(graph.find_upstream_modules(root) for root in roots)) - without
    return {module: source_digest(module) for module in sorted(modules)}


@cache
def _imports(without: frozenset[str]) -> ImportGraph:
    import grimp

    graph = grimp.build_graph(*PACKAGES, cache_dir=None, exclude_type_checking_imports=True)
    for registry in without:
        for imported in graph.find_modules_directly_imported_by(registry):
            graph.remove_import(importer=registry, imported=imported)
    return graph


def source_digest(module: str) -> str:
    """sha256 hex of a module's source file."""
    return sha256(source(module))


def source(module: str) -> Path:
    """The file of a module of the house."""
    place = HOUSE.joinpath(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
