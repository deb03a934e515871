"""What is declared of a recorded model is what is recorded, and an altered trace is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from engine.declared.check import Wrong, check_series
from engine.model.declared import DECLARED
from engine.model.record import record
from engine.trace import Series, Trace
from tests.engine.model import models
from tests.engine.model.models import seeded
from tests.engine.model.test_model_failing import Logarithm


def packed() -> Trace:
    tokens, lengths = torch.tensor([[1, 2, 0, 0], [3, 4, 5, 6]]), torch.tensor([2, 4])
    return record(seeded(models.Packed), tokens, lengths, target=torch.tensor([0, 1]), loss="cross_entropy")


RUNS: dict[str, Callable[[], Trace]] = {
    "packed": packed,
    "nan": lambda: record(Logarithm(), torch.tensor([[-1.0, 0.0]])),
    "bag": lambda: record(
        seeded(models.Bag), torch.tensor([5, 7]), torch.tensor([0, 1]), loss=lambda out: out.sum()
    ),
    "computed": lambda: record(seeded(models.Parametrized), torch.ones(1, 3)),
    "volumes": lambda: record(seeded(models.Volumes), torch.ones(1, 1, 7, 10, 6), budget_mb=0.01),
    "nothing": lambda: record(nn.Identity()),
    "lazy": lambda: record(models.Lazy(), torch.ones(2, 3, 13, 9)),
    "frozen": lambda: record(
        nn.Linear(2, 1).double(), torch.ones(1, 2, dtype=torch.float64), target=[[1]], loss="mse"
    ),
}


@pytest.mark.parametrize("run", RUNS)
def test_what_is_recorded_is_declared(run: str):
    if run == "nothing":
        with pytest.raises(Exception, match="Identity"):
            RUNS[run]()
        return
    trace = RUNS[run]()
    check_series(trace, DECLARED)
    assert trace.flags.keys() == DECLARED.flags.keys()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("edge/source", lambda values: values[::-1]),
        ("edge/target", lambda values: values + 1),
        ("node/module", lambda values: values - 1),
        ("node/kind", lambda values: np.full_like(values, "net")),
        ("tensor/shape", lambda values: np.full_like(values, "wide")),
        ("tensor/shape", lambda values: np.full_like(values, "(7, 7)")),
        ("value/0", lambda values: values.astype(np.float64)),
        ("value/0", lambda values: values[:1]),
        ("forward/norm", lambda values: values[1:]),
        ("call/parent", lambda values: values + 1000),
    ],
)
def test_an_altered_trace_is_refused(name: str, change: Callable[[Any], Any]):
    trace = record(Logarithm(), torch.tensor([[-1.0, 0.0], [1.0, 2.0]]))
    one = trace.series[name]
    if name == "value/0":
        name = f"value/{models.row(trace, 'log')}"  # beside which a mask of the same shape stands
        one = trace.series[name]
    altered = {**trace.series, name: Series(change(one.values), one.axes, one.unit, one.source)}
    with pytest.raises(Wrong):
        check_series(replace(trace, series=altered), DECLARED)


def test_a_series_nobody_declared_and_one_that_is_missing():
    trace = packed()
    with pytest.raises(Wrong, match="does not record"):
        check_series(replace(trace, series={**trace.series, "more": Series(1)}), DECLARED)
    with pytest.raises(Wrong, match="missing"):
        check_series(
            replace(trace, series={name: one for name, one in trace.series.items() if name != "value/1"}),
            DECLARED,
        )
