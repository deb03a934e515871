"""The films that the tests of this folder look at."""

from collections.abc import Iterator

import pytest

from tests.films.watching import OWN, Rendered, render

CASES = {
    "forward ko dark": ("forward", "ko", "dark", {}),
    "forward en light": ("forward", "en", "light", {}),
    "backward ko light": ("backward", "ko", "light", {}),
    "backward en dark": ("backward", "en", "dark", {}),
    "convolution en dark": ("convolution", "en", "dark", {}),
    "pooling en light": ("pooling", "en", "light", {}),
    "rnn ko dark": ("rnn", "ko", "dark", {}),
    "own formula en light": ("backward", "en", "light", OWN),
}


@pytest.fixture(scope="package", params=CASES)
def film(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rendered]:
    """Each film in turn, rendered once for all tests."""
    slug, language, theme, given = CASES[request.param]
    return render(tmp_path_factory.mktemp("films"), slug, language, theme, **given)
