"""What docs/python.md tells people to type can be typed."""

import inspect
from pathlib import Path
from typing import Any

import pytest

import gradreel
from gradreel import _film, _verify
from pipeline.asked.answers import QUESTIONS
from scenes import SCENES
from tests.conftest import ROOT
from tests.docs import pages


@pytest.mark.usefixtures("cached")
def test_its_cells_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One after the other, as in a notebook. Recordings are real; films are only asked for, with arguments that fit."""
    monkeypatch.chdir(tmp_path)
    asked: list[tuple[str, dict[str, Any]]] = []

    def ask(question: str, **arguments: Any) -> Any:
        asked.append((question, arguments))
        inspect.signature(QUESTIONS[question]).bind(**arguments)
        if question == "check":
            return QUESTIONS[question](**arguments)
        if question == "verify":
            return {"clip": "", "exact": True, "files": 0, "series": 0, "rows": 0, "elsewhere": [], "kept": "",
                    "summary": "", "complaint": ""}  # fmt: skip
        return [arguments["output"]]

    monkeypatch.setattr(_film, "ask", ask)
    monkeypatch.setattr(_verify, "ask", ask)
    names: dict[str, Any] = {}
    for block in pages.blocks(ROOT / "docs" / "python.md"):
        if block.language == "python":
            exec(compile(block.text, str(block.page), "exec"), names)
    assert {question for question, _ in asked} == {"check", "film", "still", "clips", "deck", "verify"}
    (beat,) = [one["beats"][0] for question, one in asked if question == "still"]
    assert beat in next(card.beats for card in SCENES if card.slug == "momentum")
    said = capsys.readouterr().out
    assert "\n67\n" in said
    assert "The model fails at 1 (Linear)" in said
    assert isinstance(names["trace"], gradreel.Trace)
