"""`render` against `manim render`, film by film and all together, in alternating runs. By hand: make bench.

Both start a new process with a warm trace cache and draw the same scene classes at 1080p60. Manim has its defaults
(an empty media folder each time). Ratios are Manim's time over gradreel's; medians over the rounds. `--ours` leaves
Manim out: what each film of the course costs, in CPU seconds a minute of film.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from pipeline import cache
from pipeline.record import obtain
from pipeline.studio.crew import cores
from scenes import SCENES

LOOK_S = 0.1
RESULTS = ROOT / "bench" / "results.json"


@dataclass(frozen=True)
class Run:
    """One process: wall and CPU seconds, the largest process's memory in MB, the films' size in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float
    size_mb: float


def measure(command: Sequence[str], folder: Path, films: str, **variables: str) -> Run:
    """Run ``command`` and look at it and its descendants; ``films`` is a pattern of what it makes in ``folder``."""
    cpu_s: dict[int, float] = {}
    peak = 0
    start_s = time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = psutil.Popen(
            [sys.executable, *command], cwd=ROOT, stdout=said, stderr=said,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | variables,
        )  # fmt: skip
        while process.poll() is None:
            for one in _with_descendants(process):
                try:
                    used = one.cpu_times()
                    cpu_s[one.pid] = used.user + used.system
                    peak = max(peak, one.memory_info().rss)
                except psutil.NoSuchProcess:
                    continue
            time.sleep(LOOK_S)
        wall_s = time.perf_counter() - start_s
        if process.returncode:
            said.seek(0)
            raise SystemExit(f"{' '.join(command)} failed:\n{said.read()}")
    size = sum(film.stat().st_size for film in folder.glob(films))
    return Run(wall_s, sum(cpu_s.values()), peak / 2**20, size / 1e6)


def _with_descendants(process: psutil.Process) -> list[psutil.Process]:
    try:
        return [process, *process.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def gradreel(slugs: Sequence[str], language: str, quality: str) -> Run:
    """`render` of these scenes, with warm traces and an empty store of films."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(cache.folder(), folder / "cache" / "traces")
        command = ["render.py", "render", *slugs, "--lang", language, "-q", quality, "-o", f"{folder}/"]
        return measure(command, folder, "*.mp4", GRADREEL_CACHE=str(folder / "cache"))


def manim(slugs: Sequence[str], language: str, quality: str) -> Run:
    """`manim render` of the same scenes, one process for each, as its user would call it."""
    runs = []
    for slug in slugs:
        with tempfile.TemporaryDirectory() as name:
            command = [
                "-m", "manim", "render", "--media_dir", name, *_manim_quality(quality),
                "bench/manim_films.py", f"{_card(slug).class_name}InManim",
            ]  # fmt: skip
            runs.append(measure(command, Path(name), "videos/*/*/*.mp4", BENCH_LANGUAGE=language))
    return Run(
        sum(r.wall_s for r in runs),
        sum(r.cpu_s for r in runs),
        max(r.peak_mb for r in runs),
        sum(r.size_mb for r in runs),
    )


def _manim_quality(quality: str) -> list[str]:
    height, fps = map(int, quality.split("p"))
    return ["-r", f"{height * 16 // 9},{height}", "--fps", str(fps)]


def _card(slug: str) -> Any:
    return next(card for card in SCENES if card.slug == slug)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scenes", nargs="*", default=[card.slug for card in SCENES])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--language", default="ko")
    parser.add_argument("--quality", default="1080p60")
    parser.add_argument("--ours", action="store_true", help="without Manim: CPU seconds a minute of film")
    chosen = parser.parse_args()
    for slug in chosen.scenes:
        obtain(_card(slug).recorder, {})  # warm
    settings = (chosen.language, chosen.quality)
    if chosen.ours:
        _ours(chosen.scenes, chosen.rounds, *settings)
        return
    table: dict[str, Any] = {}
    totals = []
    for round_number in range(chosen.rounds):
        by_manim = {}
        for slug in chosen.scenes:
            ours, by_manim[slug] = gradreel([slug], *settings), manim([slug], *settings)
            table.setdefault(slug, []).append((ours, by_manim[slug]))
            _line(f"{slug} {round_number + 1}", ours, by_manim[slug])
        together = gradreel(chosen.scenes, *settings)
        apart = Run(
            sum(r.wall_s for r in by_manim.values()), sum(r.cpu_s for r in by_manim.values()),
            max(r.peak_mb for r in by_manim.values()), sum(r.size_mb for r in by_manim.values()),
        )  # fmt: skip
        totals.append((together, apart))
        _line(f"together {round_number + 1}", together, apart)
    summary = {name: _ratios(pairs) for name, pairs in {**table, "together": totals}.items()}
    print(f"\n{'median over ' + str(chosen.rounds):<18} {'wall':>6} {'CPU':>6} {'size':>6} {'peak MB':>8}")
    for name, one in summary.items():
        print(f"{name:<18} {one['wall']:5.2f}x {one['cpu']:5.2f}x {one['size']:6.2f} {one['peak_mb']:8.0f}")
    about = {
        "cores": cores(),
        "quality": chosen.quality,
        "language": chosen.language,
        "rounds": chosen.rounds,
    }
    RESULTS.write_text(json.dumps(about | {"films": summary}, indent=1) + "\n", encoding="utf-8")


def _ours(slugs: Sequence[str], rounds: int, language: str, quality: str) -> None:
    """Every film alone, with all that the command does; medians."""
    print(
        f"{'median over ' + str(rounds):<18} {'film':>7} {'wall':>8} {'CPU':>8} {'CPU a minute':>13} {'peak MB':>8}"
    )
    for slug in slugs:
        runs = [gradreel([slug], language, quality) for _ in range(rounds)]
        minutes = (_card(slug).seconds(language) or 0.0) / 60
        wall_s, cpu_s = (
            statistics.median(values) for values in ([r.wall_s for r in runs], [r.cpu_s for r in runs])
        )
        print(
            f"{slug:<18} {60 * minutes:5.0f} s {wall_s:6.1f} s {cpu_s:6.1f} s {cpu_s / minutes:11.1f} s "
            f"{max(r.peak_mb for r in runs):8.0f}",
            flush=True,
        )


def _ratios(pairs: Sequence[tuple[Run, Run]]) -> dict[str, float]:
    """Medians: time ratios are Manim's over ours, the size ratio ours over Manim's, memory ours."""
    return {
        "wall": statistics.median(manims.wall_s / ours.wall_s for ours, manims in pairs),
        "cpu": statistics.median(manims.cpu_s / ours.cpu_s for ours, manims in pairs),
        "size": statistics.median(ours.size_mb / manims.size_mb for ours, manims in pairs),
        "peak_mb": max(ours.peak_mb for ours, _ in pairs),
        "ours_wall_s": statistics.median(ours.wall_s for ours, _ in pairs),
        "manim_wall_s": statistics.median(manims.wall_s for _, manims in pairs),
    }


def _line(name: str, ours: Run, manims: Run) -> None:
    print(
        f"{name:<18} gradreel {ours.wall_s:6.1f} s wall {ours.cpu_s:6.1f} s CPU {ours.size_mb:5.2f} MB "
        f"peak {ours.peak_mb:4.0f} MB   "
        f"manim {manims.wall_s:6.1f} s wall {manims.cpu_s:6.1f} s CPU {manims.size_mb:5.2f} MB",
        flush=True,
    )


if __name__ == "__main__":
    main()
