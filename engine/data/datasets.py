"""Real data sets that scikit-learn ships with: no download, names as scikit-learn gives them."""

from dataclasses import dataclass

import numpy as np
import sklearn.datasets
import torch
from numpy.typing import NDArray
from sklearn.model_selection import train_test_split
from torch import Tensor

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

    raw: (row, feature) as measured.  inputs: (row, feature) = (raw − mean) / std.  labels: (row,) int64.
    mean, std: (feature,) of the training rows only; std is 1 for a feature that never varies there.
    train, test: (row,) indices, stratified.
    """

    name: str
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


def load(name: str, seed: int) -> Data:
    """Load data set ``name`` (a key of LOADERS) and split it 80/20 with ``seed``, stratified by class."""
    bunch = LOADERS[name]()
    features = tuple(str(one) for one in bunch.feature_names)
    labels: NDArray[np.int64] = bunch.target.astype(np.int64)
    rows = np.arange(len(labels))
    train, test = train_test_split(rows, test_size=TEST_SHARE, stratify=labels, random_state=seed)
    raw = torch.from_numpy(bunch.data.astype(np.float64))  # (row, feature)
    chosen = torch.from_numpy(np.sort(train))
    mean = raw[chosen].mean(dim=0)  # (feature,)
    std = raw[chosen].std(dim=0, correction=0)  # (feature,)
    std = torch.where(std > 0, std, torch.ones_like(std))
    return Data(
        name=name,
        features=features,
        units=tuple("cm" if one.endswith("(cm)") else "" for one in features),
        classes=tuple(str(one) for one in bunch.target_names),
        raw=raw,
        inputs=(raw - mean) / std,
        labels=torch.from_numpy(labels),
        mean=mean,
        std=std,
        train=chosen,
        test=torch.from_numpy(np.sort(test)),
    )
