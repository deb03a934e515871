"""Numbers near each other, in every film: if these failed, a difference would not be seen on screen."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from scenes.stage.provenance import Row, read_number
from scenes.stage.style import MINIMUM_PX, NUMBER_MIN_PX, SAFE_X
from tests.scenes.watching import Played, play

NEAR = {"사람": (1200000001.5, 1200000002.25, 1200000001.75, 1200000004.125, 1200000003.5, 1200000006.0)}
LONG = {
    "a name of a column that is much longer than there is room for": tuple(
        1 + k % 7 * 1e-9 for k in range(20)
    )
}


def rows(film: Played, *series: str, beat: str = "") -> list[Row]:
    """What was shown of these series; in a network's units stand two decimals, besides the table that compares."""
    found = [row for row in film.rows if row.series in series and beat in ("", row.beat)]
    assert found
    return found


def told_apart(found: Iterable[Row]) -> None:
    """The texts are as many as the values, under one format."""
    known = {(row.value, row.text) for row in found}
    assert len({text for _, text in known}) == len({value for value, _ in known}) == len(known)


def readable(film: Played) -> None:
    """Numbers and words keep their least size and the margin."""
    for texts in film.texts.values():
        for text in texts:
            least = (
                NUMBER_MIN_PX
                if any(c.isdigit() for c in text.source) and "$" not in text.source
                else MINIMUM_PX
            )
            assert text.px >= least - 0.1, text
    for boxes in film.boxes.values():
        assert all(box.left >= -SAFE_X - 0.01 and box.right <= SAFE_X + 0.01 for box in boxes)


@pytest.mark.parametrize("series", [NEAR, LONG])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_rnn(series: dict[str, tuple[float, ...]], language: str):
    film = play("rnn", language, series=series, steps=3)
    told_apart(rows(film, "input/raw", "target/raw", "data/least", "data/largest", beat="sequence")[:-1])
    first, mean = (rows(film, name, beat="sequence")[-1] for name in ("input/raw", "data/mean"))
    difference = read_number(first.text) - read_number(mean.text)
    assert difference == pytest.approx(first.value - mean.value, rel=0.1)
    for step in {row.index for row in rows(film, "prediction/raw")}:
        told_apart(
            row for row in rows(film, "prediction/raw", "target/raw", beat="steps") if row.index == step
        )
    told_apart(rows(film, "loss/repeating", "loss/value", beat="steps"))
    (scale,) = rows(film, "data/std", beat="sequence")
    assert ("," in scale.text) == ("," in mean.text and scale.value >= 1000)
    readable(film)


@pytest.mark.parametrize("offset", [101000.0, 101000.25, 0.5])
def test_convolution(offset: float, tmp_path: Path):
    path = tmp_path / "near.npy"
    step = 1e-6 if offset < 1 else 1
    np.save(path, offset + step * (np.arange(64).reshape(8, 8) * 5 % 7 % 4))
    film = play("convolution", "en", image=str(path))
    told_apart(rows(film, "image/low", "image/high"))
    if step == 1:  # finer ones have no room in a cell: the scale says them
        told_apart(rows(film, "crop/pixel"))
    products = {row.index: row for row in rows(film, "window/products", beat="window")}
    (total,) = {row.value for row in rows(film, "window/output", beat="window")}
    read = sum(read_number(row.text) for row in products.values())
    assert read == pytest.approx(total, abs=0.1 * abs(total) * 9 + 1e-9)
    readable(film)


def test_backward_difference_of_near_numbers():
    film = play("backward", "ko", expression="(x-y)**2", at={"x": 1000000.5, "y": 1000000.25}, wrt="x")
    texts = {row.index[0]: row.text for row in rows(film, "graph/value", beat="values")}
    values = {row.index[0]: row.value for row in rows(film, "graph/value", beat="values")}
    by_value = {value: texts[i] for i, value in values.items()}
    assert read_number(by_value[1000000.5]) - read_number(by_value[1000000.25]) == 0.25
    told_apart(rows(film, "graph/wrt/before", "graph/wrt/after"))
    told_apart(rows(film, "graph/loss", "graph/loss_after", beat="update"))
    readable(film)


def test_backward_a_step_that_changes_little():
    film = play("backward", "en", net=True, learning_rate=1e-4)
    label = rows(film, "net/step/probabilities_after", beat="step")[0].index
    ends = rows(film, "net/layer2/a", "net/step/probabilities_after", beat="step")
    told_apart(row for row in ends if row.index == label and row.format != ".2f")
    told_apart(rows(film, "net/loss/value", "net/step/loss_after", beat="step"))


def test_forward_probabilities_that_are_nearly_alike():
    film = play("forward", "en", epochs=1, learning_rate=1e-5)
    shares = {row.index: row for row in rows(film, "layer2/a", beat="softmax") if row.format != ".2f"}
    first, second, *_ = sorted(shares.values(), key=lambda row: -row.value)
    assert (first.text == second.text) == (abs(first.value - second.value) < 5e-5)


def test_vanishing_accuracies_and_norms():
    film = play("vanishing", "en", activations="tanh,gelu", depth=2, steps=3, learning_rate=1e-3)
    accuracies = [row for row in film.rows if row.series.endswith("test_accuracy")]
    told_apart(accuracies)
    told_apart(
        row for row in rows(film, "run1/delta_norm", "run2/delta_norm", beat="backward") if row.index == (0,)
    )


def test_momentum_far_from_the_origin():
    film = play(
        "momentum", "en", formula="0.5*(x-1000000)**2 + 8*(y-1000000.25)**2",
        start={"x": 999999.5, "y": 1000000.75}, lr=0.05, steps=30,
    )  # fmt: skip
    for axis in (0, 1):
        told_apart(
            row for row in rows(film, "sgd/gradient", beat="sgd") if row.index[1] == axis and row.index[0] < 2
        )
    for series in ("axis/x", "axis/y"):
        told_apart(rows(film, series, beat=film.beats[0]))
    start = {row.index[0]: row.text for row in rows(film, "start")}
    assert start == {0: "999,999.5", 1: "1,000,000.75"}
    assert {row.text for row in rows(film, "surface/node_value")} >= {"1,000,000.25"}
    readable(film)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_step_too_small_for_a_caption(language: str):
    """The panel tells the losses apart; the caption has no room for that and names no numbers."""
    film = play("backward", language, net=True, data="wine", widths=(20,), learning_rate=0.5)
    told_apart(rows(film, "net/loss/value", "net/step/loss_after", beat="step"))
    said = [" ".join(cue.lines) for cue in film.spoken if cue.beat == "step"][-2:]  # of the loss
    assert len(said) == 2
    assert not any(sign.isdigit() for words in said for sign in words)
