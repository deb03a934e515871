"""Files of two runs side by side: verify names them and says what to do."""

from pathlib import Path

from engine.files.digest import sha256
from pipeline.repeated import file_differences


def test_a_file_of_another_run_is_named(tmp_path: Path) -> None:
    for name in ("film.mp4", "film.srt"):
        (tmp_path / name).write_text(f"{name} of one run")
    files = {name: sha256(tmp_path / name) for name in ("film.mp4", "film.srt")}
    assert not list(file_differences(files, ["film.mp4"], tmp_path))
    (tmp_path / "film.srt").write_text("of another run")
    (said,) = file_differences(files, ["film.mp4"], tmp_path)
    assert said.startswith(f"{tmp_path / 'film.srt'} was changed after it was rendered, or is of another run")
    assert "make them again" in said
