"""Imports run one way: scenes load no torch, the engine no manim, a cached trace draws without torch."""

import os
import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from grimp import build_graph

from engine import recorders
from scenes import SCENES

ROOT = Path(__file__).resolve().parents[1]


def loaded_after(code: str, cache_folder: Path | None = None) -> set[str]:
    """The top-level modules that a new process has after running ``code``."""
    environment = dict(os.environ)
    if cache_folder is not None:
        environment["GRADREEL_CACHE"] = str(cache_folder)
    program = f"{code}\nimport sys\nprint('\\nMODULES', *{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, env=environment, check=True
    )
    return set(done.stdout.rsplit("MODULES", 1)[1].split())


def test_importing_every_scene_loads_no_torch() -> None:
    loaded = loaded_after(
        "from scenes import SCENES\nfrom scenes.stage.explainer import film_class\nfor card in SCENES: film_class(card)"
    )
    assert "manim" in loaded
    assert not loaded & {"torch", "sklearn"}


def test_cards_load_neither_torch_nor_manim() -> None:
    loaded = loaded_after(
        "from scenes import SCENES\nfor card in SCENES: card.title('ko'), card.seconds('en')"
    )
    assert not loaded & {"torch", "manim", "sklearn"}


@pytest.mark.parametrize("name", recorders.RECORDERS)
def test_reading_a_signature_loads_neither_torch_nor_manim(name: str) -> None:
    loaded = loaded_after(
        f"from engine import recorders\nrecorders.signature({name!r})\nrecorders.resolve({name!r}, {{}})"
    )
    assert not loaded & {"torch", "manim", "sklearn", "scipy"}


def test_the_whole_engine_loads_no_manim() -> None:
    files = sorted((ROOT / "engine").rglob("*.py"))
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for path in files
    ]
    assert {f"engine.{film}.recorder" for film in ("forward", "rnn")} <= set(modules)
    loaded = loaded_after("\n".join(f"import {module}" for module in modules))
    assert not loaded & {"manim", "scenes", "pipeline"}


def test_recording_loads_torch_and_no_manim() -> None:
    loaded = loaded_after("from engine import recorders\nrecorders.run('expression', {})")
    assert "torch" in loaded
    assert not loaded & {"manim", "scenes"}


@pytest.mark.parametrize(
    "args", [["--help"], ["list"], ["list", "--json"], ["render", SCENES[0].slug, "--help"]]
)
def test_help_and_list_load_neither_torch_nor_manim(args: list[str]) -> None:
    code = f"import render\ntry: render.cli({args!r})\nexcept SystemExit as end: assert end.code == 0"
    assert not loaded_after(code) & {"torch", "manim", "sklearn", "scipy", "PIL", "av"}


def test_a_cached_trace_renders_without_torch(tmp_path: Path) -> None:
    def loaded(beat: str) -> set[str]:
        args = ["render", "backward", "--beat", beat, "-q", "144p5", "-o", str(tmp_path / "a.mp4")]
        code = f"import render\ntry: render.cli({args!r})\nexcept SystemExit as end: assert end.code == 0"
        return loaded_after(code, tmp_path / "cache")

    assert {"torch", "manim"} <= loaded("graph")
    another_film = loaded("values")
    assert "manim" in another_film
    assert not another_film & {"torch", "sklearn"}
    the_same_film = loaded("values")
    assert not the_same_film & {"torch", "sklearn", "manim"}


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Not for types either: two modules of which each needs the other are one, or need a third."""
    house = build_graph("scenes", "pipeline", "engine", cache_dir=None)
    imported = {module: house.find_modules_directly_imported_by(module) for module in house.modules}
    TopologicalSorter(imported).prepare()
