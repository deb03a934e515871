"""Whole films, played without drawing: if these failed, a text could not be read or something would be cut off."""

from importlib.resources import files

import pytest

from scenes import SCENES
from scenes.stage.captions import fits
from scenes.stage.provenance import ORDINAL, PLACE
from scenes.stage.style import LANGUAGES, MINIMUM_PX, NUMBER_MIN_PX, SAFE_X, SAFE_Y
from scenes.stage.text import scene_text
from tests.scenes.watching import Played, play, recorded

ROUNDING_PX = 0.1
SLACK = 0.01
FILMS = [(card.slug, language) for card in SCENES for language in LANGUAGES]
EACH = pytest.mark.parametrize(("slug", "language"), FILMS)
OWN = {"expression": "max(a*b, c) + sigmoid(a)/(a/b)**2", "at": {"a": 1.5, "b": -2, "c": 0.5}, "wrt": "a"}
DISPUTED = {"expression": "relu(w) - relu(-w)", "at": {"w": 0}, "wrt": "w"}
PHOTO = str(files("sklearn.datasets.images") / "flower.jpg")
# Airline passengers in the first year of a well-known series (Box and Jenkins 1976, series G), in thousands.
AIRLINE = (112.0, 118.0, 132.0, 129.0, 121.0, 135.0, 148.0, 148.0, 136.0, 119.0, 104.0, 118.0)
# Parameters that take another way through a film: other captions, folded layers, a loss that rises, several paths.
WAYS = [
    ("forward", {"activation": "tanh"}),
    ("forward", {"activation": "leaky_relu"}),
    ("forward", {"widths": (16, 8)}),
    ("forward", {"data": "digits"}),
    ("forward", {"data": "wine", "widths": (16, 8)}),
    ("forward", {"data": "breast_cancer", "activation": "sigmoid", "widths": (4, 4, 4, 4)}),
    ("forward", {"widths": (1,), "sample": 0}),
    ("forward", {"learning_rate": 10.0, "epochs": 5, "sample": 60}),
    ("forward", {"seed": 4, "widths": (2,), "sample": 60, "epochs": 30}),
    ("backward", {"net": True, "data": "wine", "widths": (20,), "learning_rate": 0.5}),
    ("backward", {"net": True, "widths": (5, 5), "activation": "sigmoid"}),
    ("backward", {"lr": 3.0}),
    ("backward", {"at": {"w": 2, "x": 1, "y": 2}}),
    ("backward", {"expression": "a*a", "at": {"a": 3}, "wrt": "a"}),
    ("backward", {"expression": "exp(1)*x + 2*3", "at": {"x": 1}, "wrt": "x"}),
    ("backward", {"expression": "x*x*x*x*x", "at": {"x": 1.5}, "wrt": "x"}),
    ("backward", OWN),
    ("backward", {"expression": "3|w| + w*x", "at": {"w": 0, "x": 2}, "wrt": "w"}),
    ("backward", DISPUTED),
    ("convolution", {"kernel": "learned", "stride": 3, "padding": 2}),
    ("convolution", {"transposed": True, "dilation": 2, "kernel": "1,0;2,-1;0.5,3", "bias": -0.5}),
    ("convolution", {"transposed": True, "stride": 2, "padding": 1}),
    ("convolution", {"kernel": "2"}),
    ("convolution", {"kernel": ";".join([",".join("12345678901")] * 11), "padding": 4}),
    ("convolution", {"image": PHOTO, "kernel": "blur"}),
    ("pooling", {"window": 3, "kernel": "sharpen", "digit": 56}),  # nothing changes in the row that is shown
    ("pooling", {"window": 3, "digit": 1341, "seed": 2}),  # what moves by a window is cut off
    ("rnn", {"cell": "lstm", "sequence": "안녕하세요", "hidden": 2}),
    (
        "rnn",
        {"cell": "gru", "sequence": "the rain in spain stays mainly in the plain", "hidden": 64, "steps": 3},
    ),
    ("rnn", {"sequence": "aab", "hidden": 1, "steps": 1, "long": 400, "seed": 1}),
    ("rnn", {"cell": "gru", "forget_bias": -2.5, "input_bias": 7.25, "long": 17}),
    ("rnn", {"series": {"passengers": AIRLINE}, "hidden": 16}),
    ("rnn", {"series": {"승객": AIRLINE}, "steps": 1, "learning_rate": 1e-6}),
    ("vanishing", {"depth": 50, "width": 1, "steps": 5}),
    ("vanishing", {"initialisation": "zeros", "activations": "relu,tanh", "data": "iris", "steps": 5}),
    ("vanishing", {"initialisation": "normal", "learning_rate": 100, "activations": "relu,elu,gelu"}),
    ("vanishing", {"batch_norm": True, "data": "iris", "depth": 4, "width": 5, "steps": 20}),
    ("momentum", {"surface": "saddle"}),
    ("momentum", {"surface": "himmelblau", "others": "nesterov,adagrad,rmsprop,adam,adamw"}),
    ("momentum", {"lr": 1.2, "momentum": 0.97}),
    ("momentum", {"formula": "0*x*y", "start": {"x": 1, "y": 1}, "others": ""}),
    ("momentum", {"formula": "log(x) + y**2", "start": {"x": 1, "y": 1}, "lr": 0.5}),
]


def _told(one: str | dict[str, object]) -> str:
    """In a test's name no path: one that has a film's name in it would be chosen with that film's tests."""
    return one if isinstance(one, str) else str(one).replace(PHOTO, "flower.jpg")[:60]


OTHER = pytest.mark.parametrize(("slug", "given"), WAYS, ids=_told)


def too_long(played: Played, language: str) -> list[tuple[str, ...]]:
    return [cue.lines for cue in played.spoken if not fits(cue.lines, language)]


def too_small(played: Played) -> set[tuple[str, str, float]]:
    """Texts below 20 px, and texts that are one number below 26 px."""
    small = set()
    for beat, texts in played.texts.items():
        for text in texts:
            number = text.source.lstrip("\\−+").replace(".", "").isdigit()
            if text.px < (NUMBER_MIN_PX if number else MINIMUM_PX) - ROUNDING_PX:
                small.add((beat, text.source, round(text.px, 1)))
    return small


def outside(played: Played) -> list[tuple[str, object]]:
    return [
        (beat, box)
        for beat, boxes in played.boxes.items()
        for box in boxes
        if max(-box.left, box.right) > SAFE_X + SLACK or max(-box.bottom, box.top) > SAFE_Y + SLACK
    ]


@EACH
def test_every_caption_fits_its_lines(slug: str, language: str):
    assert too_long(play(slug, language), language) == []


@EACH
def test_every_cue_is_said(slug: str, language: str):
    """A cue that no beat says would never be seen; one too many would stop the film."""
    played = play(slug, language)
    beats = scene_text(slug).beats
    said = [cue.beat for cue in played.spoken]
    assert said == [beat for beat in played.beats for _ in beats[beat].caption[language]]


@EACH
def test_nothing_ends_a_beat_too_small(slug: str, language: str):
    assert too_small(play(slug, language)) == set()


@EACH
def test_nothing_ends_a_beat_outside_the_safe_margin(slug: str, language: str):
    assert outside(play(slug, language)) == []


@pytest.mark.parametrize("slug", ["forward", "backward"])
def test_both_languages_show_the_same_numbers(slug: str):
    """The language must not change what is shown, only how it is named."""
    ko, en = (
        [(row.beat, row.series, row.index, row.value) for row in play(slug, language).rows]
        for language in ("ko", "en")
    )
    assert ko == en


@OTHER
@pytest.mark.parametrize("language", LANGUAGES)
def test_other_parameters_play_to_the_end(slug: str, given: dict[str, object], language: str):
    played = play(slug, language, "light", **given)
    assert list(played.texts) == list(played.beats)
    assert outside(played) == []
    for row in played.rows:
        recorder = next(card.recorder for card in SCENES if card.slug == slug)
        value = recorded(recorder, **given)[row.series].values[row.index].item()
        assert row.value in row.index if row.format in (PLACE, ORDINAL) else row.value == value


@OTHER
def test_other_parameters_keep_to_lines_and_sizes(slug: str, given: dict[str, object]):
    played = play(slug, "ko", "light", **given)
    assert (too_long(played, "ko"), too_small(played)) == ([], set())


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_torch_s_gradient_is_not_the_slope_the_film_says_both(language: str):
    film = play("backward", language, **DISPUTED)
    said = [row for row in film.rows if row.beat == "chain" and row.series.startswith("graph/gradient")]
    assert {(row.series, row.text) for row in said} >= {("graph/gradient", "0"), ("graph/gradient_left", "1")}
