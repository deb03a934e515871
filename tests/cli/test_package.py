"""What an installation adds to an environment: the launcher, and nothing with a general name."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from scenes import SCENES
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


def test_a_wheel_holds_only_the_launcher(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"gradreel"}
    texts = {path.relative_to(ROOT).as_posix() for path in (ROOT / "scenes").rglob("*.toml")}
    assert {f"scenes/{card.slug}/{name}.toml" for card in SCENES for name in ("text", "length")} <= texts
    assert {f"gradreel/house/{name}" for name in texts} <= set(names)
    assert "gradreel/house/pipeline/voice/words.toml" in names
    assert {
        "gradreel/__init__.py",
        "gradreel/house/render.py",
        "gradreel/house/engine/trace/trace.py",
    } <= set(names)
    assert not [name for name in names if "__pycache__" in name or "tests/" in name]


def test_the_launcher_runs_the_house_in_the_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    code = "import sys, gradreel; sys.argv = ['gradreel', 'list']; gradreel.main()"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "backward" in done.stdout


def test_the_launcher_finds_the_checkout() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'src')!r}); import gradreel; print(gradreel.house())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert Path(done.stdout.strip()) == ROOT


def test_an_editable_install_adds_one_path_and_no_copies(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel:editable", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=120)
    (built,) = tmp_path.glob("*.whl")
    archive = zipfile.ZipFile(built)
    assert [name for name in archive.namelist() if ".dist-info/" not in name] == ["_gradreel.pth"]
    assert Path(archive.read("_gradreel.pth").decode().strip()) == ROOT / "src"
