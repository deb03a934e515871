"""The masters that the tests of this folder share: two beats that follow each other, one without a background."""

import pytest

from pipeline.clips.master import Master
from tests.clips.filmed import filmed


@pytest.fixture(scope="package")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Master, Master]:
    folder = tmp_path_factory.mktemp("pair")
    return filmed(folder, "graph"), filmed(folder, "values")


@pytest.fixture(scope="package")
def clear(tmp_path_factory: pytest.TempPathFactory) -> Master:
    return filmed(tmp_path_factory.mktemp("clear"), "values", transparent=True)
