"""The convolution recorder: each beat's series against NumPy, the notes and scikit-learn; and wrong input."""

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import scipy.signal
import sklearn.datasets
import torch
from numpy.typing import NDArray
from PIL import Image

from engine.convolution.digit_net import HIGH, KERNEL, build
from engine.convolution.recorder import record
from engine.errors import InputError
from engine.recorders import resolve, run
from engine.trace import Trace
from engine.trace.progress import listening

DOCS = Path(__file__).resolve().parents[2] / "docs" / "trace.md"


@pytest.fixture(scope="module")
def plain() -> Trace:
    return record()


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Trace:
    """A colour photograph of the user's, with every parameter away from its default."""
    path = tmp_path_factory.mktemp("picture") / "flower.png"
    Image.fromarray(sklearn.datasets.load_sample_image("flower.jpg")).save(path)
    return record(
        image=str(path), kernel="1,2;-3,4;5,-6", bias=2.5, stride=2, padding=1, dilation=2, transposed=True
    )


def correlated(x: NDArray[Any], weight: NDArray[Any]) -> NDArray[np.float64]:
    return np.asarray(scipy.signal.correlate2d(x.astype(float), weight, mode="valid"))


def test_the_digit_is_scikit_learns(plain: Trace):
    digits = sklearn.datasets.load_digits()
    row = plain["image/index"].item()
    np.testing.assert_array_equal(plain["image/pixel"].values, digits.images[row])
    np.testing.assert_array_equal(plain["crop/value"].values, digits.images[row])
    assert plain["image/label"].item() == digits.target[row]
    assert plain["crop/whole"].item() is True


def test_the_slide_is_what_scipy_gives(plain: Trace):
    weight = plain["kernel/weight"].values
    np.testing.assert_array_equal(
        plain["slide/output"].values, correlated(plain["image/pixel"].values, weight)
    )
    turned = scipy.signal.convolve2d(plain["image/pixel"].values.astype(float), weight, mode="valid")
    np.testing.assert_array_equal(plain["slide/turned_output"].values, turned)
    assert plain["check/max_difference"].item() == 0  # whole numbers: not even rounding


@pytest.mark.parametrize("which", ["plain", "busy"])
def test_the_largest_and_the_smallest_output_are_where_it_says(which: str, request: pytest.FixtureRequest):
    trace: Trace = request.getfixturevalue(which)
    values = trace["slide/output"].values
    ordered = sorted((value, at) for at, value in np.ndenumerate(values))
    for name, (value, _) in {"least": ordered[0], "most": ordered[-1]}.items():
        assert values[tuple(trace[f"slide/{name}"].values)] == value


@pytest.mark.parametrize("which", ["plain", "busy"])
def test_the_window_leads_to_its_cell(which: str, request: pytest.FixtureRequest):
    trace: Trace = request.getfixturevalue(which)
    y, x, top, left = (trace[f"window/{name}"].item() for name in ("y", "x", "top", "left"))
    step = trace["size/dilation"][0]
    height, width = trace["kernel/weight"].shape
    under = trace["slide/padded"].values[top::step, left::step][:height, :width]
    np.testing.assert_array_equal(trace["window/pixel"].values, under)
    np.testing.assert_allclose(trace["window/products"].values, under * trace["kernel/weight"].values)
    np.testing.assert_array_equal(trace["slide/products"].values[y, x], trace["window/products"].values)
    partial = np.cumsum([*trace["window/products"].values.flatten(), trace["kernel/bias"].item()])
    np.testing.assert_allclose(trace["window/partial"].values, partial)
    assert trace["window/output"].item() == pytest.approx(partial[-1])
    assert trace["window/output"].item() == trace["slide/output"][y, x]
    assert (trace["window/products"].values != 0).sum() > 3
    assert trace["slide/top"][y] == top
    assert trace["slide/left"][x] == left


@pytest.mark.parametrize("which", ["plain", "busy"])
def test_sizes_by_the_formula(which: str, request: pytest.FixtureRequest):
    trace: Trace = request.getfixturevalue(which)
    n, f, p, s, d = (
        trace[f"size/{name}"].values for name in ("input", "kernel", "padding", "stride", "dilation")
    )
    np.testing.assert_array_equal(trace["size/output"].values, (n + 2 * p - d * (f - 1) - 1) // s + 1)
    assert trace["slide/output"].shape == tuple(trace["size/output"].values)
    for stride in range(1, 5):
        room = (n + 2 * p - d * (f - 1) - 1) / stride
        np.testing.assert_array_equal(trace[f"stride{stride}/quotient"].values, room)
        np.testing.assert_array_equal(trace[f"stride{stride}/steps"].values, np.floor(room))
        np.testing.assert_array_equal(trace[f"stride{stride}/size"].values, np.floor(room) + 1)
        every = trace["stride1/output"].values[::stride, ::stride]
        np.testing.assert_allclose(trace[f"stride{stride}/output"].values, every)


def test_the_notes_example_gives_18(plain: Trace):
    said = [plain[f"notes/{name}"].item() for name in ("input", "kernel", "padding", "stride", "output")]
    assert said == [39, 5, 0, 2, 18]
    assert plain["notes/steps"].item() == 34 // 2
    assert len(plain["notes/left"]) == 18
    assert plain["notes/left"][-1] + 5 == 39


def test_padding_lets_corners_be_seen(plain: Trace):
    assert list(plain["padding1/size"].values) == [6, 6]
    assert list(plain["padding2/size"].values) == [8, 8]
    np.testing.assert_array_equal(
        plain["padding2/output"].values[1:-1, 1:-1], plain["padding1/output"].values
    )
    assert (plain["padding1/visits"][0, 0], plain["padding2/visits"][0, 0]) == (1, 4)
    assert plain.flags["padding/keeps_size"] is True


def test_a_kernel_that_fits_with_padding_only():
    trace = record(kernel=";".join(["1,1"] * 9), padding=1)
    assert trace["padding1/fits"].item() is False
    assert "padding1/output" not in trace
    assert list(trace["padding1/size"].values) == [0, 7]
    assert trace["padding2/output"].shape == (2, 9)


@pytest.mark.parametrize("which", ["plain", "busy"])
def test_filters_on_the_photograph(which: str, request: pytest.FixtureRequest):
    trace: Trace = request.getfixturevalue(which)
    pixel = trace["photo/pixel"].values
    maps = {}
    for k in range(1, trace["photo/filters"].item() + 1):
        found = trace[f"filter{k}/map"].values
        maps[trace[f"filter{k}/name"].item()] = found
        np.testing.assert_allclose(found, correlated(pixel, trace[f"filter{k}/weight"].values), atol=1e-3)
        assert trace[f"filter{k}/limit"].item() == pytest.approx(np.abs(found).max())
    np.testing.assert_array_equal(maps["identity"], pixel[1:-1, 1:-1])
    np.testing.assert_allclose(
        trace["photo/magnitude"].values, np.hypot(maps["sobel-x"], maps["sobel-y"]), rtol=1e-5, atol=1e-3
    )
    assert ("own" in maps) == (which == "busy")
    assert trace["photo/name"].item() == ("flower.png" if which == "busy" else "china.jpg")


def test_a_large_picture_is_reduced_and_cropped(busy: Trace):
    colour = sklearn.datasets.load_sample_image("flower.jpg").astype(float)
    grey = (colour @ np.array([0.299, 0.587, 0.114]))[:426]
    blocks = grey.reshape(213, 2, 320, 2).mean(axis=(1, 3))
    np.testing.assert_allclose(busy["image/pixel"].values[:213], blocks, atol=1.5)
    assert (busy["image/file_height"].item(), busy["image/reduced_by"].item()) == (427, 2)
    top, left, height, width = (busy[f"crop/{name}"].item() for name in ("top", "left", "height", "width"))
    piece = busy["image/pixel"].values[top : top + height, left : left + width]
    np.testing.assert_array_equal(busy["crop/pixel"].values, piece)
    np.testing.assert_array_equal(busy["slide/padded"].values, np.pad(piece, 1))
    assert busy["check/max_difference"].item() < 1e-9
    spread = np.zeros((5, 3))
    spread[::2, ::2] = busy["kernel/weight"].values
    whole = correlated(np.pad(busy["image/pixel"].values, 1), spread)[::2, ::2] + 2.5
    np.testing.assert_allclose(busy["image/output"].values, whole, rtol=1e-6)
    assert (busy.flags["cropped"], busy.flags["reduced"]) == (True, True)


def test_transposed_comes_back_to_the_inputs_size(plain: Trace, busy: Trace):
    assert not [name for name in plain.series if name.startswith("transposed/")]
    stamps, full = busy["transposed/stamps"].values, np.zeros(busy["transposed/full"].shape)
    for i, j, a, b in np.ndindex(*stamps.shape):
        top, left = busy["transposed/stamp_top"][i], busy["transposed/stamp_left"][j]
        full[top + 2 * a, left + 2 * b] += stamps[i, j, a, b]
    np.testing.assert_allclose(busy["transposed/full"].values, full, atol=1e-6)
    np.testing.assert_allclose(busy["transposed/output"].values, full[1:-1, 1:-1], atol=1e-6)
    assert busy["transposed/output"].shape == busy["crop/pixel"].shape
    m, f, p, s, d = (
        busy[f"size/{name}"].values for name in ("output", "kernel", "padding", "stride", "dilation")
    )
    size = (m - 1) * s - 2 * p + d * (f - 1) + busy["transposed/output_padding"].values + 1
    np.testing.assert_array_equal(busy["transposed/size"].values, size)


def test_the_net_learns_and_its_maps_are_its_filters(plain: Trace):
    """Nine in ten digits that it never saw: chance is 10 %. Its maps are SciPy's with the recorded weights."""
    assert plain["learned/test_accuracy"].item() > 0.88
    assert plain["learned/test_correct"].item() / plain["learned/test_count"].item() > 0.88
    assert plain["learned/loss"][-1] < plain["learned/loss"][0] / 4
    padded = np.pad(plain["learned/pixel"].values / HIGH, KERNEL // 2)
    for k, weight in enumerate(plain["learned/weight"].values):
        map_ = correlated(padded, weight) + plain["learned/bias"][k]
        np.testing.assert_allclose(plain["learned/map"].values[k], map_, atol=1e-12)
        np.testing.assert_allclose(plain["learned/relu"].values[k], np.maximum(map_, 0), atol=1e-12)
    assert not np.allclose(plain["learned/weight"].values, plain["learned/weight_before"].values, atol=0.01)
    assert plain["learned/parameters"].item() == sum(one.numel() for one in build().parameters())
    assert plain["learned/layer_parameters"].values.sum() == plain["learned/parameters"].item()


def test_training_the_kernels_is_what_helps(plain: Trace):
    """The same net with its kernels left as drawn names half as many digits; the trained ones have turned away."""
    assert plain["learned/frozen_accuracy"].item() < plain["learned/test_accuracy"].item() - 0.2
    assert plain["learned/frozen_accuracy"].item() > 0.2
    before, after = (plain[f"learned/{name}"].values.reshape(8, -1) for name in ("weight_before", "weight"))
    cosine = (before * after).sum(1) / np.linalg.norm(before, axis=1) / np.linalg.norm(after, axis=1)
    np.testing.assert_allclose(plain["learned/cosine"].values, cosine)
    assert cosine.max() < 0.9


def test_rings_lie_on_the_largest_values(plain: Trace):
    maps = plain["learned/relu"].values
    for k, map_ in enumerate(maps):
        y, x = plain["learned/peak_y"][k], plain["learned/peak_x"][k]
        assert map_[y, x] == map_.max() == plain["learned/peak"][k]
    strongest = plain["learned/strongest"].values
    assert list(maps.max(axis=(1, 2))[strongest]) == sorted(maps.max(axis=(1, 2)), reverse=True)[:3]


def test_a_map_that_is_negative_everywhere_is_empty_after_relu(plain: Trace):
    """With seed 0 ReLU leaves nothing of one map; with seed 1 it leaves something of each."""
    for trace, negative in ((plain, [1]), (record(seed=1), [])):
        assert np.flatnonzero(trace["learned/negative"].values).tolist() == negative
        assert [k for k, map_ in enumerate(trace["learned/map"].values) if map_.max() < 0] == negative
        assert not trace["learned/relu"].values[negative].any()


def test_scores_are_the_largest_values_weighted(plain: Trace):
    """NumPy alone, from the maps to the prediction: a score is a weighted sum of each map's largest value."""
    largest = plain["learned/relu"].values.max(axis=(1, 2))
    scores = plain["learned/readout"].values @ largest + plain["learned/readout_bias"].values
    np.testing.assert_allclose(plain["learned/score"].values, scores, atol=1e-12)
    terms = [
        [w * one for w, one in zip(row, largest, strict=True)] for row in plain["learned/readout"].values
    ]
    np.testing.assert_allclose(plain["learned/term"].values, terms, atol=1e-12)
    assert plain["learned/chance"].item() == 1 / len(scores)
    assert plain["learned/map_side"].item() == 8 + 2 * plain["learned/padding"].item() - 5 + 1
    assert scores.argmax() == plain["learned/prediction"].item() == plain["learned/label"].item()
    kernels, side = plain["learned/filters"].item(), plain["learned/side"].item()
    assert kernels * (side * side + 1) == plain["sharing/learned/conv_parameters"].item() == 208
    assert plain["learned/classes"].item() == len(scores)
    assert plain["learned/parameters"].item() == 208 + scores.size * kernels + scores.size


def test_three_channels_add_up(plain: Trace):
    """NumPy alone, from the photograph's own pixels to the output."""
    colour = sklearn.datasets.load_sample_image("flower.jpg").astype(float)
    small = np.rint(colour[:416].reshape(26, 16, 40, 16, 3).mean(axis=(1, 3)))
    np.testing.assert_array_equal(plain["channels/colour"].values, small)
    weight = plain["channels/weight"].values
    whole = sum(correlated(small[..., k], weight[k]) for k in range(3)) + plain["channels/bias"].item()
    top, left = plain["channels/top"].item(), plain["channels/left"].item()
    assert plain["channels/output"].item() == whole[top, left] == whole.max()
    np.testing.assert_allclose(plain["channels/map"].values, whole)
    assert plain["channels/parameters"].item() == 28
    under = small[top : top + 3, left : left + 3].transpose(2, 0, 1)
    np.testing.assert_array_equal(plain["channels/pixel"].values, under)
    np.testing.assert_array_equal(plain["channels/products"].values, under * weight)
    sums = (under * weight).sum(axis=(1, 2))
    np.testing.assert_array_equal(plain["channels/sum"].values, sums)
    assert len({*sums, plain["channels/bias"].item(), plain["channels/output"].item()}) == 5
    assert plain["channels/weights"].item() == weight.size == 27


@pytest.mark.parametrize("which", ["plain", "busy"])
def test_pixels_that_a_stride_never_reads(which: str, request: pytest.FixtureRequest):
    """Every window is laid down by hand; what none covers is unread."""
    trace: Trace = request.getfixturevalue(which)
    height, width = trace["kernel/weight"].shape
    border, step = int(trace["size/padding"][0]), int(trace["size/dilation"][0])
    for stride in range(1, 5):
        seen = np.zeros(trace["slide/padded"].shape, dtype=int)
        for i, j in np.ndindex(*trace[f"stride{stride}/output"].shape):
            top, left = stride * i, stride * j
            seen[top : top + step * height : step, left : left + step * width : step] += 1
        rows, columns = trace["crop/pixel"].shape
        inside = seen[border : border + rows, border : border + columns]
        np.testing.assert_array_equal(trace[f"stride{stride}/visits"].values, inside)
        assert trace[f"stride{stride}/unread"].item() == (inside == 0).sum()
    if which == "plain":
        assert [trace[f"stride{s}/unread"].item() for s in (1, 2)] == [0, 15]


def test_kernel_learned_is_a_filter_of_that_net():
    trace = record(kernel="learned", digit=0)
    k = trace["kernel/filter"].item()
    norms = np.linalg.norm(trace["learned/weight"].values.reshape(8, -1), axis=1)
    assert k == norms.argmax()
    np.testing.assert_array_equal(trace["kernel/weight"].values, trace["learned/weight"].values[k])
    np.testing.assert_array_equal(trace["crop/value"].values * 16, trace["crop/pixel"].values)
    assert trace["learned/index"].item() != 0  # row 0 was trained on: another digit is looked at
    np.testing.assert_allclose(
        trace["slide/output"].values,
        correlated(trace["crop/value"].values, trace["kernel/weight"].values) + trace["kernel/bias"].item(),
    )


def test_sharing_counts(plain: Trace):
    counts = {
        name.removeprefix("sharing/"): one.item()
        for name, one in plain.series.items()
        if name.startswith("sharing/") and not one.shape
    }
    assert counts["run/conv_parameters"] == 3 * 3 + 1
    assert counts["run/dense_parameters"] == 64 * 36 + 36
    assert counts["run/conv_multiplications"] == 36 * 9
    assert counts["run/dense_multiplications"] == 36 * 64
    assert counts["learned/conv_parameters"] == 8 * 25 + 8 == plain["learned/layer_parameters"][0]
    assert (counts["run/weights"], counts["learned/weights"], counts["photo/weights"]) == (9, 200, 9)
    assert counts["photo/outputs"] == 212 * 318 == plain["filter2/map"].values.size
    assert counts["learned/dense_parameters"] == 64 * 512 + 512
    assert counts["photo/dense_parameters"] == 214 * 320 * 212 * 318 + 212 * 318
    assert counts["run/local_parameters"] == sum(9 + 1 for _ in range(36)) == 360
    assert (counts["photo/rows"], counts["photo/columns"]) == plain["filter2/map"].values.shape
    matrix = plain["sharing/matrix"].values
    np.testing.assert_array_equal(
        matrix @ plain["crop/value"].values.flatten(), plain["slide/output"].values.flatten()
    )
    assert sorted(set(matrix.flatten())) == [-2, -1, 0, 1, 2]


def test_same_bytes_and_progress(plain: Trace):
    heard: list[tuple[int, int]] = []
    threads = torch.get_num_threads()
    with listening(lambda done, total: heard.append((done, total))):
        assert record() == plain
    assert heard[-1] == (40, 40)
    assert torch.get_num_threads() == threads


def test_a_picture_is_run_again_only_as_it_was(tmp_path: Path):
    """What `verify` does: the parameters of a trace are given again."""
    path = tmp_path / "a.png"
    Image.new("L", (9, 9), 7).save(path)
    first = run("convolution", {"image": str(path)})
    given = first.params["given"]
    assert given["image"]["path"] == str(path)
    assert run("convolution", given) == first
    Image.new("L", (9, 9), 8).save(path)
    with pytest.raises(InputError, match="contents changed"):
        run("convolution", given)


def test_a_trace_stays_small(tmp_path: Path):
    """The worst picture, noise of the largest size that is kept, in less than 10 MB."""
    noise = np.random.default_rng(0).integers(0, 256, (400, 400), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    record(image=str(tmp_path / "a.png"), kernel="0.123,0.456;0.1,0.2").save(tmp_path / "t.npz")
    assert (tmp_path / "t.npz").stat().st_size < 10_000_000


def test_the_documentation_names_every_series(plain: Trace, busy: Trace):
    numbered = r"\b(filter|stride|padding)(\d|\{\w\})/"
    section = DOCS.read_text(encoding="utf-8").partition("## convolution")[2]
    words = set(re.findall(r"\w+", re.sub(numbered, r"\1/", section)))
    for name in {**plain.series, **busy.series}:
        assert set(re.sub(numbered, r"\1/", name).split("/")) <= words, name


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"image": 5}, "image is 5"),
    ({"image": "/none.png"}, "cannot be read"),
    ({"digit": -1}, "digit is -1"),
    ({"digit": 1797}, "at most 1796"),
    ({"digit": "x"}, "digit is x"),
    ({"kernel": 3}, "kernel is 3"),
    ({"kernel": "sobel"}, "Did you mean"),
    ({"kernel": "1,2;3"}, "row 2"),
    ({"bias": float("nan")}, "bias is nan"),
    ({"bias": 1e7}, "bias is"),
    ({"bias": 1.0, "kernel": "learned"}, "bias of its own"),
    ({"stride": 0}, "stride is 0"),
    ({"stride": 5}, "at most 4"),
    ({"stride": 1.5}, "stride is 1.5"),
    ({"padding": -1}, "padding is -1"),
    ({"padding": 9}, "at most 8"),
    ({"dilation": 0}, "dilation is 0"),
    ({"dilation": 5}, "at most 4"),
    ({"transposed": "perhaps"}, "transposed is"),
    ({"seed": -1}, "seed is -1"),
    ({"dilation": 4}, "⌊(8 + 2·0 − 4·(3 − 1) − 1)/1⌋ + 1 = 0"),
    ({"kernel": ",".join("1" * 11)}, "in the width: ⌊(8 + 2·0 − 1·(11 − 1) − 1)/1⌋ + 1 = -2"),
]


@pytest.mark.parametrize(("given", "says"), WRONG, ids=[str(one[0])[:40] for one in WRONG])
def test_wrong_input_is_named(given: dict[str, Any], says: str):
    with pytest.raises(InputError) as caught:
        record(**given)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("shape", [(5, 30_000), (30_000, 5)])
def test_a_strip_that_was_reduced_says_so(tmp_path: Path, shape: tuple[int, int]):
    Image.new("1", shape).save(tmp_path / "a.png")
    with pytest.raises(InputError, match="was reduced from"):
        record(image=str(tmp_path / "a.png"))


def test_resolving_reads_no_pixel(tmp_path: Path):
    (tmp_path / "a.png").write_text("not a picture")
    assert resolve("convolution", {"image": str(tmp_path / "a.png")})["image"]["sha256"]
