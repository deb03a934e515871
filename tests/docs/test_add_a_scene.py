"""docs/add-a-scene.md, typed word by word into a copy of the checkout."""

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.docs import pages
from tests.docs.pages import Block

PAGE = ROOT / "docs" / "add-a-scene.md"
HOUSE = ("engine", "scenes", "pipeline", "tools", "src", "tests", "docs", "render.py", "pyproject.toml")
UNUSED = shutil.ignore_patterns("__pycache__", "references", "*.webp", "*.png")
HEAD = re.compile(r"# (?P<path>[\w/.]+)(?:, (?P<where>at the end|in \w+))?")
# Every command in one process: importing torch and Manim takes longer than all of them.
DRIVER = """
import json, sys
sys.path.insert(0, ".")
from render import cli
for words in json.loads(sys.argv[1]):
    print("$", *words, flush=True)
    try:
        cli.main(words, "gradreel")
    except SystemExit as done:
        if done.code:
            raise
"""


def typed(block: Block, house: Path) -> Path:
    """Do what a block of the page says; the file it went to."""
    first, _, rest = block.text.partition("\n")
    head = HEAD.fullmatch(first)
    assert head, f"A block of {PAGE.name} begins with {first!r}: the first line names the file."
    path = house / head["path"]
    if head["where"] is None:
        assert not path.exists(), f"{head['path']} is taken: following the page would overwrite it."
        path.parent.mkdir(exist_ok=True)
        path.write_text(rest, "utf-8")
        return path
    old = path.read_text("utf-8")
    if head["where"] == "at the end":
        taken = set(re.findall(r"^(\w+) =", old, re.MULTILINE)) & set(
            re.findall(r"^(\w+) =", rest, re.MULTILINE)
        )
        assert not taken, f"{head['path']} has {taken} already."
        path.write_text(f"{old}\n{rest}", "utf-8")
        return path
    name = head["where"].removeprefix("in ")
    begin = re.search(rf"^{name} = [({{]\n", old, re.MULTILINE)
    assert begin
    end = re.compile(r"^[)}]$", re.MULTILINE).search(old, begin.end())
    assert end
    path.write_text(old[: end.start()] + rest + old[end.start() :], "utf-8")
    return path


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the checkout with the page's scene in it."""
    folder = tmp_path_factory.mktemp("house")
    for name in HOUSE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=UNUSED)
        else:
            shutil.copy(ROOT / name, folder / name)
    written = [typed(block, folder) for block in pages.blocks(PAGE) if block.language in ("python", "toml")]
    assert len(written) == 9
    return folder


def environment(house: Path) -> dict[str, str]:
    return os.environ | {"GRADREEL_CACHE": str(house / "cache"), "PYTHONPATH": str(house)}


def test_every_command_of_the_page_works(house: Path) -> None:
    import json

    lines = [
        line for block in pages.blocks(PAGE) if block.language == "sh" for line in block.text.splitlines()
    ]
    commands = [shlex.split(line, comments=True) for line in lines]
    ours = [words[2:] for words in commands if words[:2] == ["python", "render.py"]]
    assert [words[0] for words in ours] == ["list", "still", "render", "verify", "inspect"]
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, json.dumps(ours)],
        cwd=house, env=environment(house), capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "bit for bit" in done.stdout
    assert "0 problems" in done.stdout or "no problem" in done.stdout.lower(), done.stdout
    assert len(list((house / "stills").glob("*.png"))) == 4


def test_its_length_is_measured_and_the_others_stay(house: Path) -> None:
    (line,) = [
        line
        for block in pages.blocks(PAGE)
        for line in block.text.splitlines()
        if line.startswith("python tools")
    ]
    others = {path: path.read_text("utf-8") for path in house.glob("scenes/*/length.toml")}
    words = shlex.split(line, comments=True)[1:]
    subprocess.run(
        [sys.executable, *words], cwd=house, env=environment(house), check=True, capture_output=True
    )
    assert {path: path.read_text("utf-8") for path in others} == others
    told = tomllib.loads((house / "scenes/parabola/length.toml").read_text("utf-8"))
    assert {language: seconds > 0 for language, seconds in told.items()} == {"ko": True, "en": True}


def test_the_tests_that_take_every_card_pass(house: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n", "0", "-k", "parabola", "tests/scenes", "tests/engine"],
        cwd=house, env=environment(house) | {"CI": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
