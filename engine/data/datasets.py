"""Data to classify: real data sets that scikit-learn ships with, without a download, and CSV files of one's own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import sklearn.datasets
import torch
from sklearn.model_selection import train_test_split
from torch import Tensor

from engine.data.given import name_of, table_of
from engine.errors import InputError

LOADERS = {
    "iris": sklearn.datasets.load_iris,
    "wine": sklearn.datasets.load_wine,
    "breast_cancer": sklearn.datasets.load_breast_cancer,
    "digits": sklearn.datasets.load_digits,
}
TEST_SHARE = 0.2


@dataclass(frozen=True)
class Data:
    """A classification data set, split and standardised, all float64.

    source: where it and its names come from.
    raw: (row, feature) as measured.  inputs: (row, feature) = (raw − mean) / std.  labels: (row,) int64.
    mean, std: (feature,) of the training rows only; std is 1 for a feature that never varies there.
    train, test: (row,) indices, stratified.
    """

    name: str
    source: str
    features: tuple[str, ...]
    units: tuple[str, ...]
    classes: tuple[str, ...]
    raw: Tensor
    inputs: Tensor
    labels: Tensor
    mean: Tensor
    std: Tensor
    train: Tensor
    test: Tensor


@dataclass(frozen=True)
class _Table:
    """What is measured of each row (row, feature) with its names, and labels (row,)."""

    name: str
    source: str
    features: tuple[str, ...]
    units: tuple[str, ...]
    classes: tuple[str, ...]
    raw: Tensor
    labels: Tensor


def load(data: str | Mapping[str, Any] | None, seed: int, label: str = "") -> Data:
    """Load a data set (a key of LOADERS) or a file (engine.data.given) and split it 80/20 with ``seed``.

    The split is stratified by class. Raises InputError for a file that is no longer what it was, and for no data.
    """
    if data is None:
        raise InputError(f"data is none: give one of {', '.join(LOADERS)}, or the path of a CSV file.")
    return _split(_at_hand(data) if isinstance(data, str) else _of_file(data, label), seed)


def _at_hand(name: str) -> _Table:
    bunch = LOADERS[name]()
    features, classes = (tuple(str(one) for one in own) for own in (bunch.feature_names, bunch.target_names))
    return _Table(
        name=name,
        source="scikit-learn",
        features=features,
        units=tuple("cm" if one.endswith("(cm)") else "" for one in features),
        classes=classes,
        raw=torch.from_numpy(bunch.data.astype(np.float64)),
        labels=torch.from_numpy(bunch.target.astype(np.int64)),
    )


def _of_file(data: Mapping[str, Any], label: str) -> _Table:
    table, name = table_of(data, label), name_of(data)
    return _Table(
        name=name,
        source=name,
        features=table.features,
        units=("",) * len(table.features),  # a unit stands in the column's name
        classes=table.classes,
        raw=torch.tensor(table.numbers, dtype=torch.float64),
        labels=torch.tensor(table.labels),
    )


def _split(table: _Table, seed: int) -> Data:
    raw, labels = table.raw, table.labels
    train, test = train_test_split(
        np.arange(len(labels)), test_size=TEST_SHARE, stratify=labels.numpy(), random_state=seed
    )
    chosen = torch.from_numpy(np.sort(train))
    seen = raw[chosen]
    varies = seen.amax(dim=0) > seen.amin(dim=0)  # (feature,)
    # The mean of equal numbers is theirs; summed up, it may differ in the last bit, and then its spread from 0.
    mean = torch.where(varies, seen.mean(dim=0), seen[0])  # (feature,)
    std = torch.where(varies, seen.std(dim=0, correction=0), torch.ones_like(mean))  # (feature,)
    return Data(
        name=table.name,
        source=table.source,
        features=table.features,
        units=table.units,
        classes=table.classes,
        raw=raw,
        inputs=(raw - mean) / std,
        labels=labels,
        mean=mean,
        std=std,
        train=chosen,
        test=torch.from_numpy(np.sort(test)),
    )
