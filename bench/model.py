"""Recording a model of 25 million parameters beside its bare forward and backward pass. By hand: python bench/model.py

A residual net built here (a ResNet-50 by its sizes) sees one picture of 224 × 224. Times are of alternating runs in one
process; memory is the peak of a process of its own for each of the two ways.
"""

from __future__ import annotations

import argparse
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import torch
from torch import Tensor, nn

from engine.model.record import record
from engine.trace import Trace

STAGES = ((64, 3), (128, 4), (256, 6), (512, 3))  # width, blocks
CLASSES, SIDE = 1000, 224


class Block(nn.Module):
    """1 × 1, 3 × 3, 1 × 1, and the input added."""

    def __init__(self, inputs: int, width: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(inputs, width, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True),
            nn.Conv2d(width, width, 3, stride, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU(inplace=True),
            nn.Conv2d(width, 4 * width, 1, bias=False), nn.BatchNorm2d(4 * width),
        )  # fmt: skip
        other = inputs != 4 * width or stride > 1
        self.skip = nn.Identity()
        if other:
            self.skip = nn.Sequential(
                nn.Conv2d(inputs, 4 * width, 1, stride, bias=False), nn.BatchNorm2d(4 * width)
            )
        self.act = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        return self.act(self.body(x) + self.skip(x))


def residual_net() -> nn.Sequential:
    """25.6 million parameters."""
    torch.manual_seed(0)
    stem = [
        nn.Conv2d(3, 64, 7, 2, 3, bias=False),
        nn.BatchNorm2d(64),
        nn.ReLU(inplace=True),
        nn.MaxPool2d(3, 2, 1),
    ]
    blocks: list[nn.Module] = []
    inputs = 64
    for stage, (width, count) in enumerate(STAGES):
        for place in range(count):
            blocks.append(Block(inputs, width, 2 if stage and not place else 1))
            inputs = 4 * width
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(inputs, CLASSES))


def ways() -> dict[str, Callable[[], Trace | None]]:
    """The two things that are compared."""
    net, x, y = residual_net(), torch.randn(1, 3, SIDE, SIDE), torch.tensor([7])

    def bare() -> None:
        net.zero_grad()
        nn.functional.cross_entropy(net(x), y).backward()

    return {"bare": bare, "recorded": lambda: record(net, x, target=y, loss="cross_entropy")}


def peak_mb(way: str) -> float:
    """Peak memory of a process that does it three times."""
    do = ways()[way]
    for _ in range(3):
        do()
    told = Path(
        "/proc/self/status"
    ).read_text()  # resource's peak begins with that of the process that started this one
    return int(next(line.split()[1] for line in told.splitlines() if line.startswith("VmHWM"))) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    both = ways()
    times: dict[str, list[float]] = {name: [] for name in both}
    trace: Trace | None = None
    for round_ in range(rounds + 1):
        for name, way in both.items():
            start_s = time.perf_counter()
            made = way()
            if round_:  # the first warms up
                times[name].append(time.perf_counter() - start_s)
            trace = made or trace
    assert trace is not None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "net.npz"
        trace.save(path)
        file_mb = path.stat().st_size / 1e6
    held_mb = sum(one.values.nbytes for one in trace.series.values()) / 1e6
    with multiprocessing.get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        peaks = {name: pool.apply(peak_mb, (name,)) for name in both}
    print(f"{trace['parameters/total'].item() / 1e6:.1f} million parameters, {len(trace.nodes)} nodes")
    for name, seconds in times.items():
        print(
            f"{name:9} median {statistics.median(seconds):.2f} s, least {min(seconds):.2f} s, peak {peaks[name]:.0f} MB"
        )
    ratios = [after / before for before, after in zip(times["bare"], times["recorded"], strict=True)]
    least = min(times["recorded"]) / min(times["bare"])
    print(
        f"time: {statistics.median(ratios):.2f} of bare by medians of pairs, {least:.2f} by the least of each"
    )
    print(
        f"memory: {peaks['recorded'] - peaks['bare']:.0f} MB more; trace {held_mb:.1f} MB, as a file {file_mb:.1f} MB"
    )


if __name__ == "__main__":
    main()
